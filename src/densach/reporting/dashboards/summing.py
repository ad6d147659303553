"""The sums that a dashboard needs: from the rows kept ready where these hold, else added up from the figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from densach.history.intervals import Interval
from densach.places.models import Level, PlacePeriod
from densach.reporting.dashboards.carrying import OnTodaysMap, carried_to
from densach.reporting.dashboards.queries import former, former_of
from densach.reporting.figures.periods import Period
from densach.reporting.sums.kept.queries import days_there, divided_in, figures_of, kept_sums, sums_standing_in
from densach.reporting.sums.queries import Days, Sums, sums_on, together


@dataclass(frozen=True)
class Asked:
    """Which sums: of a place all `codes` in the last period and the `share` in each, of each place below it `below`."""

    place: PlacePeriod
    rows: Sequence[PlacePeriod]
    codes: Collection[str]
    below: Collection[str]
    share: str
    days: Days
    fictional: bool
    todays_map: bool
    today: date

    @property
    def last(self) -> Period:
        """The chosen period."""
        return list(self.days)[-1]

    @property
    def periods(self) -> list[int]:
        """The periods as the database knows them."""
        return [period.key for period in self.days]

    @property
    def is_country(self) -> bool:
        """Whether the place is the country, whose places below are provinces."""
        return self.place.level == Level.COUNTRY

    @cached_property
    def there(self) -> list[Interval]:
        """When a commune stood where it stands today."""
        return days_there(self.place.place_id, self.place.path)


def worked_out(asked: Asked) -> OnTodaysMap:
    """The sums, added up from the figures; with how many former communes belong to none of the places."""
    path, last = asked.place.path, {asked.last: asked.days[asked.last]}
    sums = _as_it_was(asked)
    if asked.rows:
        each = "province" if asked.is_country else "commune"
        sums |= sums_on(asked.below, last, path, fictional=asked.fictional, each=each)
    return _with_former(asked, sums) if asked.todays_map else OnTodaysMap(sums, 0)


def kept_ready(asked: Asked) -> OnTodaysMap:
    """The same from the rows kept ready; those of communes are read from the figures, which are few."""
    sums = _of_communes(asked) if asked.place.level == Level.COMMUNE else _of_areas(asked) | _below(asked)
    areas = [row.place_id for row in asked.rows] + ([] if asked.is_country else [asked.place.place_id])
    apart = 0
    if asked.todays_map:
        apart = divided_in(asked.codes, asked.periods, areas, fictional=asked.fictional)
    return OnTodaysMap(sums, apart)


def by_province(code: str, days: Days, country: str, *, fictional: bool, kept: bool) -> Sums:
    """One indicator of every province in one period, as it was."""
    if not kept:
        return sums_on([code], days, country, fictional=fictional, each="province")
    last = next(iter(days)).key
    found = kept_sums([code], last, code, [last], None, todays_map=False, fictional=fictional)
    return {(each, period, f"{country}{area}/"): added for each, period, area, added in found}


def _of_areas(asked: Asked) -> Sums:
    """Of a province its own sums, of the country those of all areas together, and of each by itself."""
    path, area = asked.place.path, None if asked.is_country else asked.place.place_id
    found = kept_sums(asked.codes, asked.last.key, asked.share, asked.periods, area,
                      todays_map=asked.todays_map, fictional=asked.fictional)  # fmt: skip
    sums: Sums = {}
    for code, period, where, added in found:
        sums[code, period, path] = together(sums.get((code, period, path)), added)
        if where != asked.place.place_id:
            sums[code, period, f"{path}{where}/"] = added
    return sums


def _below(asked: Asked) -> Sums:
    """Of each commune of a province; of the country, whose provinces are areas, nothing more."""
    if asked.is_country:
        return {}
    here, last = {row.place_id: row.path for row in asked.rows}, asked.last.key
    if asked.todays_map:
        return sums_standing_in(asked.below, last, asked.share, [last], here)
    found = figures_of(here, asked.below, last, asked.share, [last])
    return {(code, period, here[place]): (value, base, 1) for code, period, place, value, base in found}


def _of_communes(asked: Asked) -> Sums:
    place, path = asked.place.place_id, asked.place.path
    if asked.todays_map:
        return sums_standing_in(asked.codes, asked.last.key, asked.share, asked.periods, {place: path})
    keys = {period.key for period, on in asked.days.items() if any(days.contains(on) for days in asked.there)}
    found = figures_of([place], asked.codes, asked.last.key, asked.share, asked.periods)
    return {(code, period, path): (value, base, 1) for code, period, _, value, base in found if period in keys}


def _as_it_was(asked: Asked) -> Sums:
    only = Q(period=asked.last.key) | Q(indicator__code=asked.share)
    return sums_on(asked.codes, asked.days, asked.place.path, fictional=asked.fictional, only=only)


def _with_former(asked: Asked, sums: Sums) -> OnTodaysMap:
    """With what former communes reported, in the areas of today that hold all of what they became."""
    if asked.is_country:
        places = former(asked.codes, asked.periods, asked.today, fictional=asked.fictional)
    else:
        places = former_of([row.place_id for row in asked.rows or [asked.place]])
    areas = {asked.place.path, *(row.path for row in asked.rows)}
    carried = carried_to(areas, asked.codes, asked.periods, places, asked.today)
    for key, added in carried.sums.items():
        sums[key] = together(sums.get(key), added)
    return OnTodaysMap(sums, carried.apart)
