"""What every measure is taken over: groups of people, each with a value and how many there are.

Measures are statistics for display, so they compute in floating point; no rule and no count ever reads one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """One group: `value` is its mean or share in any unit, `size` its people, `se` the standard error of a sample."""

    value: float
    size: float
    se: float | None = None


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error, where one is known, and the interval in which it lies at `confidence`."""

    value: float
    se: float | None = None
    low: float | None = None
    high: float | None = None


class NotMeasurable(ValueError):  # noqa: N818  - it answers a question, it is no fault of the program
    """The groups do not carry the measure: too few, nobody in them, or nothing to compare with."""


def shares(groups: Sequence[Group]) -> list[float]:
    """The part of all people that each group is; NotMeasurable where there is nobody."""
    total = sum(group.size for group in groups)
    if total <= 0 or any(group.size < 0 for group in groups):
        raise NotMeasurable("nobody to measure")
    return [group.size / total for group in groups]


def mean(groups: Sequence[Group]) -> float:
    """The mean over all people."""
    return sum(share * group.value for share, group in zip(shares(groups), groups, strict=True))


def positive_mean(groups: Sequence[Group]) -> float:
    """The mean, for measures that divide by it; NotMeasurable unless it is above zero."""
    found = mean(groups)
    if found <= 0:
        raise NotMeasurable("a relative measure needs a mean above zero")
    return found
