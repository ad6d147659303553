"""Accepted figures one after another, however many, for a program that reads all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from densach.reporting.figures.access import Within
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.sums.queries import days_of, on_their_days
from densach.reporting.sums.rows import periods_with_figures

HEADS = ("dataElement", "period", "orgUnit", "orgUnitCode", "value", "base", "origin", "fictional")
_PIECE = 2000
_ORIGINS = {1: "reported", 2: "computed", 3: "contradicted"}


def given_figures(within: Within, today: date) -> Iterator[tuple[object, ...]]:
    """Each figure of the places that lay in one when its period ended, the oldest period first, under `HEADS`."""
    periods = [within.period] if within.period else [period_of_key(key) for key in sorted(periods_with_figures())]
    for period in periods:
        for fictional in (False, True) if period.kind == within.dataset.period else ():
            yield from _of_period(within, period, today, fictional=fictional)


def _of_period(within: Within, period: Period, today: date, *, fictional: bool) -> Iterator[tuple[object, ...]]:
    days, levels = days_of([period], today), [*within.dataset.levels]
    found = on_their_days(within.codes, days, within.where.path, fictional, levels=levels)
    names = ("indicator__code", "place__uid", "place__periods__code", "value", "base", "origin")
    rows = found.order_by("place", "indicator").values_list(*names)
    for code, uid, unit, value, base, origin in rows.iterator(chunk_size=_PIECE):
        yield code, period.code, uid, unit, value, base, _ORIGINS[origin], "true" if fictional else "false"
