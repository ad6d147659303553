"""Read a compound file (OLE, [MS-CFB]), which old Office files are. Nothing in it is believed without a bound."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFF9  # higher numbers are marks: free, end of chain
_ENTRY = 128
_ROOT = 5
_STREAM = 2
_NUMBER = struct.Struct("<I")


class CutOff(Exception):  # noqa: N818  - it says what the file is
    """The file ends before what it promises."""


class Damaged(Exception):  # noqa: N818  - it says what the file is
    """The file contradicts itself."""


class _Entry(NamedTuple):
    kind: int
    start: int
    size: int


@dataclass(frozen=True)
class Compound:
    """The entries of a compound file by name, streams and folders alike; of one name, the first."""

    content: bytes
    shift: int
    entries: dict[str, _Entry]
    fat: tuple[int, ...]
    mini_fat: tuple[int, ...]
    mini_below: int

    def stream(self, name: str) -> bytes | None:
        """The content of a stream, or None if there is none; raises CutOff or Damaged."""
        entry = self.entries.get(name)
        if entry is None or entry.kind != _STREAM:
            return None
        if entry.size >= self.mini_below:
            return _read(self.content, self.shift, self.fat, entry.start)[: entry.size]
        root = next(entry for entry in self.entries.values() if entry.kind == _ROOT)
        small = _read(self.content, self.shift, self.fat, root.start)
        sectors = (small[number * 64 : number * 64 + 64] for number in _chain(self.mini_fat, entry.start))
        return b"".join(sectors)[: entry.size]


def open_compound(content: bytes) -> Compound:
    """Read tables and directory; raises CutOff or Damaged."""
    if len(content) < _HEADER:
        raise CutOff
    shift, mini_shift = struct.unpack_from("<2H", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise Damaged("sector size")
    directory, mini_below, mini_start = (_NUMBER.unpack_from(content, place)[0] for place in (48, 56, 60))
    fat = _read_fat(content, shift)
    mini_fat = _numbers(_read(content, shift, fat, mini_start)) if mini_start < _LAST_SECTOR else ()
    entries = _entries(_read(content, shift, fat, directory))
    if not any(entry.kind == _ROOT for entry in entries.values()):
        raise Damaged("no root")
    return Compound(content, shift, entries, fat, mini_fat, mini_below)


def _read_fat(content: bytes, shift: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from("<109I", content, 76))
    more, seen = _NUMBER.unpack_from(content, 68)[0], 0
    while more < _LAST_SECTOR:
        *found, more = _numbers(_sector(content, shift, more))
        sectors += found
        seen += 1
        if seen > len(content) >> shift:
            raise Damaged("circle")
    return tuple(
        number for sector in sectors if sector < _LAST_SECTOR for number in _numbers(_sector(content, shift, sector))
    )


def _sector(content: bytes, shift: int, number: int) -> bytes:
    start = (number + 1) << shift
    if start >= len(content):
        raise CutOff
    return content[start : start + (1 << shift)]


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(table) // 4}I", table)


def _chain(fat: tuple[int, ...], start: int) -> list[int]:
    chain: list[int] = []
    while start < _LAST_SECTOR:
        chain.append(start)
        if start >= len(fat):
            raise CutOff
        if len(chain) > len(fat):
            raise Damaged("circle")
        start = fat[start]
    return chain


def _read(content: bytes, shift: int, fat: tuple[int, ...], start: int) -> bytes:
    return b"".join(_sector(content, shift, number) for number in _chain(fat, start))


def _entries(directory: bytes) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        start, size = struct.unpack_from("<2I", directory, place + 116)
        if kind:
            name = directory[place : place + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
            entries.setdefault(name, _Entry(kind, start, size))
    return entries
