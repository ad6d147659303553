"""What is looked at in a workbook file before it is opened, so that no file can harm the machine or hide a fault.

A workbook is a zip of XML parts. Its directory tells the parts and their sizes; each part is then unpacked in small
pieces and looked through (`sheet_checks`), because a directory can lie. Why each check is there: decision 0007.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing
from copy import copy
from html import unescape
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from densach.formats.file_kinds import Kind, kind_of
from densach.formats.sheet_checks import check_part
from densach.problems import Problem, Refused, problem

MAX_UNPACKED_BYTES = 400_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 20_000_000  # a small part may shrink as it likes: it cannot fill the memory
MAX_PARTS = 2_000
MAX_TEXTS_BYTES = 1_000_000_000

_PIECE = 1 << 18
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TYPES, _BOOK, _LINKS = "[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MOST_READ = 1_000_000  # bytes of a part that only tells names
_SHEET = re.compile(r"<(?:\w+:)?sheet [^<>]*>")
_LINK = re.compile(r"<Relationship [^<>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def check_workbook(path: Path) -> None:
    """Raise Refused with the first thing that forbids reading the file as an .xlsx workbook (W101 to W115)."""
    kind = kind_of(path)
    if kind is Kind.XLS:
        raise Refused(problem("W103" if _ENCRYPTED_STREAM in path.read_bytes() else "W104", path.name))
    if kind is not Kind.XLSX:
        raise Refused(problem("W102", path.name))
    try:
        with ZipFile(path) as archive:
            _check_directory(path, archive)
            _check_parts(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(problem("W110", path.name, reason=str(error))) from error


def _too_large(path: Path, limit: int) -> Problem:
    return problem("W107", path.name, limit=limit // 1_000_000)


def _check_directory(path: Path, archive: ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(problem("W103", path.name))
    if _TYPES not in names:
        raise Refused(problem("W102", path.name))
    if archive.comment:  # behind a comment another directory could stand, which the reader might take instead
        raise Refused(problem("W110", path.name, reason="ZIP"))
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
    titles = sheet_titles(archive)
    for part in archive.infolist():
        name = part.filename.lower()
        with closing(_pieces(path, archive, part)) as pieces:
            if name == _TYPES:
                _check_types(path, b"".join(pieces))
                continue
            where = titles.get(name, part.filename)
            found = check_part(f"{path.name} / {where}", name, pieces)
        longest = max(longest, found.longest)
        texts, rows = texts + found.texts, max(rows, found.rows)
    # Each cell receives its own copy of a text that the file holds once.
    if longest * texts > MAX_TEXTS_BYTES:
        raise Refused(_too_large(path, MAX_TEXTS_BYTES))
    if not rows:
        raise Refused(problem("W109", path.name))


def sheet_titles(archive: ZipFile) -> dict[str, str]:
    """The name by which people know a sheet, by its part, as far as the workbook tells in the usual way."""
    names = {part.filename.lower(): part for part in archive.infolist()}
    if _LINKS not in names:
        return {}
    with archive.open(names[_BOOK]) as book, archive.open(names[_LINKS]) as links:
        sheets, targets = (
            book.read(_MOST_READ).decode("utf-8", "replace"),
            links.read(_MOST_READ).decode("utf-8", "replace"),
        )
    parts = {}
    for tag in _LINK.findall(targets):
        found = dict(_ATTRIBUTE.findall(tag))
        parts[found.get("Id", "")] = found.get("Target", "").removeprefix("/xl/").lower()
    tags = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(sheets))
    return {f"xl/{parts[tag['r:id']]}": unescape(tag.get("name", "")) for tag in tags if tag.get("r:id") in parts}


def _check_types(path: Path, content: bytes) -> None:
    """A part may have any name; what it is to Excel stands in the list of types."""
    types = unescape(content.decode("utf-8", errors="replace")).lower()
    if "vbaproject" in types or "macrosheet" in types:
        raise Refused(problem("W105", path.name))
    if "externallink+" in types or "connections+" in types:
        raise Refused(problem("W106", path.name))
    if "\0" in types:
        raise Refused(problem("W110", path.name, reason="UTF-16"))


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
