"""Workbooks of a small made-up commune, filled in as officers fill them in, and what a database holds afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import openpyxl
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from openpyxl.worksheet.worksheet import Worksheet

from densach.problems import Problem, Refused
from densach.sample.commune import make_commune
from densach.sample.model import SampleCommune
from tests.assessing.making import LAST_DAY, YEAR, library
from tests.people.making import KEYS

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.workbooks.forms import SheetForm
    from densach.assessing.workbooks.loading import Loaded
    from densach.history.domain import Act

SEED, HOUSEHOLDS = 15, 30
FILES = (
    "1-so-ho.xlsx",
    "2-cong-dan.xlsx",
    "3-gia-dinh.xlsx",
    "4-dong-ho.xlsx",
    "5-thon.xlsx",
    "6-don-vi.xlsx",
    "7-xa.xlsx",
    "8-quyet-dinh.xlsx",
)
HEAD = {
    "village": "Thôn Đoài",
    "household": "H1",
    "full_name": "Nguyễn Văn Mẫu",
    "is_head": "có",
    "birth_date": "1/5/1980",
    "sex": "Nam",
    "personal_number": "999080000001",
}
WIFE = {"village": "Thôn Đoài", "household": "H1", "full_name": "Trần Thị Mẫu", "birth_date": "1982", "sex": "Nữ"}


@cache
def sample() -> SampleCommune:
    """Thirty made-up households in the villages they live in, with one clan and some schools."""
    made = make_commune(SEED, households=HOUSEHOLDS, year=YEAR)
    lived_in = {home.village for home in made.households}
    return replace(made, villages=tuple(village for village in made.villages if village.code in lived_in))


@cache
def forms(*packs: str) -> dict[str, SheetForm]:
    """Every sheet of the year, by id."""
    from densach.assessing.workbooks.forms import sheet_forms

    return sheet_forms(library(*packs), LAST_DAY)


def templates(folder: Path, *packs: str) -> list[Path]:
    """The empty workbooks."""
    from densach.assessing.workbooks.templates import write_templates

    return write_templates(folder, library(*packs), LAST_DAY)


@cache
def _template_bytes(*packs: str) -> dict[str, tuple[str, bytes]]:
    """File name and content of the empty workbook that holds each form."""
    from densach.assessing.workbooks.forms import workbooks

    with TemporaryDirectory() as folder:
        content = {path.name: path.read_bytes() for path in templates(Path(folder), *packs)}
    books = workbooks(library(*packs), LAST_DAY)
    return {form.id: (book.file_name, content[book.file_name]) for book in books for form in book.sheets}


def template(folder: Path, form_id: str, *packs: str) -> Path:
    """The empty workbook that holds a form."""
    name, content = _template_bytes(*packs)[form_id]
    path = folder / name
    path.write_bytes(content)
    return path


def filled_templates(folder: Path, *packs: str) -> list[Path]:
    """The workbooks of the made-up commune, filled in by the same functions as the trial."""
    from densach.assessing.workbooks.templates import write_templates
    from densach.trial.rows import rows_of

    law = library(*packs)
    return write_templates(folder, law, LAST_DAY, rows_of(sample(), forms(*packs)))


def sheet_of(path: Path, form: SheetForm) -> Worksheet:
    """The sheet of a form as another program opens it."""
    sheet = openpyxl.load_workbook(path)[form.name]
    assert isinstance(sheet, Worksheet)
    return sheet


def keys_row(sheet: Worksheet) -> int:
    """The row in which the keys of the columns stand, above the header."""
    return next(row[0].row for row in sheet.iter_rows(max_row=40) if row[0].value == "note")


def places(sheet: Worksheet) -> dict[str, int]:
    """The column of each key, counted from 1."""
    return {str(cell.value): cell.column for cell in sheet[keys_row(sheet)] if cell.value}


def fill(path: Path, form: SheetForm, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Type rows into an empty template below its example, as an officer does, and save it under the same name."""
    book = openpyxl.load_workbook(path)
    sheet = book[form.name]
    assert isinstance(sheet, Worksheet)
    columns = places(sheet)
    for number, row in enumerate(rows, start=keys_row(sheet) + 3):
        for key, value in row.items():
            sheet.cell(number, columns[key], value)
    book.save(path)
    return path


def written(folder: Path, form_id: str, rows: Iterable[Mapping[str, Any]], *packs: str) -> Path:
    """One workbook that holds these rows in one of its sheets and nothing else."""
    return fill(template(folder, form_id, *packs), forms(*packs)[form_id], rows)


def load(path: Path, round_: Round, act: Act) -> Loaded:
    """Import a workbook into a round under the packs of that round."""
    from densach.assessing.workbooks.loading import load_workbook

    return load_workbook(path, round_, library(*round_.packs.split(",")), KEYS, act=act)


def refusal(path: Path, round_: Round, act: Act) -> list[Problem]:
    """Why a workbook is refused; nothing of the database is another than before."""
    before = everything()
    try:
        load(path, round_, act)
    except Refused as refused:
        assert everything() == before
        return list(refused.problems)
    raise AssertionError("the workbook was loaded")


def told(problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
    """Code, place and refused value of each problem."""
    return [(found.code, found.where, found.words.get("value", "")) for found in problems]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the product; of the country that each test finds, only how many rows there are."""
    with connection.cursor() as cursor:
        return {name: [row for each in asked for row in _rows(cursor, *each)] for name, asked in _questions().items()}


def _rows(cursor: CursorWrapper, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    cursor.execute(sql, values)
    return list(cursor.fetchall())


@cache
def _questions() -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """For each model what asks for its own rows, as the database has them, and for how many there are of all."""
    from django.apps import apps

    from densach.history.models import Entry
    from densach.places.models import Place, PlacePeriod

    seeded: dict[type, Q] = {
        Entry: Q(who="tests"),
        Place: Q(fictional=False),
        PlacePeriod: Q(place__fictional=False),
    }
    found: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for model in apps.get_models(include_auto_created=True):
        rows = model._default_manager.order_by("pk")
        own = rows.exclude(seeded[model]) if model in seeded else rows
        counted = f"SELECT COUNT(*) FROM {connection.ops.quote_name(model._meta.db_table)}"  # noqa: S608
        found[model.__name__] = [own.values_list().query.sql_with_params(), (counted, ())]
    return found
