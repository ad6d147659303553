"""The marked copy says what the sender's file said, and where and how to correct it; it can be sent in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.excel import Merged, Row, Sheet, Value, read_workbook
from densach.formats.filled import read_filled
from densach.formats.hidden import Hidden
from densach.formats.marked import MOST_NOTES, SUMMARY, Mark, Marks, is_summary, write_marked_copy
from densach.formats.sheets import Column, SheetSpec, write_workbook
from densach.formats.tables import read_tables
from densach.problems import Refused

TODAY = date(2026, 11, 23)
WRONG = Mark("Số định danh cá nhân có 11 chữ số.", "Kiểm tra lại trên thẻ căn cước và gõ đủ 12 chữ số.")
TITLE = "Sổ hộ xã MẪU: những ô cần sửa"
# A cell has no time zone.
MOMENT = datetime(2026, 11, 23, 8, 30, 15)  # noqa: DTZ001


class Given:
    """Rows that a test made up, as the source of a sheet."""

    def __init__(self, rows: Sequence[tuple[Value, ...]], merged: tuple[Merged, ...] = ()) -> None:
        self._rows = [Row(number, values) for number, values in enumerate(rows, start=1)]
        self._merged = merged

    def rows(self) -> Iterator[Row]:
        return iter(self._rows)

    def hidden(self) -> Hidden:
        return Hidden()

    def merged(self) -> tuple[Merged, ...]:
        return self._merged


def sheet(name: str, *rows: tuple[Value, ...], merged: tuple[Merged, ...] = (), is_hidden: bool = False) -> Sheet:
    return Sheet(name, is_hidden, Given(rows, merged))


def copied(
    path: Path, sheets: Sequence[Sheet], marks: Mapping[str, Marks], headers: dict[str, int] | None = None
) -> Path:
    write_marked_copy(path, sheets, marks, summary_title=TITLE, made_on=TODAY, header_rows=headers)
    return path


def rows_of(found: Sheet) -> list[tuple[Value, ...]]:
    """The values of each row without the empty cells at its end."""
    return [tuple(row.values[: len(row.values) - _empty_at_end(row.values)]) for row in found.rows()]


def _empty_at_end(values: tuple[Value, ...]) -> int:
    return next((place for place, value in enumerate(reversed(values)) if value is not None), len(values))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "can-sua.xlsx"


ROWS: tuple[tuple[Value, ...], ...] = (
    ("SỔ HỘ DÂN CƯ CỦA THÔN 3, XÃ MẪU, NĂM 2026",),
    ("Mã hộ", "Họ và tên", "Ngày sinh", "Số định danh"),
    ("H1", "Nguyễn Văn Đức", date(1980, 11, 23), "001080000001"),
    (),
    (7, 2.5, True, MOMENT),
    (time(8, 30), timedelta(hours=30), -3, False),
    ("H2", "Lê Thị\nBé", "1980", "00108000002"),
)


def test_the_copy_says_what_the_file_said(path: Path) -> None:
    summary, found = read_tables(copied(path, [sheet("Sổ hộ", *ROWS)], {"Sổ hộ": {(7, 3): WRONG}}))
    assert (summary.name, found.name) == (SUMMARY, "Sổ hộ")
    assert rows_of(found) == list(ROWS)
    assert [[type(value) for value in row] for row in rows_of(found)] == [[type(v) for v in row] for row in ROWS]


def test_the_list_in_front_tells_what_is_wrong_and_leads_there(path: Path) -> None:
    other = sheet("Thôn 'A' 3", ("x", None))
    marks = {"Thôn 'A' 3": {(1, 1): Mark("Ô này còn trống.", "Điền tên."), (5, 0): WRONG}, "Sổ hộ": {(7, 3): WRONG}}
    book = openpyxl.load_workbook(copied(path, [sheet("Sổ hộ", *ROWS), other], marks))
    listing = book[SUMMARY]
    assert book.active is listing
    assert [cell.value for cell in listing["A"]][1:3] == [
        TITLE,
        "Có 3 ô cần sửa. Chọn địa chỉ ở cột Ô để đến thẳng ô đó.",
    ]
    assert [[cell.value for cell in row] for row in listing.iter_rows(min_row=5)] == [
        ["Sổ hộ", "D7", "00108000002", *WRONG],
        ["Thôn 'A' 3", "B1", "(trống)", "Ô này còn trống.", "Điền tên."],
        ["Thôn 'A' 3", "A5", "(trống)", *WRONG],
    ]
    links = [listing.cell(row, 2).hyperlink for row in (5, 6, 7)]
    assert [link and link.location for link in links] == ["'Sổ hộ'!D7", "'Thôn ''A'' 3'!B1", "'Thôn ''A'' 3'!A5"]
    assert (listing.freeze_panes, listing.auto_filter.ref) == ("A5", "A4:E7")


def test_a_refused_cell_is_red_with_a_note_and_no_other(path: Path) -> None:
    made = openpyxl.load_workbook(copied(path, [sheet("Sổ hộ", *ROWS)], {"Sổ hộ": {(7, 3): WRONG, (9, 1): WRONG}}))
    found = made["Sổ hộ"]
    noted = {cell.coordinate: cell for row in found.iter_rows() for cell in row if cell.comment}
    assert list(noted) == ["D7", "B9"]
    note = noted["D7"].comment
    assert note is not None
    assert note.text == f"{WRONG.wrong}\n{WRONG.todo}"
    red = {cell.coordinate for row in found.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFF9DEDC"}
    assert red == set(noted)
    assert (noted["D7"].value, noted["D7"].data_type, noted["D7"].number_format) == ("00108000002", "s", "@")


def test_merged_cells_widths_header_and_hidden_sheets_are_kept(path: Path) -> None:
    merged = (Merged(1, 0, 1, 3), Merged(3, 0, 5, 0), Merged(4, 0, 6, 1))
    sheets = [sheet("Sổ hộ", *ROWS, merged=merged), sheet("Ẩn", ("a",), is_hidden=True)]
    made = openpyxl.load_workbook(copied(path, sheets, {}, {"Sổ hộ": 2}))
    found = made["Sổ hộ"]
    assert sorted(map(str, found.merged_cells.ranges)) == ["A1:D1", "A3:A5"]  # the third lay over the second
    assert (found.freeze_panes, made["Ẩn"].sheet_state) == ("A3", "hidden")
    widths = {letter: found.column_dimensions[letter].width for letter in "AB"}
    assert widths["A"] < 12
    assert 16 <= widths["B"] < 20


def test_a_mark_inside_merged_cells_stands_where_it_is_seen(path: Path) -> None:
    found = sheet("Sổ", ("Thôn 3", 1), (None, 2), (None, 3), merged=(Merged(1, 0, 3, 0),))
    made = openpyxl.load_workbook(copied(path, [found], {"Sổ": {(2, 0): WRONG, (3, 0): Mark("B.", "C.")}}))
    note = made["Sổ"]["A1"].comment
    assert note is not None
    assert note.text == f"{WRONG.wrong}\n{WRONG.todo}\nB.\nC."
    assert [[cell.value for cell in row[:3]] for row in made[SUMMARY].iter_rows(min_row=5)] == [
        ["Sổ", "A1", "Thôn 3"]
    ] * 2


def test_a_number_of_twelve_digits_keeps_every_digit(path: Path) -> None:
    (_, found) = read_tables(copied(path, [sheet("Sổ", (1080000001, 123456789012, -(10**15)))], {}))
    assert rows_of(found) == [(1080000001, "123456789012", "-1000000000000000")]


def template(path: Path) -> Path:
    columns = (Column("household", "Mã hộ"), Column("number", "Số định danh", "number12"))
    spec = SheetSpec("Sổ hộ", "Sổ hộ dân cư", columns, id="register:1", rows=[("H1", "001080000001"), ("H2", "12")])
    write_workbook(path, [spec], made_on=TODAY)
    return path


def test_the_copy_of_a_template_is_a_template_and_can_be_corrected_and_marked_again(path: Path, tmp_path: Path) -> None:
    sent = read_tables(template(tmp_path / "gửi.xlsx"))
    marks = {"Sổ hộ": {(6, 2): WRONG}}
    back = read_workbook(copied(path, sent, marks))
    assert [is_summary(found) for found in back] == [True, False]
    filled = read_filled(back[1])
    assert filled is not None
    assert (filled.id, filled.header_row, read_filled(back[0])) == ("register:1", 4, None)
    assert [(row.value("household"), row.value("number")) for row in filled.rows()] == [
        ("H1", "001080000001"),
        ("H2", "12"),
    ]
    assert openpyxl.load_workbook(path)["Sổ hộ"].freeze_panes == "A5"
    again = read_tables(copied(tmp_path / "lần hai.xlsx", back, marks))
    assert [found.name for found in again] == [SUMMARY, "Sổ hộ"]
    assert [len(list(found.rows())) for found in again] == [5, 6]


def test_names_that_excel_does_not_take_are_changed_and_told_apart(path: Path) -> None:
    names = ["Ô CẦN SỬA", "a/b:c", "A-B-C", "x" * 40, "x" * 41, "History", "'", "=1+1"]
    marks = {name: {(1, 0): WRONG} for name in names} | {"không có": {(2, 1): WRONG}}
    made = openpyxl.load_workbook(copied(path, [sheet(name, ("a",)) for name in names], marks))
    assert made.sheetnames == [
        SUMMARY, "Ô CẦN SỬA (2)", "a-b-c", "A-B-C (2)", "x" * 31, "x" * 27 + " (2)", "History (2)", "Trang", "=1+1",
    ]  # fmt: skip
    listed = [[cell.value for cell in row[:2]] for row in made[SUMMARY].iter_rows(min_row=5)]
    assert listed == [[name, "A1"] for name in made.sheetnames[1:]] + [["không có", "B2"]]
    assert made[SUMMARY].cell(13, 2).hyperlink is None


def test_more_marks_than_excel_can_show_as_notes_are_all_listed(path: Path) -> None:
    rows = [(f"H{number}",) for number in range(1, MOST_NOTES + 301)]
    marks: dict[str, Marks] = {"Sổ": {(number, 0): WRONG for number in range(1, MOST_NOTES + 301)}}
    listing, found = read_tables(copied(path, [sheet("Sổ", *rows)], marks))
    assert len(list(listing.rows())) == 4 + MOST_NOTES + 300
    told = list(listing.rows())[2].values[0]
    assert told == (
        "Có 5.300 ô cần sửa. Chọn địa chỉ ở cột Ô để đến thẳng ô đó. "
        "Ghi chú chỉ gắn ở 5.000 ô đầu tiên; danh sách này có đủ mọi ô."
    )
    assert len(list(found.rows())) == MOST_NOTES + 300
    made = openpyxl.load_workbook(path)["Sổ"]
    assert sum(cell.comment is not None for (cell,) in made.iter_rows()) == MOST_NOTES


def test_a_file_that_cannot_be_copied_leaves_nothing_behind(path: Path) -> None:
    path.write_text("trước")
    with pytest.raises(Refused, match="W117"):
        copied(path, [sheet("Sổ", ("x" * 40_000,))], {})
    with pytest.raises(Refused, match="S105"):
        copied(path / "a.xlsx", [sheet("Sổ", ("x",))], {})
    assert (path.read_text(), list(path.parent.iterdir())) == ("trước", [path])


def test_the_same_file_and_marks_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    marks = {"Sổ hộ": {(7, 3): WRONG}}
    first = copied(path, [sheet("Sổ hộ", *ROWS)], marks).read_bytes()
    assert copied(tmp_path / "b.xlsx", [sheet("Sổ hộ", *ROWS)], marks).read_bytes() == first


def test_a_text_table_gets_a_marked_workbook(path: Path, tmp_path: Path) -> None:
    (tmp_path / "sổ.csv").write_text("Mã;Tên\n01;=1+1\n", "utf-8")
    (_, found) = read_tables(copied(path, read_tables(tmp_path / "sổ.csv"), {"sổ": {(2, 1): WRONG}}))
    assert rows_of(found) == [("Mã", "Tên"), ("01", "=1+1")]


CELL = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\ufffe\uffff"), min_size=1, max_size=20),
    st.integers(-(10**11) + 1, 10**11 - 1),
    st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.15g}")).filter(lambda number: not number.is_integer()),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)).map(lambda at: at.replace(second=7, microsecond=0)),  # noqa: DTZ001
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELL, max_size=5).map(tuple), max_size=8), data=st.data())
def test_whatever_stood_in_a_file_stands_in_its_copy(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Value, ...]], data: st.DataObject
) -> None:
    cells = st.tuples(st.integers(1, 10), st.integers(0, 6))
    marks = {"A": dict.fromkeys(data.draw(st.lists(cells, max_size=6)), WRONG)}
    path = copied(tmp_path_factory.mktemp("copy") / "a.xlsx", [sheet("A", *rows, ("cuối",))], marks)
    found = [row for row in rows_of(read_tables(path)[1]) if row]
    assert found == [trimmed for row in [*rows, ("cuối",)] if (trimmed := row[: len(row) - _empty_at_end(row)])]


DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x","y")',
    "http://x",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_that_came_from_people_is_a_formula_in_what_we_write(tmp_path: Path, text: str) -> None:
    columns = (
        Column(text, text, "choice", choices=(text, "a"), note=text),
        Column("b", text, note=text, required=True),
    )
    spec = SheetSpec("=1+1", text, columns, rows=[(text, text)], intro=(text,), example=(text, text), id=text)
    write_workbook(tmp_path / "template.xlsx", [spec], made_on=TODAY, fictional=True)
    found = sheet("=1+1", (text, text), (None, text))
    marks = {"=1+1": {(1, 0): Mark(text, text), (3, 3): Mark(text, text)}, "không có": {(1, 1): Mark(text, text)}}
    write_marked_copy(tmp_path / "copy.xlsx", [found], marks, summary_title=text, made_on=TODAY)
    for name, least in (("template.xlsx", 6), ("copy.xlsx", 9)):
        book = openpyxl.load_workbook(tmp_path / name)
        cells = [cell for made in book for row in made.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert sum(text.strip() in str(cell.value) for cell in cells) >= least
        assert all(cell.hyperlink is None or cell.hyperlink.location for cell in cells)
        lists = {rule.formula1 for made in book for rule in made.data_validations.dataValidation}
        assert lists <= {"'Danh mục'!$A$1:$B$1"}
        assert not book.defined_names


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(path: Path) -> None:
    made = openpyxl.load_workbook(copied(path, [sheet("Sổ", ("=1+1", "+1"))], {"Sổ": {(1, 1): WRONG}}))
    assert [cell.number_format for cell in made["Sổ"][1]] == ["@", "@"]
