"""What is looked at in a workbook file before it is opened, so that no file can harm the machine or hide a fault.

A workbook is a zip of XML parts. Its directory tells the parts and their sizes; each part is then unpacked in small
pieces, because a directory can lie and because two far-apart cells would make the reader reserve everything between.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from copy import copy
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from densach.problems import Problem, Refused, problem

MAX_FILE_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 20_000_000  # a small part may shrink as it likes: it cannot fill the memory
MAX_PARTS = 2_000
MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 4_000_000
MAX_TEXTS_BYTES = 1_000_000_000

_PIECE = 1 << 18
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OVERLAP = 256  # longer than a cell's tag, so that none lies unseen on the cut between two pieces
# With one kind of space and quote the patterns begin with fixed letters, which makes them five times as fast.
_PLAIN = bytes.maketrans(b"\t\n\r'", b'   "')
_COLUMN = re.compile(rb' r="([A-Za-z]{1,4})[0-9]')
_ROW = re.compile(rb' r="[A-Za-z]{1,4}([0-9]{1,9})')
_DISGUISED = re.compile(rb"<(?:\w+:)?c [^>]* r(?: +=|= )")
_FAULT = re.compile(rb'<(?:\w+:)?c [^>]*\bt="e"[^>]*>')
_ADDRESS = re.compile(rb' r="([A-Za-z]+[0-9]+)')


def check_workbook(path: Path) -> None:
    """Raise Refused with the first thing that forbids reading the file as a workbook (W101 to W111)."""
    _check_file(path)
    try:
        with ZipFile(path) as archive:
            _check_directory(path, archive.infolist())
            _check_parts(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(problem("W110", path.name, reason=str(error))) from error


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLE))
            size = path.stat().st_size
            if start == _OLE:
                raise Refused(_old_or_locked(path, file.read(MAX_FILE_BYTES)))
    except OSError as error:
        raise Refused(problem("W101", path.name, reason=error.strerror or error)) from error
    if size > MAX_FILE_BYTES:
        raise Refused(_too_large(path, MAX_FILE_BYTES))
    if not zipfile.is_zipfile(path):
        raise Refused(problem("W102", path.name))


def _old_or_locked(path: Path, content: bytes) -> Problem:
    return problem("W103" if _ENCRYPTED_STREAM in content else "W104", path.name)


def _too_large(path: Path, limit: int) -> Problem:
    return problem("W107", path.name, limit=limit // 1_000_000)


def _check_directory(path: Path, parts: list[ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(problem("W103", path.name))
    if names & {"xl/workbook.bin", "content.xml"}:
        raise Refused(problem("W104", path.name))
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise Refused(problem("W102", path.name))
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Refused(problem("W105", path.name))
    if any(name.startswith("xl/externallinks/") or name == "xl/connections.xml" for name in names):
        raise Refused(problem("W106", path.name))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Refused(_too_large(path, MAX_UNPACKED_BYTES))
    if any(_is_bomb(part) for part in parts):
        raise Refused(_too_large(path, MAX_UNPACKED_BYTES))


def _is_bomb(part: ZipInfo) -> bool:
    return part.file_size > RATIO_MATTERS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _check_parts(path: Path, archive: ZipFile) -> None:
    longest, texts, rows = 0, 0, 0
    for part in archive.infolist():
        with closing(_pieces(path, archive, part)) as pieces:
            if part.filename.lower() == "xl/sharedstrings.xml":
                longest = max(longest, _longest_text(pieces))
            else:  # whatever its name: the file itself says which parts are sheets
                used, shared = _check_cells(f"{path.name} / {part.filename}", pieces)
                texts, rows = texts + shared, rows + used
    # Each cell receives its own copy of a text that the file holds once.
    if longest * texts > MAX_TEXTS_BYTES:
        raise Refused(_too_large(path, MAX_TEXTS_BYTES))
    if not rows:
        raise Refused(problem("W109", path.name))


def _pieces(path: Path, archive: ZipFile, part: ZipInfo) -> Generator[bytes, None, None]:
    """The part, unpacked piece by piece; refused as soon as it is longer than the directory says."""
    honest = copy(part)
    honest.file_size += 1  # lets one byte too many come through, which an honest part does not have
    length = 0
    with archive.open(honest) as stream:
        while piece := stream.read(_PIECE):
            length += len(piece)
            yield piece
    if length != part.file_size:
        raise Refused(_too_large(path, MAX_UNPACKED_BYTES))


def _check_cells(where: str, pieces: Iterator[bytes]) -> tuple[int, int]:
    """Refuse cells too far out or with a fault (#DIV/0!); the last row and the number of shared texts."""
    columns, rows, texts, end = 0, 0, 0, b""
    for piece in pieces:
        cells = (end + piece).translate(_PLAIN)
        columns = max(columns, _widest(cells))
        rows = max([rows, *map(int, set(_ROW.findall(cells)))])
        texts += cells.count(b' t="s"')
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            raise Refused(
                problem("W108", where, rows=rows, columns=columns, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
            )
        _check_tags(where, cells)
        end = piece[-_OVERLAP:]
    return rows, texts


def _check_tags(where: str, cells: bytes) -> None:
    if (b" r " in cells or b" r= " in cells) and _DISGUISED.search(cells):
        raise Refused(problem("W110", where, reason="XML"))
    if b' t="e"' in cells and (fault := _FAULT.search(cells)):
        address = _ADDRESS.search(fault[0])
        raise Refused(problem("W111", where, cell=address[1].decode() if address else "?"))


def _longest_text(pieces: Iterator[bytes]) -> int:
    """The length of the longest shared text in bytes, never too small."""
    longest, length = 0, 0
    for piece in pieces:
        first, *others = piece.split(b"</si>")
        longest = max([longest, length + len(first), *map(len, others)])
        length = len(others[-1]) if others else length + len(first)
    return longest


def _widest(cells: bytes) -> int:
    names = {name.upper() for name in set(_COLUMN.findall(cells))}
    return max((_column_number(name) for name in names), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
