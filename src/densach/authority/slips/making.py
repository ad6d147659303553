"""Making slips: one for somebody who asks, or for every household of a village at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from densach.accounts.codes import code_hash, new_code, shown
from densach.accounts.models import Account
from densach.authority.access import Viewer, require
from densach.authority.roles import Over, Right, Role
from densach.authority.slips.models import Slip
from densach.authority.slips.queries import end_open_slips, held_in, members_with, residents_of
from densach.history.domain import Happening, record_many
from densach.people.models import HouseholdMember
from densach.people.queries import homes_of_households
from densach.places.models import PlacePeriod
from densach.places.queries import rows_of_places
from densach.problems import Refused, problem

# From the printing to the next meetings of the village, with time for those who come home only for a festival.
LASTS = timedelta(days=60)
MOST_AT_ONCE = 5000  # slips; more than any village has households
ROLES = {Over.PERSON: Role.CITIZEN, Over.HOUSEHOLD: Role.HOUSEHOLD_HEAD}


@dataclass(frozen=True)
class Printed:
    """A slip as it is printed: the one time that its code is told."""

    slip: Slip
    code: str
    village: str


@dataclass(frozen=True)
class Printing:
    """The slips of one printing, and the people for whom none could be made, because no year of birth is known."""

    slips: list[Printed]
    without_year: list[str]


def make_slips(viewer: Viewer, over: Over, uids: Sequence[UUID], *, at: datetime) -> Printing:
    """Make slips for some persons or heads of households; refused (H103) if one of them is not in the viewer's place.

    Refused for none and for too many (U120).
    """
    if not 0 < len(uids) <= MOST_AT_ONCE:
        raise Refused(problem("U120", over, most=MOST_AT_ONCE))
    found = {_key(row, over): row for row in members_with(set(uids), viewer.today, over=over)}
    if len(found) != len(set(uids)):
        raise Refused(problem("H103", over))
    return _make(viewer, over, list(found.values()), at)


def make_for_village(viewer: Viewer, village: PlacePeriod, *, at: datetime) -> Printing:
    """Make a slip for the head of every household of a village who holds no account for it yet."""
    heads, _ = held_in(village.place, viewer.today)
    rows = [row for row in residents_of(village.place, viewer.today) if row.is_head and row.household_id not in heads]
    if not 0 < len(rows) <= MOST_AT_ONCE:
        raise Refused(problem("U120", village.name, most=MOST_AT_ONCE))
    return _make(viewer, Over.HOUSEHOLD, rows, at)


def _make(viewer: Viewer, over: Over, rows: list[HouseholdMember], at: datetime) -> Printing:
    maker = _maker(viewer, over)
    villages = _villages(viewer, rows)
    known = [row for row in rows if row.person.birth_date]
    slips = [_unsaved(row, over, maker, at, viewer.today) for row in known]
    with transaction.atomic():
        ended = end_open_slips(_keys(slips, "person_id"), _keys(slips, "household_id"), at)
        made = Slip.objects.bulk_create([slip for slip, _ in slips])
        happened = [Happening(kind="slip", object_id=key, event="ended", after={"ended_at": str(at)}) for key in ended]
        happened += [Happening(kind="slip", object_id=slip.pk, event="made", after=_state(slip)) for slip in made]
        record_many(happened, viewer.act(at, "phiếu nhận vai"))
    told = zip(made, slips, known, strict=True)
    printed = [Printed(slip, shown(code), villages[row.household_id]) for slip, (_, code), row in told]
    return Printing(printed, [row.person.full_name for row in rows if not row.person.birth_date])


def _maker(viewer: Viewer, over: Over) -> Account:
    require(viewer, Right.GIVE_RIGHTS, over)
    if viewer.account is None or viewer.post is None or ROLES[over] not in viewer.post.names:
        raise Refused(problem("H103", over))
    return viewer.account


def _villages(viewer: Viewer, rows: Iterable[HouseholdMember]) -> dict[int, str]:
    """The name of the village of each household; refused (H103) where one lies outside the viewer's place."""
    homes = homes_of_households([row.household_id for row in rows], viewer.today)
    places = {row.place_id: row for row in rows_of_places({home.village_id for home in homes.values()}, viewer.today)}
    if not all(viewer.reaches(place.path) for place in places.values()) or len(homes) < len(
        {row.household_id for row in rows}
    ):
        raise Refused(problem("H103", "phieu"))
    return {key: places[home.village_id].name for key, home in homes.items()}


def _unsaved(row: HouseholdMember, over: Over, maker: Account, at: datetime, today: date) -> tuple[Slip, str]:
    code = new_code()
    thing = {over.value: getattr(row, over)}
    slip = Slip(
        role=ROLES[over],
        holder=row.person,
        code_hash=code_hash(code),
        made_by=maker,
        made_at=at,
        valid_to=today + LASTS,
        **thing,
    )
    return slip, code


def _key(row: HouseholdMember, over: Over) -> UUID:
    uid: UUID = getattr(row, over).uid
    return uid


def _keys(slips: Iterable[tuple[Slip, str]], column: str) -> set[int]:
    return {key for slip, _ in slips if (key := getattr(slip, column)) is not None}


def _state(slip: Slip) -> dict[str, object]:
    return {"role": slip.role, "thing": str(slip.thing.uid), "holder": str(slip.holder.uid), "valid_to": slip.valid_to}
