"""What a role is to be held over, as an officer writes it: a place by name or code, and in it a village or a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from densach.authority.access import Viewer, place_within
from densach.authority.granting import Thing
from densach.authority.roles import POSTS, Over, Right, Role
from densach.formats.vietnamese import fold
from densach.people.models import Clan, Household, Unit
from densach.people.queries import clans_of, households_of, units_of
from densach.places.lookup import get_place
from densach.places.models import Level, Place
from densach.places.queries import villages_of
from densach.problems import Refused, problem

Group = TypeVar("Group", Household, Clan, Unit)


@dataclass(frozen=True)
class Named:
    """A role, the commune, province or country it is in (empty for the viewer's own), and which thing in there."""

    role: Role
    place: str
    detail: str


def thing_named(viewer: Viewer, named: Named) -> Thing:
    """What was meant; refused where it is not there (U124), or is not the viewer's to give (H103)."""
    if viewer.acting is not None and viewer.acting.unit is not None:
        return viewer.acting.unit
    place = _place(viewer, named.place)
    match POSTS[named.role].over:
        case Over.PLACE:
            return _village(viewer, place, named) if POSTS[named.role].levels == {Level.VILLAGE} else place
        case Over.HOUSEHOLD:
            return _by_code(households_of(place, viewer.today), named)
        case Over.CLAN:
            return _by_code_or_name(clans_of(place, viewer.today), named)
        case Over.UNIT:
            return _by_code_or_name(units_of(place, viewer.today), named)
        case _:
            raise Refused(problem("U125", "role", role=named.role.label))


def _place(viewer: Viewer, text: str) -> Place:
    if viewer.place is None:
        raise Refused(problem("H103", "place"))
    if not text.strip():
        return viewer.place
    found = get_place(text, viewer.today).place
    return place_within(viewer, Right.GIVE_RIGHTS, found).place


def _village(viewer: Viewer, place: Place, named: Named) -> Place:
    if viewer.where is not None and viewer.where.level == Level.VILLAGE:
        return place
    wanted = fold(named.detail)
    rows = [(row.place, fold(row.name)) for row in villages_of(place, viewer.today)] if wanted else []
    found = [one for one, name in rows if name == wanted] or [one for one, name in rows if name.endswith(f" {wanted}")]
    if len(found) != 1:
        raise Refused(problem("U124", "detail", value=named.detail or "…"))
    return found[0]


def _by_code(groups: Mapping[str, Group], named: Named) -> Group:
    found = groups.get(named.detail.strip())
    if found is None:
        raise Refused(problem("U124", "detail", value=named.detail or "…"))
    return found


def _by_code_or_name(groups: Mapping[str, Group], named: Named) -> Group:
    wanted = fold(named.detail)
    alike = [group for group in groups.values() if fold(str(group)) == wanted]
    return alike[0] if len(alike) == 1 else _by_code(groups, named)
