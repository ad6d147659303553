"""The records of an old workbook ([MS-XLS], BIFF8): cells, shared texts, number formats, merged cells.

The library that reads .xlsx for us reads .xls too, but a few wrong bytes make it ask for hundreds of gigabytes, which
ends the whole program; no check beforehand can know all of its counts. So these few records are read here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import NamedTuple

from densach.formats.excel import Merged, Value
from densach.formats.hidden import LAST_COLUMN, Hidden
from densach.formats.ole import CutOff, Damaged

EOF, BOF, CONTINUE = 0x0A, 0x809, 0x3C
FORMULA, STRING, MERGED = 0x06, 0x207, 0xE5
_NUMBER, _RK, _MULRK, _SHARED, _LABEL, _RICH, _BOOL = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205
_ROW, _COLUMNS = 0x208, 0x7D  # a row carries its height, columns their width, and both whether they show
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 1
_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_DOUBLE = struct.Struct("<d")
_UNSIGNED = struct.Struct("<I")
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))  # numbers of built-in formats
_DURATION = 46
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


class Fault(NamedTuple):
    """A cell that shows a calculation error."""


FAULT = Fault()


class Record(NamedTuple):
    """One record: its kind, where it stands, and its content, in pieces where it was continued."""

    kind: int
    place: int
    blocks: list[bytes]

    @property
    def data(self) -> bytes:
        """The content before any continuation."""
        return self.blocks[0]


class Formats(NamedTuple):
    """How cells show their numbers: by cell style, whether as a date or a duration; and the first day."""

    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def records(stream: bytes) -> Iterator[Record]:
    """The records, each with those that continue it; ends where the stream ends."""
    current, place = None, 0
    while place + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, place)
        data = stream[place + 4 : place + 4 + length]
        if kind == CONTINUE and current:
            current.blocks.append(data)
        else:
            if current:
                yield current
            current = Record(kind, place, [data])
        place += 4 + length
    if current:
        yield current


class Text:
    """Reads texts out of a record; a text that goes on in the next block begins there with its flags again."""

    def __init__(self, blocks: list[bytes], place: int = 0) -> None:
        self.blocks = blocks
        self.block = 0
        self.place = place

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        while self.block < len(self.blocks) and self.place >= len(self.blocks[self.block]):
            self.block, self.place = self.block + 1, 0
        return self.block >= len(self.blocks)

    def read(self, *, short: bool = False) -> str:
        """The next text; raises struct.error if it is cut off."""
        length = self._take(1)[0] if short else struct.unpack("<H", self._take(2))[0]
        flags = self._take(1)[0]
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        more = _UNSIGNED.unpack(self._take(4))[0] if flags & 4 else 0
        text = self._letters(length, flags)
        self._skip(4 * runs + more)
        return text

    def _letters(self, length: int, flags: int) -> str:
        parts: list[str] = []
        while length:
            if self.place >= len(self.blocks[self.block]):
                if self.is_at_end:
                    raise struct.error("text")
                flags = self._take(1)[0]
            wide = flags & 1
            found = self.blocks[self.block][self.place : self.place + (length << wide)]
            parts.append(found.decode("utf-16-le" if wide else "latin-1", "replace"))
            self.place += len(found)
            length -= len(found) >> wide or length
        return "".join(parts)

    def _take(self, size: int) -> bytes:
        if self.is_at_end or self.place + size > len(self.blocks[self.block]):
            raise struct.error("text")
        self.place += size
        return self.blocks[self.block][self.place - size : self.place]

    def _skip(self, size: int) -> None:
        while size and not self.is_at_end:
            step = min(size, len(self.blocks[self.block]) - self.place)
            self.place, size = self.place + step, size - step


def shared_texts(blocks: list[bytes]) -> list[str]:
    """The texts that cells share; the count at the head of the record is not believed."""
    text, found = Text(blocks, place=8), []
    while not text.is_at_end:
        found.append(text.read())
    return found


def cells(sheet: bytes, texts: list[str], formats: Formats) -> Iterator[tuple[int, int, Value | Fault]]:
    """Row and column (both from 0) and value of each cell of a sheet, given from its first record on.

    Raises Damaged or CutOff; struct.error for a cell that is cut off, IndexError for a shared text that is not there.
    """
    waiting: tuple[int, int] | None = None
    for record in _of_sheet(sheet):
        if record.kind == STRING and waiting:
            yield *waiting, Text(record.blocks).read() or None
        elif record.kind == FORMULA:
            row, column, style = _CELL.unpack_from(record.data)
            waiting = (row, column)
            value = _result(record.data[6:14], style, formats)
            if value is not None:
                yield row, column, value
        elif record.kind in _READERS:
            yield from _READERS[record.kind](record, texts, formats)


def hidden_in(sheet: bytes) -> Hidden:
    """The rows and columns of a sheet that do not show; struct.error for a record that is cut off."""
    rows, columns = set[int](), set[int]()
    for record in records(sheet):
        if record.kind == _ROW and struct.unpack_from("<H", record.data, 12)[0] & _ROW_IS_HIDDEN:
            rows.add(struct.unpack_from("<H", record.data)[0] + 1)
        elif record.kind == _COLUMNS and struct.unpack_from("<H", record.data, 8)[0] & _COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<HH", record.data)
            columns.update(range(first, min(last, LAST_COLUMN) + 1))
    return Hidden(frozenset(rows), frozenset(columns))


def merged_ranges(sheet: bytes) -> Iterator[Merged]:
    """The merged cells of a sheet, given from its first record on; raises Damaged or CutOff."""
    for record in _of_sheet(sheet):
        if record.kind == MERGED:
            whole = record.data[2 : 2 + (len(record.data) - 2) // 8 * 8]
            for first, last, left, right in struct.iter_unpack("<4H", whole):
                yield Merged(first + 1, left, last + 1, right)


def _of_sheet(sheet: bytes) -> Iterator[Record]:
    """The records of a sheet itself, without those of the charts in it."""
    depth = 0
    for record in records(sheet):
        depth += (record.kind == BOF) - (record.kind == EOF)
        if record.place == 0 and not depth:
            raise Damaged("no sheet")
        if not depth:
            return
        if depth == 1:
            yield record
    raise CutOff


def formats_of(styles: list[int], patterns: dict[int, str], *, from_1904: bool) -> Formats:
    """What the styles of the cells mean, from the number format of each and the patterns of those that are own ones."""
    kinds = {number: _kind_of(pattern) for number, pattern in patterns.items()}
    dates = frozenset(style for style, number in enumerate(styles) if kinds.get(number) == "date" or number in _DATES)
    durations = frozenset(
        style for style, number in enumerate(styles) if kinds.get(number) == "duration" or number == _DURATION
    )
    return Formats(dates - durations, durations, datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30))  # noqa: DTZ001


def _kind_of(pattern: str) -> str:
    if _ELAPSED.search(pattern):
        return "duration"
    letters = _NOT_LETTERS.sub("", pattern.split(";", 1)[0]).lower()
    return "date" if letters != "general" and set(letters) & set("dmyhs") else "number"


def _typed(number: float, style: int, formats: Formats) -> Value:
    if not isfinite(number):
        raise Damaged(str(number))
    if style in formats.durations:
        return timedelta(days=number)
    if style in formats.dates:
        return _moment(number, formats.epoch)
    return int(number) if number.is_integer() else number


def _moment(number: float, epoch: datetime) -> date | datetime | time | float:
    early = timedelta(days=1) if epoch.year == 1899 and 1 <= number < 60 else timedelta()  # Excel's 29/02/1900
    try:
        moment = epoch + early + timedelta(milliseconds=round(number * 86_400_000))
    except OverflowError:
        return number
    if 0 <= number < 1:
        return moment.time()
    return moment.date() if number.is_integer() else moment


def _result(value: bytes, style: int, formats: Formats) -> Value | Fault:
    if len(value) < 8:
        raise struct.error("formula")
    if value[6:] != b"\xff\xff":
        return _typed(_DOUBLE.unpack(value)[0], style, formats)
    if value[0] == 2:
        return FAULT
    return bool(value[2]) if value[0] == 1 else None  # 0: the text follows; 3: an empty text


def _rk(packed: int) -> float:
    number = _DOUBLE.unpack(_UNSIGNED.pack(0) + _UNSIGNED.pack(packed & 0xFFFFFFFC))[0]
    if packed & 2:
        number = float((packed if packed < 1 << 31 else packed - (1 << 32)) >> 2)
    return number / 100 if packed & 1 else float(number)


_Cells = Iterator[tuple[int, int, "Value | Fault"]]


def _number(record: Record, _texts: list[str], formats: Formats) -> _Cells:
    row, column, style = _CELL.unpack_from(record.data)
    yield row, column, _typed(_DOUBLE.unpack_from(record.data, 6)[0], style, formats)


def _packed(record: Record, _texts: list[str], formats: Formats) -> _Cells:
    row, column, style = _CELL.unpack_from(record.data)
    yield row, column, _typed(_rk(_UNSIGNED.unpack_from(record.data, 6)[0]), style, formats)


def _many_packed(record: Record, _texts: list[str], formats: Formats) -> _Cells:
    row, first = _HEAD.unpack_from(record.data)
    pairs = struct.iter_unpack("<HI", record.data[4 : 4 + (len(record.data) - 6) // 6 * 6])
    for column, (style, packed) in enumerate(pairs, start=first):
        yield row, column, _typed(_rk(packed), style, formats)


def _shared(record: Record, texts: list[str], _formats: Formats) -> _Cells:
    row, column, _ = _CELL.unpack_from(record.data)
    yield row, column, texts[_UNSIGNED.unpack_from(record.data, 6)[0]] or None


def _label(record: Record, _texts: list[str], _formats: Formats) -> _Cells:
    row, column, _ = _CELL.unpack_from(record.data)
    yield row, column, Text(record.blocks, place=6).read() or None


def _bool(record: Record, _texts: list[str], _formats: Formats) -> _Cells:
    row, column, _ = _CELL.unpack_from(record.data)
    value, is_fault = struct.unpack_from("<2B", record.data, 6)
    yield row, column, FAULT if is_fault else bool(value)


_READERS = {
    _NUMBER: _number,
    _RK: _packed,
    _MULRK: _many_packed,
    _SHARED: _shared,
    _LABEL: _label,
    _RICH: _label,
    _BOOL: _bool,
}
