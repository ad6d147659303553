"""Whom a line of a list names: surely, perhaps, or nobody."""

from __future__ import annotations

import pytest

from densach.assessing.past.naming import Entry, Finder, pieces_of

HOA, HOA_TOO, LAN, TWICE = (
    Entry(1, "H1", "Nguyễn Thị Hòa", "Thôn Mẫu 1", "1970-03-15"),
    Entry(2, "H2", "Nguyễn Thị Hóa", "Thôn Mẫu 2", "1981-01-01"),
    Entry(3, "H3", "Trần Văn Lân", "Thôn Mẫu 1", "1955-01-01", "bi-mat"),
    Entry(3, "H4", "Trần Văn Lân", "Thôn Mẫu 2", "1955-01-01", "bi-mat"),
)
PERSONS = Finder((HOA, HOA_TOO, LAN, TWICE), codes_are_shared=True)
HOMES = Finder((HOA, HOA_TOO))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nguyễn Thị Hoà", HOA),
        ("1. Ông Trần Văn Lân", LAN),
        ("12\tTRẦN VĂN LÂN\tThôn Mẫu 2", TWICE),
        ("nguyen thi hoa, Thôn Mẫu 2", HOA_TOO),
        ("Nguyen Thi Hoa; 1970", HOA),
        ("H2 - Nguyen Thi Hoa", HOA_TOO),
    ],
)
def test_a_line_names_one(text: str, found: Entry) -> None:
    line = PERSONS.line(text)
    assert (line.sole, line.offered) == (found, ())


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("nguyen thi hoa", (HOA, HOA_TOO)),
        ("Nguyễn Thị Hỏa", (HOA, HOA_TOO)),
        ("Nguyễn Thị Hoan", (HOA, HOA_TOO)),
        ("Trần Van Lâm", (LAN, TWICE)),
        ("Lê Văn Không", ()),
        ("H9", ()),
    ],
)
def test_where_it_is_not_sure_a_person_chooses(text: str, offered: tuple[Entry, ...]) -> None:
    line = PERSONS.line(text)
    assert (line.sole, line.offered) == (None, offered)


def test_a_code_alone_names_a_household_and_a_number_a_person() -> None:
    assert HOMES.line("H2").sole == HOA_TOO
    assert HOMES.line("Gia đình bà Nguyễn Thị Hòa").sole == HOA
    assert HOMES.line("H1, H2").offered == (HOA, HOA_TOO)
    assert PERSONS.line("Ai đó, 001155000003", "bi-mat").sole == LAN


def test_the_columns_of_a_line_are_told_apart() -> None:
    assert pieces_of("3\tHộ Nguyễn Văn A\tThôn 2") == ["Hộ Nguyễn Văn A", "Thôn 2"]
    assert pieces_of("3. Hộ Nguyễn Văn A – Thôn 2") == ["Hộ Nguyễn Văn A", "Thôn 2"]
