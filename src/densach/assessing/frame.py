"""Who is where on one day: the whole commune read once, so that every measure is a count in memory.

A constant number of queries, whatever the number of households.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from densach.people import queries
from densach.people.ages import ages_on
from densach.people.counting import Counted, counted_among, counted_in, nobody_counted
from densach.people.models import ClanSeat, HouseholdHome, Precision
from densach.places.models import Place
from densach.places.queries import villages_of


@dataclass(frozen=True)
class Resident:
    """What counts of one person: born when, as far as known, and how literate."""

    born: date | None
    only_year: bool
    literacy: int | None

    def ages(self, on: date) -> tuple[int, int]:
        """The lowest and highest age a person can have on a day."""
        return ages_on(self.born, on, only_year=self.only_year)

    def filled_in(self, other: Resident) -> Resident:
        """What this record leaves open as another record of the same person has it."""
        birth, literacy = (self if self.born else other), self.literacy
        return Resident(birth.born, birth.only_year, other.literacy if literacy is None else literacy)


@dataclass
class Frame:
    """The people of a commune and the groups they make up, all by their keys: a person of several records once,
    and of each group how it is entered there.

    `people` are all who have a home or a place in a unit here; `household_people` and `lodgers` those who are counted,
    `waiting` of them perhaps, because another commune counts them too. `counted` says by which choice.
    """

    commune: int
    on: date
    counted: Counted = field(default_factory=nobody_counted)
    people: dict[int, Resident] = field(default_factory=dict)
    household_people: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    lodgers: list[int] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)
    village_households: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    clan_households: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    unit_people: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    households: dict[int, HouseholdHome] = field(default_factory=dict)
    clans: dict[int, ClanSeat] = field(default_factory=dict)
    units: dict[int, queries.UnitOnDay] = field(default_factory=dict)
    villages: dict[int, str] = field(default_factory=dict)

    def persons_in(self, households: Iterable[int]) -> list[int]:
        """Everybody who lives in some households."""
        return [person for home in households for person in self.household_people.get(home, ())]

    def lived_in(self, households: Iterable[int]) -> list[int]:
        """Those of some households in which somebody lives on the day; one that everybody left is no family."""
        return [home for home in households if self.household_people.get(home)]

    def perhaps_lived_in(self, households: Iterable[int]) -> list[int]:
        """Those of some households of which everybody is perhaps counted elsewhere."""
        return [home for home in self.lived_in(households) if self.waiting.issuperset(self.household_people[home])]


def frame_of(commune: Place, on: date) -> Frame:
    """Read the commune as it is on a day."""
    frame = Frame(commune.pk, on)
    frame.villages = {row.place_id: row.name for row in villages_of(commune, on)}
    frame.clans = {seat.clan_id: seat for seat in queries.clan_seats_on(commune, on)}
    frame.units = queries.units_on(commune, on)
    for home in queries.homes_in_commune(commune, on):
        frame.households[home.household_id] = home
        frame.village_households[home.village_id].append(home.household_id)
    for clan, home_id in queries.households_in_clans(commune, on):
        frame.clan_households[clan].append(home_id)
    units, at_home = queries.known_in_units(commune, on), queries.known_in_households(commune, on)
    _read_people(frame, counted_in(commune, on), list(units), list(at_home))
    return frame


def frame_among(commune: Place, records: Mapping[int, int], on: date) -> Frame:
    """The same of some persons alone, and of the households they are counted in.

    `records` are all records of theirs, each with the one that it is counted as. Villages, clans and units are left
    out: what is counted of them is counted for the whole commune.
    """
    frame = Frame(commune.pk, on)
    counted, of = counted_among(commune, records, on), list(records)
    units, at_home = queries.known_in_units(commune, on, of), queries.known_in_households(commune, on, of)
    _read_people(frame, counted, list(units), list(at_home))
    frame.households = queries.homes_of_households(frame.household_people, on)
    return frame


def _read_people(frame: Frame, counted: Counted, units: list[tuple[Any, ...]], at_home: list[tuple[Any, ...]]) -> None:
    frame.counted = counted
    for person, home in counted.households.items():
        frame.household_people[home].append(person)
    frame.lodgers, frame.waiting = counted.lodgers, counted.waiting
    for unit, role, _, person, *_ in units:
        frame.unit_people[unit, role].append(person)
    frame.unit_people = defaultdict(list, {key: list(dict.fromkeys(all_)) for key, all_ in frame.unit_people.items()})
    _know(frame, [*at_home, *(row[2:] for row in units)])


def _know(frame: Frame, rows: list[tuple[Any, ...]]) -> None:
    """What is known of everyone, by the record kept; what that leaves open, by the others of the same person."""
    joined = [(person, _resident(*known)) for record, person, *known in rows if record != person]
    frame.people = {person: _resident(*known) for record, person, *known in rows if record == person}
    elsewhere = {*frame.lodgers, *(person for person, _ in joined)} - frame.people.keys()
    frame.people |= {person: _resident(*known) for person, *known in queries.known_of(elsewhere)}
    for person, known in joined:
        frame.people[person] = frame.people[person].filled_in(known)


def _resident(born: date | None, precision: str, literacy: int | None) -> Resident:
    return Resident(born, precision == Precision.YEAR, literacy)
