"""What must hold of the measures for any groups."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from densach.measures.groups import Group, mean
from densach.measures.ordered import concentration, erreygers, logit_slope, relative_concentration
from densach.measures.pairs import adjusted_parity
from densach.measures.standardised import indirect_ratio
from densach.measures.unordered import (
    between_group_variance,
    coefficient_of_variation,
    gini,
    index_of_disparity,
    mean_difference_from_best,
    mean_log_deviation,
    split_mean_log_deviation,
    split_theil,
    theil,
)

value = st.floats(0.01, 1)
group = st.builds(Group, value, st.integers(1, 500).map(float))
groups = st.lists(group, min_size=2, max_size=8)
UNORDERED = (between_group_variance, coefficient_of_variation, theil, mean_log_deviation, gini, index_of_disparity)
RELATIVE = (coefficient_of_variation, theil, mean_log_deviation, gini, index_of_disparity)


def near(number: float) -> object:
    return pytest.approx(number, rel=1e-7, abs=1e-9)


@given(groups, st.floats(0.1, 10))
def test_a_relative_measure_knows_no_unit(found: list[Group], factor: float) -> None:
    scaled = [Group(each.value * factor, each.size) for each in found]
    assert [measure(scaled) for measure in RELATIVE] == [near(measure(found)) for measure in RELATIVE]
    assert relative_concentration(scaled).value == near(relative_concentration(found).value)


@given(groups, st.integers(2, 9))
def test_twice_the_people_make_no_difference(found: list[Group], times: int) -> None:
    more = [Group(each.value, each.size * times) for each in found]
    assert [measure(more) for measure in UNORDERED] == [near(measure(found)) for measure in UNORDERED]
    assert concentration(more).value == near(concentration(found).value)


@given(st.data(), groups)
def test_unordered_measures_know_no_order(data: st.DataObject, found: list[Group]) -> None:
    shuffled = data.draw(st.permutations(found))
    assert [measure(shuffled) for measure in UNORDERED] == [near(measure(found)) for measure in UNORDERED]


@given(st.lists(groups, min_size=1, max_size=5))
def test_what_lies_between_and_within_is_the_whole(nested: list[list[Group]]) -> None:
    every = [each for inside in nested for each in inside]
    for split, whole in (
        (split_theil(nested), theil(every)),
        (split_mean_log_deviation(nested), mean_log_deviation(every)),
    ):
        assert split.between + split.within == near(whole)


@given(groups, st.floats(0.01, 1))
def test_giving_from_the_better_off_to_the_worse_off_lowers_inequality(found: list[Group], part: float) -> None:
    worst, best = min(found, key=lambda each: each.value), max(found, key=lambda each: each.value)
    assume(best.value - worst.value > 0.01)
    given_each = part * (best.value - worst.value) / 2
    size = min(worst.size, best.size)
    poorer = Group(best.value - given_each * size / best.size, best.size)
    richer = Group(worst.value + given_each * size / worst.size, worst.size)
    after = [poorer if each is best else richer if each is worst else each for each in found]
    assert mean(after) == near(mean(found))
    assert all(measure(after) < measure(found) for measure in (theil, mean_log_deviation, between_group_variance))


@given(groups)
def test_the_absolute_index_is_the_mean_times_the_relative_one(found: list[Group]) -> None:
    assert concentration(found).value == near(mean(found) * relative_concentration(found).value)


@given(groups)
def test_turning_the_order_round_turns_the_sign(found: list[Group]) -> None:
    assert concentration(found[::-1]).value == near(-concentration(found).value)
    assert erreygers(found[::-1]) == near(-erreygers(found))


@given(value, value)
def test_adjusted_parity_of_both_directions_sums_to_two(first: float, second: float) -> None:
    assert adjusted_parity(first, second) + adjusted_parity(second, first) == near(2)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=3, max_size=8))
def test_the_curve_of_a_slope_rises_where_more_say_yes_higher_up(pairs: list[tuple[int, int]]) -> None:
    counts = [(yes, yes + no) for yes, no in pairs]
    up, down = logit_slope(counts), logit_slope(counts[::-1])
    assert down.difference.value == near(-up.difference.value)
    assert up.ratio * down.ratio == near(1)


@given(groups)
def test_nobody_is_nearer_to_the_best_than_the_best(found: list[Group]) -> None:
    best = max(found, key=lambda each: each.value)
    assert mean_difference_from_best([best], best) == 0 <= mean_difference_from_best(found, best)


@given(st.integers(10, 500), st.floats(1, 500))
def test_an_indirect_ratio_lies_in_its_interval(observed: int, expected: float) -> None:
    found = indirect_ratio(observed, expected)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
