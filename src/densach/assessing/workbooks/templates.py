"""Write the workbooks that officers fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from densach.assessing.workbooks.cells import Value
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm, WorkbookForm, workbooks
from densach.formats import sheets
from densach.policy.library import Library

_WIDTHS = {"text": 22, "number12": 15, "integer": 13, "yes_no": 12, "date": 12}  # letters; the header wraps
Rows = Mapping[str, Iterable[Mapping[str, Value]]]


def write_templates(
    folder: Path, library: Library, on: date, rows: Rows | None = None, *, fictional: bool = False
) -> list[Path]:
    """Write every workbook for a round of that day into `folder`; `rows` by sheet id fill them, else they are empty.

    They say MẪU where the rows are made up (`fictional`) and where the fictional pack takes part.
    """
    fictional = fictional or "demo" in library.packs
    paths = []
    for workbook in workbooks(library, on):
        path = folder / workbook.file_name
        specs = [_spec(form, (rows or {}).get(form.id, ())) for form in workbook.sheets]
        sheets.write_workbook(path, specs, made_on=on, fictional=fictional)
        paths.append(path)
    return paths


def write_template(path: Path, workbook: WorkbookForm, on: date, *, fictional: bool) -> None:
    """Write one empty workbook."""
    specs = [_spec(form, ()) for form in workbook.sheets]
    sheets.write_workbook(path, specs, made_on=on, fictional=fictional)


def write_form(
    path: Path, form: SheetForm, rows: Iterable[Mapping[str, Value]], *, made_on: date, fictional: bool
) -> None:
    """Write one form as a workbook of its own, filled with these rows."""
    sheets.write_workbook(path, [_spec(form, rows)], made_on=made_on, fictional=fictional)


def _spec(form: SheetForm, rows: Iterable[Mapping[str, Value]]) -> sheets.SheetSpec:
    return sheets.SheetSpec(
        name=form.name,
        title=form.title_vi,
        columns=tuple(_column(column) for column in form.columns),
        rows=([_cell(column, row.get(column.key)) for column in form.columns] for row in rows),
        id=f"{form.id}:{form.version}",
        intro=(form.intro_vi,),
        example=tuple(column.example for column in form.columns),
    )


def _column(column: Column) -> sheets.Column:
    bounded = column.kind == "integer"
    return sheets.Column(
        key=column.key,
        title=column.title_vi,
        kind=column.kind,
        width=_WIDTHS.get(column.kind, 16),
        choices=tuple((column.choices or {}).values()),
        note=column.note_vi,
        required=column.required,
        low=column.low if bounded else None,
        high=column.high if bounded else None,
    )


def _cell(column: Column, value: Value) -> sheets.Cell:
    """A stored value as people read it: a choice by its label, a day as dd/mm/yyyy."""
    if column.choices and isinstance(value, str):
        return column.choices[value]
    if column.kind == "date" and isinstance(value, str) and len(value) == len("1980-11-23"):
        return date.fromisoformat(value)
    return value
