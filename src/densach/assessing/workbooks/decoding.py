"""What is undone before a sheet is understood: text of before Unicode, and cells merged over several rows."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from densach.formats.excel import Merged, Row, Value
from densach.formats.file_kinds import Kind, kind_of
from densach.formats.legacy import Encoding, recognise, to_unicode
from densach.formats.xls import old_workbook_counts_from_1904

_TITLES = {
    Encoding.TCVN3: "TCVN3 (ABC)",
    Encoding.TCVN3_CAPITALS: "TCVN3 (ABC) chữ hoa",
    Encoding.VNI: "VNI",
    Encoding.VISCII: "VISCII",
    Encoding.WINDOWS_1258: "Windows-1258",
}
_SINCE_1904 = (b'date1904="1"', b'date1904="true"')


@dataclass(frozen=True)
class Decoding:
    """In which encoding the texts of a sheet stand: all of them, or those of some columns by their place."""

    whole: Encoding | None = None
    columns: dict[int, Encoding] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The encodings that were found, as people know them; empty for Unicode."""
        found = {self.whole} if self.whole else set(self.columns.values())
        return ", ".join(sorted(_TITLES[encoding] for encoding in found if encoding))

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows in Unicode."""
        if self.whole is None and not self.columns:
            yield from rows
            return
        for row in rows:
            yield Row(row.number, tuple(self._cell(place, value) for place, value in enumerate(row.values)))

    def _cell(self, place: int, value: Value) -> Value:
        encoding = self.whole or self.columns.get(place)
        return to_unicode(value, encoding) if isinstance(value, str) and encoding else value


def decoding_of(top: Sequence[Row]) -> Decoding:
    """How the first rows of a sheet are encoded: as a whole, or column by column where people pasted from elsewhere."""
    texts = [value for row in top for value in row.values if isinstance(value, str)]
    if whole := recognise(texts):
        return Decoding(whole)
    columns: dict[int, list[str]] = defaultdict(list)
    for row in top:
        for place, value in enumerate(row.values):
            if isinstance(value, str):
                columns[place].append(value)
    found = {place: recognise(texts) for place, texts in columns.items()}
    return Decoding(None, {place: encoding for place, encoding in found.items() if encoding})


def filled_down(rows: Iterable[Row], merged: Sequence[Merged]) -> Iterator[Row]:
    """The rows, where a cell merged over several of them says the same in each."""
    begins: dict[int, list[Merged]] = defaultdict(list)
    for one in merged:
        if one.first_column == one.last_column:
            begins[one.first_row].append(one)
    standing: dict[int, tuple[int, Value]] = {}
    for row in rows:
        standing = {place: said for place, said in standing.items() if said[0] >= row.number}
        if standing:
            values = [*row.values, *[None] * (max(standing) + 1 - len(row.values))]
            for place, (_, value) in standing.items():
                values[place] = value
            row = Row(row.number, tuple(values))  # noqa: PLW2901  - the row as it is read from here on
        yield row
        for one in begins.get(row.number, ()):
            if one.first_column < len(row.values):
                standing[one.first_column] = (one.last_row, row.values[one.first_column])


def counts_from_1904(path: Path) -> bool | None:
    """Whether a workbook counts its days from 1904 on; None where the kind of file does not tell.

    Raises Refused for a damaged .xls, as reading it does.
    """
    if kind_of(path) is Kind.XLS:
        return old_workbook_counts_from_1904(path)
    try:
        with zipfile.ZipFile(path) as archive:
            about = archive.read("xl/workbook.xml").replace(b"'", b'"')
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    return any(said in about for said in _SINCE_1904)
