"""Periods: a year or half of it, written as DHIS2 writes them."""

from __future__ import annotations

from datetime import date

import pytest

from densach.problems import Refused
from densach.reporting.figures.periods import Period, latest_ended, period_of_key, read_period


@pytest.mark.parametrize(
    ("text", "key", "last_day"),
    [("2025", 20250, date(2025, 12, 31)), ("2025S1", 20251, date(2025, 6, 30)), ("2025S2", 20252, date(2025, 12, 31))],
)
def test_a_period_and_its_key(text: str, key: int, last_day: date) -> None:
    period = read_period(text, "half_year" if "S" in text else "year")
    assert (period.key, period.code, period.last_day) == (key, text, last_day)
    assert period_of_key(key) == period


@pytest.mark.parametrize("text", ["", "25", "2025S3", "2025Q1", "0000", "9999", "２０２５", "2025 S1"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused) as found:
        read_period(text, "year")
    assert [each.code for each in found.value.problems] == ["G101"]


def test_a_period_of_another_kind_is_refused() -> None:
    with pytest.raises(Refused) as found:
        read_period("2025S1", "year")
    assert [each.code for each in found.value.problems] == ["G102"]


def test_the_last_period_that_is_over() -> None:
    day = date(2026, 11, 26)
    assert latest_ended("year", day) == Period(2025)
    assert latest_ended("half_year", day) == Period(2026, 1)
    assert latest_ended("half_year", date(2026, 3, 1)) == Period(2025, 2)
