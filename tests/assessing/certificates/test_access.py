"""What the public may read of a certificate by its code, and that nothing says whose it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.assessing.certificates.access import Became, is_same_name, see_certificate
from densach.assessing.certificates.checking import State
from densach.assessing.models import Certificate, Recognition
from densach.problems import Refused
from tests.assessing.certificates.making import TODAY, correct, merge, order, printed, signed
from tests.assessing.making import Small, settle

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

LATER = date(2027, 6, 5)
NAMES = st.text("AaàáạăâđEeêhioơuưúy ", max_size=8)
THEN = "Xã MẪU Đèn Sách, tỉnh Thái Nguyên"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def parts(text: str) -> list[list[str]]:
    """The letters and marks of each word, in no order."""
    return [sorted(normalize("NFD", word.casefold())) for word in text.split()]


def first() -> Certificate:
    return Certificate.objects.order_by("pk")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "right"),
    [("", None), ("Nguyễn Văn Mẫu 1", True), ("nguyễn  văn MẪU 1", True), ("Nguyễn Văn Mẫu 2", False),
     ("Nguyen Van Mau 1", False), ("Nguyễn Văn Mấu 1", False), ("Nguyễn Văn Mẫu", False), ("Văn Mẫu 1", False)],
)  # fmt: skip
def test_a_name_is_the_same_or_it_is_not(
    small: Small, act: Act, tmp_path: Path, typed: str, right: bool | None
) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    assert see_certificate(first().code, typed, on=TODAY).name_is_right is right


@pytest.mark.parametrize(("one", "other"), [("Hoà", "Hòa"), ("Thuý", "THÚY"), ("Ho\u0300a", "hoà"), ("H’Hen", "H'Hen")])
def test_where_a_tone_stands_and_how_letters_are_stored_does_not_count(one: str, other: str) -> None:
    assert is_same_name(one, other)


@given(NAMES, NAMES)
def test_names_of_other_letters_or_marks_are_never_the_same(one: str, other: str) -> None:
    assert not is_same_name(one, other) or parts(one) == parts(other)


@given(NAMES)
def test_a_name_is_the_same_however_it_is_spaced_and_stored(name: str) -> None:
    assert is_same_name(name, f" {normalize('NFD', name).upper().replace(' ', '  ')} ")


@pytest.mark.django_db
def test_the_words_of_the_face_are_told_and_whose_it_is_is_not(
    small: Small, act: Act, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    code = first().code
    with django_assert_num_queries(9):
        seen = see_certificate(code, "", on=TODAY)
    assert (seen.standing.state, seen.number, seen.signed_on) == (State.SPECIMEN, "12/QĐ-UBND", date(2026, 12, 31))
    assert (seen.place.then, seen.place.became, seen.reprint, seen.carries) == (THEN, Became.SAME, False, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("others", "whole", "became", "now"),
    [(("Mới",), True, Became.NOW, ("Xã MẪU Mới, tỉnh Thái Nguyên",)),
     (("Bắc", "Nam"), False, Became.DIVIDED, ("Xã MẪU Bắc, tỉnh Thái Nguyên", "Xã MẪU Nam, tỉnh Thái Nguyên")),
     (("Mới",), False, Became.UNKNOWN, None), ((), True, Became.UNKNOWN, ())],
)  # fmt: skip
def test_what_is_known_of_the_place_since_is_told(
    small: Small, act: Act, tmp_path: Path, others: tuple[str, ...], whole: bool, became: Became,
    now: tuple[str, ...] | None,
) -> None:  # fmt: skip
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    merge(small, act, *others, whole=whole)
    place = see_certificate(first().code, "", on=LATER).place
    assert (place.then, place.became) == (THEN, became)
    assert now is None or place.now == now


@pytest.mark.django_db
def test_a_corrected_paper_answers_to_the_name_on_it_and_the_new_one_to_the_right_name(
    small: Small, act: Act, tmp_path: Path
) -> None:
    signed(small, act, "family", names={0: "Hộ Nguyễn Văn Mau 1"})
    printed(tmp_path / "a.pdf", order(small, "family"), act)
    wrong = Recognition.objects.order_by("pk")[0]
    correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1")
    printed(tmp_path / "b.pdf", order(small, "family", only="Hộ Nguyễn Văn Mẫu 1", again=True), act)
    old, new = (
        see_certificate(row.code, "Hộ Nguyễn Văn Mau 1", on=TODAY)
        for row in Certificate.objects.filter(recognition=wrong).order_by("pk")
    )
    assert (old.name_is_right, new.name_is_right) == (True, False)
    assert old.correction is not None
    assert (str(old.correction), old.carries) == ("15/QĐ-UBND", None)
    assert (new.correction, str(new.carries), new.reprint) == (None, "15/QĐ-UBND", True)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "code"), [("abc", "R141"), ("0000-0000-0000-0000", "R142"), ("\0" * 16, "R141")])
def test_a_code_that_finds_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        see_certificate(text, "", on=TODAY)
    assert [problem.code for problem in refused.value.problems] == [code]
