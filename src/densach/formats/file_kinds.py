"""What a file is, told by its first bytes and never by its name: people rename files, and mail programs do too."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from densach.problems import Refused, problem

MAX_FILE_BYTES = 50_000_000
_START = 4_096
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BEFORE_1995 = (b"\x09\x00", b"\x09\x02", b"\x09\x04")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(Enum):
    """The kinds of file of which tables can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


class _Other(NamedTuple):
    """A kind that holds no table for us, as people call it."""

    vi: str
    en: str


_ARCHIVE = _Other("tệp nén", "a compressed archive")
_PICTURE = _Other("tệp ảnh", "a picture")
_WEB_PAGE = _Other("trang web (HTML)", "a web page (HTML)")
_STARTS = {
    b"%PDF": _Other("tệp PDF", "a PDF file"),
    b"{\\rtf": _Other("văn bản RTF", "an RTF document"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
}
_MARKUP = {
    "<?xml": _Other("tệp XML", "an XML file"),
    "mime-version:": _WEB_PAGE,
    **dict.fromkeys(("<!doctype html", "<html", "<head", "<meta", "<style", "<table", "<div", "<body"), _WEB_PAGE),
}
_ZIPPED = {
    "word/document.xml": _Other("văn bản Word (.docx)", "a Word document (.docx)"),
    "ppt/presentation.xml": _Other("tệp trình chiếu (.pptx)", "a presentation (.pptx)"),
}


def kind_of(path: Path) -> Kind:
    """The kind of a file by its content; raises Refused (W101, W102, W104, W107, W112, W113) for any other."""
    start, size = _start_of(path)
    if size > MAX_FILE_BYTES:
        raise Refused(problem("W107", path.name, limit=MAX_FILE_BYTES // 1_000_000))
    if start.startswith(_OLE):
        return Kind.XLS
    if start.startswith(b"PK"):
        return _zipped(path)
    if start.startswith(_BEFORE_1995):
        raise Refused(problem("W104", path.name))
    if other := _other(start):
        raise Refused(problem("W112", path.name, kind_vi=other.vi, kind_en=other.en))
    if not start.strip() or (b"\0" in start and not start.startswith(_UTF_16)):
        raise Refused(problem("W102", path.name))
    return Kind.TEXT


def _start_of(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(_START), path.stat().st_size
    except OSError as error:
        raise Refused(problem("W101", path.name, reason=error.strerror or error)) from error


def _zipped(path: Path) -> Kind:
    if not zipfile.is_zipfile(path):
        raise Refused(problem("W113", path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise Refused(problem("W110", path.name, reason=error)) from error
    if names & {"xl/workbook.bin", "content.xml"}:
        raise Refused(problem("W104", path.name))
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    other = next((kind for part, kind in _ZIPPED.items() if part in names), _ARCHIVE)
    raise Refused(problem("W112", path.name, kind_vi=other.vi, kind_en=other.en))


def _other(start: bytes) -> _Other | None:
    for signature, kind in _STARTS.items():
        if start.startswith(signature):
            return kind
    encoding = "utf-16" if start.startswith(_UTF_16) else "utf-8-sig"
    text = start.decode(encoding, errors="replace").lstrip().lower()
    return next((kind for opening, kind in _MARKUP.items() if text.startswith(opening)), None)
