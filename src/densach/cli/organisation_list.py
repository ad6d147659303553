"""A list of organisations as a workbook: written empty, filled in by people, loaded all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.reading import read_workbook_rows
from densach.assessing.workbooks.rows import ReadRow
from densach.assessing.workbooks.telling import unconfirmed
from densach.assessing.workbooks.templates import write_form
from densach.history.domain import Act
from densach.places.lookup import get_place
from densach.places.models import OrganisationKind, Place
from densach.places.organisations.command import Map
from densach.places.organisations.domain import Charter, Said, found_organisations
from densach.places.organisations.names import search_key
from densach.places.organisations.queries import begun_at
from densach.problems import Problem, Refused, problem

FORM = SheetForm(
    "organisations",
    "Tổ chức",
    "Danh sách tổ chức",
    "Mỗi dòng một tổ chức. Nơi đặt trụ sở là xã có vào ngày bắt đầu; xã cũ thì phần mềm tự theo việc sáp nhập.",
    (
        Column("name", "Tên tổ chức", "text", required=True, longest=200, example="Trường THCS Ví Dụ"),
        Column(
            "kind",
            "Loại",
            "choice",
            required=True,
            choices=dict(OrganisationKind.choices),
            example="Trường trung học cơ sở",
        ),
        Column(
            "seat",
            "Nơi đặt trụ sở",
            "text",
            required=True,
            note_vi="Mã, hoặc tên kèm huyện, tỉnh sau dấu phẩy.",
            example="Phường Trúc Bạch, Hà Nội",
        ),
        Column(
            "since",
            "Có từ ngày",
            "date",
            required=True,
            whole_day=True,
            note_vi="Ngày thành lập, hoặc ngày sớm nhất biết chắc.",
            example="01/09/1999",
        ),
        Column("source", "Nguồn", "text", required=True, longest=200, example="Quyết định 12/QĐ-UBND"),
    ),
)


@dataclass(frozen=True)
class Listed:
    """How many organisations of a list were added, and how many were there already."""

    added: int
    known: int


def write_list(path: Path, made_on: date) -> None:
    """Write an empty list to fill in."""
    write_form(path, FORM, (), made_on=made_on, fictional=False)


def load_list(path: Path, *, today: date, act: Act, dry_run: bool = False) -> Listed:
    """Add the organisations of a filled list that are not there yet; refuses all, with each wrong cell named."""
    reading = read_workbook_rows(path, {FORM.id: FORM}, today)
    if wrong := [*reading.problems, *unconfirmed(reading)]:
        raise Refused(*wrong)
    rows = list(reading.of(FORM.id))
    with transaction.atomic():
        seats = _seats(rows)
        charters = [(_charter(row, seats), _since(row)) for row in rows]
        new = _unknown(rows, charters)
        found_organisations(new, act=act)
        transaction.set_rollback(dry_run)
    return Listed(len(new), len(rows) - len(new))


def _seats(rows: Iterable[ReadRow]) -> dict[tuple[str, date], Place]:
    """The places that the rows name, each looked up once."""
    first_known = Map.of(date.min).read_on
    found: dict[tuple[str, date], Place] = {}
    wrong: list[Problem] = []
    for row in rows:
        key = (row.text("seat"), _since(row))
        try:
            found[key] = found.get(key) or get_place(key[0], max(key[1], first_known)).place
        except Refused as refused:
            wrong += [Problem(each.code, row.where("seat"), each.words) for each in refused.problems]
    if wrong:
        raise Refused(*wrong)
    return found


def _since(row: ReadRow) -> date:
    return date.fromisoformat(row.text("since"))


def _charter(row: ReadRow, seats: dict[tuple[str, date], Place]) -> Charter:
    return Charter(
        name=row.text("name"),
        kind=row.text("kind"),
        seat=seats[row.text("seat"), _since(row)],
        said=Said(source=row.text("source")),
    )


def _unknown(rows: list[ReadRow], charters: list[tuple[Charter, date]]) -> list[tuple[Charter, date]]:
    """Those that did not begin with this name at this seat on this day before; one named twice is refused (W221)."""
    known = begun_at({charter.seat.pk for charter, _ in charters})
    first: dict[tuple[str, int, date], ReadRow] = {}
    twice = [
        problem("W221", row.where("name"), first=first[key].where("name"))
        for row, key in zip(rows, _keys(charters), strict=True)
        if first.setdefault(key, row) is not row
    ]
    if twice:
        raise Refused(*twice)
    return [each for each, key in zip(charters, _keys(charters), strict=True) if key not in known]


def _keys(charters: Iterable[tuple[Charter, date]]) -> Iterator[tuple[str, int, date]]:
    return ((search_key(charter.name), charter.seat.pk, on) for charter, on in charters)
