"""Measures over groups without an order, such as communes of a province: the same whatever order they are given in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from densach.measures.groups import Estimate, Group, NotMeasurable, mean, positive_mean, shares
from densach.measures.intervals import CONFIDENCE, around


def between_group_variance(groups: Sequence[Group]) -> float:
    """The variance of the groups' values around the mean of all people."""
    middle = mean(groups)
    return sum(part * (group.value - middle) ** 2 for part, group in zip(shares(groups), groups, strict=True))


def coefficient_of_variation(groups: Sequence[Group]) -> float:
    """The between-group standard deviation as a part of the mean."""
    return sqrt(between_group_variance(groups)) / positive_mean(groups)


def theil(groups: Sequence[Group]) -> float:
    """Theil's T of the groups' values (WHO prints a thousand times it); a value of zero adds nothing."""
    middle = positive_mean(groups)
    parts = ((part, group.value / middle) for part, group in zip(shares(groups), groups, strict=True))
    return sum(part * r * log(r) for part, r in parts if r > 0)


def mean_log_deviation(groups: Sequence[Group]) -> float:
    """The mean log deviation (Theil's L); NotMeasurable where a group with people in it has a value of zero."""
    middle = positive_mean(groups)
    held = [(part, group.value / middle) for part, group in zip(shares(groups), groups, strict=True) if part]
    if any(r <= 0 for _, r in held):
        raise NotMeasurable("the logarithm of zero")
    return -sum(part * log(r) for part, r in held)


@dataclass(frozen=True)
class Split:
    """An inequality as what lies between larger groups and what lies within them; they add up to the whole."""

    between: float
    within: float


def split_theil(nested: Sequence[Sequence[Group]]) -> Split:
    """Theil's T of all groups, split exactly over the larger groups that they make up."""
    larger = _joined(nested)
    middle = positive_mean(larger)
    parts = zip(shares(larger), larger, nested, strict=True)
    within = sum(part * one.value / middle * theil(inside) for part, one, inside in parts if one.value > 0)
    return Split(theil(larger), within)


def split_mean_log_deviation(nested: Sequence[Sequence[Group]]) -> Split:
    """The mean log deviation of all groups, split exactly over the larger groups that they make up."""
    larger = _joined(nested)
    within = sum(part * mean_log_deviation(inside) for part, inside in zip(shares(larger), nested, strict=True))
    return Split(mean_log_deviation(larger), within)


def index_of_disparity(groups: Sequence[Group], *, weighted: bool = False) -> float:
    """How far the groups lie from the mean on average, in per cent of it; `weighted` counts people, not groups."""
    middle = positive_mean(groups)
    weights = shares(groups) if weighted else [1 / len(groups)] * len(groups)
    return 100 * sum(w * abs(group.value - middle) for w, group in zip(weights, groups, strict=True)) / middle


def mean_difference_from_best(groups: Sequence[Group], best: Group) -> float:
    """How far the groups lie from the best one on average."""
    return sum(abs(group.value - best.value) for group in groups) / len(groups)


@dataclass(frozen=True)
class Attributable:
    """What all would gain if every group did as well as a reference: in the unit of the value, and in per cent."""

    risk: float
    fraction: float


@dataclass(frozen=True)
class AttributableShare:
    """The same with their intervals."""

    risk: Estimate
    fraction: Estimate


def attributable(groups: Sequence[Group], reference: Group) -> Attributable:
    """The population attributable risk and fraction against a reference group."""
    middle = positive_mean(groups)
    risk = reference.value - middle
    return Attributable(risk, 100 * risk / middle)


def attributable_share(
    shares_of: Sequence[Group], reference: Group, confidence: float = CONFIDENCE
) -> AttributableShare:
    """The same of a yes/no outcome in samples, `value` a share: with the interval of the attributable fraction.

    Standard error of the fraction by Walter, Biometrics 32, 1976, 829-849, as the WHO package `healthequal` has it;
    that of the risk is its product with the mean. NotMeasurable where nobody of the reference group has the outcome.
    """
    found, middle = attributable(shares_of, reference), positive_mean(shares_of)
    people = sum(group.size for group in shares_of)
    with_it, without = reference.size * reference.value, reference.size * (1 - reference.value)
    others = people * middle - with_it
    if with_it <= 0:
        raise NotMeasurable("a reference group in which somebody has the outcome")
    left = people - reference.size - others
    spread = with_it * people * (others * without * (people - with_it) + left * with_it**2)
    se = sqrt(spread / ((people * middle) ** 3 * reference.size**3))
    risk = around(found.risk, se * middle, confidence)
    return AttributableShare(risk, around(found.fraction, 100 * se, confidence))


def gini(groups: Sequence[Group]) -> float:
    """The Gini coefficient of a value held by groups of people; over years of schooling, the education Gini.

    Thomas, Wang and Fan 2001 (World Bank WPS 2525) for schooling.
    """
    middle = positive_mean(groups)
    below, held, found = 0.0, 0.0, 0.0
    for group in sorted(groups, key=lambda each: each.value):
        found += group.size * (below * group.value - held)
        below += group.size
        held += group.size * group.value
    return found / (below * below * middle)


def _joined(nested: Sequence[Sequence[Group]]) -> list[Group]:
    return [Group(mean(inside), sum(group.size for group in inside)) for inside in nested]
