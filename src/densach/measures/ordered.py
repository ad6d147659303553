"""Measures over groups that have an order, such as quintiles or years of schooling, from the worst off upwards.

Ridit ranks place each group at the middle of the people it holds. References: Kakwani, Wagstaff and van Doorslaer 1997;
Erreygers 2009; the standard errors are those of the WHO package `healthequal` 1.0.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

from densach.measures.groups import Estimate, Group, NotMeasurable, mean, positive_mean, shares
from densach.measures.intervals import CONFIDENCE, around

_STEPS = 60
_STILL = 1e-13


def ridits(groups: Sequence[Group]) -> list[float]:
    """The rank of each group: the part of all people below it, and half of its own."""
    ranks, below = [], 0.0
    for share in shares(groups):
        ranks.append(below + share / 2)
        below += share
    return ranks


def concentration(groups: Sequence[Group], confidence: float = CONFIDENCE) -> Estimate:
    """The absolute concentration index: above zero where those who are better off have more of it."""
    parts, ranks = shares(groups), ridits(groups)
    variance = sum(part * (rank - 0.5) ** 2 for part, rank in zip(parts, ranks, strict=True))
    line = _line(ranks, [2 * variance * group.value for group in groups], parts)
    return Estimate(line.slope) if line.se is None else around(line.slope, line.se, confidence)


def relative_concentration(groups: Sequence[Group], confidence: float = CONFIDENCE) -> Estimate:
    """The concentration index divided by the mean; of a yes/no outcome it is bounded by that mean."""
    return _divided(concentration(groups, confidence), positive_mean(groups))


def erreygers(groups: Sequence[Group], *, lowest: float = 0, highest: float = 1) -> float:
    """The index for outcomes between two bounds, such as a share; unlike the relative one it compares two places."""
    return 4 * concentration(groups).value / (highest - lowest)


@dataclass(frozen=True)
class Slope:
    """The value that a line through all groups gives at the top less that at the bottom, and their quotient."""

    difference: Estimate
    ratio: float


def slope(groups: Sequence[Group]) -> Slope:
    """Slope (SII) and relative (RII) index by weighted least squares on the ridit rank."""
    ranks = ridits(groups)
    line = _line(ranks, [group.value for group in groups], [group.size for group in groups])
    low = mean(groups) - line.slope / 2  # the mean rank of all people is one half
    if low == 0:
        raise NotMeasurable("a ratio needs a value above zero at the bottom")
    return Slope(Estimate(line.slope, line.se), (low + line.slope) / low)


def logit_slope(counts: Sequence[tuple[int, int]], *, who_compatible: bool = False) -> Slope:
    """Slope and relative index of a yes/no outcome, from (yes, base) of each group, by a grouped logit on the rank.

    `who_compatible` weights each group by its people once more, as `healthequal` 1.0.0 does: a published figure made
    with it can be repeated only so. Standard error by the sandwich with n/(n-2).
    """
    groups = [Group(yes / base if base else 0.0, base) for yes, base in counts]
    weights = [group.size**2 if who_compatible else group.size for group in groups]
    ranks, values = ridits(groups), [group.value for group in groups]
    return _Logit.fitted(ranks, values, weights).slope(ranks, values, weights)


@dataclass(frozen=True)
class _Line:
    slope: float
    se: float | None


def _line(x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> _Line:
    whole = sum(weights)
    x0 = sum(w * a for w, a in zip(weights, x, strict=True)) / whole
    y0 = sum(w * b for w, b in zip(weights, y, strict=True)) / whole
    spread = sum(w * (a - x0) ** 2 for w, a in zip(weights, x, strict=True))
    if spread == 0:
        raise NotMeasurable("an order needs two groups with people in them")
    found = sum(w * (a - x0) * (b - y0) for w, a, b in zip(weights, x, y, strict=True)) / spread
    if len(x) < 3:
        return _Line(found, None)
    rest = sum(w * (b - y0 - found * (a - x0)) ** 2 for w, a, b in zip(weights, x, y, strict=True))
    return _Line(found, sqrt(rest / (len(x) - 2) / spread))


@dataclass(frozen=True)
class _Logit:
    """A grouped logit value = 1 / (1 + exp(-(base + slope * rank))), with the inverse of its information."""

    base: float
    rise: float
    inverse: tuple[float, float, float]

    @classmethod
    def fitted(cls, x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> _Logit:
        """By Newton's steps; NotMeasurable where all or nobody have the outcome, so that no slope is the best."""
        found = cls(0.0, 0.0, (0.0, 0.0, 0.0))
        for _ in range(_STEPS):
            step = found._step(x, y, weights)
            if abs(step.base - found.base) + abs(step.rise - found.rise) < _STILL:
                return step
            found = step
        raise NotMeasurable("the outcomes leave no slope to fit")

    def at(self, rank: float) -> float:
        """The value that the curve gives at a rank."""
        return 1 / (1 + exp(-(self.base + self.rise * rank)))

    def slope(self, x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> Slope:
        """Top less bottom, with its standard error, and their quotient."""
        low, high = self.at(0), self.at(1)
        steep = (high * (1 - high) - low * (1 - low), high * (1 - high))
        pulls = [w * (value - self.at(rank)) for w, value, rank in zip(weights, y, x, strict=True)]
        moved = [self._moved(pull, pull * rank) for pull, rank in zip(pulls, x, strict=True)]
        variance = sum((steep[0] * base + steep[1] * rise) ** 2 for base, rise in moved)
        se = sqrt(variance * len(x) / (len(x) - 2)) if len(x) > 2 else None
        return Slope(Estimate(high - low, se), high / low)

    def _step(self, x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> _Logit:
        values = [self.at(rank) for rank in x]
        pulls = [w * (b - v) for w, b, v in zip(weights, y, values, strict=True)]
        inform = [w * v * (1 - v) for w, v in zip(weights, values, strict=True)]
        a = sum(inform)
        b = sum(i * rank for i, rank in zip(inform, x, strict=True))
        c = sum(i * rank * rank for i, rank in zip(inform, x, strict=True))
        whole = a * c - b * b
        if whole < _STILL * a * c or whole == 0:
            raise NotMeasurable("the outcomes leave no slope to fit")
        there = _Logit(self.base, self.rise, (c / whole, -b / whole, a / whole))
        base, rise = there._moved(sum(pulls), sum(p * rank for p, rank in zip(pulls, x, strict=True)))
        return _Logit(self.base + base, self.rise + rise, there.inverse)

    def _moved(self, pull: float, turned: float) -> tuple[float, float]:
        c, b, a = self.inverse
        return c * pull + b * turned, b * pull + a * turned


def _divided(estimate: Estimate, by: float) -> Estimate:
    parts = (None if part is None else part / by for part in (estimate.se, estimate.low, estimate.high))
    return Estimate(estimate.value / by, *parts)
