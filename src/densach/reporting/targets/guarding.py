"""The country's figures of targets as the public sees them: none that, beside the dashboards, gives few people away.

They are sums of what the provinces themselves reported, and may leave some out. So where the dashboards hide the number
of a province or of the country, or a province itself reported a small one, the public sees no such sum of that period.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from densach.measures.suppression import FEWEST
from densach.places.models import PlacePeriod
from densach.reporting.dashboards.guarding import Guard, guard_for
from densach.reporting.figures.periods import Period
from densach.reporting.sums.hiding import of_people, told_by
from densach.reporting.sums.maps import THE_STANDING, is_kept
from densach.reporting.sums.queries import days_of
from densach.reporting.targets.progress import Progress
from densach.reporting.targets.queries import few_at, provinces_on

_AREAS = 2  # parts of a path: the country, and a province in it


def without_few(rows: Sequence[Progress], country: PlacePeriod, today: date) -> list[Progress]:
    """The targets of the country with the figures that everybody may see."""
    codes = {code for row in rows if row.points for code in of_people([row.target.indicator])}
    periods = {point.period for row in rows if row.target.indicator in codes for point in row.points}
    if not periods:
        return list(rows)
    guard = _guard(codes, periods, country.path, today)
    told = {count for code in codes for count in (code, *told_by(code))}
    few = few_at(told, provinces_on(today), FEWEST)
    return [_guarded(row, guard, few) if row.target.indicator in codes else row for row in rows]


def _guard(codes: Collection[str], periods: Collection[Period], country: str, today: date) -> Guard:
    told = {count for code in codes for count in (code, *told_by(code))}
    kept = is_kept([THE_STANDING, *(period.key for period in periods)], today)
    return guard_for(told, days_of(sorted(periods), today), country, fictional=False, kept=kept)


def _guarded(row: Progress, guard: Guard, few: Collection[int]) -> Progress:
    shown = tuple(
        point
        for point in row.points
        if point.period.key not in few and not _hides_an_area(guard, row.target.indicator, point.period.key)
    )
    return replace(row, points=shown, withheld=row.points[-1:] != shown[-1:])


def _hides_an_area(guard: Guard, code: str, period: int) -> bool:
    """Whether the number of the country or of a province is hidden, or told otherwise than provinces report it."""
    if any((each, period) in guard.less for each in (code, *told_by(code))):
        return True
    paths = (path for each in (code, *told_by(code)) for path in guard.hidden.get((each, period), ()))
    return any(path.count("/") <= _AREAS for path in paths)
