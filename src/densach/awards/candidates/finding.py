"""Whom one may put forward, found in the register: by name where one sees the names, else among the recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards.access import places_inside
from densach.awards.candidates import queries as register
from densach.formats.vietnamese import fold
from densach.people.models import Clan, Household, Person, Unit
from densach.places.labels import labels_on
from densach.places.models import Level, Place
from densach.problems import Refused, problem

Found = Literal["person", "household", "unit", "clan", "place"]
SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """Something of the register that a nomination may be for; `place` is where it lives or sits."""

    what: Found
    uid: UUID
    name: str
    place: int
    thing: Person | Household | Unit | Clan | Place
    born_on: date | None = None
    about: str = ""


def find_candidates(viewer: Viewer, text: str, *, fictional: bool) -> list[Candidate]:
    """Some of the register whose name holds a text, within what the viewer may know."""
    wanted = fold(text)
    if not wanted:
        return []
    found = list(_all_named(viewer, wanted, fictional=fictional))[:SHOWN]
    labels = labels_on({each.place for each in found}, viewer.today)
    return [replace(each, about=labels[each.place].whole) if each.place in labels else each for each in found]


def candidate(viewer: Viewer, what: str, uid: UUID, *, fictional: bool) -> Candidate:
    """One thing of the register by its identity, within what the viewer may know; else H103."""
    found = next((each for each in _of_kind(viewer, what, "", uid, fictional=fictional) if each.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    label = labels_on([found.place], viewer.today).get(found.place)
    return replace(found, about=label.whole if label else "")


def _all_named(viewer: Viewer, wanted: str, *, fictional: bool) -> Iterator[Candidate]:
    for what in ("household", "person", "unit", "clan", "place"):
        yield from _of_kind(viewer, what, wanted, None, fictional=fictional)


def _of_kind(viewer: Viewer, what: str, wanted: str, uid: UUID | None, *, fictional: bool) -> Iterator[Candidate]:
    if viewer.place is None:
        yield from _of_own_unit(viewer, what, wanted)
    elif what in ("household", "person") and not viewer.may(Right.SEE_NAMES):
        yield from _recognised(viewer, what, wanted, fictional=fictional)
    elif what == "household":
        for row in register.heads_of_homes(places_inside(viewer), viewer.today, wanted, uid)[:SHOWN]:
            home = row.household.home_on(viewer.today)
            yield Candidate(
                "household", row.household.uid, f"Hộ {row.person.full_name}", home.village_id, row.household
            )
    elif what == "person":
        for row in register.people_at_home(places_inside(viewer), viewer.today, wanted, uid)[:SHOWN]:
            yield _person(row.person, row.household.home_on(viewer.today).village_id)
    else:
        yield from _groups(viewer, what, wanted)


def _groups(viewer: Viewer, what: str, wanted: str) -> Iterator[Candidate]:
    inside = places_inside(viewer)
    if what == "unit":
        for unit in register.units_seated(inside, viewer.today):
            if wanted in fold(unit.unit.name):
                yield Candidate("unit", unit.unit.uid, unit.unit.name, unit.commune_id, unit.unit)
    elif what == "clan":
        for clan in register.clans_seated(inside, viewer.today):
            if wanted in fold(clan.clan.name):
                yield Candidate("clan", clan.clan.uid, clan.clan.name, clan.commune_id, clan.clan)
    elif what == "place":
        for row in register.places_among(inside, viewer.today):
            if wanted in fold(row.name) and row.level in (Level.VILLAGE, Level.COMMUNE):
                yield Candidate("place", row.place.uid, row.name, row.place_id, row.place)


def _of_own_unit(viewer: Viewer, what: str, wanted: str) -> Iterator[Candidate]:
    """Whoever heads a unit knows it and those who belong to it."""
    unit = viewer.acting.unit if viewer.acting else None
    if unit is None or viewer.where is None:
        return
    if what == "unit" and wanted in fold(unit.name):
        yield Candidate("unit", unit.uid, unit.name, viewer.where.place_id, unit)
    if what == "person":
        for person in register.people_of_unit(unit.pk, viewer.today):
            if wanted in person.folded:
                yield _person(person, viewer.where.place_id)


def _recognised(viewer: Viewer, what: str, wanted: str, *, fictional: bool) -> Iterator[Candidate]:
    """Of persons and households, whoever does not see names finds those whom signed acts of the place name."""
    acts = register.recognised_named(places_inside(viewer), what, wanted, fictional=fictional)
    seen: set[UUID] = set()
    for row in acts:
        thing: Person | Household | None = row.subject.person if what == "person" else row.subject.household
        if thing is None or thing.uid in seen or not hasattr(row, "named"):
            continue
        seen.add(thing.uid)
        place = row.named.place_id or row.act.place_id
        born = thing.birth_date if isinstance(thing, Person) else None
        yield Candidate("person" if what == "person" else "household", thing.uid, row.named.name, place, thing, born)


def _person(person: Person, place: int) -> Candidate:
    return Candidate("person", person.uid, person.full_name, place, person, person.birth_date)
