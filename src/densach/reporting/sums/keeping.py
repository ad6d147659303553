"""Keeping sums ready: those that an accepted return is part of in the same transaction, and all after a new map.

A sum is never counted up or down. It is worked out anew from the figures, one acceptance at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction

from densach.places.queries import open_country
from densach.reporting.figures.periods import FIRST_YEAR, Period, period_of_key
from densach.reporting.sums.hiding import of_people, tables_told
from densach.reporting.sums.kept import queries as rows
from densach.reporting.sums.kept.queries import Part
from densach.reporting.sums.maps import THE_STANDING, is_kept, kept_periods, mark_of_map, stand_again
from densach.reporting.sums.models import KeptCount, KeptHidden, KeptSum
from densach.reporting.sums.queries import TOP, Sums, days_of, expected_by_province, sums_on


def follow(place: int, period: Period, codes: Collection[str], today: date) -> None:
    """After figures of a commune were accepted, work out what they are part of, before the transaction ends.

    Where the map is another than that of the kept rows, these are not read, and wait for `keep_all`.
    """
    country = open_country()
    if country is None or not rows.is_commune(place):
        return
    rows.wait_for_turn(country.place_id)
    part = Part(rows.keys_of(codes), period, rows.is_made_up(place), days_of([period], today), country.path)
    if is_kept([THE_STANDING, period.key], today):
        _add_where_it_was(part, place)
        _add_where_it_is(part, place)
    else:
        rows.forget_mark(period.key)  # or they would hold again, without this return, once a new map is taken back
    _hide_more(part)


def _add_where_it_was(part: Part, place: int) -> None:
    here = rows.path_on(place, part.days[part.period])
    if here is not None:
        province = "/".join(here.split("/")[:2]) + "/"
        found = sums_on(part.keys, part.days, province, fictional=part.fictional)
        rows.replace_sums(part, _kept(part, found, todays_map=False), [_area(province)], todays_map=False)


def _add_where_it_is(part: Part, place: int) -> None:
    areas = rows.areas_above(place)
    found = rows.sums_in(part.keys, part.period.key, areas, fictional=part.fictional)
    rows.replace_sums(part, _kept(part, found, todays_map=True), areas, todays_map=True)


def keep_all(today: date, *, every: bool = False) -> list[Period]:
    """Work out anew the sums of every period whose rows do not hold on the map of today, or of all; which these were.

    One period at a time, so that an acceptance waits for one of them at most.
    """
    country = open_country()
    if country is None:
        return []
    with transaction.atomic():
        rows.wait_for_turn(country.place_id)
        if every or not is_kept([THE_STANDING], today):
            stand_again(today)
            rows.forget(THE_STANDING)
            _count_again(THE_STANDING, today, country.path)
            rows.put_mark(THE_STANDING, mark_of_map(today))
    # Years without a figure are kept too: that nothing was reported is then known without looking.
    periods = rows.periods_with_figures() | {Period(year).key for year in range(FIRST_YEAR, today.year + 1)}
    stale = sorted(periods if every else periods - kept_periods(periods, today))
    for key in stale:
        keep_again(period_of_key(key), today)
    return [period_of_key(key) for key in stale]


def keep_again(period: Period, today: date) -> None:
    """Work out anew all sums of a period, on the map of its day and on that of today."""
    country = open_country()
    if country is None:
        return
    with transaction.atomic():
        rows.wait_for_turn(country.place_id)
        rows.forget(period.key)
        _count_again(period.key, days_of([period], today)[period], country.path)
        for fictional in (False, True):
            keys = rows.every_key()
            part = Part(keys, period, fictional, days_of([period], today), country.path)
            KeptSum.objects.bulk_create(_all_sums(part), batch_size=5000)
            _hide_more(part)
        rows.put_mark(period.key, mark_of_map(today))


def _all_sums(part: Part) -> Iterator[KeptSum]:
    found = sums_on(part.keys, part.days, part.country, fictional=part.fictional, each=TOP)
    yield from _kept(part, found, todays_map=False)
    carried = rows.sums_in(part.keys, part.period.key, None, fictional=part.fictional)
    yield from _kept(part, carried, todays_map=True)


def _count_again(period: int, on: date, country: str) -> None:
    """Count the communes of each province on a day, real ones and made-up ones."""
    KeptCount.objects.bulk_create(
        KeptCount(period=period, fictional=fictional, area_id=_area(path), communes=count)
        for fictional in (False, True)
        for path, count in expected_by_province(country, on, fictional=fictional).items()
    )


def _kept(part: Part, sums: Sums, *, todays_map: bool) -> Iterator[KeptSum]:
    for (code, period, path), (value, base, communes) in sums.items():
        yield KeptSum(
            indicator_id=part.keys[code],
            period=period,
            todays_map=todays_map,
            fictional=part.fictional,
            area_id=_area(path),
            value=value,
            base=base,
            communes=communes,
        )


def _hide_more(part: Part) -> None:
    codes = of_people(part.keys)
    found = tables_told(codes, part.days, part.country, fictional=part.fictional)
    hidden = [
        KeptHidden(indicator_id=part.keys[code], period=period, fictional=part.fictional, path=path)
        for (code, period), told in found.items()
        for path in (*told.hidden, *([] if told.less and not told.hidden else [""]))
    ]
    rows.hide_more(hidden)


def _area(path: str) -> int:
    """The place whose path it is."""
    return int(path.split("/")[-2])
