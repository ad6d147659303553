"""Whom a viewer may make slips for: the people of a village that the role reaches."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer, place_within
from densach.authority.roles import Right, Role
from densach.authority.slips.models import Slip
from densach.authority.slips.queries import held_in, open_slips, residents_of
from densach.people.models import HouseholdMember
from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import children_of, periods_by_uid
from densach.problems import Refused, problem

A_PAGE = 50


@dataclass(frozen=True)
class Resident:
    """Somebody in a village: in which household, who already holds the role, and the slip that waits for each."""

    member: HouseholdMember
    code: str
    holds_own: bool
    holds_household: bool
    own_slip: Slip | None
    household_slip: Slip | None


@dataclass(frozen=True)
class Page:
    """Some residents of a village, with how many there are and whether more follow."""

    village: PlacePeriod
    residents: list[Resident]
    count: int
    has_more: bool


def place_for_slips(viewer: Viewer, uid: UUID | None) -> PlacePeriod:
    """A place in which the viewer may make slips, the one of the role where none is named; refused (H103) elsewhere."""
    if viewer.post is None or not {Role.CITIZEN, Role.HOUSEHOLD_HEAD} <= viewer.post.names or viewer.place is None:
        raise Refused(problem("H103", uid or ""))
    place = _place(uid) if uid else viewer.place
    return place_within(viewer, Right.GIVE_RIGHTS, place)


def below(viewer: Viewer, row: PlacePeriod) -> list[PlacePeriod]:
    """The places directly below, to choose a village."""
    return list(children_of(row.place, viewer.today)) if row.level != Level.VILLAGE else []


def residents(viewer: Viewer, village: PlacePeriod, text: str, start: int) -> Page:
    """Some residents of a village whose name holds a text, from one of them on."""
    found = residents_of(village.place, viewer.today, text)
    some = list(found[start : start + A_PAGE + 1])
    heads, citizens = held_in(village.place, viewer.today)
    slips = open_slips({row.person_id for row in some}, {row.household_id for row in some})
    by_person = {slip.person_id: slip for slip in slips if slip.person_id}
    by_household = {slip.household_id: slip for slip in slips if slip.household_id}
    told = [
        Resident(
            member=row,
            code=str(getattr(row, "code", "")),
            holds_own=row.person_id in citizens,
            holds_household=row.household_id in heads,
            own_slip=by_person.get(row.person_id),
            household_slip=by_household.get(row.household_id),
        )
        for row in some[:A_PAGE]
    ]
    return Page(village, told, found.count(), len(some) > A_PAGE)


def _place(uid: UUID) -> Place:
    row = periods_by_uid(uid).first()
    if row is None:
        raise Refused(problem("H103", uid))
    return row.place
