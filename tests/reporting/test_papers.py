"""What a round hands out says what the database says: nothing is cut, nothing is a formula, all that is MẪU says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.formats.sheets import SPECIMEN
from densach.history.domain import Act
from densach.places.models import Place
from densach.reporting.shares import Share
from tests.assessing.making import GOOD, LAST_DAY, POOR, Small, adults, answer, library, open_year, run, settle
from tests.people.making import enter, family

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db
SHEETS = {
    "citizen": "Công dân",
    "family": "Gia đình",
    "clan": "Dòng họ",
    "village": "Thôn",
    "unit": "Đơn vị",
    "literacy": "Xóa mù chữ",
    "commune": "Xã",
}
NAUGHTY = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3")


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def judged(small: Small, act: Act, packs: str = "vn,demo") -> Round:
    """A round in which two adults answer well, one poorly and one says nothing; everybody else registers."""
    round_ = open_year(small, act, packs)
    said: list[dict[str, int | bool | str]] = [{**GOOD}, {**GOOD}, {**POOR}, {"a1": 9}]
    answer(round_, "citizen", dict(zip(adults(small), said, strict=True)), act)
    for model, code in (("family", "H1"), ("family", "H2"), ("clan", "D1"), ("unit", "U1"), ("village", "")):
        answer(round_, model, {small.subject(model, code): {}}, act)
    run(round_, act)
    return round_


def papers(round_: Round, folder: Path) -> dict[str, Path]:
    """The papers by the beginning of their names."""
    from densach.reporting.round_papers import write_papers

    paths = write_papers(folder, round_, library(*round_.packs.split(",")), made_on=LAST_DAY)
    return {path.name.rsplit("-", 1)[0]: path for path in paths}


def results(path: Path, model: str) -> list[dict[str, Any]]:
    """The rows of one sheet of the result workbook, by their header."""
    rows = list(openpyxl.load_workbook(path)[SHEETS[model]].iter_rows(values_only=True))
    header = next(row for row in rows if "Mã" in row)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows[rows.index(header) + 1 :]]


def pages(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages]


def test_the_result_workbook_says_what_the_database_says(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.models import Assessment
    from densach.assessing.titles import BY_MODEL

    round_ = judged(small, act)
    path = papers(round_, tmp_path)["ket-qua"]
    words = {"met": "● đạt", "unmet": "◯ chưa đạt", "unknown": "◐ chưa xác định", "not_applicable": "– không áp dụng"}
    for model in SHEETS:
        kept = Assessment.objects.filter(round=round_, title_key=BY_MODEL[model].key).order_by("pk")
        shown = results(path, model)
        assert [(row["Kết luận theo luật đọc được"], row["Dấu của phiếu kết quả"]) for row in shown] == [
            (words[row.verdict], row.seal) for row in kept
        ]
        assert [row["Điểm"] for row in shown] == [points(row.points_low, row.points_high) for row in kept]
        for row in shown:
            assert re.search(r"\d+/\d{4}/|\d+/QĐ|MẪU", row["Lý do và điều khoản"]), row


def test_a_paper_calls_people_as_on_its_day(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.people.models import Person
    from densach.people.records.lives import rename
    from densach.reporting.round_papers import write_papers

    round_ = judged(small, act)
    wife = Person.objects.get(full_name="Trần Thị Mẫu 1")
    rename(wife, "Trần Thị Mới", on=date(2027, 1, 5), basis="QĐ 1/MẪU", act=act)
    named = []
    for made_on in (date(2027, 1, 4), date(2027, 1, 5)):
        folder = tmp_path / made_on.isoformat()
        path = write_papers(folder, round_, library("vn", "demo"), made_on=made_on)[0]
        named.append({row["Tên"] for row in results(path, "citizen")} & {wife.full_name, "Trần Thị Mới"})
    assert named == [{"Trần Thị Mẫu 1"}, {"Trần Thị Mới"}]


def points(low: int | None, high: int | None) -> str | None:
    if low is None:
        return None
    return str(low) if low == high else f"{low}–{high}"


def test_each_reason_names_what_is_missed_with_its_place_in_the_law(small: Small, act: Act, tmp_path: Path) -> None:
    rows = results(papers(judged(small, act, "vn"), tmp_path)["ket-qua"], "citizen")
    assert [(row["Kết luận theo luật đọc được"], row["Điểm"]) for row in rows] == [
        ("● đạt", "90"),
        ("● đạt", "90"),
        ("◯ chưa đạt", "30"),
        ("◐ chưa xác định", "9–99"),
    ]
    poor, open_ = rows[2], rows[3]
    assert len(poor["Lý do và điều khoản"].splitlines()) == len(POOR)
    assert all("324/QĐ-KHVN" in line for line in poor["Lý do và điều khoản"].splitlines())
    assert len(open_["Cần biết, việc cần làm"].splitlines()) == len(GOOD) - 1
    unread = results(tmp_path / "ket-qua-2026.xlsx", "family")[0]
    assert unread["Lý do và điều khoản"] == "Chưa đọc được bộ tiêu chí (Quyết định 387/QĐ-TTg)."


def test_a_name_that_looks_like_a_formula_stays_a_name(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.assessing.domain import subjects_for
    from densach.assessing.models import Kind
    from densach.people.models import Person

    lines = family(small.village, 5)
    enter(small.place, [replace(lines[1], full_name=name) for name in NAUGHTY], act)
    people = list(Person.objects.filter(full_name__in=NAUGHTY).order_by("pk").values_list("pk", flat=True))
    round_ = open_year(small, act)
    answer(round_, "citizen", {subject: dict(GOOD) for subject in subjects_for(Kind.PERSON, people).values()}, act)
    run(round_, act)
    for name in ("ket-qua", "de-nghi-cong-nhan"):
        book = openpyxl.load_workbook(papers(round_, tmp_path)[name])
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert {cell.value for cell in cells if cell.value in NAUGHTY} == set(NAUGHTY)


def test_someone_who_has_moved_away_is_still_shown_by_name(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.people.models import HouseholdMember

    round_ = judged(small, act)
    HouseholdMember.objects.filter(person__full_name="Nguyễn Văn Mẫu 1").update(valid_to=date(2026, 12, 1))
    rows = results(papers(round_, tmp_path)["ket-qua"], "citizen")
    assert Counter(row["Tên"] for row in rows) == Counter(
        ["Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 2"]
    )


def test_each_village_has_its_page_with_its_questions_counted(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.places.domain import add_villages

    add_villages(small.place, ["Thôn Hạ", "Thôn 10", "Thôn 2"], on=date(2026, 1, 1), act=act, source="MẪU")
    found = pages(papers(judged(small, act, "vn"), tmp_path)["cau-hoi-tung-thon"])
    assert [re.search(r"(Thôn \S+) (không )?còn", page)[1] for page in found] == [  # type: ignore[index]
        "Thôn 2",
        "Thôn 10",
        "Thôn Đoài",
        "Thôn Hạ",
    ]
    assert all(SPECIMEN in page for page in found)
    doai = found[2]
    # Nine scores of one adult out of four, and one unread text each for the families and for the village.
    assert doai.count("1 trên 4 người") == len(GOOD) - 1
    assert doai.count("2 trên 2 hộ") == 1
    assert doai.count("1 trên 1 thôn") == 1
    assert f"Thôn Đoài còn {len(GOOD) - 1 + 2} câu hỏi" in doai


def test_each_percentage_of_the_report_follows_from_its_numbers(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.reporting.four_counts import four_counts
    from densach.reporting.report_up import report_of

    round_ = judged(small, act)
    sign_citizens(round_, act)
    report = report_of(round_, library("vn", "demo"), four_counts(round_), "Tính người đang ở.")
    assert report.findings[0] == "Tính người đang ở."
    assert [(share.name, share.numerator, share.base, share.percent) for share in report.shares] == [
        ("Công dân học tập: đăng ký trên tổng số", 4, 4, "100,0 %"),
        ("Công dân học tập: được công nhận trên tổng số", 2, 4, "50,0 %"),
        ("Công dân học tập: được công nhận trên số đăng ký", 2, 4, "50,0 %"),
        ("Gia đình học tập: đăng ký trên tổng số", 2, 2, "100,0 %"),
    ]
    for share in report.shares:
        again = Share(share.numerator, share.base, share.base_name, share.on.isoformat(), share.source)
        assert (share.percent, share.on, bool(share.source)) == (again.percent(), LAST_DAY, True)
    printed = " ".join(pages(papers(round_, tmp_path)["bao-cao"]))
    assert "Tính người đang ở, thường trú hay tạm trú" in " ".join(printed.split())
    for share in report.shares:
        assert f"{share.numerator} trên {share.base} {share.base_name}" in printed


def sign_citizens(round_: Round, act: Act) -> None:
    from densach.assessing.domain import Decision, PaperAct, sign_act
    from densach.assessing.queries import met_subjects
    from densach.assessing.titles import BY_MODEL

    title = BY_MODEL["citizen"]
    paper = PaperAct(number="1/QĐ-MẪU", signed_on=LAST_DAY, office="mau-chu-tich-ubnd-cap-xa", basis="Biên bản MẪU")
    met = [Decision(subject=subject) for subject in met_subjects(round_, title.key)]
    sign_act(round_, title, paper, library(*round_.packs.split(",")), met, act=act)


def test_the_four_counts_of_a_tiny_commune(small: Small, act: Act) -> None:
    from densach.reporting.four_counts import four_counts

    round_ = judged(small, act)
    sign_citizens(round_, act)
    assert {
        row.title.model: (row.total, row.registered, row.assessed, row.recognised) for row in four_counts(round_)
    } == {
        "citizen": (4, 4, 4, 2),
        "family": (2, 2, 2, 0),
        "clan": (1, 1, 1, 0),
        "village": (1, 1, 1, 0),
        "unit": (1, 1, 1, 0),
        "literacy": (1, 0, 1, 0),
        "commune": (1, 0, 1, 0),
    }
    real = open_year(small, act)
    assert {row.recognised for row in four_counts(real)} == {0}


def test_villages_are_counted_in_the_order_of_their_numbers(small: Small, act: Act) -> None:
    from densach.assessing.frame import frame_of
    from densach.places.domain import add_villages
    from densach.reporting.four_counts import counts_by_village

    add_villages(small.place, ["Thôn 10", "Thôn 2"], on=date(2026, 1, 1), act=act, source="MẪU")
    round_ = judged(small, act)
    sign_citizens(round_, act)
    rows = counts_by_village(round_, frame_of(small.place, LAST_DAY))
    citizens = [row for row in rows if row.title.model == "citizen"]
    assert [(row.village, row.total, row.registered, row.assessed, row.recognised) for row in citizens] == [
        ("Thôn 2", 0, 0, 0, 0),
        ("Thôn 10", 0, 0, 0, 0),
        ("Thôn Đoài", 4, 4, 4, 2),
    ]


def is_marked(path: Path) -> bool:
    if path.suffix == ".pdf":
        return all(SPECIMEN in page for page in pages(path))
    book = openpyxl.load_workbook(path)
    shown = (sheet for sheet in book if sheet.sheet_state == "visible")
    return all(SPECIMEN in values_of(sheet.iter_rows(max_row=5, values_only=True)) for sheet in shown)


def values_of(rows: Iterable[Iterable[object]]) -> set[object]:
    return {value for row in rows for value in row}


@pytest.mark.parametrize("packs", ["vn", "vn,demo"])
def test_every_paper_of_a_fictional_commune_says_mau(small: Small, act: Act, tmp_path: Path, packs: str) -> None:
    found = papers(judged(small, act, packs), tmp_path)
    assert sorted(found) == ["bao-cao", "cau-hoi-tung-thon", "de-nghi-cong-nhan", "ket-qua"]
    assert all(is_marked(path) for path in found.values())


def test_the_papers_of_a_real_commune_do_not(act: Act, tmp_path: Path) -> None:
    from densach.assessing.domain import open_round
    from densach.places.lookup import get_place

    ba_dinh = get_place("00004", LAST_DAY).place
    round_ = open_round(ba_dinh, 2026, "vn", act=act)
    found = papers(round_, tmp_path)
    for path in (found["ket-qua"], found["de-nghi-cong-nhan"], found["bao-cao"]):
        assert not is_marked(path)


def test_as_many_queries_for_the_papers_of_two_households_as_of_four(commune: Place, act: Act, tmp_path: Path) -> None:
    small = settle(commune, act)
    round_ = judged(small, act, "vn")
    with CaptureQueriesContext(connection) as two:
        papers(round_, tmp_path)
    settle_more(small, act)
    answer(round_, "family", {small.subject("family", code): {} for code in ("H3", "H4")}, act)
    run(round_, act)
    with CaptureQueriesContext(connection) as four:
        papers(round_, tmp_path)
    assert (len(two), len(four)) == (97, 97)


def settle_more(small: Small, act: Act) -> None:
    enter(small.place, [line for order in (3, 4) for line in family(small.village, order)], act)
