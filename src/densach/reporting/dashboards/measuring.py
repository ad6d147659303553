"""How unlike groups of people are: absolutely and relatively beside each other, from numbers that are shown alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from densach.measures.groups import Group, NotMeasurable, mean, shares
from densach.measures.pairs import PARITY, adjusted_parity
from densach.measures.unordered import coefficient_of_variation, index_of_disparity, theil
from densach.reporting.dashboards.board import Number

TENTHS = 10


@dataclass(frozen=True)
class Apart:
    """How unlike some groups are: points in tenths, the index of disparity in tenths of a percent, Theil times 1000.

    `gap` is the highest share less the lowest, `ratio` the lowest as a part of the highest, `distance` how far a
    person's group lies from the whole on average. They are counts of everybody, so there is no interval.
    """

    groups: int
    whole: Number
    gap: int
    ratio: float
    distance: int
    disparity: int
    variation: float
    theil: float


@dataclass(frozen=True)
class Pair:
    """Two groups beside each other: the first less the second in tenths of a point, and their adjusted parity index."""

    gap: int
    parity: float

    @property
    def is_even(self) -> bool:
        """Whether SDG 4.5.1 speaks of parity."""
        return PARITY[0] <= self.parity <= PARITY[1]


def apart(numbers: Sequence[Number]) -> Apart | None:
    """How unlike groups are; none where one of them is hidden, of fewer than two, or where nobody has it."""
    known = [each for each in numbers if each.base]
    if any(each.hidden for each in numbers) or len(known) < 2:
        return None
    groups = [Group(_per_mille(each), each.base or 0) for each in known]
    try:
        disparity = index_of_disparity(groups, weighted=True)
    except NotMeasurable:
        return None
    middle, values = mean(groups), [group.value for group in groups]
    distance = sum(part * abs(group.value - middle) for part, group in zip(shares(groups), groups, strict=True))
    return Apart(
        len(known),
        Number(sum(each.value or 0 for each in known), sum(each.base or 0 for each in known)),
        round(max(values) - min(values)),
        min(values) / max(values),
        round(distance),
        round(TENTHS * disparity),
        coefficient_of_variation(groups),
        1000 * theil(groups),
    )


def pair(first: Number, second: Number) -> Pair | None:
    """Two groups; none where one is hidden, nobody is in it, or the second has nobody with it."""
    if first.hidden or second.hidden or not first.base or not second.base or not second.value:
        return None
    one, other = _per_mille(first), _per_mille(second)
    return Pair(round(one - other), adjusted_parity(one, other))


def _per_mille(number: Number) -> float:
    """A share in tenths of a percentage point."""
    return 1000 * (number.value or 0) / (number.base or 1)
