"""Read an old workbook (.xls of Excel 97 to 2003) by the same rules as an .xlsx, with the same refusals."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from densach.formats.biff import (
    BOF,
    EOF,
    Fault,
    Formats,
    Record,
    Text,
    cells,
    formats_of,
    hidden_in,
    merged_ranges,
    records,
    shared_texts,
)
from densach.formats.excel import Merged, Row, Sheet, Value, column_letters, within
from densach.formats.hidden import Hidden
from densach.formats.ole import Compound, CutOff, Damaged, open_compound
from densach.formats.sheet_checks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from densach.problems import Refused, problem

_BIFF8 = 0x600
_MACROS = {"_VBA_PROJECT_CUR", "VBA", "Macros"}
_OTHERS = {
    "WordDocument": ("văn bản Word (.doc)", "a Word document (.doc)"),
    "PowerPoint Document": ("tệp trình chiếu (.ppt)", "a presentation (.ppt)"),
    "__properties_version1.0": ("thư điện tử (.msg)", "an e-mail (.msg)"),
}
_LOCKED, _SHEET, _STYLE, _PATTERN, _TEXTS, _BOOK, _EPOCH = 0x2F, 0x85, 0xE0, 0x41E, 0xFC, 0x1AE, 0x22
_QUERIES = {0x1AD, 0xDC, 0x876}  # a table, a pivot table or a connection that is fed from a database
_OWN_BOOKS = {b"\x01\x04", b"\x01\x3a"}  # SUPBOOK: this workbook, and the functions of add-ins
_WORKSHEET, _CHART = 0, 2


def read_old_workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets of an .xls workbook; raises Refused (W101 to W113) for what is none or could do harm."""
    with _refusing_damage(path):
        book = _read_book(path, _stream(path))
        sources = [_Source(book, about, content) for about, content in _contents(book)]
        rows = [_check_sheet(source) for source in sources]
    if not any(rows):
        raise Refused(problem("W109", path.name))
    return tuple(Sheet(source.about.name, source.about.is_hidden, source) for source in sources)


def old_workbook_counts_from_1904(path: Path) -> bool:
    """Whether an .xls workbook counts its days from 1904 on; refused as `read_old_workbook`."""
    with _refusing_damage(path):
        return _read_book(path, _stream(path)).from_1904


@contextmanager
def _refusing_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except CutOff as error:
        raise Refused(problem("W113", path.name)) from error
    except (Damaged, struct.error, IndexError) as error:
        raise Refused(problem("W110", path.name, reason=str(error) or "OLE")) from error


class _About(NamedTuple):
    name: str
    is_hidden: bool
    place: int


@dataclass
class _Book:
    """What stands at the head of the stream, before the sheets."""

    path: Path
    stream: bytes
    sheets: list[_About] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    patterns: dict[int, str] = field(default_factory=dict)
    from_1904: bool = False

    @cached_property
    def formats(self) -> Formats:
        return formats_of(self.styles, self.patterns, from_1904=self.from_1904)


@dataclass(frozen=True)
class _Source:
    book: _Book
    about: _About
    content: bytes

    @property
    def where(self) -> str:
        return f"{self.book.path.name} / {self.about.name}"

    def cells(self) -> Iterator[tuple[int, int, Value]]:
        book = self.book
        for row, column, value in cells(self.content, book.texts, book.formats):
            if isinstance(value, Fault):
                raise Refused(problem("W111", self.where, cell=f"{column_letters(column)}{row + 1}"))
            if value is not None:
                yield row, column, value

    def rows(self) -> Iterator[Row]:
        by_row: dict[int, dict[int, Value]] = {}
        for row, column, value in self.cells():
            by_row.setdefault(row, {})[column] = value
        width = max((column for found in by_row.values() for column in found), default=-1) + 1
        for row in range(max(by_row, default=-1) + 1):
            found = by_row.pop(row, {})
            yield Row(row + 1, tuple([found.get(column) for column in range(width)]))

    def merged(self) -> tuple[Merged, ...]:
        used = [(row, column) for row, column, _ in self.cells()] or [(-1, -1)]
        last_row, last_column = (max(places) for places in zip(*used, strict=True))
        return within(merged_ranges(self.content), last_row, last_column)

    def hidden(self) -> Hidden:
        try:
            return hidden_in(self.content)
        except struct.error as error:
            raise Refused(problem("W110", self.where, reason="OLE")) from error


def _stream(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(problem("W101", path.name, reason=error.strerror or error)) from error
    compound = open_compound(content)
    _check_entries(path, compound)
    stream = compound.stream("Workbook")
    if stream is None:
        raise Refused(problem("W104" if compound.stream("Book") else "W102", path.name))
    return stream


def _check_entries(path: Path, compound: Compound) -> None:
    names = compound.entries.keys()
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise Refused(problem("W103", path.name))
    for name, (kind_vi, kind_en) in _OTHERS.items():
        if name in names:
            raise Refused(problem("W112", path.name, kind_vi=kind_vi, kind_en=kind_en))
    if names & _MACROS:
        raise Refused(problem("W105", path.name))


def _read_book(path: Path, stream: bytes) -> _Book:
    book = _Book(path, stream)
    for record in records(stream):
        if record.place == 0 and (record.kind != BOF or int.from_bytes(record.data[:2], "little") != _BIFF8):
            raise Refused(problem("W104", path.name))
        if record.kind == EOF:
            return book
        _check_record(path, record)
        _take_note(book, record)
    raise CutOff


def _check_record(path: Path, record: Record) -> None:
    if record.kind == _LOCKED:
        raise Refused(problem("W103", path.name))
    if record.kind in _QUERIES or (record.kind == _BOOK and not _is_own(record.data)):
        raise Refused(problem("W106", path.name))
    if record.kind == _SHEET and record.data[5:6] and record.data[5] not in (_WORKSHEET, _CHART):
        raise Refused(problem("W105", path.name))


def _is_own(book: bytes) -> bool:
    return len(book) == 4 and book[2:4] in _OWN_BOOKS


def _take_note(book: _Book, record: Record) -> None:
    data = record.data
    if record.kind == _SHEET and data[5] == _WORKSHEET:
        name = Text(record.blocks, place=6).read(short=True)
        book.sheets.append(_About(name, bool(data[4] & 3), int.from_bytes(data[:4], "little")))
    elif record.kind == _TEXTS:
        book.texts = shared_texts(record.blocks)
    elif record.kind == _STYLE:
        book.styles.append(struct.unpack_from("<H", data, 2)[0])
    elif record.kind == _PATTERN:
        book.patterns[struct.unpack_from("<H", data)[0]] = Text(record.blocks, place=2).read()
    elif record.kind == _EPOCH:
        book.from_1904 = data[:2] == b"\x01\x00"


def _contents(book: _Book) -> Iterator[tuple[_About, bytes]]:
    """Each sheet with its own part of the stream: none reaches into the next, so that all are read once."""
    places = sorted({about.place for about in book.sheets})
    if len(places) < len(book.sheets):
        raise Damaged("two sheets in one place")
    ends = dict(pairwise([*places, len(book.stream)]))
    for about in book.sheets:
        yield about, book.stream[about.place : ends[about.place]]


def _check_sheet(source: _Source) -> int:
    for record in records(source.content):
        _check_record(source.book.path, record)
    rows, columns = 0, 0
    for row, column, _ in source.cells():
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        limits = {"max_rows": MAX_ROWS, "max_columns": MAX_COLUMNS}
        raise Refused(problem("W108", source.where, rows=rows, columns=columns, **limits))
    return rows
