"""Communes of one kind as one sum, and how far kinds are apart; none of so few that it would tell one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from densach.measures.groups import Group, NotMeasurable
from densach.measures.unordered import attributable
from densach.reporting.dashboards.board import FEWEST_ALIKE, Number


@dataclass(frozen=True)
class OfKind:
    """The communes of one kind (phường, xã, đặc khu) as one sum; `number.reported` says how many they are."""

    name: str
    number: Number


def kinds_among(rows: Iterable[tuple[str, int, int]]) -> list[OfKind]:
    """The kinds of which enough have reported, from kind, numerator and base of each commune."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, value, base in rows:
        found.setdefault(kind, []).append((value, base))
    return [OfKind(name, _sum(each)) for name, each in found.items() if len(each) >= FEWEST_ALIKE]


def gain_of(kinds: Sequence[OfKind]) -> int | None:
    """What all together would have more, in tenths of a point, if every kind were as far as the furthest."""
    groups = [group_of(each.number.value or 0, each.number.base or 0) for each in kinds]
    if len(groups) < 2:
        return None
    try:
        return round(attributable(groups, max(groups, key=lambda each: each.value)).risk)
    except NotMeasurable:
        return None


def group_of(value: int, base: int) -> Group:
    """A share in tenths of a point, with its people."""
    return Group(1000 * value / base, base)


def _sum(parts: list[tuple[int, int]]) -> Number:
    value, base = sum(value for value, _ in parts), sum(base for _, base in parts)
    return Number(value, base, len(parts), len(parts))
