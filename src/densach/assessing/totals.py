"""The first of the four counts for many communes at once: how many there are of each model on a day.

What the frame of each commune counts surely: nobody who waits for a choice, no family of which everybody does. The
number of queries does not grow with the communes; people with more than one home, record or stay are read 900 at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from densach.assessing.titles import BY_MODEL, LITERACY
from densach.people.ages import OLDEST
from densach.people.many.counting import Born, Sums, sums_in
from densach.people.many.queries import groups_in
from densach.policy.assumed import adult_age

Totals = Mapping[str, Mapping[int, int]]
_SUMS = {"citizen": "people", "family": "families"}


def totals_in(communes: Iterable[int], year: int, models: Iterable[str] = tuple(BY_MODEL)) -> Totals:
    """By model, all or only some, then by commune, on 31 December of a year; what is not named there is 0."""
    places, wanted = list(communes), list(models)
    on = date(year, 12, 31)
    itself = dict.fromkeys(places, 1)
    counts: dict[str, Mapping[int, int]] = {LITERACY: itself, "commune": itself, **groups_in(places, on, wanted)}
    if {"citizen", "family"}.intersection(wanted):
        lived = _lived_in(places, on)
        counts |= {model: getattr(lived, sums) for model, sums in _SUMS.items() if model in wanted}
    return {model: counts[model] for model in wanted}


def keys_in(commune: int, year: int, model: str) -> set[int] | None:
    """The very people or households that the total of a commune counts; None of a model that counts other things."""
    if model not in _SUMS:
        return None
    lived = _lived_in([commune], date(year, 12, 31))
    return lived.persons_of(commune) if model == "citizen" else lived.households_of(commune)


def _lived_in(places: list[int], on: date) -> Sums:
    # On the last day of a year who is so many years old was born in one year, whether or not the day is known.
    born = Born(date(on.year - OLDEST, 1, 1), date(on.year - adult_age(), 12, 31))
    return sums_in(places, on, born)
