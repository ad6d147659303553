"""Read filled workbooks: every sheet we know, every row as values, and every refused cell with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from densach.assessing.workbooks.cells import NotAValue, Raw, Value, read_cell
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm
from densach.formats.excel import Sheet, read_workbook
from densach.formats.filled import Filled, FilledRow, read_filled
from densach.formats.sheets import EXAMPLE
from densach.problems import Problem, Refused, problem

Forms = Mapping[str, SheetForm]


@dataclass(frozen=True)
class ReadRow:
    """One row of a sheet: its values by column key, and where it stands."""

    form: SheetForm
    sheet: str
    values: dict[str, Value]
    row: FilledRow

    def where(self, key: str) -> str:
        """The sheet and the address of one cell, as the officer sees them."""
        return f"{self.sheet}!{self.row.address(key)}"

    def text(self, key: str) -> str:
        """A text value; empty where the cell is."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def facts(self) -> dict[str, bool | int | str]:
        """The facts of the row that are known; an empty cell is no zero and no "no"."""
        keys = (column.key for column in self.form.facts)
        return {key: value for key in keys if (value := self.values[key]) is not None}


@dataclass
class Reading:
    """All rows of a workbook by sheet id, and all that was refused; `fictional` when one of its sheets says MẪU."""

    rows: dict[str, list[ReadRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    fictional: bool = False

    def of(self, *form_ids: str) -> Iterator[ReadRow]:
        """The rows of some sheets, in order."""
        for form_id in form_ids:
            yield from self.rows.get(form_id, [])


def read_workbook_rows(path: Path, forms: Forms) -> Reading:
    """Read all known sheets; raises Refused where the file is no workbook, or none of its sheets is known."""
    reading = Reading()
    known = [(sheet, filled) for sheet in read_workbook(path) if (filled := read_filled(sheet)) is not None]
    if not known:
        raise Refused(problem("W211", path.name))
    reading.fictional = any(filled.fictional for _, filled in known)
    for sheet, filled in known:
        form = _form_of(sheet, filled, forms, reading)
        if form is not None:
            rows = reading.rows.setdefault(form.id, [])
            rows.extend(_row(form, sheet, row, reading) for row in filled.rows())
            reading.problems += _overwritten_examples(form, sheet, filled)
    return reading


def _form_of(sheet: Sheet, filled: Filled, forms: Forms, reading: Reading) -> SheetForm | None:
    form_id, _, version = filled.id.partition(":")
    form = forms.get(form_id)
    if form is None:
        reading.problems.append(problem("W212", sheet.name, id=filled.id))
        return None
    if version != form.version:
        reading.problems.append(problem("W213", sheet.name, found=version, expected=form.version))
        return None
    missing = [column for column in form.columns if column.key not in filled.places]
    reading.problems += [problem("W214", sheet.name, column=column.title_vi) for column in missing]
    return None if missing else form


def _overwritten_examples(form: SheetForm, sheet: Sheet, filled: Filled) -> Iterator[Problem]:
    """Rows that bear the mark of an example and no longer say what it said: somebody's own data would be lost."""
    for row in filled.examples():
        changed = next((column for column in form.columns if row.value(column.key) != (column.example or None)), None)
        if changed is not None:
            where = f"{sheet.name}!{row.address(changed.key)}"
            yield problem("W223", where, column=changed.title_vi, value=row.value(changed.key), mark=EXAMPLE)


def _row(form: SheetForm, sheet: Sheet, row: FilledRow, reading: Reading) -> ReadRow:
    read = ReadRow(form, sheet.name, {}, row)
    for column in form.columns:
        read.values[column.key] = _cell(column, read, reading)
    return read


def _cell(column: Column, read: ReadRow, reading: Reading) -> Value:
    raw = read.row.value(column.key)
    try:
        return read_cell(column, raw)
    except NotAValue as refused:
        reading.problems.append(refused_cell(read, column, raw, refused))
        return None


def refused_cell(read: ReadRow, column: Column, raw: Raw, refused: NotAValue) -> Problem:
    """The problem of one cell: its address, what stands in it, why it is refused."""
    return problem(refused.code, read.where(column.key), column=column.title_vi, value=raw, **refused.words)
