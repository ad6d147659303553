"""Whether the sums kept ready are those that the figures give, each worked out in the other way once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from densach.places.models import Level
from densach.places.queries import open_country
from densach.reporting.dashboards.carrying import carried_to
from densach.reporting.dashboards.queries import former, units_on
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.sums.hiding import tables_told
from densach.reporting.sums.kept import queries as rows
from densach.reporting.sums.maps import kept_periods
from densach.reporting.sums.queries import TOP, Sums, days_of, expected_by_province, sums_on, together

Difference = tuple[str, str]  # of what, and how it differs
Hear = Callable[[Period], None]


def differences(today: date, hear: Hear = lambda _: None) -> Iterator[Difference]:
    """What is kept, and holds on the map of today, and is not what the figures give; nothing where all is well."""
    country = open_country()
    if country is None:
        return
    for key in sorted(kept_periods(rows.kept_keys(), today)):
        hear(period := period_of_key(key))
        for fictional in (False, True):
            yield from _of_period(period, country.path, today, fictional=fictional)


def _of_period(period: Period, country: str, today: date, *, fictional: bool) -> Iterator[Difference]:
    codes = list(rows.every_key())
    days = days_of([period], today)
    about = f"{period.code}, {'MẪU' if fictional else 'thật'}"
    own = sums_on(codes, days, country, fictional=fictional, each=TOP)
    yield from _unlike(f"{about}, luc-do", _kept(period, country, todays_map=False, fictional=fictional), own)
    todays = _on_todays_map(codes, period, country, today, fictional=fictional)
    yield from _unlike(f"{about}, hom-nay", _kept(period, country, todays_map=True, fictional=fictional), todays)
    told = rows.kept_told(codes, [period.key], fictional=fictional)
    hidden = tables_told(codes, days, country, fictional=fictional)
    yield from _unlike(f"{about}, an", told, hidden)
    counts = {(period.key, int(path.split("/")[-2])): count
              for path, count in expected_by_province(country, days[period], fictional=fictional).items()}  # fmt: skip
    yield from _unlike(f"{about}, so xa", rows.kept_counts([period.key], None, fictional=fictional), counts)


def _kept(period: Period, country: str, *, todays_map: bool, fictional: bool) -> Sums:
    """What is kept of provinces, and of the country the sum of all areas."""
    found: Sums = {}
    every = rows.kept_sums(list(rows.every_key()), period.key, "", [], None, todays_map=todays_map, fictional=fictional)
    for code, key, area, added in every:
        if f"{area}/" != country:
            found[code, key, f"{country}{area}/"] = added
        if todays_map:
            found[code, key, country] = together(found.get((code, key, country)), added)
    return found


def _on_todays_map(codes: list[str], period: Period, country: str, today: date, *, fictional: bool) -> Sums:
    """The sums of today's provinces and of the country, by the figures of former communes one by one."""
    found = sums_on(codes, {period: today}, country, fictional=fictional, each=TOP)
    found |= sums_on(codes, {period: today}, country, fictional=fictional)
    areas = {country, *(row.path for row in units_on(country, Level.PROVINCE, today, fictional=None))}
    places = former(codes, [period.key], today, fictional=fictional)
    for key, added in carried_to(areas, codes, [period.key], places, today).sums.items():
        found[key] = together(found.get(key), added)
    return found


def _unlike(about: str, kept: Mapping[Any, object], found: Mapping[Any, object]) -> Iterator[Difference]:
    for key in sorted(kept.keys() | found.keys(), key=str):
        if kept.get(key) != found.get(key):
            yield f"{about} {key}", f"{kept.get(key)} ≠ {found.get(key)}"
