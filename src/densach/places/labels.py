"""Places as a sentence names them: "Thôn Đoài, xã Đèn Sách, tỉnh Thái Nguyên", by the names of one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from densach.places.models import Level, PlacePeriod
from densach.places.queries import rows_of_places


@dataclass(frozen=True)
class Label:
    """A place with what it lay in, smallest first, as far as the country."""

    rows: tuple[PlacePeriod, ...]

    @property
    def whole(self) -> str:
        """As an address that begins a line."""
        return ", ".join((self.rows[0].name, *map(_in_a_sentence, self.rows[1:])))

    @property
    def inside(self) -> str:
        """The same in the middle of a sentence."""
        return ", ".join(map(_in_a_sentence, self.rows))

    @property
    def above(self) -> str:
        """What it lay in, as an address that begins a line; empty for what lies in the country alone."""
        return Label(self.rows[1:]).whole if len(self.rows) > 1 else ""

    def at(self, level: Level) -> PlacePeriod | None:
        """The place of a level on the way up, itself included."""
        return next((row for row in self.rows if row.level == level), None)


def labels_on(places: Iterable[int], on: date) -> dict[int, Label]:
    """The labels of some places on a day, by key, as far as they were there; two queries however many they are."""
    rows = list(rows_of_places(set(places), on))
    steps = {row.place_id: [int(step) for step in reversed(row.path.split("/")[:-1])] for row in rows}
    above = {row.place_id: row for row in rows_of_places({step for each in steps.values() for step in each}, on)}
    return {place: Label(tuple(_below_the_country(above, way))) for place, way in steps.items()}


def _below_the_country(rows: dict[int, PlacePeriod], way: list[int]) -> Iterable[PlacePeriod]:
    return (rows[step] for step in way if step in rows and rows[step].level != Level.COUNTRY)


def _in_a_sentence(row: PlacePeriod) -> str:
    """A name that begins with its type begins small there."""
    small = bool(row.type) and row.name.lower().startswith(f"{row.type} ")
    return row.name[:1].lower() + row.name[1:] if small else row.name
