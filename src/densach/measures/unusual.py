"""Numbers that are unusual beside those of the year before or of others like them: a lead, never a finding.

Every threshold here is an own word, no law.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median_low

LEAST_CHANGE = Fraction(1, 2)  # half as much again, or half of it: more than a year's work usually does
LEAST_COUNT = 20  # of few, one family more is a large change
LEAST_OTHERS = 8  # with fewer there is no usual
TIMES_SPREAD = 5  # how many times as far off as half of the others are
LEAST_POINTS = Fraction(20, 100)  # shares nearer than this to what is usual are no news


def jumped(now: int, before: int) -> bool:
    """Whether a number changed by half or more since the year before; small numbers may."""
    change = abs(now - before)
    return max(now, before) >= LEAST_COUNT and change >= LEAST_CHANGE * max(before, 1)


def share_jumped(now: Fraction, before: Fraction) -> bool:
    """Whether a share changed by many points since the year before."""
    return abs(now - before) >= LEAST_POINTS


def far_off(share: Fraction, others: Sequence[Fraction]) -> bool:
    """Whether a share lies far from those of places like it, by their median and the usual distance from it."""
    if len(others) < LEAST_OTHERS:
        return False
    middle = median_low(others)
    spread = median_low([abs(each - middle) for each in others])
    return abs(share - middle) >= max(LEAST_POINTS, TIMES_SPREAD * spread)
