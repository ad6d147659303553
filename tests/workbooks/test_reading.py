"""What cannot be read is refused whole, cell by cell, and leaves every table as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from densach.formats.sheets import EXAMPLE
from densach.history.domain import Act
from densach.places.models import Place
from densach.rules.model import Threshold
from densach.rules.sheet import Sheet as FactSheet
from tests.assessing.making import LAST_DAY, YEAR, library, open_year, settle
from tests.rules.making import criterion, fact, indicator, level, rubric
from tests.workbooks.making import HEAD, WIFE, forms, keys_row, load, refusal, sheet_of, template, told, written

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db
WHO = {"household": "H1", "full_name": "Trần Thị Mẫu 1"}
CITIZEN = {**WHO, "registered": "có"}
DECISION = {
    "number": "7/QĐ-MẪU",
    "signed": "15/01/2024",
    "office": "Chủ tịch Ủy ban nhân dân cấp xã",
    "year": 2023,
    "model": "Gia đình học tập",
    "code": "H1",
    "basis": "Biên bản",
}
UNIT = {"unit": "U2", "name": "Trạm Y tế MẪU", "kind": "Cơ quan", "registered": "không"}


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    """A round of a commune with two households of three, H1 and H2, one clan and one school."""
    return open_year(settle(commune, act), act)


Rows = list[Mapping[str, Any]]
CELLS: list[tuple[str, Rows, list[tuple[str, str, str]]]] = [
    ("register", [{**HEAD, "village": None}], [("W201", "Sổ hộ!B7", "None")]),
    ("register", [{**HEAD, "personal_number": "99908000001"}], [("W202", "Sổ hộ!H7", "99908000001")]),
    ("register", [{**HEAD, "birth_date": "31/2/1980"}], [("W204", "Sổ hộ!F7", "31/2/1980")]),
    ("register", [{**HEAD, "birth_date": "1/1/2027"}], [("W208", "Sổ hộ!F7", "2027-01-01")]),
    ("register", [{**HEAD, "birth_date": 2027}], [("W208", "Sổ hộ!F7", "2027")]),
    ("register", [{**HEAD, "sex": "Khác"}], [("W205", "Sổ hộ!G7", "Khác")]),
    ("register", [{**HEAD, "literacy": "Mức độ 3"}], [("W205", "Sổ hộ!I7", "Mức độ 3")]),
    ("register", [{**HEAD, "is_head": "có lẽ"}], [("W206", "Sổ hộ!E7", "có lẽ")]),
    ("register", [{**HEAD, "full_name": "N" * 121}], [("W207", "Sổ hộ!D7", "N" * 121)]),
    ("register", [{**HEAD, "household": "H" * 61}], [("W207", "Sổ hộ!C7", "H" * 61)]),
    ("register", [HEAD, {**HEAD, "literacy": "Mức độ 1"}], [("W221", "Sổ hộ!B7", ""), ("W221", "Sổ hộ!B8", "")]),
    (
        "register",
        [HEAD, {**WIFE, "personal_number": HEAD["personal_number"]}],
        [("W221", "Sổ hộ!B7", ""), ("W221", "Sổ hộ!B8", "")],
    ),
    (
        "register",
        [HEAD, {**WIFE, "village": "Thôn Hạ"}],
        [("W231", "Sổ hộ!C8", ""), ("W231", "Sổ hộ!C7", "")],
    ),
    (
        "register",
        [HEAD, {**WIFE, "sex": "?", "birth_date": "mai"}, {"full_name": "Không Có Gì"}],
        [
            ("W204", "Sổ hộ!F8", "mai"),
            ("W205", "Sổ hộ!G8", "?"),
            ("W201", "Sổ hộ!B9", "None"),
            ("W201", "Sổ hộ!C9", "None"),
            ("W201", "Sổ hộ!G9", "None"),
        ],
    ),
    ("citizen.farmers", [{**CITIZEN, "a1": 11}], [("W203", "Nông dân!F7", "11")]),
    ("citizen.farmers", [{**CITIZEN, "a1": 7.5}], [("W203", "Nông dân!F7", "7.5")]),
    ("citizen.farmers", [{**CITIZEN, "a1": -1}], [("W203", "Nông dân!F7", "-1")]),
    ("citizen.farmers", [{**CITIZEN, "registered": None}], [("W201", "Nông dân!E7", "None")]),
    ("citizen.farmers", [{**CITIZEN, "household": "H9"}], [("W222", "Nông dân!B7", "H9")]),
    ("citizen.farmers", [{**CITIZEN, "full_name": "Người Lạ"}], [("W222", "Nông dân!B7", "H1")]),
    (
        "citizen.farmers",
        [CITIZEN, {**CITIZEN, "a1": 3}],
        [("W221", "Nông dân!B7", ""), ("W221", "Nông dân!B8", "")],
    ),
    ("family", [{"household": "H9", "registered": "có"}], [("W222", "Gia đình!B7", "H9")]),
    (
        "family",
        [{"household": "H1", "registered": "có"}, {"household": "H1", "registered": "không"}],
        [("W221", "Gia đình!B7", ""), ("W221", "Gia đình!B8", "")],
    ),
    ("village", [{"village": "Thôn Không Có", "registered": "có"}], [("W222", "Thôn!B7", "Thôn Không Có")]),
    ("clan.households", [{"clan": "D9", "household": "H1"}], [("W222", "Hộ trong dòng họ!B7", "D9")]),
    ("clan.households", [{"clan": "D1", "household": "H9"}], [("W222", "Hộ trong dòng họ!C7", "H9")]),
    ("unit", [{**UNIT, "kind": "Chợ"}], [("W205", "Đơn vị!D7", "Chợ")]),
    ("unit", [UNIT, {**UNIT, "name": "Trạm khác"}], [("W221", "Đơn vị!B7", ""), ("W221", "Đơn vị!B8", "")]),
    (
        "unit.members",
        [{**WHO, "unit": "U9", "role": "Thành viên"}, {**WHO, "full_name": "Lạ", "unit": "U1"}],
        [("W201", "Người trong đơn vị!F8", "None")],
    ),
    (
        "unit.members",
        [
            {**WHO, "unit": "U9", "role": "Thành viên"},
            {**WHO, "full_name": "Lạ", "unit": "U1", "role": "Thành viên"},
        ],
        [("W222", "Người trong đơn vị!B7", "U9"), ("W222", "Người trong đơn vị!D8", "Lạ")],
    ),
    ("decisions", [{**DECISION, "signed": 2024}], [("W204", "Quyết định!C7", "2024")]),
    ("decisions", [{**DECISION, "office": "Ông Nào Đó"}], [("W205", "Quyết định!D7", "Ông Nào Đó")]),
    ("decisions", [{**DECISION, "year": 2013}], [("W203", "Quyết định!E7", "2013")]),
    ("decisions", [{**DECISION, "code": "H9"}], [("W222", "Quyết định!H7", "H9")]),
    ("decisions", [{**DECISION, "model": "Đơn vị học tập", "code": "U9"}], [("W222", "Quyết định!H7", "U9")]),
    ("decisions", [{**DECISION, "model": "Dòng họ học tập", "code": "D9"}], [("W222", "Quyết định!H7", "D9")]),
    (
        "decisions",
        [{**DECISION, "model": "Công dân học tập", "code": "999080999999"}],
        [("W222", "Quyết định!H7", "999080999999")],
    ),
    (
        "decisions",
        [{**DECISION, "model": "Cộng đồng học tập cấp xã", "code": "00004"}],
        [("W222", "Quyết định!H7", "00004")],
    ),
]


@pytest.mark.parametrize(("form_id", "rows", "wrong"), CELLS)
def test_each_refused_cell_is_named_and_nothing_is_loaded(
    round_: Round, act: Act, tmp_path: Path, form_id: str, rows: Rows, wrong: list[tuple[str, str, str]]
) -> None:
    problems = refusal(written(tmp_path, form_id, rows), round_, act)
    assert told(problems) == wrong
    assert all(problem.told("vi") != problem.told("en") for problem in problems)


def test_a_sheet_made_for_another_reading_of_the_law_is_refused(round_: Round, act: Act, tmp_path: Path) -> None:
    path = template(tmp_path, "family", "vn", "demo")
    (found,) = refusal(path, round_, act)
    assert (found.code, found.where) == ("W213", "Gia đình")
    assert (found.words["found"], found.words["expected"]) == ("giadinh-387-2022-mau", "giadinh-387-2022")


def changed(path: Path, form_id: str, cells: Mapping[str, str | None]) -> Path:
    """The workbook after somebody typed over these cells."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[forms()[form_id].name][address] = value
    book.save(path)
    return path


def test_a_sheet_with_a_strange_id_or_without_a_column_is_refused(round_: Round, act: Act, tmp_path: Path) -> None:
    strange = changed(template(tmp_path, "register"), "register", {"A1": "densach:registry:1"})
    assert [(p.code, p.where, p.words["id"]) for p in refusal(strange, round_, act)] == [
        ("W212", "Sổ hộ", "registry:1")
    ]
    short = changed(template(tmp_path, "register"), "register", {"C4": None})
    assert [(p.code, p.where, p.words["column"]) for p in refusal(short, round_, act)] == [("W214", "Sổ hộ", "Mã hộ")]


def test_the_example_may_stay_and_is_not_loaded(round_: Round, act: Act, tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "register", [{**HEAD, "personal_number": None}]), round_, act)
    assert loaded.sheets == {"register": (1, 0, 0)}


def test_an_example_that_was_written_over_is_refused(round_: Round, act: Act, tmp_path: Path) -> None:
    form = forms()["register"]
    path = template(tmp_path, "register")
    row = keys_row(sheet_of(path, form)) + 2
    assert sheet_of(path, form)[f"A{row}"].value == EXAMPLE
    over = changed(path, "register", {f"D{row}": "Nguyễn Văn Thật"})
    assert told(refusal(over, round_, act)) == [("W223", f"Sổ hộ!D{row}", "Nguyễn Văn Thật")]
    load(changed(path, "register", {f"A{row}": "đã kiểm tra"}), round_, act)


def files_that_are_no_workbook(folder: Path) -> list[tuple[Path, str]]:
    (folder / "trống.xlsx").write_bytes(b"")
    (folder / "chữ.xlsx").write_text("Kính gửi:;Ủy ban nhân dân xã\nThôn xin báo cáo;như sau\n", "utf-8")
    (folder / "khóa.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    (folder / "cũ.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)
    openpyxl.Workbook().save(folder / "không có gì.xlsx")
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "Mã hộ"
    book.save(folder / "sổ khác.xlsx")
    whole = template(folder, "register").read_bytes()
    (folder / "dở.xlsx").write_bytes(whole[: len(whole) // 2])
    codes = {
        "không có.xlsx": "W101",
        "trống.xlsx": "W102",
        "chữ.xlsx": "W211",
        "dở.xlsx": "W113",
        "khóa.xlsx": "W113",
        "cũ.xlsx": "W110",
        "không có gì.xlsx": "W109",
        "sổ khác.xlsx": "W211",
    }
    return [*((folder / name, code) for name, code in codes.items()), (folder, "W101")]


def test_a_file_that_is_no_workbook_is_refused(round_: Round, act: Act, tmp_path: Path) -> None:
    for path, code in files_that_are_no_workbook(tmp_path):
        assert [found.code for found in refusal(path, round_, act)] == [code], path


def test_a_village_that_differs_only_by_its_letters_is_refused(round_: Round, act: Act, tmp_path: Path) -> None:
    path = written(tmp_path, "register", [{**HEAD, "village": "thôn đoài"}])
    assert [(found.code, found.where) for found in refusal(path, round_, act)] == [("L105", "thôn đoài")]


def test_made_up_figures_do_not_enter_a_real_commune(act: Act, tmp_path: Path) -> None:
    from densach.assessing.domain import open_round
    from densach.assessing.workbooks.templates import write_templates
    from densach.places.lookup import get_place

    real = open_round(get_place("00004", LAST_DAY).place, YEAR, "vn", act=act)
    path = write_templates(tmp_path, library(), LAST_DAY, fictional=True)[0]
    assert [(found.code, found.where) for found in refusal(path, real, act)] == [("W224", path.name)]


def test_a_part_that_is_more_than_its_whole_is_refused_at_its_cell() -> None:
    from densach.assessing.workbooks.columns import Column
    from densach.assessing.workbooks.forms import SheetForm
    from densach.assessing.workbooks.loading import contradictions
    from densach.assessing.workbooks.rows import ReadRow, Source

    columns = (Column("whole", "Tất cả", "integer", is_fact=True), Column("part", "Phần", "integer", is_fact=True))
    form = SheetForm("family", "Gia đình", "", "", columns)
    read = ReadRow(Source("Gia đình", form, {"whole": 1, "part": 2}), 7, (2, 3))
    facts = (fact("whole", "count", high=9), fact("part", "count", high=9, part_of="whole"))
    share = indicator("i", "share", "part", base="whole", levels={1: Threshold(value="50%")})
    sheet = FactSheet(rubric("targets", facts, (criterion("A", share),), (level(1),)))
    assert [(found.code, found.where) for found in contradictions(read, sheet)] == [("F104", "Gia đình!C7")]
