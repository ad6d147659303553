"""Write workbooks: from a short description of their columns to sheets that help to fill them in and print well.

A sheet with an `id` is a template: its first cell holds the id, and a line of small grey keys stands above the header,
so that `filled.read_filled` finds everything again after Excel or LibreOffice have saved it, whatever was renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from densach.formats.excel import column_letters
from densach.formats.vietnamese import format_date
from densach.formats.whole_file import writing

Kind = Literal["text", "number12", "integer", "date", "choice", "yes_no"]
Cell = str | int | bool | date | None

YES, NO = "có", "không"
SPECIMEN = "MẪU – KHÔNG CÓ GIÁ TRỊ"
EXAMPLE = "VÍ DỤ – xóa dòng này"
NOTE_TITLE = "Ghi chú"
LISTS = "Danh mục"
ID_PREFIX = "densach:"
_LAST_ROW = 200_000
_HIGHEST_HEADER = 200  # points: a dozen lines of a long question
LEAF, LAMP, INK, QUIET, LINE, PAPER = "#1f6f5c", "#f2b134", "#1d2b36", "#5a6872", "#e6e1d6", "#fffdf8"


@dataclass(frozen=True)
class Column:
    """One column: what it takes, how wide it is in letters, and the note that helps to fill it in.

    `choices` are the words of the drop-down; `low` and `high` bound an integer, both included.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 16
    choices: tuple[str, ...] = ()
    note: str = ""
    required: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class SheetSpec:
    """One sheet. With an `id` (`register:1`: name and version) it is a template to fill in, otherwise a list to read.

    `rows` hold one cell per column, in their order; they are taken one by one and may be very many.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]] = ()
    id: str = ""
    intro: tuple[str, ...] = ()
    example: tuple[Cell, ...] = ()


def write_workbook(path: Path, sheets: Sequence[SheetSpec], *, made_on: date, fictional: bool = False) -> None:
    """Write the whole workbook or nothing; the same description gives the same bytes. Raises Refused (S105)."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with writing(path) as unfinished, xlsxwriter.Workbook(unfinished, options) as book:
        book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001
        styles = _Styles(book)
        lists: list[tuple[str, ...]] = []
        for spec in sheets:
            _SheetWriter(book.add_worksheet(spec.name), spec, styles, lists, fictional).write()
        _write_lists(book, lists)


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "Times New Roman", "font_size": 12, "font_color": INK, "valign": "top"}
        framed = base | {"border": 1, "border_color": LINE}

        def style(**more: object) -> Format:
            return book.add_format(base | more)

        self.mark = style(font_size=8, font_color=QUIET)
        self.keys = style(font_size=6, font_color=QUIET)
        self.title = style(font_size=16, bold=True)
        self.intro = style(font_color=QUIET)
        self.specimen = style(bold=True, bg_color=LAMP, valign="vcenter")
        self.header = book.add_format(
            framed | {"bold": True, "font_color": PAPER, "bg_color": LEAF, "text_wrap": True, "valign": "vcenter"}
        )
        self.text = book.add_format(framed | {"num_format": "@", "text_wrap": True})
        self.number = book.add_format(framed | {"num_format": "#,##0", "align": "right"})
        self.example = book.add_format(
            framed | {"num_format": "@", "italic": True, "font_color": QUIET, "bg_color": LINE}
        )
        self.blank_text = book.add_format({"font_name": "Times New Roman", "font_size": 12, "num_format": "@"})
        self.blank_number = book.add_format({"font_name": "Times New Roman", "font_size": 12, "num_format": "#,##0"})


@dataclass
class _SheetWriter:
    """Writes one sheet from top to bottom: large sheets are kept on disk, and rows cannot be gone back to."""

    sheet: Worksheet
    spec: SheetSpec
    styles: _Styles
    lists: list[tuple[str, ...]]
    fictional: bool
    row: int = 0
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        # An example row says that it is one in a column of its own, in which officers may also write notes.
        note = (Column("note", NOTE_TITLE, width=24),) if self.spec.id else ()
        self.columns = note + self.spec.columns

    def write(self) -> None:
        self._set_columns()
        self._write_top()
        self._write_header()
        header = self.row
        if self.spec.example:
            self._write_row((EXAMPLE, *self.spec.example), self.styles.example)
        for cells in self.spec.rows:
            self._write_row(("", *cells) if self.spec.id else cells)
        if self.spec.id:
            self._limit_entries(header)
        elif self.row > header:
            self.sheet.autofilter(header - 1, 0, self.row - 1, len(self.columns) - 1)
        self._set_up_print(header)

    def _set_columns(self) -> None:
        for place, column in enumerate(self.columns):
            blank = self.styles.blank_number if column.kind == "integer" else self.styles.blank_text
            self.sheet.set_column(place, place, column.width, blank if self.spec.id else None)

    def _write_top(self) -> None:
        if self.spec.id:
            self._write_line(ID_PREFIX + self.spec.id, self.styles.mark)
        if self.fictional:
            self._write_banner()
        self._write_line(self.spec.title, self.styles.title, height=26)
        for line in self.spec.intro:
            self._write_line(line, self.styles.intro, height=18)
        if self.spec.id:
            self._write_keys()

    def _write_banner(self) -> None:
        for place in range(1, len(self.columns)):
            self.sheet.write_blank(self.row, place, None, self.styles.specimen)
        self._write_line(SPECIMEN, self.styles.specimen, height=20)

    def _write_keys(self) -> None:
        self.sheet.set_row(self.row, 9)
        for place, column in enumerate(self.columns):
            self._write_text(self.row, place, column.key, self.styles.keys)
        self.row += 1

    def _write_line(self, text: str, style: Format, height: int = 14) -> None:
        self.sheet.set_row(self.row, height)
        self._write_text(self.row, 0, text, style)
        self.row += 1

    def _write_header(self) -> None:
        lines = max(-(-len(column.title) // max(1, column.width - 2)) for column in self.columns)
        self.sheet.set_row(self.row, min(_HIGHEST_HEADER, max(52, 17 * lines)))
        for place, column in enumerate(self.columns):
            title = f"{column.title} *" if column.required else column.title
            self._write_text(self.row, place, title, self.styles.header)
            if column.note:
                self.sheet.write_comment(self.row, place, column.note, {"font_size": 10, "x_scale": 2})
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def _write_row(self, cells: Sequence[Cell], style: Format | None = None) -> None:
        if len(cells) != len(self.columns):
            raise ValueError(f"a row of {self.spec.name} has {len(cells)} cells for {len(self.columns)} columns")
        for place, cell in enumerate(cells):
            if isinstance(cell, int) and not isinstance(cell, bool):
                self.sheet.write_number(self.row, place, cell, style or self.styles.number)
            elif cell is None or cell == "":
                # The columns of a template have their format; only a number must be text from its first digit on.
                if style or not self.spec.id or self.columns[place].kind == "number12":
                    self.sheet.write_blank(self.row, place, None, style or self.styles.text)
            else:
                self._write_text(self.row, place, _words(cell), style or self.styles.text)
        self.row += 1

    def _write_text(self, row: int, place: int, text: str, style: Format) -> None:
        """A text stays a text whatever it begins with; xlsxwriter would drop one that is too long for a cell."""
        if self.sheet.write_string(row, place, text, style) != 0:
            raise ValueError(f"the text of {self.spec.name}!{column_letters(place)}{row + 1} does not fit into a cell")

    def _limit_entries(self, first: int) -> None:
        for place, column in enumerate(self.columns):
            if rule := self._rule(column):
                self.sheet.data_validation(first, place, _LAST_ROW - 1, place, rule)

    def _rule(self, column: Column) -> dict[str, object] | None:
        if column.kind in ("choice", "yes_no"):
            words = column.choices if column.kind == "choice" else (YES, NO)
            return {"validate": "list", "source": self._list(words)} | _told("Chọn một giá trị trong danh sách của ô.")
        if column.kind == "number12":
            length = {"validate": "length", "criteria": "==", "value": 12}
            return length | _told("Số định danh cá nhân có đúng 12 chữ số; để trống nếu chưa có.")
        if column.kind == "integer" and column.low is not None and column.high is not None:
            bounds = {"validate": "integer", "criteria": "between", "minimum": column.low, "maximum": column.high}
            return bounds | _told(f"Ô này nhận số nguyên từ {column.low} đến {column.high}; để trống nếu chưa biết.")
        return None

    def _list(self, words: tuple[str, ...]) -> str:
        """Where the words of a drop-down stand: in a row of a hidden sheet, as a word may hold a comma."""
        if words not in self.lists:
            self.lists.append(words)
        row = self.lists.index(words) + 1
        return f"='{LISTS}'!$A${row}:${column_letters(len(words) - 1)}${row}"

    def _set_up_print(self, header: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(header - 1)
        self.sheet.set_footer("&L&A&RTrang &P/&N")
        if self.fictional:
            self.sheet.set_header(f"&C&B{SPECIMEN}")
            self.sheet.set_tab_color(LAMP)


def _words(cell: str | bool | date) -> str:
    if isinstance(cell, bool):
        return YES if cell else NO
    return cell if isinstance(cell, str) else format_date(cell)


def _told(message: str) -> dict[str, object]:
    return {"ignore_blank": True, "error_title": "Chưa đúng dạng", "error_message": message}


def _write_lists(book: xlsxwriter.Workbook, lists: list[tuple[str, ...]]) -> None:
    if lists:
        sheet = book.add_worksheet(LISTS)
        sheet.hide()
        for row, words in enumerate(lists):
            for place, word in enumerate(words):
                sheet.write_string(row, place, word)
