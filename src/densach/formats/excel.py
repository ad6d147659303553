"""Read a workbook (.xlsx): its sheets, their rows as typed cells, and each cell's address.

A file is looked through by `excel_checks` before anything of it is opened; whatever is wrong is refused with a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import NamedTuple, Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from densach.formats.excel_checks import check_workbook
from densach.formats.hidden import Hidden, hidden_in_workbook
from densach.problems import Refused, problem

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Row(NamedTuple):
    """One row: its number as printed at the left, and its cells from column A on; None is an empty cell."""

    number: int
    values: tuple[Value, ...]

    def address(self, column: int) -> str:
        """The address of the cell at this place of `values`: `B7` for 1 in row 7."""
        return f"{column_letters(column)}{self.number}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any cell of the row."""
        return all(value is None for value in self.values)


class Merged(NamedTuple):
    """Cells merged into one; its value stands in the first. Rows by number, columns as places of `Row.values`."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Source(Protocol):
    """Where a sheet's cells come from; each call begins anew."""

    def rows(self) -> Iterator[Row]:
        """The rows from 1 to the last that is used, blank ones too."""

    def merged(self) -> tuple[Merged, ...]:
        """The merged cells as far as the sheet is used, from top to bottom."""

    def hidden(self) -> Hidden:
        """The rows and columns that do not show."""


@dataclass(frozen=True)
class Sheet:
    """One sheet that can hold data."""

    name: str
    is_hidden: bool
    _source: Source

    def rows(self) -> Iterator[Row]:
        """The rows from 1 to the last that is used, blank ones too; raises Refused (W110) for a damaged sheet."""
        return self._source.rows()

    @property
    def merged(self) -> tuple[Merged, ...]:
        """The merged cells as far as the sheet is used, from top to bottom; raises Refused (W110) as `rows`."""
        return self._source.merged()

    @property
    def hidden(self) -> Hidden:
        """The rows and columns that do not show, hidden by hand or by a filter."""
        return self._source.hidden()


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx workbook in their order; raises Refused (W101 to W115) for what could do harm."""
    check_workbook(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(problem("W110", path.name, reason=_first_line(error))) from error
    opened = _Opened(workbook, path)
    return tuple(
        Sheet(sheet.name, sheet.visible is not SheetVisibleEnum.Visible, _Source(opened, sheet.name))
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
    )


@dataclass
class _Opened:
    """A workbook and the sheet last asked for: a sheet is mostly read several times, then never again."""

    workbook: CalamineWorkbook
    path: Path
    last: tuple[str, CalamineSheet] | None = None

    def sheet(self, name: str) -> CalamineSheet:
        if self.last is None or self.last[0] != name:
            self.last = None  # two large sheets need not be in memory at once
            self.last = name, self._read(name)
        return self.last[1]

    def _read(self, name: str) -> CalamineSheet:
        try:
            return self.workbook.get_sheet_by_name(name)
        except (CalamineError, ValueError) as error:
            raise Refused(problem("W110", f"{self.path.name} / {name}", reason=_first_line(error))) from error


@dataclass(frozen=True)
class _Source:
    opened: _Opened
    name: str

    def rows(self) -> Iterator[Row]:
        where = f"{self.opened.path.name} / {self.name}"
        return _rows(self.opened.sheet(self.name), where)

    def merged(self) -> tuple[Merged, ...]:
        sheet = self.opened.sheet(self.name)
        ranges = (
            Merged(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in sheet.merged_cell_ranges or ()
        )
        return within(ranges, *(sheet.end or (-1, -1)))

    def hidden(self) -> Hidden:
        return hidden_in_workbook(self.opened.path, self.name)


def within(ranges: Iterable[Merged], last_row: int, last_column: int) -> tuple[Merged, ...]:
    """The ranges cut to the used part of a sheet, whose last row and column are counted from 0."""
    cut = (
        Merged(one.first_row, one.first_column, min(one.last_row, last_row + 1), min(one.last_column, last_column))
        for one in ranges
    )
    return tuple(sorted(one for one in cut if _spans_cells(one)))


def _spans_cells(one: Merged) -> bool:
    rows, columns = one.last_row - one.first_row, one.last_column - one.first_column
    return rows >= 0 and columns >= 0 and rows + columns > 0


def column_letters(column: int) -> str:
    """The name of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _rows(sheet: CalamineSheet, where: str) -> Iterator[Row]:
    # calamine leaves out the empty columns at the left, but not the empty rows at the top.
    left: tuple[Value, ...] = (None,) * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        try:
            values = [_typed(cell) if isinstance(cell, (str, float)) else cell for cell in cells]
        except OverflowError as error:
            raise Refused(problem("W110", f"{where} / {number}", reason=error)) from error
        yield Row(number, left + tuple(values))


def _typed(cell: str | float) -> Value:
    """calamine gives every number as a float and an empty cell as an empty text."""
    if isinstance(cell, str):
        return cell or None
    if cell.is_integer():
        return int(cell)
    if not isfinite(cell):
        raise OverflowError(f"{cell} is not a number")
    return cell


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
