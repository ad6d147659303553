"""Signed decisions from a workbook: of earlier years, by offices that are no more, and where people decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from densach.history.domain import Act
from densach.places.models import Place
from tests.assessing.making import GOOD, LAST_DAY, YEAR, Small, adults, answer, library, open_year, run, settle
from tests.workbooks.making import everything, fill, forms, load, refusal, written

if TYPE_CHECKING:
    from densach.problems import Problem

pytestmark = pytest.mark.django_db
PEOPLE = {"reason": "Hội nghị chấm 86 điểm", "scorer": "Ban công tác Mặt trận", "paper_sheet": "BĐ-12, trang 3"}
COMMUNE = {
    "number": "7/QĐ-PGDĐT",
    "signed": "20/03/2024",
    "office": "Trưởng phòng Giáo dục và Đào tạo cấp huyện",
    "year": 2023,
    "model": "Cộng đồng học tập cấp xã",
    "level": 1,
    "code": "99001",
    "basis": "Biên bản 03/BB",
    **PEOPLE,
}
FAMILY = {
    "number": "12/QĐ-UBND",
    "signed": "31/12/2026",
    "office": None,
    "year": YEAR,
    "model": "Gia đình học tập",
    "code": "H1",
    "basis": "Biên bản 04/BB",
}


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def loaded(small: Small, act: Act, folder: Path, *rows: Mapping[str, Any], packs: str = "vn") -> None:
    path = written(folder, "decisions", rows, *packs.split(","))
    load(path, open_year(small, act, packs), act)


def refused(small: Small, act: Act, folder: Path, *rows: Mapping[str, Any], packs: str = "vn") -> list[Problem]:
    round_ = open_year(small, act, packs)
    return refusal(written(folder, "decisions", rows, *packs.split(",")), round_, act)


def local_family_office(small: Small, act: Act) -> None:
    from densach.authority.domain import enter_local_decision

    enter_local_decision(
        title_key="family.qd387",
        place=small.place,
        office_title="Chủ tịch Hội đồng MẪU",
        citation="5/QĐ-MẪU",
        valid_from=date(YEAR, 7, 1),
        act=act,
    )


def test_a_decision_of_2024_by_an_office_that_is_no_more_is_recorded(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.models import Recognition

    loaded(small, act, tmp_path, COMMUNE)
    row = Recognition.objects.select_related("act", "subject").get()
    assert (row.act.number, row.act.signed_on, row.act.office, row.act.basis) == (
        "7/QĐ-PGDĐT",
        date(2024, 3, 20),
        "truong-phong-gddt-cap-huyen",
        "Biên bản 03/BB",
    )
    assert (row.subject.place, row.year, row.level, row.computed, row.decided_by_people) == (
        small.place,
        2023,
        "1",
        "",
        True,
    )
    assert {name: getattr(row, name) for name in PEOPLE} == PEOPLE
    # The 36 months are read, their first day is only inferred: so neither end is said.
    assert (row.valid_from, row.valid_to) == (None, None)


def test_a_decision_from_before_the_circular_is_one_of_the_older_title(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.models import Recognition

    district = "Chủ tịch Ủy ban nhân dân cấp huyện"
    older = {**COMMUNE, "signed": "11/02/2024", "office": district, "level": None}
    loaded(small, act, tmp_path, older, {**COMMUNE, "number": "8/QĐ-PGDĐT", "signed": "12/02/2024"})
    assert list(Recognition.objects.order_by("pk").values_list("title_key", "act__office", "level")) == [
        ("commune.tt44", "chu-tich-ubnd-cap-huyen", ""),
        ("commune.tt25", "truong-phong-gddt-cap-huyen", "1"),
    ]


def test_the_same_decisions_twice_change_nothing(small: Small, act: Act, tmp_path: Path) -> None:
    rows = [COMMUNE, {**COMMUNE, "number": "9/QĐ-PGDĐT", "signed": "21/03/2025", "year": 2024, "level": 2}]
    loaded(small, act, tmp_path, *rows)
    before = everything()
    loaded(small, act, tmp_path, *rows)
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "code", "cell", "said"),
    [
        ({"signed": "01/07/2025", "year": 2024}, "R106", "D7", "không tồn tại vào ngày 2025-07-01"),
        (
            {"office": "Chủ tịch Ủy ban nhân dân cấp huyện"},
            "R105",
            "D7",
            "Cộng đồng học tập cấp xã vào ngày 2024-03-20",
        ),
        ({"reason": None}, "R104", "K7", "cần ghi lý do và người chấm"),
        ({"scorer": None}, "R104", "K7", "cần ghi lý do và người chấm"),
    ],
)
def test_what_the_law_does_not_let_sign_is_refused_at_its_cell(
    small: Small, act: Act, tmp_path: Path, change: dict[str, Any], code: str, cell: str, said: str
) -> None:
    (found,) = refused(small, act, tmp_path, {**COMMUNE, **change})
    assert (found.code, found.where) == (code, f"Quyết định!{cell}")
    assert said in found.told("vi")


def test_level_2_before_its_twelve_months_is_refused_with_the_article(small: Small, act: Act, tmp_path: Path) -> None:
    loaded(small, act, tmp_path, COMMUNE)
    early = {**COMMUNE, "number": "9/QĐ-PGDĐT", "signed": "19/03/2025", "year": 2024, "level": 2}
    (found,) = refused(small, act, tmp_path, early)
    assert (found.code, found.where) == ("R107", "Quyết định!G7")
    assert found.words["earliest"] == "2025-03-20"
    assert found.words["article"] == (
        "Sau ít nhất 12 tháng kể từ quyết định công nhận mức độ 1 (Thông tư 25/2023/TT-BGDĐT)"
    )
    loaded(small, act, tmp_path, {**early, "signed": "20/03/2025"})


def test_a_level_that_the_rubric_does_not_have_is_refused(small: Small, act: Act, tmp_path: Path) -> None:
    (found,) = refused(small, act, tmp_path, {**COMMUNE, "level": 3})
    assert (found.code, found.where, found.words["levels"]) == ("R113", "Quyết định!G7", "1, 2")


def test_two_rows_that_say_different_things_of_one_decision_are_refused(small: Small, act: Act, tmp_path: Path) -> None:
    local_family_office(small, act)
    rows: list[dict[str, Any]] = [{**FAMILY, **PEOPLE}, {**FAMILY, **PEOPLE, "code": "H2", "basis": "Biên bản khác"}]
    assert [(p.code, p.where) for p in refused(small, act, tmp_path, *rows)] == [("R114", "Quyết định!J8")]
    twice: list[dict[str, Any]] = [{**FAMILY, **PEOPLE}, {**FAMILY, **PEOPLE, "reason": "Lý do khác"}]
    assert [(p.code, p.where) for p in refused(small, act, tmp_path, *twice)] == [("W221", "Quyết định!H8")]
    loaded(small, act, tmp_path, {**FAMILY, **PEOPLE})
    other = {**FAMILY, **PEOPLE, "code": "H2", "basis": "Biên bản khác"}
    assert [(p.code, p.where) for p in refused(small, act, tmp_path, other)] == [("R114", "Quyết định!J7")]


def test_under_the_real_law_people_decide_a_family_by_a_local_decision(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.models import Recognition
    from densach.reporting.round_papers import write_papers

    round_ = open_year(small, act)
    answer(round_, "family", {small.subject("family", "H1"): {}, small.subject("family", "H2"): {}}, act)
    run(round_, act)
    assert [p.code for p in refused(small, act, tmp_path, {**FAMILY, **PEOPLE})] == ["R105"]
    local_family_office(small, act)
    assert [p.code for p in refused(small, act, tmp_path, FAMILY)] == ["R104"]
    loaded(small, act, tmp_path, {**FAMILY, **PEOPLE})
    row = Recognition.objects.select_related("act").get()
    assert (row.computed, row.decided_by_people, row.act.office, row.act.office_title) == (
        "unknown",
        True,
        "",
        "Chủ tịch Hội đồng MẪU",
    )
    results = write_papers(tmp_path / "giay", round_, library("vn"), made_on=LAST_DAY)[0]
    sheet = openpyxl.load_workbook(results)["Gia đình"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(row for row in rows if "Mã" in row)
    shown = {row[1]: dict(zip(header, row, strict=True)) for row in rows[rows.index(header) + 1 :]}
    assert [(shown[home]["Quyết định công nhận"], shown[home]["Ai quyết định"]) for home in ("H1", "H2")] == [
        ("12/QĐ-UBND ngày 31/12/2026", "người quyết định"),
        ("chưa có", None),
    ]
    assert shown["H1"]["Kết luận theo luật đọc được"] == "◐ chưa xác định"


def test_the_printed_list_of_proposals_comes_back_as_decisions(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.models import Recognition
    from densach.reporting.round_papers import write_papers

    round_ = open_year(small, act, "vn,demo")
    answer(round_, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
    run(round_, act)
    law = library("vn", "demo")
    path = next(p for p in write_papers(tmp_path, round_, law, made_on=LAST_DAY) if p.name.startswith("de-nghi"))
    mau = next(office for office in law.offices.values() if office.id == "mau-chu-tich-ubnd-cap-xa")
    signed = {"number": "1/QĐ-MẪU", "signed": "31/12/2026", "office": mau.title_vi, "basis": "Biên bản MẪU"}
    fill(path, forms("vn", "demo")["decisions"], [signed] * len(adults(small)))
    load(path, round_, act)
    assert {(row.subject_id, row.computed, row.level) for row in Recognition.objects.all()} == {
        (subject.pk, "met", "recognised") for subject in adults(small)
    }
