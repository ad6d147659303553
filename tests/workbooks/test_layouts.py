"""Layouts, encodings, answers and memories one by one: what is understood, what is asked, what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlwt

from densach.history.domain import Act
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import LAST_DAY, YEAR, library
from tests.formats.test_legacy import in_tcvn3
from tests.people.making import KEYS
from tests.workbooks.making import forms

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.workbooks.reading import Reading
    from densach.assessing.workbooks.understanding import Told

HEADER = ("Thôn", "Mã hộ", "Họ và tên", "Chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD")
HEAD = ("Thôn Đoài", "H1", "Nguyễn Văn Mẫu", "x", "1/5/1980", "Nam", "999080000001")
WIFE = ("Thôn Đoài", "H1", "Trần Thị Mẫu", None, 1982, "Nữ", None)
Rows = Sequence[Sequence[Any]]


def sheet(folder: Path, *rows: Sequence[Any], name: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    for row in rows:
        page.append(list(row))
    path = folder / "so.xlsx"
    book.save(path)
    return path


def read(path: Path, told: Told | None = None) -> Reading:
    from densach.assessing.workbooks.reading import read_workbook_rows

    return read_workbook_rows(path, forms(), LAST_DAY, told)


def told(**said: Any) -> Told:
    from densach.assessing.workbooks.understanding import Told

    return Told(**said)


def uses(reading: Reading) -> dict[str, tuple[str, str]]:
    """What each column is taken for, and why."""
    (found,) = reading.sheets
    return {use.letters: (use.meaning.key, use.reason.name) for use in found.understood.matched.uses}


def values(reading: Reading, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row.value(key) for key in keys) for row in reading.rows["register"]]


def asked(reading: Reading) -> list[tuple[str, str]]:
    return [(found.code, found.where) for found in reading.problems]


def test_each_column_is_shown_with_its_reason(tmp_path: Path) -> None:
    from densach.assessing.workbooks.telling import unconfirmed, understanding_told

    header = ("Thôn", "Mã hộ", "Họ và tên người dân xã", "Chủ hộ", "Ngày sinh", "Giới tính", "Mã số riêng", "Dân tộc")
    reading = read(sheet(tmp_path, header, (*HEAD, "Kinh"), (*WIFE, "Kinh")))
    assert list(understanding_told(reading)) == [
        "Trang «Sheet1»: hiểu là Sổ hộ dân cư [register], tiêu đề ở dòng 1",
        "  Cột A «Thôn» → Thôn, tổ dân phố [village] (đúng tên cột)",
        "  Cột B «Mã hộ» → Mã hộ [household] (đúng tên cột)",
        "  Cột C «Họ và tên người dân xã» → Họ và tên [full_name] (tên gần giống)",
        "  Cột D «Chủ hộ» → Là chủ hộ [is_head] (đúng tên cột)",
        "  Cột E «Ngày sinh» → Ngày sinh [birth_date] (đúng tên cột)",
        "  Cột F «Giới tính» → Giới tính [sex] (đúng tên cột)",
        "  Cột G «Mã số riêng» → Số định danh cá nhân [personal_number] (theo nội dung các ô)",
        "  Cột H «Dân tộc»: không dùng (sổ này không có cột như vậy)",
    ]
    assert [(found.code, found.where) for found in unconfirmed(reading)] == [
        ("W216", "Sheet1!C"),
        ("W216", "Sheet1!G"),
    ]


QUESTIONS: list[tuple[Rows, list[tuple[str, str]]]] = [
    ([(*HEADER, "CMND/CCCD"), (*HEAD, "999080000009")], [("W217", "Sheet1!H")]),
    ([HEADER[:5], HEAD[:5]], [("W218", "Sheet1")]),
    ([HEADER[1:], HEAD[1:]], [("W236", "Sheet1")]),
    ([("Thôn", *HEADER[2:3], *HEADER[4:]), ("Thôn Đoài", *HEAD[2:3], *HEAD[4:])], [("W237", "Sheet1")]),
    (
        [(*HEADER[:3], None, *HEADER[3:]), *[(*HEAD[:2], "Nguyễn Văn", "Mẫu", *HEAD[3:])] * 3],
        [("W219", "Sheet1!D")],
    ),
    ([("Họ và tên", "Số CCCD"), ("Nguyễn Văn Mẫu", "999080000001")], [("W215", "Sheet1")]),
    ([HEADER, *[(*HEAD[:2], 1980, "x", "Mẫu", "Nam", None)] * 3], [("W229", "Sheet1!C")]),
]


@pytest.mark.parametrize(("rows", "questions"), QUESTIONS)
def test_what_is_uncertain_is_a_question_and_nothing_is_read(
    tmp_path: Path, rows: Rows, questions: list[tuple[str, str]]
) -> None:
    reading = read(sheet(tmp_path, *rows))
    assert asked(reading)[: len(questions)] == questions
    assert not any(reading.rows.values())


def test_people_answer_with_column_village_and_form(tmp_path: Path) -> None:
    two = sheet(tmp_path, (*HEADER, "CMND/CCCD"), (*HEAD, "999080000009"))
    answered = read(two, told(columns=("G=-", "Sheet1!h=personal_number", "Khác!A=full_name")))
    assert values(answered, "personal_number") == [("999080000009",)]
    assert uses(answered)["H"] == ("personal_number", "ASKED")
    no_village = sheet(tmp_path, HEADER[1:], HEAD[1:])
    assert values(read(no_village, told(village="Thôn Hạ")), "village") == [("Thôn Hạ",)]
    names = sheet(tmp_path, HEADER, HEAD)
    assert uses(read(names, told(form="citizen.workers")))["C"] == ("full_name", "NAME")


def test_a_group_heading_over_men_and_women_tells_the_sex(tmp_path: Path) -> None:
    rows = (
        ("Thôn", "Mã hộ", "Họ và tên", "Năm sinh", None, "Chủ hộ"),
        (None, None, None, "Nam", "Nữ", None),
        ("Thôn Đoài", "H1", "Nguyễn Văn Mẫu", 1980, None, "x"),
        ("Thôn Đoài", "H1", "Trần Thị Mẫu", None, "5/1982", None),
        ("Thôn Đoài", "H1", "Nguyễn Mẫu Con", 2010, 2010, None),
    )
    reading = read(sheet(tmp_path, *rows))
    assert values(reading, "birth_date", "sex") == [("1980", "male"), ("1982", "female")]
    assert set(asked(reading)) == {("W234", "Sheet1!D5")}


def test_a_family_name_that_is_also_a_word_of_notes_stays_a_person(tmp_path: Path) -> None:
    names = ("Bàn Thị Lan", "Tô Văn Ba", "Chu Tịch Thắng", "Tống Cộng", "Ban Van Minh", "Trưởng Ban", "Cộng")
    rows = [("Thôn Đoài", f"H{at}", name, "x", None, "Nam", None) for at, name in enumerate(names)]
    assert values(read(sheet(tmp_path, HEADER, *rows)), "full_name") == [(name,) for name in names]


def test_a_line_that_only_may_be_a_village_is_refused_and_not_taken_for_one(tmp_path: Path) -> None:
    rows = (HEADER[1:], (None, "Ban Van Minh"), HEAD[1:])
    reading = read(sheet(tmp_path, *rows), told(village="Thôn Hạ"))
    assert {code for code, _ in asked(reading)} == {"W201"}


def test_identical_rows_count_once_and_are_told(tmp_path: Path) -> None:
    reading = read(sheet(tmp_path, HEADER, HEAD, WIFE, HEAD))
    (found,) = reading.sheets
    assert {reason.name: rows for reason, rows in found.skips.rows.items()} == {"TWICE": [4]}
    assert (found.read, found.rows) == (2, 3)


def test_a_cell_merged_over_rows_holds_for_each_of_them(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEADER, HEAD, (None, None, *WIFE[2:]), ("Thôn Hạ", None, "Người Khác", None, 1990, "Nam"))
    book = openpyxl.load_workbook(path)
    for column in "AB":
        book.worksheets[0].merge_cells(f"{column}2:{column}3")
    book.save(path)
    reading = read(path)
    assert values(reading, "village", "household") == [("Thôn Đoài", "H1")] * 2
    assert asked(reading) == [("W201", "Sheet1!B4")]


def test_a_household_written_once_is_asked_about_where_nothing_else_tells(tmp_path: Path) -> None:
    from densach.assessing.workbooks.telling import unconfirmed

    rows = (HEADER, HEAD, (None, None, *WIFE[2:]))
    assert len(unconfirmed(read(sheet(tmp_path, *rows)))) == 2
    with_relation = [("Quan hệ với chủ hộ" if x == "Chủ hộ" else x for x in HEADER)]
    known = [(*HEAD[:3], "Chủ hộ", *HEAD[4:]), (None, None, WIFE[2], "Vợ", *WIFE[4:])]
    reading = read(sheet(tmp_path, *(tuple(row) for row in with_relation), *known))
    assert unconfirmed(reading) == []
    assert values(reading, "household", "is_head") == [("H1", True), ("H1", False)]


def test_households_without_a_number_are_counted_by_their_heads_and_asked_about(tmp_path: Path) -> None:
    from densach.assessing.workbooks.telling import unconfirmed

    header = ("Thôn", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính")
    people = [("Một", "Chủ hộ"), ("Hai", "Vợ"), ("Ba", "Chủ hộ")]
    rows = [("Thôn Đoài", f"Nguyễn Mẫu {name}", relation, 1980, "Nam") for name, relation in people]
    reading = read(sheet(tmp_path, header, *rows))
    assert values(reading, "household") == [("Thôn Đoài/1",), ("Thôn Đoài/1",), ("Thôn Đoài/2",)]
    assert [found.code for found in unconfirmed(reading)] == ["W216"]


def test_a_number_of_a_household_that_comes_again_is_another_household(tmp_path: Path) -> None:
    header = ("Thôn", "Số hộ", "Họ và tên", "Năm sinh", "Giới tính")
    homes = [(1, "Một"), (None, "Hai"), ("01", "Ba"), (2, "Bốn"), (1, "Năm")]
    rows = [("Thôn Đoài", number, f"Nguyễn Mẫu {name}", 1980, "Nam") for number, name in homes]
    assert asked(read(sheet(tmp_path, header, *rows))) == [("W240", "Sheet1!B6")]
    reading = read(sheet(tmp_path, header, *rows[:4]))
    assert values(reading, "household") == [("Thôn Đoài/1",)] * 3 + [("Thôn Đoài/2",)]


def test_a_sheet_that_is_not_understood_is_asked_about(tmp_path: Path) -> None:
    from densach.assessing.workbooks.telling import unconfirmed

    path = sheet(tmp_path, HEADER, HEAD)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Khác").append(["Chỉ là lời dặn"])
    book.save(path)
    assert [(found.code, found.where) for found in unconfirmed(read(path))] == [("W216", "Khác")]


NAMES = ("Nguyễn Văn Mẫu", "Trần Thị Hồng", "Đặng Đức Thắng", "Phạm Bích Ngọc", "Lê Thị Nhã")


def test_an_old_workbook_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    rows = [HEADER, *(("Thôn Đoài", f"H{at}", name, "x", 1980, "Nam") for at, name in enumerate(NAMES))]
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, in_tcvn3(value) if isinstance(value, str) else value)
    book.save(str(tmp_path / "so.xls"))
    reading = read(tmp_path / "so.xls")
    assert reading.problems == []
    assert values(reading, "village", "full_name", "sex") == [("Thôn Đoài", name, "male") for name in NAMES]
    assert reading.sheets[0].understood.encoding == "TCVN3 (ABC)"


def test_one_cell_in_another_encoding_is_refused(tmp_path: Path) -> None:
    rows = [("Thôn Đoài", f"H{at}", name, "x", 1980, "Nam") for at, name in enumerate(NAMES)]
    rows.append(("Thôn Đoài", "H9", in_tcvn3("Nguyễn Văn Lạc"), "x", 1980, "Nam"))
    assert asked(read(sheet(tmp_path, HEADER, *rows))) == [("W239", f"Sheet1!C{len(rows) + 1}")]


def test_a_text_table_is_read_and_its_numbers_are_not_guessed(tmp_path: Path) -> None:
    lines = [";".join(HEADER), ";".join(str(x or "") for x in HEAD), ";".join(str(x or "") for x in WIFE)]
    (tmp_path / "so.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert values(read(tmp_path / "so.csv"), "birth_date", "personal_number") == [
        ("1980-05-01", "999080000001"),
        ("1982", None),
    ]


@pytest.mark.parametrize(("said", "day"), [("29342", "1980-05-01"), ("46387", "2026-12-31"), ("10000", "1927-05-18")])
def test_a_running_number_of_days_in_a_file_of_texts_is_read_and_told(tmp_path: Path, said: str, day: str) -> None:
    path = tmp_path / "so.csv"
    path.write_text("\n".join((";".join(map(str, HEADER)), ";".join((*HEAD[:4], said, *HEAD[5:])))) + "\n", "utf-8")
    reading = read(path)
    assert values(reading, "birth_date") == [(day,)]
    assert dict(reading.sheets[0].repairs) == {("birth_date", "serial_of_1900"): [2]}
    from densach.assessing.workbooks.telling import understanding_told

    assert "đếm từ năm 1900 như Excel thường đếm" in " ".join(understanding_told(reading))


@pytest.mark.parametrize("said", ["46388", "9999", "80001", "29342,5", "029342"])
def test_what_is_no_likely_number_of_days_is_asked_about(tmp_path: Path, said: str) -> None:
    path = tmp_path / "so.csv"
    path.write_text("\n".join((";".join(map(str, HEADER)), ";".join((*HEAD[:4], said, *HEAD[5:])))) + "\n", "utf-8")
    assert asked(read(path)) == [("W204", "so!E2")]


@pytest.mark.parametrize(("since_1904", "day"), [(False, "1980-11-23"), (True, "1984-11-24")])
def test_an_old_workbook_tells_from_when_it_counts(tmp_path: Path, since_1904: bool, day: str) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    page = book.add_sheet("Sheet1")
    for number, row in enumerate((HEADER, (*HEAD[:4], 29548, *HEAD[5:]))):
        for place, value in enumerate(row):
            page.write(number, place, value)
    book.save(str(tmp_path / "so.xls"))
    reading = read(tmp_path / "so.xls")
    assert values(reading, "birth_date") == [(day,)]
    assert dict(reading.sheets[0].repairs) == {("birth_date", "serial"): [2]}


@pytest.mark.parametrize(("since_1904", "day"), [(False, "1980-11-23"), (True, "1984-11-24")])
def test_running_numbers_of_days_are_read_by_the_epoch_of_their_workbook(
    tmp_path: Path, since_1904: bool, day: str
) -> None:
    path = sheet(tmp_path, HEADER, (*HEAD[:4], 29548, *HEAD[5:]))
    book = openpyxl.load_workbook(path)
    if since_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert values(read(path), "birth_date") == [(day,)]


def test_old_identity_numbers_are_left_out_only_by_choice(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEADER, (*HEAD[:6], "123456789"))
    assert asked(read(path)) == [("W225", "Sheet1!G2")]
    reading = read(path, told(old_numbers_empty=True))
    assert values(reading, "personal_number") == [(None,)]
    assert dict(reading.sheets[0].repairs) == {("personal_number", "old_number"): [2]}


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    from densach.assessing.domain import open_round

    return open_round(commune, YEAR, "vn", act=act)


@pytest.mark.django_db
def test_what_nobody_confirmed_is_not_loaded(round_: Round, act: Act, tmp_path: Path) -> None:
    from densach.assessing.workbooks.loading import load_workbook

    path = sheet(tmp_path, HEADER, HEAD, (None, None, *WIFE[2:]))
    with pytest.raises(Refused) as refused:
        load_workbook(path, round_, library(), KEYS, act=act)
    assert {found.code for found in refused.value.problems} == {"W216"}


@pytest.mark.django_db
def test_a_confirmed_mapping_is_used_for_the_same_headings_of_the_same_sender(
    round_: Round, act: Act, tmp_path: Path
) -> None:
    from densach.assessing.models import ColumnMapping
    from densach.assessing.workbooks.remembering import forget, memories, remember
    from densach.assessing.workbooks.telling import unconfirmed
    from densach.history.queries import chain_of

    place = round_.place
    path = sheet(tmp_path, HEADER, HEAD, (None, None, *WIFE[2:]))
    assert remember(place, "Thôn 3", read(path), act=act) == 1
    assert remember(place, "Thôn 3", read(path), act=act) == 0
    again = read(path, told(remembered=memories(place, "Thôn 3")))
    assert {reason for _, reason in uses(again).values()} == {"REMEMBERED"}
    assert unconfirmed(again) == []
    other = read(path, told(remembered=memories(place, "Thôn 4")))
    assert len(unconfirmed(other)) == 2
    changed = sheet(tmp_path, (*HEADER, "Ghi chú"), (*HEAD, None))
    assert {reason for _, reason in uses(read(changed, told(remembered=memories(place, "Thôn 3")))).values()} == {
        "NAME"
    }
    row = ColumnMapping.objects.get()
    forget(place, row.pk, act=act)
    assert memories(place, "Thôn 3") == {}
    assert [entry.event for entry in chain_of("column_mapping", str(row.pk))] == ["entered", "forgotten"]
    with pytest.raises(Refused) as refused:
        forget(place, row.pk, act=act)
    assert [found.code for found in refused.value.problems] == ["W235"]


@pytest.mark.django_db
def test_a_commune_wide_mapping_holds_for_every_sender(round_: Round, act: Act, tmp_path: Path) -> None:
    from densach.assessing.workbooks.remembering import memories, remember

    path = sheet(tmp_path, (*HEADER, "CMND/CCCD"), (*HEAD, None))
    remember(round_.place, "", read(path, told(columns=("H=-",))), act=act)
    for sender in ("", "Thôn 3"):
        assert read(path, told(remembered=memories(round_.place, sender))).problems == []
