"""Write the marked copy of what somebody sent: all that it said, the cells to correct in red, and a list of them first.

The sender's file is never written to. The copy can be corrected and sent in again: the lines by which a template of
ours is known are cells like all others, and the list is left out when the copy comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from densach.formats.excel import Merged, Row, Sheet, Value
from densach.formats.filled import read_filled
from densach.formats.sheets import ID_PREFIX, INK, LEAF, LINE, PAPER, QUIET
from densach.formats.vietnamese import format_date, format_number
from densach.formats.whole_file import writing
from densach.problems import Refused, problem

SUMMARY = "Ô cần sửa"
MOST_NOTES = 5_000  # a note is a drawing: Excel opens a workbook with many more of them only slowly
MOST_LINKS = 65_000  # Excel itself allows 65,530 on a sheet
_SUMMARY_ID = f"{ID_PREFIX}marked:1"
_MOST_LETTERS = 32_767  # in a cell
_MOST_SHOWN = 300  # letters of a value in the list
_LEAST_WIDTH, _MOST_WIDTH = 8, 50
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_MANY_DIGITS = 10**11  # from twelve digits on Excel shows 1.23E+11
_RED, _PALE = "#b3261e", "#f9dedc"
_NO_CHARACTERS = str.maketrans({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})  # Excel calls a file with them damaged
_COLUMNS = (("Trang tính", 22), ("Ô", 9), ("Đang ghi", 30), ("Chưa đúng ở chỗ nào", 56), ("Cần làm gì", 56))
_PATTERNS = {
    "text": "@",
    "number": "General",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm:ss",
    "time": "hh:mm:ss",
    "duration": "[h]:mm:ss",
}


class Mark(NamedTuple):
    """What is wrong with a cell and what to do about it, each in whole sentences."""

    wrong: str
    todo: str


Marks = Mapping[tuple[int, int], Mark]


def write_marked_copy(
    path: Path,
    sheets: Sequence[Sheet],
    marks: Mapping[str, Marks],
    *,
    summary_title: str,
    made_on: date,
    header_rows: Mapping[str, int] | None = None,
) -> None:
    """Write the copy whole or not at all; raises Refused (S105, W117).

    `marks` go by the name of a sheet, then by row number and place in `Row.values`; `header_rows` tells the number of
    the header row of a sheet, where that is known. A mark in a sheet that is not there is listed all the same.
    """
    copied = [sheet for sheet in sheets if not is_summary(sheet)]
    with writing(path) as unfinished, xlsxwriter.Workbook(unfinished, {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001
        styles = _Styles(book)
        listing = _Listing(book.add_worksheet(SUMMARY), styles)
        listing.write_top(summary_title, sum(map(len, marks.values())))
        for sheet, name in zip(copied, _names(copied), strict=True):
            copy = _SheetCopy(book.add_worksheet(name), sheet, styles, listing)
            copy.write(marks.get(sheet.name, {}), (header_rows or {}).get(sheet.name, 0))
        for name in sorted(marks.keys() - {sheet.name for sheet in copied}):
            for (row, column), mark in sorted(marks[name].items()):
                listing.add(name, Row(row, ()), column, mark, is_there=False)
        listing.finish()


def is_summary(sheet: Sheet) -> bool:
    """Whether the sheet is the list that a marked copy begins with: it holds nothing of the sender."""
    first = next(sheet.rows(), None)
    return first is not None and first.values[:1] == (_SUMMARY_ID,)


class _Styles:
    """The formats of a copy: those of values by their kind, plain and red."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "Times New Roman", "font_size": 12, "font_color": INK, "valign": "top"}
        red = font | {"bg_color": _PALE, "font_color": _RED, "border": 1, "border_color": _RED}
        self.plain = {kind: book.add_format(font | {"num_format": pattern}) for kind, pattern in _PATTERNS.items()}
        self.red = {kind: book.add_format(red | {"num_format": pattern}) for kind, pattern in _PATTERNS.items()}
        text = font | {"num_format": "@"}
        self.quiet = book.add_format(text | {"font_size": 6, "font_color": QUIET})
        self.header = book.add_format(text | {"bold": True, "bg_color": LINE, "text_wrap": True})
        self.title = book.add_format(text | {"bold": True, "font_size": 16})
        self.intro = book.add_format(text | {"font_color": QUIET})
        self.top = book.add_format(text | {"bold": True, "font_color": PAPER, "bg_color": LEAF, "border": 1})
        listed = text | {"text_wrap": True, "border": 1, "border_color": LINE}
        self.listed = book.add_format(listed)
        self.link = book.add_format(listed | {"font_color": LEAF, "underline": 1})


@dataclass
class _Listing:
    """The list in front, written while the sheets are copied: it too is streamed."""

    sheet: Worksheet
    styles: _Styles
    row: int = 0
    notes: int = 0
    links: int = 0

    def write_top(self, title: str, count: int) -> None:
        told = f"Có {format_number(count)} ô cần sửa. Chọn địa chỉ ở cột Ô để đến thẳng ô đó."
        if count > MOST_NOTES:
            told += f" Ghi chú chỉ gắn ở {format_number(MOST_NOTES)} ô đầu tiên; danh sách này có đủ mọi ô."
        for text, style in ((_SUMMARY_ID, self.styles.quiet), (title, self.styles.title), (told, self.styles.intro)):
            self.sheet.write_string(self.row, 0, text, style)
            self.row += 1
        for place, (name, width) in enumerate(_COLUMNS):
            self.sheet.set_column(place, place, width)
            self.sheet.write_string(self.row, place, name, self.styles.top)
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def add(self, name: str, row: Row, column: int, mark: Mark, *, is_there: bool = True) -> None:
        address = row.address(column)
        shown = _shown(_value(row, column)) or "(trống)"
        shown = shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + "…"
        for place, text in enumerate((name, address, shown, mark.wrong, mark.todo)):
            self.sheet.write_string(self.row, place, _clean(text)[:_MOST_LETTERS], self.styles.listed)
        if is_there and self.links < MOST_LINKS:
            quoted = name.replace("'", "''")
            self.sheet.write_url(self.row, 1, f"internal:'{quoted}'!{address}", self.styles.link, address)
            self.links += 1
        self.row += 1

    def may_note(self) -> bool:
        """Whether the workbook can take one more note."""
        self.notes += 1
        return self.notes <= MOST_NOTES

    def finish(self) -> None:
        if self.row > 4:
            self.sheet.autofilter(3, 0, self.row - 1, len(_COLUMNS) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(3)
        self.sheet.activate()


@dataclass
class _SheetCopy:
    """One sheet on its way into the copy, row by row."""

    sheet: Worksheet
    source: Sheet
    styles: _Styles
    listing: _Listing
    widths: dict[int, int] = field(default_factory=dict)

    def write(self, marks: Marks, header: int) -> None:
        quiet, known_header = _template_lines(self.source)
        header = header or known_header
        merged = _apart(self.source.merged)
        by_row = _by_row(marks, merged)
        for row in self._rows(max(by_row, default=0)):
            style = self.styles.header if row.number == header else None
            if row.number in quiet:
                self.sheet.set_row(row.number - 1, 9)
                style = self.styles.quiet
            self._write_row(row, by_row.get(row.number, {}), style)
        # merge_range writes into rows further down, which a streamed sheet cannot take.
        self.sheet.merge += [[one.first_row - 1, one.first_column, one.last_row - 1, one.last_column] for one in merged]
        self._finish(header)

    def _rows(self, last: int) -> Iterator[Row]:
        """All rows, then empty ones down to the last that is marked."""
        number = 0
        for row in self.source.rows():
            number = row.number
            yield row
        yield from (Row(below, ()) for below in range(number + 1, last + 1))

    def _write_row(self, row: Row, marks: dict[int, list[Mark]], style: Format | None) -> None:
        for column, value in enumerate(row.values):
            if value is not None and column not in marks:
                self._write_cell(row, column, value, self.styles.plain, style)
        for column, found in sorted(marks.items()):
            self._write_cell(row, column, _value(row, column), self.styles.red, None)
            if self.listing.may_note():
                self._write_note(row, column, found)
            for mark in found:
                self.listing.add(self.sheet.name, row, column, mark)
        if style is not self.styles.quiet:
            self._widen(row)

    def _write_cell(self, row: Row, column: int, value: Value, styles: dict[str, Format], style: Format | None) -> None:
        kind, place = _kind_of(value), (row.number - 1, column)
        shape = style or styles[kind]
        if value is None:
            self.sheet.write_blank(*place, None, shape)
        elif isinstance(value, bool):
            self.sheet.write_boolean(*place, value, shape)
        elif kind == "number":
            self.sheet.write_number(*place, value, shape)
        elif kind != "text":
            self.sheet.write_datetime(*place, value, styles[kind])
        elif self.sheet.write_string(*place, _clean(_shown(value)), shape) != 0:
            raise Refused(problem("W117", self.source.name, cell=row.address(column), limit=_MOST_LETTERS))

    def _write_note(self, row: Row, column: int, marks: list[Mark]) -> None:
        told = _clean("\n".join(chain.from_iterable(marks)))[:_MOST_LETTERS]
        size = {"x_scale": 2, "y_scale": 1.5, "font_size": 10}
        self.sheet.write_comment(row.number - 1, column, told, size)

    def _widen(self, row: Row) -> None:
        filled = [(column, value) for column, value in enumerate(row.values) if value is not None]
        if len(filled) < 2:  # a title: it runs over the columns beside it
            return
        for column, value in filled:
            longest = len(value) if isinstance(value, str) else len(_shown(value))
            self.widths[column] = max(self.widths.get(column, 0), longest)

    def _finish(self, header: int) -> None:
        for column, longest in self.widths.items():
            self.sheet.set_column(column, column, min(max(longest + 2, _LEAST_WIDTH), _MOST_WIDTH))
        if header:
            self.sheet.freeze_panes(header, 0)
        if self.source.is_hidden:
            self.sheet.hide()


def _template_lines(sheet: Sheet) -> tuple[set[int], int]:
    """The rows of a template of ours that are not for people, and the row of its header; 0 for other sheets."""
    filled = read_filled(sheet)
    if filled is None:
        return set(), 0
    quiet = {filled.header_row - 1}
    for row in sheet.rows():
        first = row.values[0] if row.values else None
        if isinstance(first, str) and first.strip().startswith(ID_PREFIX):
            return quiet | {row.number}, filled.header_row
    return quiet, filled.header_row


def _apart(merged: Iterable[Merged]) -> list[Merged]:
    """The merged cells without those that lie over others, with which Excel would call the file damaged."""
    kept: list[Merged] = []
    open_ones: list[Merged] = []
    for one in merged:
        open_ones = [other for other in open_ones if other.last_row >= one.first_row]
        if not any(_overlap(one, other) for other in open_ones):
            kept.append(one)
            open_ones.append(one)
    return kept


def _overlap(one: Merged, other: Merged) -> bool:
    """Of two that share a row, whether they share a column too."""
    return one.first_column <= other.last_column and other.first_column <= one.last_column


def _by_row(marks: Marks, merged: list[Merged]) -> dict[int, dict[int, list[Mark]]]:
    """The marks by row and place; one inside merged cells stands at their first, the only one that is seen."""
    rows = {row for row, _ in marks}
    over: dict[int, list[Merged]] = {}
    for one in merged:
        for row in rows.intersection(range(one.first_row, one.last_row + 1)):
            over.setdefault(row, []).append(one)
    found: dict[int, dict[int, list[Mark]]] = {}
    for (row, column), mark in sorted(marks.items()):
        cells = (one for one in over.get(row, ()) if one.first_column <= column <= one.last_column)
        first = next(((one.first_row, one.first_column) for one in cells), (row, column))
        found.setdefault(first[0], {}).setdefault(first[1], []).append(mark)
    return found


def _names(sheets: Iterable[Sheet]) -> list[str]:
    """Names that Excel takes: not too long, no two alike, none that of the list."""
    taken, names = {SUMMARY.casefold(), "history"}, []
    for sheet in sheets:
        plain = _clean(sheet.name).translate(_NOT_IN_A_NAME).strip("'")[:_LONGEST_NAME] or "Trang"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - 3 - len(str(number))]} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return names


def _value(row: Row, column: int) -> Value:
    return row.values[column] if column < len(row.values) else None


def _kind_of(value: Value) -> str:
    match value:
        case bool() | float():
            return "number"
        case int():
            return "number" if abs(value) < _MANY_DIGITS else "text"
        case date() if value.year >= 1900:
            return "moment" if isinstance(value, datetime) else "date"
        case time():
            return "time"
        case timedelta():
            return "duration"
    return "text"


def _shown(value: Value) -> str:
    """The value as a text, as people would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return f"{format_date(value)} {value:%H:%M:%S}"
        case date():
            return format_date(value)
    return str(value)


def _clean(text: str) -> str:
    return text.translate(_NO_CHARACTERS)
