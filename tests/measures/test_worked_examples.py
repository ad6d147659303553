"""The published worked examples, to the digits that were printed. WE numbers are those of the project's standards."""

from __future__ import annotations

import pytest

from densach.measures.groups import Group, NotMeasurable, mean
from densach.measures.intervals import wilson
from densach.measures.ordered import concentration, erreygers, logit_slope, relative_concentration, slope
from densach.measures.pairs import adjusted_parity, difference, difference_of_shares, parity, ratio
from densach.measures.standardised import Stratum, direct_rate
from densach.measures.unordered import attributable, attributable_share, gini

WHO = [Group(value, size) for value, size in zip((20, 30, 40, 50, 60), (78, 91, 162, 103, 105), strict=True)]
WHO_COUNTS = [(16, 78), (27, 91), (65, 162), (52, 103), (63, 105)]  # healthequal rounds value x people
QUINTILES = [
    Group(75.6053, 2072.436, 1.5996131),
    Group(91.01997, 2112.204, 1.1351504),
    Group(96.03959, 1983.059, 0.6461946),
    Group(97.04223, 2052.124, 0.5676206),
    Group(99.22405, 1884.51, 0.2237683),
]


@pytest.mark.parametrize(
    ("girls", "boys", "printed"),
    [
        (90.2, 91.9, 0.98), (78.7, 86.8, 0.91), (71.7, 87.0, 0.82), (89.9, 90.3, 1.00), (72.6, 83.5, 0.87),
        (86.9, 90.0, 0.97), (85.5, 91.4, 0.94), (91.1, 95.9, 0.95), (97.6, 96.3, 1.01), (86.5, 90.4, 0.96),
        (21.3, 29.3, 0.73), (7.5, 13.1, 0.57), (28.9, 24.5, 1.18), (8.1, 14.1, 0.57), (7.2, 19.0, 0.38),
        (27.4, 28.5, 0.96), (35.0, 53.2, 0.66), (16.5, 22.8, 0.72),
    ],
)  # fmt: skip
def test_we01_parity_of_girls_in_school(girls: float, boys: float, printed: float) -> None:
    assert round(parity(girls, boys), 2) == printed


def test_we01_one_ratio_was_divided_before_rounding() -> None:
    assert parity(6.2, 7.0) == pytest.approx(0.88, abs=0.01)


def test_we01_adjusted_parity_lies_as_far_above_one_as_below() -> None:
    assert adjusted_parity(28.9, 24.5) == pytest.approx(1.152, abs=5e-4)


def test_we02_concentration_over_five_ordered_groups() -> None:
    absolute, relative = concentration(WHO), relative_concentration(WHO)
    assert (mean(WHO) / 100, absolute.value) == pytest.approx((0.4122449, 7.3284202), abs=1e-6)
    assert absolute.se == pytest.approx(0.29368517, abs=1e-6)
    assert (relative.value, relative.se) == pytest.approx((0.17776859, 0.0071240491), abs=1e-6)
    assert erreygers([Group(group.value / 100, group.size) for group in WHO]) == pytest.approx(0.2931368, abs=5e-8)


def test_we02_slope_as_the_who_package_prints_it_only_with_its_double_weights() -> None:
    theirs, ordinary = logit_slope(WHO_COUNTS, who_compatible=True), logit_slope(WHO_COUNTS)
    assert (100 * theirs.difference.value, theirs.ratio) == pytest.approx((44.44502, 3.159506), abs=5e-6)
    assert theirs.difference.se == pytest.approx(0.02190822, abs=1e-8)
    assert (100 * ordinary.difference.value, ordinary.ratio) == pytest.approx((44.905264, 3.223923), abs=1e-6)


def test_we02_what_all_would_gain_by_doing_as_well_as_the_best() -> None:
    best = attributable(WHO, WHO[-1])
    assert (best.risk, best.fraction) == pytest.approx((18.775509, 45.544548), abs=1e-5)


def test_we02_the_error_of_that_gain() -> None:
    groups = [Group(group.value / 100, group.size) for group in WHO]
    found = attributable_share(groups, groups[-1])
    assert (found.risk.value, found.fraction.value) == pytest.approx((0.18775509, 45.544548), abs=1e-5)
    assert found.risk.se == pytest.approx(0.044066348, abs=1e-7)
    assert found.risk.low is not None
    assert found.risk.high is not None
    assert found.risk.low < 0.18775509 < found.risk.high


def test_we04_a_real_survey_with_its_interval() -> None:
    found = concentration(QUINTILES)
    assert (found.value, found.se) == pytest.approx((4.30052, 1.284031), abs=1e-6)
    assert (found.low, found.high) == pytest.approx((1.783865, 6.817174), abs=2e-6)


def test_we04_best_and_worst_beside_each_other() -> None:
    best, worst = QUINTILES[-1], QUINTILES[0]
    gap, times = difference(best, worst), ratio(best, worst)
    assert (gap.value, times.value) == pytest.approx((23.61875, 1.3123954), abs=5e-8)
    assert gap.se == pytest.approx((1.5996131**2 + 0.2237683**2) ** 0.5)
    assert times.low is not None
    assert times.high is not None
    assert times.low * times.high == pytest.approx(times.value**2)  # even on the log scale


def test_we06_gini_of_ten_incomes() -> None:
    incomes = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
    assert gini([Group(income, 1) for income in incomes]) == pytest.approx(0.4620911, abs=5e-8)


def test_we07_deaths_concentrated_among_the_poor() -> None:
    births, deaths = (29939, 28776, 26528, 24689, 19739), (4632, 4400, 3170, 2145, 1072)
    groups = [Group(1000 * dead / born, born) for born, dead in zip(births, deaths, strict=True)]
    assert relative_concentration(groups).value == pytest.approx(-0.1694, abs=5e-5)


@pytest.mark.parametrize(
    ("count", "base", "confidence", "low", "high"),
    [
        (65, 100, 0.95, 0.552544, 0.736358), (1045, 5000, 0.95, 0.197955, 0.220491),
        (65, 100, 0.998, 0.495495, 0.778354), (1, 100, 0.95, 0.001767, 0.054486), (5, 100, 0.95, 0.021544, 0.11175),
        (20, 100, 0.95, 0.133367, 0.288829), (9856, 12345, 0.95, 0.79121, 0.805364),
        (222, 3215, 0.95, 0.060792, 0.07834), (0, 20, 0.95, 0.0, 0.161125), (1, 29, 0.95, 0.006113, 0.171755),
        (15, 148, 0.95, 0.062386, 0.160487), (81, 263, 0.95, 0.255289, 0.36621),
    ],
)  # fmt: skip
def test_we08_wilson(count: int, base: int, confidence: float, low: float, high: float) -> None:
    found = wilson(count, base, confidence)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


PEOPLE = (636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207)
EUROPE_2013 = (5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500,
               1500, 1000)  # fmt: skip


@pytest.mark.parametrize(
    ("events", "rate", "low", "high"),
    [
        (
            (127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91),
            10430.247991, 9717.709068, 11178.940915,
        ),
        ((12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4), 1103.212025, 877.455768, 1367.088223),
    ],
)  # fmt: skip
def test_we09_directly_standardised_rates(events: tuple[int, ...], rate: float, low: float, high: float) -> None:
    found = direct_rate([Stratum(*each) for each in zip(events, PEOPLE, EUROPE_2013, strict=True)], per=100_000)
    assert (found.value, found.low, found.high) == pytest.approx((rate, low, high), abs=1e-5)


def test_we09_no_rate_of_nine_events() -> None:
    with pytest.raises(NotMeasurable):
        direct_rate([Stratum(9, 1000, 1), Stratum(0, 1000, 1)])


def test_we11_linear_slope_of_ten_ordered_groups() -> None:
    people = (7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534)
    years = (75.933459, 78.344238, 83.836063, 83.63754, 80.465503, 81.115676, 81.693084, 84.190006, 80.595564,
             86.289435)  # fmt: skip
    found = slope([Group(value, size) for value, size in zip(years, people, strict=True)])
    assert (found.difference.value, found.ratio) == pytest.approx((6.934616, 1.088818), abs=1e-6)


def test_we13_gini_of_years_of_schooling() -> None:
    shares = ((0, 0.3), (2.5, 0.15), (6, 0.25), (9, 0.15), (12, 0.1), (14, 0.02), (16, 0.03))
    assert gini([Group(years, share) for years, share in shares]) == pytest.approx(0.4931437, abs=5e-8)


def test_the_difference_of_two_shares_as_newcombe_printed_it() -> None:
    # Newcombe 1998, Statistics in Medicine 17, 873-890: 56/70 and 48/80 by method 10
    found = difference_of_shares(wilson(56, 70), wilson(48, 80))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_no_difference_of_shares_lies_outside_what_can_be() -> None:
    found = difference_of_shares(wilson(3, 21), wilson(3, 3))
    assert -1 <= (found.low or 0) <= found.value <= (found.high or 0) <= 1
