"""Accepted figures as pages show them: as they were reported, or carried to the map of another day through lineage.

A figure stays with the place that reported it. On another map it is added up over the places that lie wholly in one of
that map; what was divided stands beside the sums with its own number, because no share of a division is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from densach.places.lineage import Outcome, all_on_todays_map
from densach.places.lookup import known_on
from densach.places.models import Level, PlacePeriod
from densach.places.queries import last_rows
from densach.reporting.figures.models import Figure
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.figures.queries import figures_in, figures_over, places_inside


@dataclass(frozen=True)
class Number:
    """One number with its base, where it is a share, and of how many of the places on the map it was added up."""

    value: int
    base: int | None
    reported: int
    expected: int


@dataclass(frozen=True)
class Spot:
    """One place of the map with its number; none where nothing was accepted, which is not 0."""

    period: PlacePeriod
    value: int | None
    base: int | None


@dataclass(frozen=True)
class Apart:
    """The figure of a place that was divided: it belongs to none of the places named."""

    name: str
    value: int
    base: int | None
    now_in: tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """An indicator over the places of a map; `whole_known` is false where no list speaks of its day."""

    on: date
    spots: tuple[Spot, ...]
    apart: tuple[Apart, ...]
    whole_known: bool

    @property
    def total(self) -> Number | None:
        """The sum of the map, without what was divided; none where nothing was accepted."""
        found = [spot for spot in self.spots if spot.value is not None]
        if not found:
            return None
        base = sum(spot.base for spot in found if spot.base is not None) or None
        return Number(sum(spot.value or 0 for spot in found), base, len(found), len(self.spots))


def as_it_was(code: str, period: Period, within: PlacePeriod, level: Level, today: date) -> Map:
    """An indicator over the places of a level that lay in a place at the end of a period."""
    on = min(period.last_day, today)
    known = known_on(on) is None
    rows = places_inside(within.path, on if known else today, level, fictional=within.place.fictional)
    figures = {row.place_id: row for row in figures_over([code], [period.key], [row.place_id for row in rows])}
    return Map(on, _spots(rows, {place: [figure] for place, figure in figures.items()}), (), known)


def on_todays_map(code: str, period: Period, within: PlacePeriod, level: Level, today: date) -> Map:
    """The same over the places of today, with what former places reported carried into those that took them in."""
    rows = places_inside(within.path, today, level, fictional=within.place.fictional)
    here = {row.place_id for row in rows}
    figures = {figure.place_id: figure for figure in figures_in(code, period.key)}
    carried = all_on_todays_map(figures.keys() - here, today)
    inside: dict[int, list[Figure]] = defaultdict(list)
    for place in figures.keys() & here:
        inside[place].append(figures[place])
    divided: list[int] = []
    for place, each in carried.items():
        landed = [row.place_id for row in each.places if row.place_id in here]
        if each.outcome == Outcome.EXACT and landed:
            inside[landed[0]].append(figures[place])
        elif each.outcome == Outcome.DIVIDED and landed:
            divided.append(place)
    apart = tuple(
        Apart(
            row.name,
            figures[row.place_id].value,
            figures[row.place_id].base,
            tuple(each.name for each in carried[row.place_id].places),
        )
        for row in (last_rows(divided) if divided else ())
    )
    return Map(today, _spots(rows, inside), apart, whole_known=True)


def trend(code: str, periods: Sequence[Period], within: PlacePeriod, level: Level, today: date) -> dict[Period, Number]:
    """The sums of an indicator over some periods, each on the map of its own end: what a place itself lived through."""
    maps = {period: as_it_was(code, period, within, level, today) for period in periods}
    return {period: each.total for period, each in maps.items() if each.total is not None}


def accepted_of(place: int, codes: Collection[str], periods: Collection[Period]) -> dict[tuple[str, Period], Figure]:
    """The accepted figures of one place, by code and period."""
    rows = figures_over(codes, [period.key for period in periods], [place])
    return {(row.indicator.code, period_of_key(row.period)): row for row in rows}


def _spots(rows: Sequence[PlacePeriod], inside: dict[int, list[Figure]]) -> tuple[Spot, ...]:
    found = []
    for row in rows:
        figures = inside.get(row.place_id, [])
        base = sum(figure.base for figure in figures if figure.base is not None) or None
        found.append(Spot(row, sum(figure.value for figure in figures) if figures else None, base))
    return tuple(found)
