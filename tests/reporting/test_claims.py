"""Published figures are quoted as printed and checked, never corrected."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.reporting.claims import Recomputed, check_claim, say_claim
from densach.reporting.shares import Share, rounded_half_up, show_percent
from densach.rules.model import Claim


def claim(quoted: str, numerator: int | None, **bases: int) -> Claim:
    return Claim(
        id="c", place_vi="Xã", date="2017", what_vi="hộ", what_en="households", quoted=quoted,
        numerator=numerator, bases=bases, mark="secondary", source="s",
    )  # fmt: skip


def test_long_thanh_trung_is_truncated_on_all_households_and_not_on_registered_ones() -> None:
    checked = check_claim(claim("60.08 %", 2910, tong=4843, dang_ky=4035))
    assert checked.recomputed == (
        Recomputed("tong 4.843", "60,09 %", "truncated"),
        Recomputed("dang_ky 4.035", "72,12 %", "unexplained"),
    )
    assert checked.implied is None


def test_huong_hoa_does_not_follow_from_the_base_it_names() -> None:
    checked = check_claim(claim("72 %", 15772, dang_ky=17528))
    assert checked.recomputed == (Recomputed("dang_ky 17.528", "90 %", "unexplained"),)
    assert checked.implied == (21755, 22058)
    assert say_claim(checked)[-1] == "  Số in ra ứng với mẫu số từ 21.755 đến 22.058."


@pytest.mark.parametrize(
    ("quoted", "numerator", "difference"), [("89.06%", None, "no_base"), (">27 triệu", 1, "not_a_percentage")]
)
def test_what_cannot_be_checked_says_so(quoted: str, numerator: int | None, difference: str) -> None:
    assert [row.difference for row in check_claim(claim(quoted, numerator)).recomputed] == [difference]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_the_implied_bases_are_just_those_that_round_to_the_printed_figure(part: int, base: int, decimals: int) -> None:
    units = rounded_half_up(part, base, decimals)
    if not units:
        return
    printed = show_percent(units, decimals).replace(".", "")
    low, high = check_claim(claim(printed, part, other=10**12)).implied or (base, base)
    assert low <= base <= high
    assert rounded_half_up(part, high + 1, decimals) < units
    assert low == 1 or rounded_half_up(part, low - 1, decimals) > units


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_rounding_is_half_up_and_exact(part: int, base: int, decimals: int) -> None:
    exact = Fraction(part * 100 * 10**decimals, base)
    assert rounded_half_up(part, base, decimals) == (exact + Fraction(1, 2)).__floor__()


def test_an_empty_base_has_no_percentage() -> None:
    assert Share(0, 0, "dòng họ", "31/12/2025", "sổ").percent() is None
    assert Share(2, 3, "dòng họ", "31/12/2025", "sổ").percent() == "66,7 %"
