"""A list of communes of some kinds of area as a workbook: written empty, filled in by people, read whole or not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.reading import Reading, read_workbook_rows
from densach.assessing.workbooks.rows import ReadRow
from densach.assessing.workbooks.telling import unconfirmed
from densach.assessing.workbooks.templates import write_form
from densach.places.areas.reading import Line
from densach.places.models import AreaKind
from densach.problems import Problem, Refused, problem

FORM = SheetForm(
    "areas",
    "Danh mục xã",
    "Danh mục xã khu vực I, II, III, xã biên giới, xã đảo",
    "Mỗi dòng một xã của văn bản. Mã xã là mã có hiệu lực vào ngày danh mục có hiệu lực.",
    (
        Column("commune", "Mã xã", "text", required=True, longest=10, example="99001"),
        Column("area_kind", "Loại", "choice", required=True, choices=dict(AreaKind.choices), example="xã khu vực III"),
        Column("since", "Từ ngày", "date", whole_day=True, note_vi="Để trống nếu từ ngày danh mục có hiệu lực."),
        Column("until", "Đến hết ngày", "date", whole_day=True, note_vi="Để trống nếu văn bản không ghi."),
    ),
)
_CODE = 5  # digits of the code of a commune; Excel drops the zeros before a number


def write_list(path: Path, made_on: date) -> None:
    """Write an empty list to fill in."""
    write_form(path, FORM, (), made_on=made_on, fictional=False)


def read_list(path: Path, today: date) -> list[Line]:
    """The lines of a filled list; refuses all of them, with each wrong cell named, and a line that stands there twice
    (W221)."""
    reading = read_workbook_rows(path, {FORM.id: FORM}, today)
    if wrong := [*reading.problems, *unconfirmed(reading), *_twice(reading)]:
        raise Refused(*wrong)
    return [_line(row) for row in reading.of(FORM.id)]


def _twice(reading: Reading) -> list[Problem]:
    """In other workbooks a line that says the same again does no harm; in a list of the State it is a mistake."""
    return [
        problem("W221", f"{sheet.understood.sheet}!{number}", first=f"{sheet.understood.sheet}!{first}")
        for sheet in reading.sheets
        for number, first in sheet.twins.items()
    ]


def _line(row: ReadRow) -> Line:
    code, until = row.text("commune"), _day(row, "until")
    return Line(
        row.where("commune"),
        code.zfill(_CODE) if code.isdecimal() else code,
        AreaKind(row.text("area_kind")),
        _day(row, "since"),
        until + timedelta(days=1) if until else None,
    )


def _day(row: ReadRow, key: str) -> date | None:
    text = row.text(key)
    return date.fromisoformat(text) if text else None
