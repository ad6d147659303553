from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from unicodedata import is_normalized, normalize

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.formats.vietnamese import fold, format_date, format_number, nfc, single_spaced, sort_key, tone_key

SORTED = [
    "An",
    "Ăn",
    "Ân",
    "Ấn",
    "Chi",
    "Cúc",
    "da",
    "dà",
    "dả",
    "dã",
    "dá",
    "dạ",
    "di",
    "Dương",
    "Đặng",
    "đi",
    "Em",
    "Êm",
    "Nga",
    "Ngân",
    "Nhi",
    "Oanh",
    "Ông",
    "Ơn",
    "Uyên",
    "Ưng",
]
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẩẫếệòởỡúựỳỵAĂÂĐÊÔƠƯẤỆỨ '’-019", max_size=20)
VOWELS_WITH_TWO_PLACES = [
    ("hòa", "hoà"),
    ("thủy", "thuỷ"),
    ("khỏe", "khoẻ"),
    ("Ủy ban", "Uỷ ban"),
    ("Khánh Hòa", "Khánh Hoà"),
]


def test_nfc_joins_marks_and_leaves_the_rest() -> None:
    assert nfc(normalize("NFD", "Nguyễn Thị Đào")) == "Nguyễn Thị Đào"


def test_single_spaced_keeps_words_apart_by_one_space() -> None:
    assert single_spaced("  Xã  Tân\tTiến ") == "Xã Tân Tiến"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("Trường Đại học", "truong dai hoc"),
        ("Đắk Lắk", "dak lak"),
        ("Xã Ea H’Leo", "xa ea h'leo"),
        ("  Cư  M'gar ", "cu m'gar"),
    ],
)
def test_fold_drops_marks_case_and_double_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_of_any_text_is_stable_in_form_and_repetition(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text)) == folded


@pytest.mark.parametrize(("old", "new"), VOWELS_WITH_TWO_PLACES)
def test_tone_key_unifies_the_two_places_of_a_tone(old: str, new: str) -> None:
    assert nfc(old) != nfc(new)
    assert tone_key(old) == tone_key(new)


@pytest.mark.parametrize(("one", "other"), [("hòa", "hóa"), ("Ân", "Ăn"), ("đi", "di"), ("hoa", "hòa")])
def test_tone_key_keeps_every_other_mark(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


@given(LETTERS, LETTERS)
def test_texts_with_one_tone_key_fold_alike(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other) or fold(one) == fold(other)
    assert tone_key(normalize("NFD", one)) == tone_key(one) == tone_key(one.replace("'", "’"))


def test_sort_key_gives_the_order_of_the_standard_vectors() -> None:
    mixed = SORTED[::-2] + SORTED[::2]
    assert sorted(mixed, key=sort_key) == SORTED
    assert sorted(mixed, key=lambda word: sort_key(word).encode()) == SORTED


@pytest.mark.parametrize("letters", ["aăâ", "dđ", "eê", "oôơ", "uư"])
def test_own_letters_differ_before_what_follows_them(letters: str) -> None:
    for first, second in pairwise(letters):
        assert sort_key(first + "z") < sort_key(second + "a")
        assert sort_key(first) < sort_key(second)


def test_tones_matter_only_when_all_letters_are_equal() -> None:
    assert sort_key("dạ a") < sort_key("da b")
    assert sorted("ạáãảàa", key=sort_key) == ["a", "à", "ả", "ã", "á", "ạ"]


@given(LETTERS, LETTERS)
def test_sort_key_tells_apart_what_is_different(one: str, other: str) -> None:
    same = _with_one_apostrophe(one) == _with_one_apostrophe(other)
    assert (sort_key(one) == sort_key(other)) == same


def _with_one_apostrophe(text: str) -> str:
    return nfc(single_spaced(text)).replace("’", "'")


def test_sort_key_agrees_with_icu_on_every_commune_name() -> None:
    table = files("densach.places").joinpath("data/communes_2025.csv").read_text("utf-8")
    names = sorted({row["name"] for row in csv.DictReader(table.splitlines())})
    by_icu = duckdb.execute("select unnest($names) as name order by name collate vi", {"names": names}).fetchall()
    assert sorted(names, key=sort_key) == [name for (name,) in by_icu]


@given(st.text())
def test_keys_never_hold_what_a_database_refuses(text: str) -> None:
    usable = text.replace("\x00", "")
    assert "\x00" not in sort_key(usable) + fold(usable) + tone_key(usable)
    assert is_normalized("NFC", nfc(text))


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Decimal("1234567.89"), "1.234.567,89"),
        (Decimal("1E+6"), "1.000.000"),
        (Decimal("-60.10"), "-60,10"),
        (3321, "3.321"),
        (0, "0"),
        (-1000, "-1.000"),
    ],
)
def test_numbers_are_printed_with_dots_and_a_comma(number: int | Decimal, printed: str) -> None:
    assert format_number(number) == printed


@pytest.mark.parametrize(("day", "printed"), [(date(2026, 11, 23), "23/11/2026"), (date(945, 9, 2), "02/09/0945")])
def test_dates_are_printed_day_first(day: date, printed: str) -> None:
    assert format_date(day) == printed
