"""Who is where on one day: the whole commune read once, so that every measure is a count in memory.

A constant number of queries, whatever the number of households.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from densach.people import queries
from densach.people.models import ClanSeat, HouseholdHome, Precision, UnitSeat
from densach.places.models import Place
from densach.places.queries import villages_of

ADULT_AGE = 18  # no text of the movement says who is an adult: an assumption, see docs/decisions/0004
OLDEST = 150


@dataclass(frozen=True)
class Resident:
    """What counts of one person: born when, as far as known, and how literate."""

    born: date | None
    only_year: bool
    literacy: int | None

    def ages(self, on: date) -> tuple[int, int]:
        """The lowest and highest age a person can have on a day."""
        if self.born is None:
            return 0, OLDEST
        if self.only_year:
            full = on.year - self.born.year
            return (full if (on.month, on.day) == (12, 31) else full - 1), full
        had_birthday = (on.month, on.day) >= (self.born.month, self.born.day)
        age = on.year - self.born.year - (0 if had_birthday else 1)
        return age, age


@dataclass
class Frame:
    """The people of a commune and the groups they make up, all by their keys; of a group, how it is entered there."""

    commune: int
    on: date
    people: dict[int, Resident] = field(default_factory=dict)
    household_people: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    village_households: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    clan_households: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    unit_people: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    households: dict[int, HouseholdHome] = field(default_factory=dict)
    clans: dict[int, ClanSeat] = field(default_factory=dict)
    units: dict[int, UnitSeat] = field(default_factory=dict)
    villages: dict[int, str] = field(default_factory=dict)

    def persons_in(self, households: Iterable[int]) -> list[int]:
        """Everybody who lives in some households."""
        return [person for home in households for person in self.household_people.get(home, ())]

    def lived_in(self, households: Iterable[int]) -> list[int]:
        """Those of some households in which somebody lives on the day; one that everybody left is no family."""
        return [home for home in households if self.household_people.get(home)]


def frame_of(commune: Place, on: date) -> Frame:
    """Read the commune as it is on a day."""
    frame = Frame(commune.pk, on)
    frame.villages = {row.place_id: row.name for row in villages_of(commune, on)}
    frame.clans = {seat.clan_id: seat for seat in queries.clan_seats_on(commune, on)}
    frame.units = {seat.unit_id: seat for seat in queries.unit_seats_on(commune, on)}
    for home in queries.homes_on(commune, on):
        frame.households[home.household_id] = home
        frame.village_households[home.village_id].append(home.household_id)
    for clan, home_id in queries.households_in_clans(commune, on):
        frame.clan_households[clan].append(home_id)
    _read_people(frame, commune, on)
    return frame


def _read_people(frame: Frame, commune: Place, on: date) -> None:
    for home, person, *known in queries.persons_in_households(commune, on):
        frame.people[person] = _resident(*known)
        frame.household_people[home].append(person)
    for unit, role, person, *known in queries.persons_in_units(commune, on):
        frame.people.setdefault(person, _resident(*known))
        frame.unit_people[unit, role].append(person)


def _resident(born: date | None, precision: str, literacy: int | None) -> Resident:
    return Resident(born, precision == Precision.YEAR, literacy)
