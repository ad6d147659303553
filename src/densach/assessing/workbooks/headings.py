"""Find the table in a sheet that people laid out: its header of one to three rows, and what each column says.

Title lines above, group headings over several columns, blank columns and lines of numbers under the header are usual.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from densach.assessing.workbooks.words import plain, seen, without_brackets
from densach.formats.excel import Merged, Row, Value

TOP_ROWS = 60  # the header stands within so many rows
_MOST_HEADER_ROWS = 3
_LEAST_KNOWN = 2  # columns of a header whose names are known
_ORDINAL = re.compile(r"\(?(\d{1,3}|[A-Z])\)?")
_FIGURES = re.compile(r"[\d\s/.,:()-]+")


@dataclass(frozen=True)
class Heading:
    """What stands over one column, from the group down; `place` counts from 0. A column without a name has no parts."""

    place: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """As people read it."""
        return " / ".join(self.parts)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The names it may be known by, the fullest first: all of it, its last part, its group; with and without ()."""
        if not self.parts:
            return ()
        whole = dict.fromkeys((" ".join(self.parts), self.parts[-1], self.parts[0]))
        return tuple(dict.fromkeys([*whole, *map(without_brackets, whole)]))


@dataclass(frozen=True)
class Table:
    """A table found in a sheet: the numbers of its header rows and its headings, named or not, from column A on."""

    header_rows: tuple[int, ...]
    headings: tuple[Heading, ...]


def find_table(top: Sequence[Row], merged: Sequence[Merged], known: Collection[str]) -> Table | None:
    """The header whose columns bear the most known names (plain), in as few and as early rows as possible."""
    best, most = None, _LEAST_KNOWN - 1
    for lines in range(1, _MOST_HEADER_ROWS + 1):
        for start in range(len(top) - lines + 1):
            block = top[start : start + lines]
            if not all(map(_may_be_header, block)):
                continue
            headings = _headings(block, merged)
            found = sum(any(plain(text) in known for text in heading.wordings) for heading in headings)
            if found > most:
                best, most = start, found
                table = Table(tuple(row.number for row in block), headings)
    if best is None:
        return None
    return _with_lower_row(table, top[best:], merged)


def is_line_of_numbers(row: Row) -> bool:
    """Whether a row only numbers the columns: `1 2 3`, `(1) (2) (3)`, `A B 1 2`."""
    said = [_ORDINAL.fullmatch(_text(value).strip()) for value in row.values if value is not None]
    if len(said) < 3 or not all(said):
        return False
    marks = [found[1] for found in said if found]
    numbers = [int(mark) for mark in marks if mark.isdecimal()]
    letters = [mark for mark in marks if not mark.isdecimal()]
    return numbers == list(range(1, len(numbers) + 1)) and letters == [chr(65 + at) for at in range(len(letters))]


def repeats(row: Row, table: Table) -> bool:
    """Whether a row prints the names of the columns once more, as at the top of each page."""
    texts = {heading.place: {plain(part) for part in heading.parts} for heading in table.headings if heading.parts}
    said = {place: plain(_text(value)) for place, value in enumerate(row.values) if value is not None}
    return len(said) > 1 and all(text in texts.get(place, ()) for place, text in said.items())


def _may_be_header(row: Row) -> bool:
    """A header holds words; numbers and dates are data."""
    texts = [value for value in row.values if value is not None]
    return bool(texts) and all(isinstance(text, str) and not _FIGURES.fullmatch(text.strip()) for text in texts)


def _headings(block: Sequence[Row], merged: Sequence[Merged]) -> tuple[Heading, ...]:
    width = max(len(row.values) for row in block)
    lines = [[_text(value) for value in row.values] + [""] * (width - len(row.values)) for row in block]
    _spread_merged(lines, block, merged)
    for upper, lower in zip(range(len(lines) - 1), range(1, len(lines)), strict=True):
        _spread_groups(lines[upper], lines[lower])
    return tuple(Heading(place, _parts(lines, place)) for place in range(width))


def _spread_merged(lines: list[list[str]], block: Sequence[Row], merged: Sequence[Merged]) -> None:
    """A group heading merged over several columns holds for each; one that reaches the last row is no group."""
    first, last = block[0].number, block[-1].number
    for one in merged:
        if first <= one.first_row and one.last_row < last:
            line = lines[one.first_row - first]
            for place in range(one.first_column + 1, min(one.last_column + 1, len(line))):
                line[place] = line[one.first_column]


def _spread_groups(upper: list[str], lower: list[str]) -> None:
    """A group heading stands over its first column only: it holds for the columns at its right that it leaves blank."""
    for place in range(1, len(upper)):
        if not upper[place] and lower[place] and lower[place - 1] and upper[place - 1]:
            upper[place] = upper[place - 1]


def _parts(lines: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line[place] for line in lines if line[place]))


def _with_lower_row(table: Table, below: Sequence[Row], merged: Sequence[Merged]) -> Table:
    """The table with one more row, where that one only divides groups whose parts nobody knows."""
    lines = len(table.header_rows)
    if lines == _MOST_HEADER_ROWS or len(below) <= lines or not _may_be_header(below[lines]):
        return table
    if list(_under_a_name_of_its_own(table.headings, below[lines])):
        return table
    return Table((*table.header_rows, below[lines].number), _headings(below[: lines + 1], merged))


def _under_a_name_of_its_own(headings: Sequence[Heading], row: Row) -> Iterator[int]:
    """The places of a row that stand under a heading which is no group: the column at its right has a name too."""
    for place, value in enumerate(row.values):
        named = place < len(headings) and headings[place].parts
        group = place + 1 < len(headings) and not headings[place + 1].parts
        if value is not None and named and not group:
            yield place


def _text(value: Value) -> str:
    return seen(str(value)) if value is not None else ""
