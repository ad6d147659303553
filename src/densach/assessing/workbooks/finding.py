"""Find the person, household or group that a row speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from densach.assessing.workbooks.rows import ReadRow
from densach.formats.vietnamese import fold
from densach.people.models import Clan, Household, Person, Unit
from densach.people.numbers import Keys
from densach.people.queries import clans_of, households_of, names_and_numbers, persons_by_number, units_of
from densach.places.models import Place
from densach.places.queries import period_of, villages_of


@dataclass(frozen=True)
class Commune:
    """All that rows can name in one commune on a day; each list is read when first asked for, and once."""

    place: Place
    keys: Keys
    on: date

    @cached_property
    def households(self) -> dict[str, Household]:
        """By code."""
        return households_of(self.place, self.on)

    @cached_property
    def clans(self) -> dict[str, Clan]:
        """By code."""
        return clans_of(self.place, self.on)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """By code."""
        return units_of(self.place, self.on)

    @cached_property
    def villages(self) -> dict[str, int]:
        """Keys by folded name."""
        return {fold(row.name): row.place_id for row in villages_of(self.place, self.on)}

    @cached_property
    def own_code(self) -> str:
        """The code of the commune itself on the day."""
        period = period_of(self.place, self.on)
        return period.code if period else ""

    @cached_property
    def _people(self) -> tuple[dict[str, int], dict[tuple[str, str], list[int]]]:
        by_number: dict[str, int] = {}
        by_name: dict[tuple[str, str], list[int]] = {}
        for person, household, folded, number_hash in names_and_numbers(self.place, self.on):
            if number_hash:
                by_number[number_hash] = person
            same_name = by_name.setdefault((household, folded), [])
            if person not in same_name:
                same_name.append(person)
        return by_number, by_name

    def person(self, row: ReadRow) -> int | None:
        """The key of the person of a row: by number, else the only one of that name in the household."""
        by_number, by_name = self._people
        number = row.text("personal_number")
        if number:
            return by_number.get(self.keys.hash(number))
        return _only(by_name.get((row.text("household"), fold(row.text("full_name")))))

    def persons_anywhere(self, rows: Iterable[ReadRow]) -> list[tuple[ReadRow, int | None]]:
        """The persons of rows: as in this commune, else by number and name wherever they live; one look for all."""
        found = [(row, self.person(row), row.text("personal_number")) for row in rows]
        numbers = {number for _, who, number in found if who is None and number}
        hashes = {number: self.keys.hash(number) for number in numbers}
        elsewhere = persons_by_number(hashes.values())
        return [
            (row, who or _of_this_name(elsewhere.get(hashes.get(number, "")), row.text("full_name")))
            for row, who, number in found
        ]

    def object_of(self, model: str, row: ReadRow) -> int | None:
        """The key of whom a row of answers speaks of, or None."""
        if model == "citizen":
            return self.person(row)
        return self.coded(model, row.text(_CODE_COLUMN.get(model, "")))

    def coded(self, model: str, code: str, name: str = "") -> int | None:
        """The key of what an officer's code names: a household, clan or unit code, a village's name, a number.

        A citizen is named by number, or by the code of the household together with the name.
        """
        if model == "citizen":
            by_number, by_name = self._people
            return by_number.get(self.keys.hash(code)) or _only(by_name.get((code, fold(name))))
        if model == "village":
            return self.villages.get(fold(code))
        if model in {"commune", "literacy"}:
            return self.place.pk if code in {"", self.own_code} else None
        groups: dict[str, Mapping[str, Household | Clan | Unit]] = {
            "family": self.households,
            "clan": self.clans,
            "unit": self.units,
        }
        found = groups[model].get(code)
        return found.pk if found else None


def _of_this_name(person: Person | None, name: str) -> int | None:
    """A mistyped number may be that of somebody else, whom nobody in this commune would recognise."""
    return person.pk if person and person.folded == fold(name) else None


def _only(found: list[int] | None) -> int | None:
    return found[0] if found and len(found) == 1 else None


_CODE_COLUMN = {"family": "household", "clan": "clan", "unit": "unit", "village": "village"}
