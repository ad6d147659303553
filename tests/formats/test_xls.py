"""Old workbooks (.xls) are read as another reader reads them, and refused by the same rules as .xlsx."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from densach.formats.biff import Text, records, shared_texts
from densach.formats.excel import Merged, Row, read_workbook
from densach.formats.ole import open_compound
from densach.formats.tables import read_tables
from densach.problems import Refused
from tests.formats.test_excel import outcome

DAY, MOMENT, CLOCK, LENGTH = (
    xlwt.easyxf(num_format_str=pattern) for pattern in ("dd/mm/yyyy", "d/m/yyyy h:mm", "hh:mm:ss", "[h]:mm:ss")
)
TEXT = xlwt.easyxf(num_format_str='#,##0 "day"')


def save(path: Path, *fills: Callable[[xlwt.Worksheet], None], from_1904: bool = False) -> Path:
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    for number, fill in enumerate(fills, start=1):
        fill(book.add_sheet(f"Trang {number}", cell_overwrite_ok=True))
    book.save(str(path))
    return path


def register(sheet: xlwt.Worksheet) -> None:
    sheet.write_merge(0, 0, 0, 3, "SỔ HỘ DÂN CƯ")
    for place, value in enumerate(("H1", "Nguyễn Văn Đức", "001080000001", True)):
        sheet.write(2, place, value)
    sheet.write(3, 1, date(1980, 11, 23), DAY)
    sheet.write(3, 2, 2.5, TEXT)
    sheet.write(3, 3, 1080000001)
    sheet.write_merge(4, 6, 0, 0, "Thôn 3")
    sheet.write(6, 3, -7)


def hidden(sheet: xlwt.Worksheet) -> None:
    sheet.visibility = 1


def half_hidden(sheet: xlwt.Worksheet) -> None:
    register(sheet)
    sheet.row(3).hidden = True
    sheet.col(1).hidden = True


def test_rows_and_columns_that_do_not_show_are_known(tmp_path: Path) -> None:
    first, other = read_tables(save(tmp_path / "an.xls", half_hidden, register))
    assert first.hidden == (frozenset({4}), frozenset({1}))
    assert other.hidden == (frozenset(), frozenset())


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return save(tmp_path / "so-ho.xls", register, hidden)


def refused_code(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_tables(path)
    (problem,) = refused.value.problems
    return problem.code


def test_cells_keep_type_and_place_and_merged_cells_are_told(workbook: Path) -> None:
    sheet, empty = read_tables(workbook)
    assert (sheet.name, sheet.is_hidden, empty.name, empty.is_hidden) == ("Trang 1", False, "Trang 2", True)
    assert list(sheet.rows()) == [
        Row(1, ("SỔ HỘ DÂN CƯ", None, None, None)),
        Row(2, (None,) * 4),
        Row(3, ("H1", "Nguyễn Văn Đức", "001080000001", True)),
        Row(4, (None, date(1980, 11, 23), 2.5, 1080000001)),
        Row(5, ("Thôn 3", None, None, None)),
        Row(6, (None,) * 4),
        Row(7, (None, None, None, -7)),
    ]
    assert [type(value) for value in list(sheet.rows())[3].values[2:]] == [float, int]
    assert sheet.merged == (Merged(1, 0, 1, 3), Merged(5, 0, 7, 0))
    assert (list(empty.rows()), empty.merged) == ([], ())


def test_the_kind_is_told_by_the_content_not_by_the_name(workbook: Path) -> None:
    renamed = workbook.rename(workbook.with_suffix(".xlsx"))
    assert read_tables(renamed)[0].name == "Trang 1"
    with pytest.raises(Refused, match="W104"):
        read_workbook(renamed)


VALUES = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=300),
    st.integers(-(2**31), 2**40),
    st.floats(-1e9, 1e9),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=12))
def test_what_xlwt_wrote_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]) -> None:
    path = tmp_path_factory.mktemp("xls") / "a.xls"

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 7, "x")
        for number, values in enumerate(rows):
            for place, value in enumerate(values):
                sheet.write(number, place, value)

    found = {
        (row.number - 1, place): value
        for row in read_tables(save(path, fill))[0].rows()
        for place, value in enumerate(row.values)
        if value is not None
    }
    expected = {(n, p): value for n, values in enumerate(rows) for p, value in enumerate(values) if value != ""}
    assert found == {(0, 7): "x"} | expected


def test_texts_that_go_on_in_the_next_record_are_whole(tmp_path: Path) -> None:
    texts = [f"{place} " + "Đèn sách " * place + "a" * (place * 7) for place in range(1, 400)]
    path = save(tmp_path / "a.xls", lambda sheet: [sheet.write(n, 0, text) for n, text in enumerate(texts)])  # type: ignore[arg-type]
    assert [row.values[0] for row in read_tables(path)[0].rows()] == texts


def test_a_text_with_fonts_inside_and_a_new_width_in_the_next_block() -> None:
    rich = struct.pack("<HBHI", 4, 0x0C, 1, 3) + b"abcd" + b"\1\0\2\0" + b"xyz"
    split = struct.pack("<HB", 5, 0) + b"abc"
    assert shared_texts(
        [b"\0" * 8 + rich + split, b"\1" + "Đè".encode("utf-16-le"), struct.pack("<HB", 1, 0) + b"z"]
    ) == [
        "abcd",
        "abcĐè",
        "z",
    ]
    assert Text([struct.pack("<BB", 2, 0) + b"ab"]).read(short=True) == "ab"


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_are_read_as_another_reader_reads_them(tmp_path: Path, from_1904: bool) -> None:
    serials = [0.25, 1, 2.5, 59, 60, 61, 367.75, 29_547, 29_547.5, 45_000.999, 73_050]

    def fill(sheet: xlwt.Worksheet) -> None:
        for place, style in enumerate((DAY, MOMENT, CLOCK, LENGTH, TEXT)):
            for number, serial in enumerate(serials):
                sheet.write(number, place, serial, style)

    path = save(tmp_path / "a.xls", fill, from_1904=from_1904)
    theirs = [tuple(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name("Trang 1").iter_rows()]
    assert [row.values for row in read_tables(path)[0].rows()] == theirs


def stream_of(path: Path) -> bytes:
    stream = open_compound(path.read_bytes()).stream("Workbook")
    assert stream is not None
    return stream


def changed(path: Path, kind: int, content: Callable[[bytes], bytes], new_kind: int | None = None) -> Path:
    """The same workbook with the first record of a kind changed within its length."""
    stream = stream_of(path)
    place = next(record.place for record in records(stream) if record.kind == kind)
    old = stream[place : place + 4 + struct.unpack_from("<H", stream, place + 2)[0]]
    body = content(old[4:])
    assert len(body) == len(old) - 4
    new = struct.pack("<HH", new_kind or kind, len(body)) + body
    whole = path.read_bytes()
    at = whole.index(old)
    path.write_bytes(whole[:at] + new + whole[at + len(old) :])
    return path


@pytest.mark.parametrize(
    ("kind", "content", "new_kind", "code"),
    [
        (0x809, lambda old: b"\0\5" + old[2:], None, "W104"),
        (0x42, lambda _old: b"\0\0", 0x2F, "W103"),
        (0x85, lambda old: old[:5] + b"\1" + old[6:], None, "W105"),
        (0x85, lambda old: old[:5] + b"\6" + old[6:], None, "W105"),
        (0x85, lambda old: b"\xff\xff\xff\x7f" + old[4:], None, "W113"),
        (0x85, lambda old: b"\4\0\0\0" + old[4:], None, "W110"),
        (0x42, lambda _old: b"\1\0", 0x1AE, "W106"),
        (0x42, lambda old: old, 0x1AD, "W106"),
        (0xFD, lambda old: old[:6] + b"\xff\xff\xff\xff", None, "W110"),
        (0x205, lambda old: old[:6] + b"\x07\1", None, "W111"),
    ],
    ids=[
        "excel 95", "password", "macro sheet", "module", "sheet nowhere", "sheet that is none", "other book",
        "database", "text nowhere", "division by zero",
    ],
)  # fmt: skip
def test_what_could_do_harm_or_mislead_is_refused(
    workbook: Path, kind: int, content: Callable[[bytes], bytes], new_kind: int | None, code: str
) -> None:
    assert refused_code(changed(workbook, kind, content, new_kind)) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [("_VBA_PROJECT_CUR", "W105"), ("Macros", "W105"), ("EncryptionInfo", "W103"), ("WordDocument", "W112")],
)
def test_what_else_stands_in_the_file_is_seen(workbook: Path, entry: str, code: str) -> None:
    name = entry.encode("utf-16-le")
    old = "SummaryInformation".encode("utf-16-le")
    whole = workbook.read_bytes()
    root = whole.index("Root Entry".encode("utf-16-le"))
    empty = root + 3 * 128  # xlwt leaves the last entries of the directory unused
    head = name + bytes(64 - len(name)) + struct.pack("<HB", len(name) + 2, 1)
    assert old not in whole
    workbook.write_bytes(whole[:empty] + head + whole[empty + len(head) :])
    assert refused_code(workbook) == code


def test_a_formula_with_an_error_is_named_by_its_cell(workbook: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.write(6, 2, xlwt.Formula("1/0"))

    path = save(workbook, fill)
    changed(path, 0x06, lambda old: old[:6] + b"\2\0\x07\0\0\0\xff\xff" + old[14:])
    with pytest.raises(Refused) as refused:
        read_tables(path)
    assert (refused.value.problems[0].code, refused.value.problems[0].words["cell"]) == ("W111", "C7")


@pytest.mark.parametrize(
    ("result", "value"),
    [(struct.pack("<d", 2.5), 2.5), (b"\1\0\1\0\0\0\xff\xff", True), (b"\3\0\0\0\0\0\xff\xff", None)],
    ids=["number", "yes", "empty text"],
)
def test_of_a_formula_the_result_is_read(workbook: Path, result: bytes, value: object) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, xlwt.Formula("1+1"))
        sheet.write(0, 1, "x")

    path = save(workbook, fill)
    changed(path, 0x06, lambda old: old[:6] + result + old[14:])
    assert [row.values for row in read_tables(path)[0].rows()] == [(value, "x")]


def test_two_far_apart_cells_are_refused(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 1)

    assert refused_code(save(tmp_path / "a.xls", fill)) == "W108"


def test_far_cells_that_only_have_a_format_are_passed_over(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, None, DAY)

    assert [list(sheet.rows()) for sheet in read_tables(save(tmp_path / "a.xls", fill))] == [[Row(1, (1,))]]


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert refused_code(save(tmp_path / "a.xls", hidden, lambda sheet: None)) == "W109"  # noqa: ARG005


def test_a_file_that_is_cut_off_anywhere_is_refused(workbook: Path) -> None:
    content = workbook.read_bytes()
    for length in range(8, len(content) - 600, 61):
        workbook.write_bytes(content[:length])
        assert refused_code(workbook) in {"W110", "W113"}


def test_damage_of_any_kind_ends_in_rows_or_a_code(workbook: Path) -> None:
    chance = random.Random(1)  # noqa: S311  - a test wants the same damage each time
    content = workbook.read_bytes()
    for _ in range(1_500):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 2, 5, 20])):
            damaged[chance.randrange(8, len(damaged))] = chance.choice([0, 255, chance.randrange(256)])
        workbook.write_bytes(damaged)
        try:
            assert [(list(sheet.rows()), sheet.merged) for sheet in read_tables(workbook)]
        except Refused as refused:
            assert refused.problems[0].code.startswith("W1")  # noqa: PT017


def test_chains_that_run_in_a_circle_end(workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    fat = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
    for sector in range(128):
        struct.pack_into("<I", content, fat + 4 * sector, sector % 3)
    workbook.write_bytes(content)
    assert refused_code(workbook) in {"W110", "W113"}


def test_the_old_door_keeps_its_answers(workbook: Path) -> None:
    assert outcome(workbook) == "W104"


def test_a_large_old_register_is_read_whole(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        for row in range(20_000):
            for column in range(10):
                sheet.write(row, column, row if column % 2 else f"Nguyễn Văn {row % 5_000}")

    path = save(tmp_path / "a.xls", fill)
    rows = list(read_tables(path)[0].rows())
    assert (len(rows), rows[-1].values[:2]) == (20_000, ("Nguyễn Văn 4999", 19_999))
