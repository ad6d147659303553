"""How unlike the places below are: an absolute and a relative measure beside each other, with base and number.

They are counts of everybody, not of a sample, so they carry no interval. No place is named by them, and where anything
is hidden from a viewer nothing is worked out, because another sum would stand beside the hidden one.
"""

from __future__ import annotations

from dataclasses import dataclass

from densach.measures.groups import Group, NotMeasurable, mean, shares
from densach.measures.unordered import index_of_disparity
from densach.reporting.dashboards.board import FEWEST_ALIKE, Board, Number

TENTHS = 10


@dataclass(frozen=True)
class OfKind:
    """The places of one kind (phường, xã…) as one sum."""

    name: str
    share: Number


@dataclass(frozen=True)
class Unlike:
    """How far the places lie from the whole on average: in tenths of a point, and in tenths of a percent of it."""

    whole: Number
    absolute: int
    relative: int
    kinds: tuple[OfKind, ...]

    @property
    def gap(self) -> int | None:
        """How far the two kinds are apart, in tenths of a point; none where there are not just two."""
        if len(self.kinds) != 2:
            return None
        one, other = (_per_mille(kind.share) for kind in self.kinds)
        return round(abs(one - other))

    @property
    def ratio(self) -> float | None:
        """The lower share of two kinds as a part of the higher; none where there are not two, or the higher is 0."""
        if len(self.kinds) != 2:
            return None
        low, high = sorted(_per_mille(kind.share) for kind in self.kinds)
        return low / high if high else None


def unlike(board: Board) -> Unlike | None:
    """How unlike the places below a place are in the chosen year; none of so few that it would tell one of them."""
    if any(row.share.hidden for row in board.below):
        return None
    known = [row for row in board.below if row.share.value is not None and row.share.base]
    groups = [Group(_per_mille(row.share), row.share.base or 0) for row in known]
    if len(known) < FEWEST_ALIKE:
        return None
    middle = mean(groups)
    off = sum(part * abs(group.value - middle) for part, group in zip(shares(groups), groups, strict=True))
    try:
        relative = index_of_disparity(groups, weighted=True)
    except NotMeasurable:
        return None
    whole = _sum([row.share for row in known], len(board.below))
    return Unlike(whole, round(off), round(TENTHS * relative), _kinds(board))


def _kinds(board: Board) -> tuple[OfKind, ...]:
    """The kinds of places of which enough have reported, in the order of their names."""
    found: dict[str, list[Number]] = {}
    for row in board.below:
        if row.place and row.share.value is not None and row.share.base:
            found.setdefault(row.place.type, []).append(row.share)
    many = {name: numbers for name, numbers in found.items() if len(numbers) >= FEWEST_ALIKE}
    if len(many) < 2:
        return ()
    return tuple(OfKind(name, _sum(numbers, len(numbers))) for name, numbers in sorted(many.items()))


def _sum(numbers: list[Number], expected: int) -> Number:
    value, base = sum(each.value or 0 for each in numbers), sum(each.base or 0 for each in numbers)
    return Number(value, base, len(numbers), expected)


def _per_mille(number: Number) -> float:
    return 1000 * (number.value or 0) / (number.base or 1)
