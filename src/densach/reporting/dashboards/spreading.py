"""How unlike the communes of the country or of a province are, all together and kind by kind: town, country, island.

Nothing is worked out where the tables hide anything from a viewer, because these are other sums of the same numbers,
nor of so few communes that it would tell one of them. No commune is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from densach.measures.groups import Group, NotMeasurable
from densach.measures.unordered import Split, attributable, split_theil
from densach.places.models import Level, PlacePeriod
from densach.reporting.dashboards.board import FEWEST_ALIKE, Choice, Frame, Number
from densach.reporting.dashboards.measuring import Apart, apart
from densach.reporting.dashboards.queries import shares_of_communes
from densach.reporting.sums.hiding import told_with

Shares = list[tuple[str, str, int, int]]


@dataclass(frozen=True)
class OfKind:
    """The communes of one kind (phường, xã, đặc khu) as one sum; `number.reported` says how many they are."""

    name: str
    number: Number


@dataclass(frozen=True)
class Spread:
    """How unlike communes are: `all_` of them, by `kinds` and how these are apart, `split` into between and within.

    `split` is Theil's index times 1000 over the provinces of the country; `gain` what all together would have more, in
    tenths of a point, if every kind were as far as the kind that is furthest. `hidden` says why nothing is worked out.
    """

    place: PlacePeriod
    choice: Choice
    fictional: bool
    hidden: bool
    communes: int
    all_: Apart | None = None
    kinds: tuple[OfKind, ...] = ()
    between_kinds: Apart | None = None
    gain: int | None = None
    split: Split | None = None


def spread_of(frame: Frame) -> Spread:
    """The spread over the communes of a place in the chosen year, on the map of that year."""
    last, code = frame.periods[-1], frame.choice.share
    if any(frame.guard.hides_other_sums(each, last.key) for each in told_with(code)):
        return Spread(frame.place, frame.choice, frame.fictional, True, 0)
    rows = shares_of_communes(code, {last: frame.days[last]}, frame.place.path, fictional=frame.fictional)
    bare = Spread(frame.place, frame.choice, frame.fictional, False, len(rows))
    if len(rows) < FEWEST_ALIKE:
        return bare
    kinds = _kinds(rows)
    numbers = [kind.number for kind in kinds]
    return Spread(
        frame.place,
        frame.choice,
        frame.fictional,
        False,
        len(rows),
        apart([Number(value, base) for *_, value, base in rows]),
        kinds,
        apart(numbers),
        _gain(numbers),
        _split(rows, frame) if frame.place.level == Level.COUNTRY else None,
    )


def _kinds(rows: Shares) -> tuple[OfKind, ...]:
    """The kinds of which enough have reported, in the order of their names."""
    found: dict[str, list[tuple[int, int]]] = {}
    for _, kind, value, base in rows:
        found.setdefault(kind, []).append((value, base))
    return tuple(OfKind(name, _sum(each)) for name, each in sorted(found.items()) if len(each) >= FEWEST_ALIKE)


def _sum(parts: Iterable[tuple[int, int]]) -> Number:
    known = list(parts)
    return Number(sum(value for value, _ in known), sum(base for _, base in known), len(known), len(known))


def _gain(numbers: list[Number]) -> int | None:
    groups = [_group(each.value or 0, each.base or 0) for each in numbers]
    if len(groups) < 2:
        return None
    try:
        return round(attributable(groups, max(groups, key=lambda each: each.value)).risk)
    except NotMeasurable:
        return None


def _split(rows: Shares, frame: Frame) -> Split | None:
    """Theil's index over the communes, as what lies between provinces and what lies within them."""
    nested: dict[str, list[Group]] = {}
    for path, _, value, base in rows:
        nested.setdefault(path[len(frame.place.path) :].split("/")[0], []).append(_group(value, base))
    try:
        found = split_theil(list(nested.values()))
    except NotMeasurable:
        return None
    return Split(1000 * found.between, 1000 * found.within)


def _group(value: int, base: int) -> Group:
    """A share in tenths of a point, with its people."""
    return Group(1000 * value / base, base)
