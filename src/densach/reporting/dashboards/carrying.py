"""Figures of former communes on today's map: in whatever area surely holds all of what such a commune has become.

A commune that was divided within one province is whole in the province and in the country, and in none of the communes
that took part of it: there it stands apart, because no share of a division is known. Nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from densach.places.lineage import Carried, Outcome, all_on_todays_map
from densach.reporting.dashboards.queries import values_at
from densach.reporting.sums.queries import Sums, together

Figures = list[tuple[str, int, int, int, int | None]]


@dataclass(frozen=True)
class OnTodaysMap:
    """The sums of former communes by area, and how many of them were divided among areas and belong to none."""

    sums: Sums
    apart: int


def carried_to(
    areas: Collection[str], codes: Collection[str], periods: Collection[int], places: set[int], today: date
) -> OnTodaysMap:
    """What former communes reported, added up in the areas of today that hold all of what they became."""
    figures: Figures = values_at(codes, periods, places) if places else []
    carried = all_on_todays_map({place for _, _, place, _, _ in figures}, today) if figures else {}
    around = {place: _around(each, areas) for place, each in carried.items() if each.outcome != Outcome.UNCHANGED}
    sums: Sums = {}
    for code, period, place, value, base in figures:
        for area in around[place].whole if place in around else ():
            sums[code, period, area] = together(sums.get((code, period, area)), (value, base, 1))
    return OnTodaysMap(sums, sum(each.divided for each in around.values()))


@dataclass(frozen=True)
class _Around:
    """The areas that hold all of what a commune became, and whether others hold a part of it."""

    whole: frozenset[str]
    divided: bool


def _around(carried: Carried, areas: Collection[str]) -> _Around:
    found = [frozenset(_prefixes(row.path)) & frozenset(areas) for row in carried.places]
    whole = frozenset.intersection(*found) if found else frozenset()
    return _Around(whole, frozenset().union(*found) != whole)


def _prefixes(path: str) -> list[str]:
    """A place and all around it, by their paths."""
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[: end + 1]) + "/" for end in range(len(steps))]
