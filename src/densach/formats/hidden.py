"""Which rows and columns of a sheet do not show: hidden by hand, or left out by a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from densach.formats.excel_checks import sheet_titles
from densach.formats.sheet_checks import overlapping

_PIECE = 1 << 18
_HIDDEN = re.compile(rb'<(?:\w+:)?(row|col) [^<>]*\bhidden="(?:1|true)"[^<>]*>')
_ROW_NUMBER = re.compile(rb' r="([0-9]{1,7})"')
_SPAN = re.compile(rb' (min|max)="([0-9]{1,5})"')
LAST_COLUMN = 255  # further out nothing is read


class Hidden(NamedTuple):
    """The numbers of the rows that do not show, and the places of the columns, counted from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def hidden_in_workbook(path: Path, sheet: str) -> Hidden:
    """What does not show in a sheet of an .xlsx that was looked through before."""
    with ZipFile(path) as archive:
        parts = {title: part for part, title in sheet_titles(archive).items()}
        name = next((each for each in archive.namelist() if each.lower() == parts.get(sheet)), None)
        if name is None:
            return Hidden()
        with archive.open(name) as stream:
            return _hidden_tags(iter(lambda: stream.read(_PIECE), b""))


def _hidden_tags(pieces: Iterator[bytes]) -> Hidden:
    rows, columns = set[int](), set[int]()
    for text, _ in overlapping(pieces):
        for tag in _HIDDEN.finditer(text) if b"hidden" in text else ():
            if tag[1] == b"row":
                rows.update(int(number) for number in _ROW_NUMBER.findall(tag[0]))
            elif len(span := dict(_SPAN.findall(tag[0]))) == 2:
                columns.update(range(int(span[b"min"]) - 1, min(int(span[b"max"]) - 1, LAST_COLUMN) + 1))
    return Hidden(frozenset(rows), frozenset(columns))
