"""The country's figures of targets as the public sees them: none that, beside the dashboards, gives few people away.

They are sums of what the provinces themselves reported, each as the public is told it (`sums.holding`), and may leave
some out. So where the dashboards hide the number of a province or of the country, the public sees no such sum of that
period; nor where a province reported a small number that was accepted before anything was held back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from densach.measures.suppression import FEWEST
from densach.places.models import PlacePeriod
from densach.reporting.dashboards.guarding import Guard, guard_for
from densach.reporting.figures.periods import Period
from densach.reporting.sums.hiding import of_people, told_sum, told_with
from densach.reporting.sums.kept.queries import Told, few_and_own
from densach.reporting.sums.maps import THE_STANDING, is_kept
from densach.reporting.sums.queries import Cell, days_of
from densach.reporting.targets.progress import Point, Progress
from densach.reporting.targets.queries import provinces_on

_AREAS = 2  # parts of a path: the country, and a province in it


def without_few(rows: Sequence[Progress], country: PlacePeriod, today: date) -> list[Progress]:
    """The targets of the country with the figures that everybody may see."""
    codes = {code for row in rows if row.points for code in of_people([row.target.indicator])}
    periods = {point.period for row in rows if row.target.indicator in codes for point in row.points}
    if not periods:
        return list(rows)
    guard = _guard(codes, periods, country.path, today)
    told = {count for code in codes for count in told_with(code)}
    few, own = few_and_own(told, provinces_on(today), FEWEST)
    closed = {period for code, period, place in few if not _holds(own.get((code, period)), place)}
    return [_guarded(row, guard, own, closed, country.path) if row.target.indicator in codes else row for row in rows]


def not_told(codes: Collection[str], place: int) -> set[Cell]:
    """What a province itself reported of people, and nobody outside may read: small counts, and what is held back."""
    few, own = few_and_own({count for code in of_people(codes) for count in told_with(code)}, [place], FEWEST)
    return {(code, period) for code, period, _ in few} | {cell for cell, told in own.items() if told.less}


def _holds(told: Told | None, place: int) -> bool:
    """Whether the public is held to something else than a province itself reported."""
    return told is not None and any(path.endswith(f"/{place}/") for path in told.less)


def _guard(codes: Collection[str], periods: Collection[Period], country: str, today: date) -> Guard:
    told = {count for code in codes for count in told_with(code)}
    kept = is_kept([THE_STANDING, *(period.key for period in periods)], today)
    return guard_for(told, days_of(sorted(periods), today), country, fictional=False, kept=kept)


def _guarded(row: Progress, guard: Guard, own: Mapping[Cell, Told], closed: Collection[int], country: str) -> Progress:
    code = row.target.indicator
    open_ = (point for point in row.points if point.period.key not in closed)
    told = (_told(each, own, code, country) for each in open_ if not _hides_an_area(guard, code, each.period.key))
    shown = tuple(point for point in told if point)
    return replace(row, points=shown, withheld=[row.points[-1].period] != [each.period for each in shown[-1:]])


def _told(point: Point, own: Mapping[Cell, Told], code: str, country: str) -> Point | None:
    """The sum of the provinces as the public is told each of them; none where it is told none."""
    held = own.get((code, point.period.key), Told()).less
    added = told_sum((point.value, point.base, point.counted), held, country)
    return replace(point, value=added[0], base=added[1], counted=added[2]) if added else None


def _hides_an_area(guard: Guard, code: str, period: int) -> bool:
    """Whether the number of the country or of a province is hidden, or told otherwise than provinces report it."""
    if any((each, period) in guard.less for each in told_with(code)):
        return True
    paths = (path for each in told_with(code) for path in guard.hidden.get((each, period), ()))
    return any(path.count("/") <= _AREAS for path in paths)
