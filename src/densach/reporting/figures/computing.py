"""What our own records give for the figures of a return, with the trail down to what was counted.

A commune's counts come from its round; what a place above reports is the sum of what was accepted from those below, so
that nothing grows on the way up. Nothing known is no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from densach.assessing.titles import BY_MODEL
from densach.assessing.totals import totals_in
from densach.places.models import Level, PlacePeriod
from densach.policy.datasets import DataSet, Indicator
from densach.reporting.below.queries import round_above
from densach.reporting.figures.access import Of
from densach.reporting.figures.queries import figures_over, places_inside, sums_of
from densach.reporting.trails.queries import TOTAL, counts_by_title

BELOW: dict[Level, Level] = {Level.PROVINCE: Level.COMMUNE, Level.COUNTRY: Level.PROVINCE}


@dataclass(frozen=True)
class Computed:
    """What our records give: the number, and of how many of the places below it is the sum, where it is one."""

    value: int
    counted: int | None = None
    among: int | None = None


@dataclass(frozen=True)
class Part:
    """One line of a trail: a place below, and what was accepted from it; none where nothing was."""

    period: PlacePeriod
    value: int | None


def can_compute(of: Of) -> bool:
    """Whether our records can give any figure of a return."""
    return of.where.level != Level.COMMUNE or any(each.computed_by for each in of.dataset.asked)


def computed_for(of: Of, today: date) -> Mapping[str, Computed]:
    """By code all that can be computed, in a constant number of queries."""
    if of.where.level == Level.COMMUNE:
        return _of_round(of)
    below = places_below(of, today)
    codes = [each.code for each in of.dataset.asked if each.adds_up]
    sums = sums_of(codes, of.period.key, [row.place_id for row in below])
    return {code: Computed(total, count, len(below)) for code, (total, count) in sums.items()}


def trail_of(of: Of, indicator: Indicator, today: date) -> tuple[Part, ...]:
    """The places below with what was accepted from each; empty for a commune, whose round is its own trail."""
    if of.where.level == Level.COMMUNE:
        return ()
    below = places_below(of, today)
    figures = figures_over([indicator.code], [of.period.key], [row.place_id for row in below])
    values = {figure.place_id: figure.value for figure in figures}
    return tuple(Part(row, values.get(row.place_id)) for row in below)


def places_below(of: Of, today: date) -> list[PlacePeriod]:
    """The places whose returns a place above adds up: those that lay in it at the end of the period."""
    on = min(of.period.last_day, today)
    return places_inside(
        of.where.path, max(on, of.where.valid_from), BELOW[Level(of.where.level)], fictional=of.where.place.fictional
    )


def _of_round(of: Of) -> Mapping[str, Computed]:
    """The counts of the round, each of the rows that its trail lists; where no act is recorded nobody knows one."""
    wanted = _computations(of.dataset)
    place, year = of.where.place_id, of.period.year
    round_ = round_above(of.where.place, year) if wanted else None
    if round_ is None:
        return {}
    totals = totals_in([place], year, sorted({model for model, what in wanted.values() if what == TOTAL}))
    counts = counts_by_title(round_)

    def count(model: str, what: str) -> int | None:
        if what == TOTAL:
            return totals[model].get(place, 0)
        return counts[what].get(BY_MODEL[model].key, None if what == "recognised" else 0)

    found = {code: count(model, what) for code, (model, what) in wanted.items()}
    return {code: Computed(value) for code, value in found.items() if value is not None}


def _computations(dataset: DataSet) -> dict[str, tuple[str, str]]:
    """By code which count of which model an indicator is."""
    named = {each.code: each.computed_by.split(".") for each in dataset.asked if each.computed_by}
    return {code: (model, count) for code, (_, model, count) in named.items()}
