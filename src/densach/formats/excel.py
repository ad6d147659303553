"""Read a workbook (.xlsx): its sheets, their rows as typed cells, and each cell's address.

A file is looked through by `excel_checks` before anything of it is opened; whatever is wrong is refused with a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from densach.formats.excel_checks import check_workbook
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


@dataclass(frozen=True)
class Sheet:
    """One sheet that can hold data; nothing of it is in memory before its rows are asked for."""

    name: str
    is_hidden: bool
    _workbook: CalamineWorkbook
    _path: Path

    def rows(self) -> Iterator[Row]:
        """The rows from 1 to the last that is used, blank ones too; raises Refused (W110) for a damaged sheet."""
        try:
            sheet = self._workbook.get_sheet_by_name(self.name)
        except (CalamineError, ValueError) as error:
            raise Refused(problem("W110", f"{self._path.name} / {self.name}", reason=_first_line(error))) from error
        return _rows(sheet)


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order; raises Refused (W101 to W111) for what is none or could do harm."""
    check_workbook(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(problem("W110", path.name, reason=_first_line(error))) from error
    return tuple(
        Sheet(sheet.name, sheet.visible is not SheetVisibleEnum.Visible, workbook, path)
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
    )


def column_letters(column: int) -> str:
    """The name of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    # calamine leaves out the empty columns at the left, but not the empty rows at the top.
    left: tuple[Value, ...] = (None,) * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(number, left + tuple([_typed(cell) if isinstance(cell, (str, float)) else cell for cell in cells]))


def _typed(cell: str | float) -> Value:
    """calamine gives every number as a float and an empty cell as an empty text."""
    if isinstance(cell, str):
        return cell or None
    return int(cell) if cell.is_integer() else cell


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
