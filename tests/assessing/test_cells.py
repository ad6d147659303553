"""A cell is read or refused with its reason; nothing is guessed."""

from datetime import date, datetime

import pytest

from densach.assessing.workbooks.cells import CellReader, Raw, Value
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.refusing import NotAValue
from densach.formats.sheets import Kind

LAST = date(2026, 12, 31)


def column(kind: Kind, *, required: bool = False) -> Column:
    return Column("k", "Cột", kind, required=required, choices={"male": "Nam", "female": "Nữ"}, low=0, high=10)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  Nguyễn   Thị Hoa ", "Nguyễn Thị Hoa"),
        ("text", "Hoa\u0300", "Hoà"),
        ("text", 12.0, "12"),
        ("number12", "001080000001", "001080000001"),
        ("number12", "001 080 000 001", "001080000001"),
        ("number12", "001.080.000.001", "001080000001"),
        ("number12", "'００１０８０000001", "001080000001"),
        ("number12", 1080000001, "001080000001"),
        ("number12", "-", None),
        ("integer", "10,0", 10),
        ("date", "23.11.1980", "1980-11-23"),
        ("date", "ngày 23 tháng 11 năm 1980", "1980-11-23"),
        ("date", "Tháng 11 năm 1980", "1980"),
        ("date", "11/1980", "1980"),
        ("date", "23-11-80", "1980-11-23"),
        ("date", "1/1/00", "2000-01-01"),
        ("date", 29548, "1980-11-23"),
        ("yes_no", "✓", True),
        ("yes_no", "–", None),
        ("choice", "Ｎữ", "female"),
        ("integer", 7.0, 7),
        ("integer", " 7 ", 7),
        ("date", "3/2/1980", "1980-02-03"),
        ("date", "1980", "1980"),
        ("date", 1980, "1980"),
        ("date", date(1980, 2, 3), "1980-02-03"),
        ("date", datetime(1980, 2, 3, 0, 0), "1980-02-03"),  # noqa: DTZ001  - a cell has no time zone
        ("choice", "nu", "female"),
        ("choice", "Nam", "male"),
        ("yes_no", "Có", True),
        ("yes_no", "KHÔNG", False),
        ("yes_no", True, True),
        ("text", None, None),
        ("integer", "   ", None),
    ],
)
def test_a_cell_is_read(kind: Kind, raw: Raw, value: Value) -> None:
    assert CellReader(LAST, since_1904=False).read(column(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("number12", 1.2e11 + 0.5, "W226"),
        ("number12", "90800000010.5", "W202"),
        ("number12", "1.2E+11", "W226"),
        ("number12", "123456789", "W225"),
        ("number12", 123456789, "W225"),
        ("number12", 12345678, "W202"),
        ("integer", "1,234", "W232"),
        ("integer", "7,5", "W203"),
        ("integer", "1.234", "W203"),
        ("date", "05/13/1980", "W228"),
        ("date", "1980-13-05", "W228"),
        ("date", "3/2/15", "W227"),
        ("date", "5//1980", "W204"),
        ("date", 23111980, "W204"),
        ("date", date(1905, 6, 2), "W241"),
        ("integer", 11, "W203"),
        ("integer", 7.5, "W203"),
        ("integer", "bảy", "W203"),
        ("integer", True, "W203"),
        ("date", "31/2/1980", "W204"),
        ("date", "hôm qua", "W204"),
        ("choice", "Khác", "W205"),
        ("yes_no", "chắc là có", "W206"),
    ],
)
def test_what_is_no_value_is_refused_with_its_code(kind: Kind, raw: Raw, code: str) -> None:
    with pytest.raises(NotAValue) as refused:
        CellReader(LAST, since_1904=False).read(column(kind), raw)
    assert refused.value.code == code


def test_an_empty_cell_is_refused_only_where_it_is_required() -> None:
    with pytest.raises(NotAValue) as refused:
        CellReader(LAST, since_1904=False).read(column("text", required=True), " ")
    assert refused.value.code == "W201"
