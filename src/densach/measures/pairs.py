"""Two groups beside each other: the difference is absolute, the ratio relative, and both are shown."""

from __future__ import annotations

from math import exp, hypot, log, sqrt

from densach.measures.groups import Estimate, Group, NotMeasurable
from densach.measures.intervals import CONFIDENCE, around, deviate

PARITY = (0.97, 1.03)  # within this band SDG 4.5.1 speaks of parity


def difference(first: Group, second: Group, confidence: float = CONFIDENCE) -> Estimate:
    """How much more the first group has; with an interval where both values come from samples."""
    gap = first.value - second.value
    if first.se is None or second.se is None:
        return Estimate(gap)
    return around(gap, sqrt(first.se**2 + second.se**2), confidence)


def difference_of_shares(first: Estimate, second: Estimate) -> Estimate:
    """How much larger one share is than another, within -1 and 1 (Newcombe 1998, method 10).

    Both come with the interval of `wilson`; NotMeasurable without.
    """
    if first.low is None or first.high is None or second.low is None or second.high is None:
        raise NotMeasurable("shares are compared with the intervals of both")
    gap = first.value - second.value
    below = hypot(first.value - first.low, second.high - second.value)
    above = hypot(first.high - first.value, second.value - second.low)
    return Estimate(gap, None, gap - below, gap + above)


def ratio(first: Group, second: Group, confidence: float = CONFIDENCE) -> Estimate:
    """How many times as much the first group has; its interval is taken on the log scale."""
    found = parity(first.value, second.value)
    if first.se is None or second.se is None or found <= 0:
        return Estimate(found)
    se = sqrt((first.se**2 + found**2 * second.se**2) / second.value**2)
    reach = deviate(confidence) * se / found
    return Estimate(found, se, exp(log(found) - reach), exp(log(found) + reach))


def parity(disadvantaged: float, advantaged: float) -> float:
    """The parity index (SDG 4.5.1): 1 is parity. Of an indicator that should fall it reads the other way round."""
    if advantaged == 0:
        raise NotMeasurable("a ratio needs a second value above zero")
    return disadvantaged / advantaged


def adjusted_parity(disadvantaged: float, advantaged: float) -> float:
    """The adjusted parity index (SDG 4.5.1): between 0 and 2, so that a/b and b/a lie equally far from 1."""
    found = parity(disadvantaged, advantaged)
    return found if found <= 1 else 2 - 1 / found
