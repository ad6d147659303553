"""Read a template back that `sheets.write_workbook` wrote and people filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from densach.formats.excel import Row, Sheet, Value
from densach.formats.sheets import EXAMPLE, ID_PREFIX, SPECIMEN
from densach.formats.vietnamese import fold

_TOP_ROWS = 40  # the id stands in the first row, the keys a few lines below: people may have put lines between


@dataclass(frozen=True)
class FilledRow:
    """One filled row: the values by the key of their column, and where each stands."""

    row: Row
    places: dict[str, int]

    def value(self, key: str) -> Value:
        """What stands in the cell; None for an empty cell and for a column that is not in the sheet."""
        place = self.places.get(key)
        return self.row.values[place] if place is not None and place < len(self.row.values) else None

    def address(self, key: str) -> str:
        """The address of the cell, `B7`; the number of the row for a column that is not in the sheet."""
        return self.row.address(self.places[key]) if key in self.places else str(self.row.number)


@dataclass(frozen=True)
class Filled:
    """A filled template: its id (`register:1`), the place of each key, the row of the header, and the sheet itself.

    `fictional` when it says above its header that it is a specimen (MẪU).
    """

    id: str
    fictional: bool
    places: dict[str, int]
    header_row: int
    sheet: Sheet

    def rows(self) -> Iterator[FilledRow]:
        """The rows below the header that people filled in: neither blank ones nor those marked as an example."""
        return (row for row in self._below() if not _is_example(row.row))

    def examples(self) -> Iterator[FilledRow]:
        """The rows still marked as an example: the printed one, or one somebody wrote over and left the mark at."""
        return (row for row in self._below() if _is_example(row.row))

    def _below(self) -> Iterator[FilledRow]:
        for row in self.sheet.rows():
            if row.number > self.header_row and not self._is_empty(row):
                yield FilledRow(row, self.places)

    def _is_empty(self, row: Row) -> bool:
        return all(row.values[place] is None for place in self.places.values() if place < len(row.values))


def read_filled(sheet: Sheet) -> Filled | None:
    """The template that a sheet is, or None if it is none: it has no id in its top rows, or no line of keys."""
    template, fictional = "", False
    for row in sheet.rows():
        if row.number > _TOP_ROWS:
            break
        if template and row.values[:1] == ("note",):
            places = {value: place for place, value in enumerate(row.values) if isinstance(value, str) and place}
            return Filled(template, fictional, places, row.number + 1, sheet)
        first = row.values[0] if row.values else None
        if isinstance(first, str) and first.strip().startswith(ID_PREFIX):
            template = first.strip().removeprefix(ID_PREFIX)
        fictional = fictional or first == SPECIMEN
    return None


def _is_example(row: Row) -> bool:
    first = row.values[0] if row.values else None
    return isinstance(first, str) and fold(first) == fold(EXAMPLE)
