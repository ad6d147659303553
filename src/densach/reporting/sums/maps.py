"""How the kept sums know that the map is still the one they were made on, and where each commune stands on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db import connection

from densach.places.lineage import Carried, all_on_todays_map
from densach.places.models import Level
from densach.reporting.sums.kept.queries import communes_of_any_time, forget_standings
from densach.reporting.sums.models import Standing

_UNITS = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE)
# Both conditions are written as the index has them, or it would not be used; the last key alone is found at once.
_MARK = """
    SELECT * FROM (
        SELECT COUNT(*) AS units, MAX(id) AS unit, COUNT(valid_to) AS ended,
               COUNT(*) FILTER (WHERE valid_from > %s) AS to_begin, COUNT(*) FILTER (WHERE valid_to > %s) AS to_end
        FROM places_placeperiod WHERE NOT (level = 'village')
    ) units_now,
    (SELECT COUNT(*) AS edges FROM places_lineage) edges_now, (SELECT MAX(id) AS edge FROM places_lineage) last_edge
"""
_RULES = 2  # of what is kept and hidden: rows that an earlier version kept do not hold
THE_STANDING = 0  # the key under which the mark of the standings themselves is held; no period has it


def mark_of_map(today: date) -> str:
    """A text that another map has not: which units there ever were, how many begin or end later, what became of them.

    Rows of places and of lineage are added, ended and taken back, never altered otherwise, so that counts with the
    last key tell every change; that a day passes on which something begins or ends tells by the rest.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [today, today])
        return _mark(cursor.fetchone())


def kept_periods(periods: Collection[int], today: date) -> frozenset[int]:
    """The periods among some whose sums are kept, and hold on the map of today; in one query, as every page asks."""
    if not periods:
        return frozenset()
    holes = ", ".join(["%s"] * len(periods))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kept.period, kept.mark, map.* FROM sums_keptperiod kept, ({_MARK}) map"  # noqa: S608
            f" WHERE kept.period IN ({holes})",
            [today, today, *periods],
        )
        return frozenset(period for period, mark, *now in cursor.fetchall() if mark == _mark(now))


def _mark(numbers: Sequence[int | None]) -> str:
    return ".".join(str(number or 0) for number in (*numbers, _RULES))


def is_kept(periods: Collection[int], today: date) -> bool:
    """Whether the sums of all of some periods are kept, and hold on the map of today."""
    return kept_periods(periods, today) == set(periods)


def stand_again(today: date) -> None:
    """Work out anew where every commune of any time stands on the map of today."""
    communes = communes_of_any_time()
    rows = [row for place, carried in all_on_todays_map(communes, today).items() for row in _standings(place, carried)]
    forget_standings()
    Standing.objects.bulk_create(rows, batch_size=5000)


def _standings(place: int, carried: Carried) -> Iterator[Standing]:
    lines = [row.path.split("/")[:-1] for row in carried.places]
    if not lines:
        return
    around = set.intersection(*(set(line) for line in lines))
    # A path is country, province, commune; what is whole in a province is not also told of the country.
    for depth, level in enumerate(_UNITS):
        for area in {line[depth] for line in lines if len(line) > depth}:
            whole = area in around
            if depth or not any(line[1:2] and line[1] in around for line in lines):
                yield Standing(place_id=place, area_id=int(area), level=level, whole=whole)
