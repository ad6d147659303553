"""How many communes stand behind the numbers of a dashboard: of its place in each year, and of each place below."""

from __future__ import annotations

from dataclasses import dataclass

from densach.places.models import Level
from densach.reporting.dashboards.queries import expected_on
from densach.reporting.dashboards.summing import Asked
from densach.reporting.figures.periods import Period
from densach.reporting.sums.kept.queries import kept_counts
from densach.reporting.sums.maps import THE_STANDING
from densach.reporting.sums.queries import expected_by_province


@dataclass(frozen=True)
class Expected:
    """The number of communes of a place by period, and that of each place below it by its path in the last."""

    here: dict[Period, int]
    below: dict[str, int]


def expected_of(asked: Asked, *, kept: bool) -> Expected:
    """The communes on the map of each year; today's communes of a province are listed already."""
    if asked.todays_map and asked.place.level == Level.PROVINCE:
        return Expected(dict.fromkeys(asked.days, len(asked.rows)), _ones(asked))
    if kept and asked.place.level != Level.COMMUNE:
        return _kept(asked)
    if kept:
        return Expected(_here(asked), {})
    found = expected_on(asked.days, asked.place.path, fictional=asked.fictional)
    return Expected({period: found[on] for period, on in asked.days.items()}, _counted(asked))


def _kept(asked: Asked) -> Expected:
    keys = {period: THE_STANDING if asked.todays_map else period.key for period in asked.days}
    area = None if asked.is_country else asked.place.place_id
    counts = kept_counts(set(keys.values()), area, fictional=asked.fictional)
    here = {period: sum(count for (each, _), count in counts.items() if each == key) for period, key in keys.items()}
    if not asked.is_country:
        return Expected(here, _ones(asked))
    last, path = keys[asked.last], asked.place.path
    return Expected(here, {f"{path}{where}/": count for (each, where), count in counts.items() if each == last})


def _here(asked: Asked) -> dict[Period, int]:
    """One commune, on the days on which it is there."""
    return {period: sum(days.contains(on) for days in asked.there) for period, on in asked.days.items()}


def _counted(asked: Asked) -> dict[str, int]:
    if not asked.is_country:
        return _ones(asked)
    return expected_by_province(asked.place.path, asked.days[asked.last], fictional=asked.fictional)


def _ones(asked: Asked) -> dict[str, int]:
    """Each commune stands for itself."""
    return {row.path: 1 for row in asked.rows}
