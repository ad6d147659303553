"""Read a text file with columns (.csv, .txt): its encoding and its delimiter are found out, every value stays a text.

A number in such a file is what somebody typed or what Excel wrote; to make a number of it would lose leading zeros.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from densach.formats.excel import Merged, Row, Sheet, column_letters
from densach.formats.hidden import Hidden
from densach.formats.legacy import Encoding, recognise, windows_text
from densach.formats.sheet_checks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from densach.formats.vietnamese import nfc
from densach.problems import Refused, problem

MAX_FIELD = 32_767  # letters: what a cell of Excel can hold
_DELIMITERS = ",;\t|"
_SAMPLE = 200  # records that tell the delimiter
_HINT = "sep="  # Excel's own first line: it names the delimiter and is no row
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_READ = {"latin-1": windows_text, "cp1258": nfc}
_LONGEST_LINE = 2_000_000  # letters
_LONGEST_NAME = 31  # of a sheet


def read_text_table(path: Path) -> tuple[Sheet, ...]:
    """The one table of a text file, named as the file; raises Refused (W102, W108, W109, W116 to W118).

    Text of before Unicode (TCVN3, VNI, VISCII) stays as it was typed: `legacy` tells which it is and decodes it.
    """
    codec = _codec(path)
    source = _TextSource(path, codec, _delimiter(path, codec))
    _check(path, source)
    return (Sheet(path.stem[:_LONGEST_NAME], False, source),)


@dataclass(frozen=True)
class _TextSource:
    path: Path
    codec: str
    delimiter: str

    def rows(self) -> Iterator[Row]:
        for number, fields in enumerate(_records(self.path, self.codec, self.delimiter), start=1):
            yield Row(number, tuple([_value(field) for field in fields]))

    def merged(self) -> tuple[Merged, ...]:
        return ()

    def hidden(self) -> Hidden:
        return Hidden()


def _value(field: str) -> str | None:
    if field.startswith('="') and field.endswith('"') and len(field) > 2:
        return field[2:-1] or None  # how exports keep Excel from making a number of "001"
    return field or None


def _codec(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((codec for mark, codec in _MARKS.items() if start.startswith(mark)), None)
    if marked:
        return marked if _is_in(path, marked) else _refuse_codec(path)
    if _is_in(path, "utf-8"):
        return "utf-8"
    found = recognise(_lines(path, "latin-1"))
    if found is None:
        return _refuse_codec(path)
    return "cp1258" if found is Encoding.WINDOWS_1258 and _is_in(path, "cp1258") else "latin-1"


def _refuse_codec(path: Path) -> str:
    raise Refused(problem("W116", path.name))


def _is_in(path: Path, codec: str) -> bool:
    try:
        with path.open(encoding=codec, newline="") as file:
            while text := file.read(1 << 18):
                if "\0" in text:
                    raise Refused(problem("W102", path.name))
    except UnicodeError:
        return False
    return True


def _lines(path: Path, codec: str) -> Iterator[str]:
    read = _READ.get(codec, str)
    with path.open(encoding=codec, newline="") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE:  # its fields could fill the memory before anybody counts them
                raise Refused(problem("W117", path.name, cell=f"? ({number})", limit=MAX_FIELD))
            yield read(line)


def _records(path: Path, codec: str, delimiter: str) -> Iterator[list[str]]:
    lines = _lines(path, codec)
    reader = csv.reader(_without_hint(lines), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        if "field limit" in str(error):
            raise Refused(problem("W117", path.name, cell=f"? ({reader.line_num})", limit=MAX_FIELD)) from error
        raise Refused(problem("W118", path.name, line=reader.line_num)) from error


def _without_hint(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, "")
    if not first.lower().startswith(_HINT):
        yield first
    yield from lines


def _delimiter(path: Path, codec: str) -> str:
    """The delimiter that gives the most records of one width; the file's own hint before all."""
    first = next(_lines(path, codec), "").rstrip("\r\n")
    if first.lower().startswith(_HINT) and first[len(_HINT) :] in tuple(_DELIMITERS):
        return first[len(_HINT) :]
    return max(_DELIMITERS, key=lambda delimiter: _fit(path, codec, delimiter))


def _fit(path: Path, codec: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(record) for record in islice(_records(path, codec, delimiter), _SAMPLE) if any(record))
    except Refused:  # with the right one it may well be readable
        return 0, 0
    width, records = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(1, 0))
    return (records, width) if width > 1 else (0, 0)


def _check(path: Path, source: _TextSource) -> None:
    rows, columns = 0, 0
    for row in source.rows():
        rows, columns = row.number, max(columns, len(row.values))
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            limits = {"max_rows": MAX_ROWS, "max_columns": MAX_COLUMNS}
            raise Refused(problem("W108", path.name, rows=rows, columns=columns, **limits))
        _check_length(path, row)
    if not columns:
        raise Refused(problem("W109", path.name))


def _check_length(path: Path, row: Row) -> None:
    for place, value in enumerate(row.values):
        if isinstance(value, str) and len(value) > MAX_FIELD:
            cell = f"{column_letters(place)}{row.number}"
            raise Refused(problem("W117", path.name, cell=cell, limit=MAX_FIELD))
