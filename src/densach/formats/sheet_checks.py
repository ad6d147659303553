"""What is looked at in each XML part of a workbook, piece by piece and without parsing it.

The reader keeps a rectangle of cells, so two far-apart cells would make it reserve everything between; and it takes
counts as they are written, so a count that lies would make it reserve what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from densach.problems import Refused, problem

MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 4_000_000
MAX_MERGED = 300_000
_COUNT_DIGITS = 7

_OVERLAP = 1 << 14  # longer than a cell with the longest formula, so that none lies unseen on the cut of two pieces
# With one kind of space and quote the patterns begin with fixed letters, which makes them five times as fast.
_PLAIN = bytes.maketrans(b"\t\n\r'", b'   "')
_COLUMN = re.compile(rb' r="([A-Za-z]{1,4})[0-9]')
_ROW = re.compile(rb' r="[A-Za-z]{1,4}([0-9]{1,9})')
_NUMBERED_ROW = re.compile(rb'<(?:\w+:)?row [^<>]*\br="([0-9]{1,9})')
_CELL_TAGS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row[ />]")
_DISGUISED = re.compile(rb"<(?:\w+:)?c [^>]* r(?: +=|= )")
_FAULT = re.compile(rb'<(?:\w+:)?c [^>]*\bt="e"[^>]*>')
_ADDRESS = re.compile(rb' r="([A-Za-z]+[0-9]+)')
_BLANK = re.compile(rb'<c(?: [rs]="\w*")+ ?/>')  # a cell that only has a format: the reader passes over it
_COUNT = re.compile(rb'<[^<>]*ount *= *"([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?: [^<>]*)?>([^<]*)</")
_UNCOMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?: [^<>]*)?/>) *"
    rb"(<(?:\w+:)?v ?/>|<(?:\w+:)?v(?: [^<>]*)?></(?:\w+:)?v>)? *</(?:\w+:)?c>"
)
_LITERAL = re.compile(rb'"[^"]*"|&quot;.*?&quot;')
_FROM_ELSEWHERE = re.compile(rb"\w\|[\w!]|\b(?:WEBSERVICE|RTD) ?\(", re.IGNORECASE)  # cmd|!A1 is DDE


@dataclass
class Found:
    """What a part holds: its last row, its widest column, how many cells use a shared text, the longest such text."""

    rows: int = 0
    columns: int = 0
    texts: int = 0
    longest: int = 0


def check_part(where: str, name: str, pieces: Iterator[bytes]) -> Found:
    """Look through one part; raises Refused (W106, W108, W110, W111, W114, W115) for what may not be opened."""
    if name == "xl/sharedstrings.xml":
        return Found(longest=_longest_text(_checked_xml(where, name, pieces)))
    looking = _Looking(where)
    for text, seen in overlapping(_checked_xml(where, name, pieces)):
        looking.look_at(text, seen)
    return looking.found


def _checked_xml(where: str, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    end = b""
    for piece in pieces:
        if is_xml:
            _check_xml(where, end + piece)
            end = piece[-64:]
        yield piece


def _check_xml(where: str, text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused(problem("W115", where))
    if b"\0" in text:  # another encoding, in which nothing below would be seen
        raise Refused(problem("W110", where, reason="UTF-16"))
    if b"ount" in text:
        for count in _COUNT.findall(text.translate(_PLAIN)):
            if len(count) > _COUNT_DIGITS and re.search(rb"[0-9]", count):
                raise Refused(problem("W110", where, reason=f"count {count[:20].decode('latin-1')}"))


def overlapping(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Pieces that begin and end with a whole tag, each with the end of the one before, and how much was seen before."""
    rest, seen = b"", 0
    for piece in pieces:
        text = rest + piece.translate(_PLAIN)
        end = text.rfind(b">") + 1
        if len(text) - end > _OVERLAP:  # one long text: there is no tag in it to keep whole
            end = len(text)
        yield text[:end], seen
        start = text.find(b"<", max(end - _OVERLAP, 0), end)
        rest, seen = (text[start:], end - start) if start >= 0 else (text[end:], 0)


class _Looking:
    """One part on its way through the checks."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.found = Found()
        self.merged = 0
        self.loose_cells = 0  # in the row that the last piece ended in

    def look_at(self, text: bytes, seen: int) -> None:
        names = _COLUMN.findall(text)
        self.found.texts += text.count(b' t="s"', seen)
        self._widen(text, names)
        if sum(text.count(tag) for tag in _CELL_TAGS) > len(names):
            self._count_loose(text[seen:])
        self._refuse_too_far()
        self._check_tags(text)

    def _widen(self, text: bytes, names: list[bytes]) -> None:
        rows, columns = _last_row(text), _widest(names)
        if _is_too_far(max(rows, self.found.rows), max(columns, self.found.columns)):
            filled = _BLANK.sub(b"", text)
            rows, columns = _last_row(filled), _widest(_COLUMN.findall(filled))
        self.found.rows = max(self.found.rows, rows)
        self.found.columns = max(self.found.columns, columns)

    def _count_loose(self, text: bytes) -> None:
        """Cells and rows may leave out where they stand; then they follow the one before."""
        numbers = _NUMBERED_ROW.findall(text)
        first, *rows = _ROW_TAG.split(text)
        loose = [self.loose_cells + _loose_cells(first), *map(_loose_cells, rows)]
        self.loose_cells = loose[-1]
        self.found.columns = max(self.found.columns, _widest(_COLUMN.findall(text)) + max(loose))
        self.found.rows = max(self.found.rows, *map(int, numbers), 1) + len(rows) - len(numbers)

    def _refuse_too_far(self) -> None:
        if _is_too_far(self.found.rows, self.found.columns):
            words = {"rows": self.found.rows, "columns": self.found.columns}
            raise Refused(problem("W108", self.where, **words, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS))

    def _check_tags(self, text: bytes) -> None:
        if (b" r " in text or b" r= " in text) and _DISGUISED.search(text):
            raise Refused(problem("W110", self.where, reason="XML"))
        if b' t="e"' in text and (fault := _FAULT.search(text)):
            raise Refused(problem("W111", self.where, cell=_address(fault[0])))
        if b"f>" in text or b"<f " in text or b":f " in text:
            self._check_formulas(text)
        self.merged += text.count(b"mergeCell ")
        if self.merged > MAX_MERGED:
            raise Refused(problem("W110", self.where, reason="mergeCells"))

    def _check_formulas(self, text: bytes) -> None:
        for formula in _FORMULA.findall(text):
            if (b"|" in formula or b"(" in formula) and _FROM_ELSEWHERE.search(_LITERAL.sub(b"", formula)):
                raise Refused(problem("W106", self.where))
        for ending in _UNCOMPUTED.finditer(text):
            cell = _tag_before(text, ending.start())
            if not (ending[1] and b' t="str"' in cell):  # an empty text is a value too
                raise Refused(problem("W114", self.where, cell=_address(cell)))


def _loose_cells(row: bytes) -> int:
    """The cells of a row that do not say where they stand."""
    return sum(row.count(tag) for tag in _CELL_TAGS) - len(_COLUMN.findall(row))


def _tag_before(text: bytes, place: int) -> bytes:
    """The tag of the cell that ends at a place."""
    start = max(text.rfind(b"<c ", 0, place), text.rfind(b":c ", 0, place), 0)
    return text[start : text.find(b">", start) + 1]


def _is_too_far(rows: int, columns: int) -> bool:
    return rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS


def _last_row(text: bytes) -> int:
    return max(map(int, set(_ROW.findall(text))), default=0)


def _widest(names: list[bytes]) -> int:
    return max((_column_number(name) for name in {name.upper() for name in set(names)}), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _address(tag: bytes) -> str:
    address = _ADDRESS.search(tag)
    return address[1].decode() if address else "?"


def _longest_text(pieces: Iterable[bytes]) -> int:
    """The length of the longest shared text in bytes, never too small."""
    longest, length = 0, 0
    for piece in pieces:
        first, *others = piece.split(b"</si>")
        longest = max([longest, length + len(first), *map(len, others)])
        length = len(others[-1]) if others else length + len(first)
    return longest
