from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.history.intervals import Interval

DAY = timedelta(days=1)
FIRST = date(2025, 7, 1)
DAYS = st.integers(0, 60).map(lambda number: FIRST + number * DAY)
INTERVALS = st.builds(
    lambda start, length: Interval(start, start + length * DAY if length else None), DAYS, st.integers(0, 20)
)


def test_the_first_day_is_inside_and_the_last_named_is_not() -> None:
    july = Interval(date(2025, 7, 1), date(2025, 8, 1))
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 31), date(2025, 8, 1))
    assert [july.contains(day) for day in days] == [False, True, True, False]


def test_without_an_end_every_later_day_is_inside() -> None:
    assert Interval(FIRST).contains(date.max)


@pytest.mark.parametrize("end", [FIRST, FIRST - DAY])
def test_an_interval_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Interval(FIRST, end)


def test_neighbours_do_not_overlap() -> None:
    assert not Interval(FIRST, FIRST + DAY).overlaps(Interval(FIRST + DAY))


@given(INTERVALS, INTERVALS, DAYS)
def test_a_day_is_in_the_intersection_exactly_when_it_is_in_both(one: Interval, other: Interval, day: date) -> None:
    both = one.intersect(other)
    assert (one.contains(day) and other.contains(day)) == (both is not None and both.contains(day))


@given(INTERVALS, INTERVALS)
def test_overlapping_is_mutual(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.intersect(other) == other.intersect(one)
    assert one.overlaps(one)
