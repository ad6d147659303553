"""Walk down the rows of a sheet: which are data, which are not and why, and what holds for the rows below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from densach.assessing.workbooks.cells import Raw, is_empty
from densach.assessing.workbooks.headings import Table, is_line_of_numbers, repeats
from densach.assessing.workbooks.words import names_a_village, plain, row_pattern, seen
from densach.formats.excel import Row
from densach.formats.sheets import EXAMPLE
from densach.formats.vietnamese import fold

_MOST_IN_A_NOTE = 3  # filled cells of a line that is no data


class Skip(StrEnum):
    """Why a row is not imported."""

    BLANK = "dòng trống"
    HEADER = "tiêu đề lặp lại"
    NUMBERS = "dòng đánh số cột"
    SECTION = "dòng tên thôn, giữ cho các dòng dưới"
    TOTAL = "dòng tổng cộng"
    NOTE = "ghi chú, chữ ký dưới bảng"
    EXAMPLE = "dòng ví dụ"
    HIDDEN = "dòng đang ẩn hoặc bị lọc, để lại theo lời dặn"
    TWICE = "giống hệt một dòng trên, tính một lần"


@dataclass
class Skips:
    """The numbers of the rows that are not imported, by their reason; every one of them is told."""

    rows: dict[Skip, list[int]] = field(default_factory=lambda: defaultdict(list))

    def note(self, reason: Skip, row: int) -> None:
        """Note one row."""
        self.rows[reason].append(row)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.rows.values()))


@dataclass(frozen=True)
class Layout:
    """Where the walk looks: the table, the places that hold data, and that of the name of a person (or -1).

    In our own template (`own`) only blank rows and examples are no data.
    """

    table: Table
    places: frozenset[int]
    name: int
    own: bool = False


@dataclass
class Walk:
    """One walk over the rows below a header; `village` is the name of the section that the row now stands in."""

    layout: Layout
    left_out: frozenset[int] = frozenset()  # rows that do not show, where people said to leave them out
    skips: Skips = field(default_factory=Skips)
    village: str = ""
    sections: int = 0
    at_end: bool = False

    def data(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that are data, in order."""
        last = max(self.layout.table.header_rows)
        for row in rows:
            if row.number <= last:
                continue
            reason = self.reason(row) or (Skip.HIDDEN if row.number in self.left_out else None)
            if reason is None:
                yield row
            else:
                self.skips.note(reason, row.number)

    def reason(self, row: Row) -> Skip | None:
        """Why a row is skipped, or None where it is data."""
        filled = [(place, raw) for place, raw in enumerate(row.values) if not is_empty(raw)]
        if not filled:
            return Skip.BLANK
        first = filled[0][1]
        if isinstance(first, str) and fold(first) == fold(EXAMPLE):
            return Skip.EXAMPLE
        return None if self.layout.own else self.of_words(row, filled)

    def of_words(self, row: Row, filled: list[tuple[int, Raw]]) -> Skip | None:
        """Why a row of a sheet that people laid out is skipped, by the words in it."""
        first = filled[0][1]
        if row.number <= max(self.layout.table.header_rows) + 2 and is_line_of_numbers(row):
            return Skip.NUMBERS
        if len(filled) > 1 and isinstance(first, str) and repeats(row, self.layout.table):
            return Skip.HEADER
        said = ((place, raw) for place, raw in filled if not _is_numbering(raw))
        label = next(((place, seen(raw)) for place, raw in said if _is_words(raw)), None)
        return self.of_label(*label, filled) if label is not None else None

    def of_label(self, place: int, label: str, filled: list[tuple[int, Raw]]) -> Skip | None:
        """What the first words of a row say of it, where it holds no person."""
        others = [(at, raw) for at, raw in filled if at != place and at in self.layout.places]
        others_say = any(_is_words(raw) and not _is_like("count", raw) for _, raw in others)
        if not others_say and _is_like("total", label):
            return Skip.TOTAL
        if len(filled) > _MOST_IN_A_NOTE:
            return None
        if self.is_note(filled):
            return Skip.NOTE
        if others_say or any(at == self.layout.name for at, _ in others):
            return None
        return self.of_line(place, label, filled)

    def of_line(self, place: int, label: str, filled: list[tuple[int, Raw]]) -> Skip | None:
        """What a line says that holds nothing but a few words."""
        if village := self.section(place, label, filled):
            self.village, self.sections = village, self.sections + 1
            return Skip.SECTION
        is_person = place == self.layout.name and len(filled) > 1
        return Skip.NOTE if not is_person and _is_like("note", label) else None

    def is_note(self, filled: list[tuple[int, Raw]]) -> bool:
        """Whether a row is a note or a place to sign; below a place to sign stand the names of those who sign."""
        texts = [seen(raw) for _, raw in filled if _is_words(raw)]
        if len(texts) < len(filled):
            return False
        signs = all(_is_like("signature", text) for text in texts)
        self.at_end = self.at_end or signs
        return self.at_end or all(_is_like("note", text) for text in texts)

    def section(self, place: int, label: str, filled: list[tuple[int, Raw]]) -> str:
        """The village that a line of its own names: `I. Thôn Đông (35 hộ)`; empty where it names none."""
        if any(at > place and not _is_words(raw) and at in self.layout.places for at, raw in filled):
            return ""
        name = row_pattern("numbering").sub("", label).split("(")[0].split(":")[0].rstrip(" .;,-–")
        return name if names_a_village(name, maybe_a_person=place == self.layout.name) else ""


def _is_like(kind: str, text: str) -> bool:
    return bool(row_pattern(kind).fullmatch(plain(text)))


def _is_numbering(raw: Raw) -> bool:
    """Whether a cell only numbers its line: `II`, `A`, `3.`."""
    return isinstance(raw, str) and bool(row_pattern("numbering").fullmatch(seen(raw).rstrip(".)") + "."))


def _is_words(raw: Raw) -> TypeGuard[str]:
    return isinstance(raw, str) and any(map(str.isalpha, raw)) and not is_empty(raw)
