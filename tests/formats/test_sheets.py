"""What is written into a workbook is there for another program to read, and comes back as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.excel import read_workbook
from densach.formats.filled import Filled, read_filled
from densach.formats.sheets import EXAMPLE, SPECIMEN, Cell, Column, SheetSpec, write_workbook
from densach.problems import Refused

TODAY = date(2026, 11, 23)
COLUMNS = (
    Column("household", "Mã hộ", width=12, required=True, note="Mã riêng của hộ trong xã."),
    Column("number", "Số định danh cá nhân", "number12"),
    Column("birth_date", "Ngày sinh", "date"),
    Column("kind", "Loại", "choice", choices=("Cơ quan", "Doanh nghiệp, hợp tác xã")),
    Column("registered", "Có đăng ký", "yes_no"),
    Column("a1", "Chỉ số A1", "integer", low=0, high=10),
)
ROW: tuple[Cell, ...] = ("H0001", "001080000001", date(1980, 11, 23), "Cơ quan", True, 7)
TEMPLATE = SheetSpec(
    "Sổ hộ",
    "Sổ hộ dân cư",
    COLUMNS,
    id="register:1",
    intro=("Mỗi dòng một người.", "Để trống nếu chưa biết."),
    example=("H0000", "", "23/11/1980", "Cơ quan", "có", 8),
    rows=[ROW, ("H0002", None, None, None, False, None)],
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "so-ho.xlsx"
    write_workbook(path, [TEMPLATE], made_on=TODAY)
    return path


def filled(path: Path) -> Filled:
    found = read_filled(read_workbook(path)[0])
    assert found is not None
    return found


def test_a_template_comes_back_with_its_id_its_columns_and_its_rows(template: Path) -> None:
    sheet = filled(template)
    assert (sheet.id, list(sheet.places), sheet.header_row) == ("register:1", [column.key for column in COLUMNS], 6)
    first, second = sheet.rows()
    assert [first.value(column.key) for column in COLUMNS] == [
        "H0001",
        "001080000001",
        "23/11/1980",
        "Cơ quan",
        "có",
        7,
    ]
    assert [second.value(column.key) for column in COLUMNS] == ["H0002", None, None, None, "không", None]
    assert (first.address("number"), first.address("no such column"), first.value("no such column")) == (
        "C8",
        "8",
        None,
    )


def test_an_example_that_was_written_over_is_not_lost_from_sight(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book["Sổ hộ"]["B7"] = "H0099"
    book["Sổ hộ"]["A8"] = "Ví dụ này là thật."
    book.save(template)
    found = filled(template)
    assert [row.value("household") for row in found.examples()] == ["H0099"]
    assert [row.value("household") for row in found.rows()] == ["H0001", "H0002"]


def test_the_template_survives_another_program_and_moved_columns(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    sheet = book["Sổ hộ"]
    sheet.title = "Thôn 3"
    sheet.insert_rows(2)
    sheet.move_range("B6:B10", cols=7)
    sheet["C11"] = "001080000002"
    book.save(template)
    found = filled(template)
    assert found.places["household"] == 8
    assert [row.value("household") for row in found.rows()] == ["H0001", "H0002", None]
    assert [row.value("number") for row in found.rows()] == ["001080000001", None, "001080000002"]


def test_drop_downs_bounds_and_lengths_are_in_the_sheet(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    rules = {str(rule.sqref): rule for rule in book["Sổ hộ"].data_validations.dataValidation}
    assert {place: (rule.type, rule.formula1, rule.formula2) for place, rule in rules.items()} == {
        "C7:C200000": ("textLength", "12", None),
        "E7:E200000": ("list", "'Danh mục'!$A$1:$B$1", None),
        "F7:F200000": ("list", "'Danh mục'!$A$2:$B$2", None),
        "G7:G200000": ("whole", "0", "10"),
    }
    assert {rule.errorTitle for rule in rules.values()} == {"Chưa đúng dạng"}
    lists = book["Danh mục"]
    assert lists.sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in lists.rows] == [
        ["Cơ quan", "Doanh nghiệp, hợp tác xã"],
        ["có", "không"],
    ]


def test_header_notes_formats_and_print_are_set(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["Sổ hộ"]
    assert [cell.value for cell in sheet[6]][:3] == ["Ghi chú", "Mã hộ *", "Số định danh cá nhân"]
    assert sheet["B6"].comment is not None
    assert sheet["B6"].comment.text == "Mã riêng của hộ trong xã."
    assert sheet["C6"].comment is None
    assert (sheet["C8"].number_format, sheet["C8"].value, sheet["G8"].number_format) == ("@", "001080000001", "#,##0")
    assert (sheet.column_dimensions["C"].width, sheet.column_dimensions["B"].width) == (16.7109375, 12.7109375)
    assert sheet.freeze_panes == "A7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$6:$6",
    )
    fit = sheet.sheet_properties.pageSetUpPr
    assert (fit and fit.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet["A7"].value, sheet["A7"].font.italic) == (EXAMPLE, True)


def test_an_empty_cell_of_a_personal_number_is_a_text_cell(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["Sổ hộ"]
    assert sheet["C9"].number_format == "@"
    assert sheet.column_dimensions["C"].number_format == "@"


def test_a_fictional_workbook_says_so_on_every_sheet(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    plain = SheetSpec("Kết quả", "Kết quả", COLUMNS[:1], rows=[("H0001",)])
    write_workbook(path, [TEMPLATE, plain], made_on=TODAY, fictional=True)
    book = openpyxl.load_workbook(path)
    assert [book["Sổ hộ"]["A2"].value, book["Kết quả"]["A1"].value] == [SPECIMEN, SPECIMEN]
    heads = [book[name].oddHeader for name in ("Sổ hộ", "Kết quả")]
    assert [head and head.center.text for head in heads] == [f"&B{SPECIMEN}"] * 2
    assert [row.value("household") for row in filled(path).rows()] == ["H0001", "H0002"]


def test_a_list_to_read_is_no_template_and_can_be_filtered(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xlsx"
    write_workbook(path, [SheetSpec("Kết quả", "Kết quả", COLUMNS, rows=[ROW, ROW])], made_on=TODAY)
    assert read_filled(read_workbook(path)[0]) is None
    sheet = openpyxl.load_workbook(path)["Kết quả"]
    assert sheet.auto_filter.ref == "A2:F4"
    assert [cell.value for cell in sheet[2]][:1] == ["Mã hộ *"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "00012", "1e5"])
def test_a_text_is_never_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "chu.xlsx"
    write_workbook(path, [SheetSpec("A", "=A", COLUMNS[:1], rows=[(text,)])], made_on=TODAY)
    sheet = openpyxl.load_workbook(path)["A"]
    assert (sheet["A3"].value, sheet["A3"].data_type, sheet["A1"].data_type) == (text, "s", "s")
    assert sheet["A3"].hyperlink is None


@settings(max_examples=40, deadline=None)
@given(
    cells=st.lists(st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text("Đèn=+@ _x0041&<'\"\t\n", max_size=30)))
)
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, cells: list[Cell]) -> None:
    path = tmp_path_factory.mktemp("back") / "a.xlsx"
    write_workbook(path, [SheetSpec("A", "Đèn", COLUMNS[:1], rows=[(cell,) for cell in cells])], made_on=TODAY)
    rows = [row.values[0] for row in list(read_workbook(path)[0].rows())[2:]]
    written = [cell if cell != "" else None for cell in cells]
    assert rows + [None] * (len(written) - len(rows)) == written


def test_the_same_description_gives_the_same_bytes(template: Path, tmp_path: Path) -> None:
    write_workbook(tmp_path / "b.xlsx", [TEMPLATE], made_on=TODAY)
    assert (tmp_path / "b.xlsx").read_bytes() == template.read_bytes()


def test_a_row_that_does_not_fit_leaves_the_old_file_as_it_was(template: Path) -> None:
    before = template.read_bytes()
    for wrong in (("H1",), (*ROW[:5], "x" * 40_000)):
        with pytest.raises(ValueError, match="Sổ hộ"):
            write_workbook(template, [SheetSpec("Sổ hộ", "", COLUMNS, rows=[wrong])], made_on=TODAY)
    assert template.read_bytes() == before
    assert list(template.parent.iterdir()) == [template]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(Refused) as refused:
        write_workbook(tmp_path / "tep" / "a.xlsx", [TEMPLATE], made_on=TODAY)
    assert [problem.code for problem in refused.value.problems] == ["S105"]
