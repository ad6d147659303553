"""A workbook is read cell by cell, or refused with its code before it can do harm."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.excel import Row, column_letters, read_workbook
from densach.problems import Refused

Parts = dict[str, bytes]
Change = Callable[[Parts], Parts]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "so-ho.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Sổ hộ")
        sheet.write_string("B3", "001080000001")
        sheet.write_number("C3", 1080000001)
        sheet.write_boolean("D3", True)
        sheet.write_datetime("B4", datetime(1980, 11, 23))  # noqa: DTZ001  - a cell has no time zone
        sheet.write_number("C4", 2.5)
        sheet.write_formula("E4", "=1+1", None, 2)
        sheet.write_string("E5", "Đặng Thị Hằng")
        book.add_worksheet("Ẩn").hide()
    return path


def rewritten(path: Path, change: Change, **options: int) -> Path:
    """The same workbook with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", options.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return path


def read_rows(path: Path) -> list[Row]:
    return [row for sheet in read_workbook(path) for row in sheet.rows()]


def refused_code(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_rows(path)
    (problem,) = refused.value.problems
    assert problem.told("vi").startswith(problem.code)
    return problem.code


def test_rows_and_columns_that_do_not_show_are_known(tmp_path: Path) -> None:
    path = tmp_path / "an.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sổ & hộ")
        for row in range(5):
            sheet.write_row(row, 0, ["a", "b", "c", "d"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, 20, None, {"hidden": True})
        sheet.set_column("B:C", 12, None, {"hidden": True})
        book.add_worksheet("Khác").write_string("A1", "x")
    first, other = read_workbook(path)
    assert first.hidden == (frozenset({2, 4}), frozenset({1, 2}))
    assert other.hidden == (frozenset(), frozenset())


def test_cells_keep_their_type_and_their_place(workbook: Path) -> None:
    sheet, hidden = read_workbook(workbook)
    assert (sheet.name, sheet.is_hidden, hidden.name, hidden.is_hidden) == ("Sổ hộ", False, "Ẩn", True)
    rows = list(sheet.rows())
    assert rows == [
        Row(1, (None,) * 5),
        Row(2, (None,) * 5),
        Row(3, (None, "001080000001", 1080000001, True, None)),
        Row(4, (None, date(1980, 11, 23), 2.5, None, 2)),
        Row(5, (None, None, None, None, "Đặng Thị Hằng")),
    ]
    assert [type(value) for value in rows[2].values] == [type(None), str, int, bool, type(None)]
    assert [row.is_blank for row in rows] == [True, True, False, False, False]
    assert rows[4].address(4) == "E5"
    assert list(hidden.rows()) == []


def test_columns_are_named_as_excel_names_them() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused_code(tmp_path / "khong-co.xlsx") == "W101"
    assert refused_code(tmp_path) == "W101"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "W102"),
        (b"ho,ten\n1,2\n", "W102"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "W104"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "W103"),
    ],
    ids=["empty file", "text", "xls", "password"],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "la.xlsx"
    path.write_bytes(content)
    assert refused_code(path) == code


def cells(xml: str) -> Change:
    """Put other cells into the first sheet."""
    return lambda parts: (
        parts | {SHEET: f'<worksheet xmlns="m"><sheetData><row>{xml}</row></sheetData></worksheet>'.encode()}
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _parts: {"hello.txt": b"hello"}, "W112"),
        (lambda _parts: {"content.xml": b"<office/>"}, "W104"),
        (lambda parts: parts | {"xl/vbaProject.bin": b"\0"}, "W105"),
        (lambda parts: parts | {"xl/macrosheets/sheet1.xml": b"<x/>"}, "W105"),
        (lambda parts: parts | {"xl/externalLinks/externalLink1.xml": b"<x/>"}, "W106"),
        (lambda parts: parts | {"xl/connections.xml": b"<x/>"}, "W106"),
        (lambda parts: parts | {"xl/media/a.bin": b"\0" * 30_000_000}, "W107"),
        (lambda parts: parts | {f"xl/{number}.xml": b"" for number in range(2_001)}, "W107"),
        (cells('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'), "W108"),
        (cells('<c r="A1"><v>1</v></c><c r="A200001"><v>1</v></c>'), "W108"),
        (cells("<c\tr='A1'><v>1</v></c><c\n r='IW1'><v>1</v></c>"), "W108"),
        (cells('<c r="IV1"><v>1</v></c><c r="A20000"><v>1</v></c>'), "W108"),
        (cells('<c s="1" r = "XFD1048576"><v>1</v></c>'), "W110"),
        (cells('<c r="B7" t="e"><v>#DIV/0!</v></c>'), "W111"),
        (cells("<c t='e' r='B7'><v>#N/A</v></c>"), "W111"),
        (cells(""), "W109"),
        (lambda parts: parts | {"xl/workbook.xml": parts["xl/workbook.xml"][:200]}, "W110"),
        (lambda parts: {name: part for name, part in parts.items() if name != SHEET}, "W109"),
    ],
    ids=[
        "other zip",
        "ods",
        "macro",
        "old macro",
        "other file",
        "database",
        "bomb",
        "many parts",
        "far corner",
        "too long",
        "too wide",
        "too large",
        "disguised",
        "division",
        "not available",
        "no cells",
        "cut off",
        "no sheet",
    ],
)
def test_what_could_do_harm_or_mislead_is_refused(workbook: Path, change: Change, code: str) -> None:
    assert refused_code(rewritten(workbook, change)) == code


def test_a_cell_with_a_fault_is_named(workbook: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(rewritten(workbook, cells('<c r="A1"><v>1</v></c><c r="C12" s="3" t="e"><v>#REF!</v></c>')))
    (problem,) = refused.value.problems
    assert problem.words["cell"] == "C12"
    assert problem.where == "so-ho.xlsx / Sổ hộ"


def test_a_far_cell_on_the_cut_between_two_pieces_is_seen(workbook: Path) -> None:
    for shift in range(-20, 5):
        head = '<worksheet xmlns="m"><sheetData><row>'
        text = head + '<c r="A1"><v>1</v></c>' + " " * ((1 << 18) - len(head) - 22 + shift)
        change = text + '<c r="XFD9"><v>1</v></c></row></sheetData></worksheet>'
        rewritten(workbook, lambda parts, change=change: parts | {SHEET: change.encode()})  # type: ignore[misc]
        assert refused_code(workbook) == "W108"


def test_a_directory_that_lies_about_a_size_is_refused(workbook: Path) -> None:
    rewritten(workbook, lambda parts: parts | {"xl/media/a.bin": b"\0" * 1_000_000})
    content = bytearray(workbook.read_bytes())
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\1\2" and content[place + 46 :].startswith(b"xl/media/a.bin"):
            struct.pack_into("<I", content, place + 16, zlib.crc32(b"\0" * 11))
            struct.pack_into("<I", content, place + 24, 10)
    workbook.write_bytes(content)
    assert refused_code(workbook) == "W107"


def test_one_long_text_in_very_many_cells_is_refused(workbook: Path) -> None:
    many = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 100_001))
    shared = b'<sst xmlns="m"><si><t>' + b"x" * 30_000 + b"</t></si></sst>"
    rewritten(workbook, lambda parts: cells(many)(parts) | {"xl/sharedStrings.xml": shared})
    assert refused_code(workbook) == "W107"


def test_a_locked_part_is_refused(workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\1\2":
            content[place + 8] |= 1
    workbook.write_bytes(content)
    assert refused_code(workbook) == "W103"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["Đèn", 12, True])
    part = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]))
    where = data.draw(st.integers(0, 2_000))
    byte = data.draw(st.binary(min_size=1, max_size=3))

    def damage(parts: Parts) -> Parts:
        place = where % len(parts[part])
        return parts | {part: parts[part][:place] + byte + parts[part][place + 1 :]}

    rewritten(path, damage)
    assert outcome(path) in {"read", "W102", "W104", "W108", "W109", "W110", "W111"}


def outcome(path: Path) -> str:
    try:
        read_rows(path)
    except Refused as refused:
        return refused.problems[0].code
    return "read"


def test_a_large_register_is_read_to_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "lon.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            for column in range(10):
                sheet.write(row, column, row if column % 2 else f"Nguyễn Văn {row}")
    rows = list(read_workbook(path)[0].rows())
    assert len(rows) == 20_000
    assert rows[19_999].values[:2] == ("Nguyễn Văn 19999", 19_999)
