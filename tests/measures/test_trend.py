"""Forecasts by a straight line: equal to scipy and to a printed example, and honest where too little is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from densach.measures.groups import NotMeasurable
from densach.measures.trend import fitted, forecast, student_deviate, student_within

YEARS = [(2021.0, 41.2), (2022.0, 44.9), (2023.0, 50.3), (2024.0, 52.0), (2025.0, 57.4)]


# Percentage points of Student's distribution as tables print them, two-sided, with three decimals.
@pytest.mark.parametrize(
    ("freedom", "confidence", "printed"),
    [(1, 0.95, 12.706), (2, 0.95, 4.303), (3, 0.95, 3.182), (4, 0.9, 2.132), (10, 0.99, 3.169), (30, 0.95, 2.042)],
)
def test_deviates_are_those_of_the_printed_tables(freedom: int, confidence: float, printed: float) -> None:
    assert round(student_deviate(freedom, confidence), 3) == printed


@given(st.integers(1, 60), st.floats(0.5, 0.999))
def test_deviates_are_those_of_scipy(freedom: int, confidence: float) -> None:
    found = student_deviate(freedom, confidence)
    assert found == pytest.approx(float(stats.t.ppf((1 + confidence) / 2, freedom)), rel=1e-9)
    assert student_within(found, freedom) == pytest.approx(confidence, rel=1e-9)


def test_the_line_and_its_interval_are_those_of_the_textbook_formula() -> None:
    x, y = np.array(YEARS).T
    known = stats.linregress(x, y)
    left = y - known.intercept - known.slope * x
    error = np.sqrt((left**2).sum() / 3)
    reach = stats.t.ppf(0.975, 3) * error * np.sqrt(1 + 1 / 5 + (2030 - 2023) ** 2 / 10)
    found = forecast(YEARS, 2030)
    assert fitted(YEARS).slope == pytest.approx(known.slope)
    assert found.value == pytest.approx(known.intercept + known.slope * 2030)
    assert found.low == pytest.approx(found.value - reach)
    assert found.high == pytest.approx(found.value + reach)


def test_three_points_are_worked_by_hand() -> None:
    # Mean (1, 2), slope (4 - 1) / 2 = 1.5, residuals -1/2 + 1, -1 ...: 0.5, -1, 0.5, so s² = 1.5 and t(1) = 12.706.
    found = forecast([(0, 1), (1, 1), (2, 4)], 3)
    assert (found.value, round(found.se or 0, 6)) == (5.0, round((1.5 * (1 + 1 / 3 + 4 / 2)) ** 0.5, 6))
    assert round((found.high or 0) - 5.0, 2) == round(12.7062 * 5**0.5, 2)


def test_points_on_a_line_leave_no_doubt() -> None:
    found = forecast([(0, 10), (1, 20), (2, 30)], 5)
    assert (found.value, found.low, found.high) == (60.0, 60.0, 60.0)


@given(st.lists(st.tuples(st.integers(2000, 2030), st.integers(0, 10_000)), min_size=3, max_size=12))
def test_the_interval_holds_the_forecast_and_widens_with_the_distance(points: list[tuple[int, int]]) -> None:
    if len({x for x, _ in points}) == 1:
        with pytest.raises(NotMeasurable):
            forecast(points, 2031)
        return
    near, far = forecast(points, 2031), forecast(points, 2040)
    assert (near.low or 0) <= near.value <= (near.high or 0)
    assert (far.se or 0) >= (near.se or 0)


@pytest.mark.parametrize("points", [[], [(1, 2)], [(1, 2), (2, 3)], [(1, 2), (1, 3), (1, 4)]])
def test_too_little_is_said_to_be_too_little(points: list[tuple[float, float]]) -> None:
    with pytest.raises(NotMeasurable):
        forecast(points, 5)


@pytest.mark.parametrize(("freedom", "confidence"), [(0, 0.95), (3, 1.0), (3, 0.0)])
def test_no_deviate_without_freedom_or_of_certainty(freedom: int, confidence: float) -> None:
    with pytest.raises(NotMeasurable):
        student_deviate(freedom, confidence)
