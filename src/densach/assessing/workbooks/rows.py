"""One row that was read, and the sheet it comes from; kept small, because a commune has a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from densach.assessing.workbooks.cells import Value
from densach.assessing.workbooks.forms import SheetForm
from densach.formats.excel import column_letters


@dataclass(frozen=True)
class Source:
    """The sheet that rows come from: its name, its form, and where each column of the form stands in it."""

    sheet: str
    form: SheetForm
    places: Mapping[str, int]

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each column among the values of a row."""
        return {column.key: place for place, column in enumerate(self.form.columns)}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a sheet: its number, and its values in the order of the columns of the form."""

    source: Source
    number: int
    cells: tuple[Value, ...]

    @property
    def form(self) -> SheetForm:
        """The form of its sheet."""
        return self.source.form

    def where(self, key: str) -> str:
        """The sheet and the address of one cell, as the officer sees them; of a value without a cell the row."""
        place = self.source.places.get(key)
        return f"{self.source.sheet}!{column_letters(place) if place is not None else ''}{self.number}"

    def value(self, key: str) -> Value:
        """The value of a column; nothing where the cell is empty or the form has no such column."""
        place = self.source.order.get(key)
        return None if place is None else self.cells[place]

    def text(self, key: str) -> str:
        """A text value; empty where the cell is."""
        value = self.value(key)
        return value if isinstance(value, str) else ""

    def facts(self) -> dict[str, bool | int | str]:
        """The facts of the row that are known; an empty cell is no zero and no "no"."""
        keys = (column.key for column in self.form.facts)
        return {key: value for key in keys if (value := self.value(key)) is not None}
