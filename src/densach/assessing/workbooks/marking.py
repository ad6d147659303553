"""Give a refused workbook back with the cells to correct marked in a copy of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from densach.assessing.workbooks.reading import Reading
from densach.formats.marked import Mark, write_marked_copy
from densach.formats.tables import read_tables
from densach.problems import Problem

_CELL = re.compile(r"([A-Z]*)(\d+)")
_ENDING = "-can-sua.xlsx"


def write_marked(path: Path, folder: Path, problems: Iterable[Problem], reading: Reading, made_on: date) -> Path | None:
    """Write the marked copy into a folder; None where no problem names a cell. Raises Refused (S105, W117)."""
    marks = _marks(problems)
    if not marks:
        return None
    copy = folder / f"{path.stem.removesuffix(_ENDING.removesuffix('.xlsx'))}{_ENDING}"
    headers = {sheet.understood.sheet: max(sheet.understood.table.header_rows) for sheet in reading.sheets}
    title = f"Những ô cần sửa trong {path.name}"
    write_marked_copy(copy, read_tables(path), marks, summary_title=title, made_on=made_on, header_rows=headers)
    return copy


def _marks(problems: Iterable[Problem]) -> dict[str, dict[tuple[int, int], Mark]]:
    marks: dict[str, dict[tuple[int, int], Mark]] = defaultdict(dict)
    for found in problems:
        sheet, _, address = found.where.rpartition("!")
        if sheet and (cell := _CELL.fullmatch(address)):
            place = (int(cell[2]), max(0, _column(cell[1])))
            wrong = " ".join(filter(None, (found.sentence("what", "vi"), found.sentence("why", "vi"))))
            marks[sheet].setdefault(place, Mark(wrong, found.sentence("todo", "vi")))
    return marks


def _column(letters: str) -> int:
    """The place of a column counted from 0, from its letters; -1 for none."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
