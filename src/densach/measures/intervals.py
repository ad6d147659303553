"""Intervals of shares, counts and estimates."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from densach.measures.groups import Estimate, NotMeasurable

CONFIDENCE = 0.95


def wilson(count: int, base: int, confidence: float = CONFIDENCE) -> Estimate:
    """The share count/base with its Wilson score interval (Wilson 1927); NotMeasurable for an empty base."""
    if not 0 <= count <= base or base == 0:
        raise NotMeasurable("a share needs a base, and a count within it")
    z = deviate(confidence)
    middle, spread = count + z * z / 2, z * sqrt(count * (base - count) / base + z * z / 4)
    whole = base + z * z
    return Estimate(count / base, None, (middle - spread) / whole, (middle + spread) / whole)


def byar(count: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval of a count of rare events, by Byar's approximation (Breslow and Day 1987)."""
    z = deviate(confidence)
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    return low, above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def around(value: float, se: float, confidence: float = CONFIDENCE) -> Estimate:
    """A value with the interval that its standard error gives when errors are normal."""
    z = deviate(confidence)
    return Estimate(value, se, value - z * se, value + z * se)


def deviate(confidence: float) -> float:
    """How many standard errors lie on either side."""
    return NormalDist().inv_cdf((1 + confidence) / 2)
