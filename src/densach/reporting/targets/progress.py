"""How far a target is: the latest accepted figure, the path it should be on, and where the trend leads.

A figure is held against the path on the day that it speaks of: those of last year cannot be behind what is due today.
The path runs straight from the end of the baseline's year to the end of the target's. What is not known is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from densach.measures.groups import NotMeasurable
from densach.measures.trend import LEAST_POINTS, forecast
from densach.places.models import Level, PlacePeriod
from densach.reporting.figures.models import Figure, Origin
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.targets.models import WHOLE, Target, Unit
from densach.reporting.targets.queries import current_of, figures_about, provinces_on, sums_about


class Standing(StrEnum):
    """What is to be said of a target on a day."""

    ABOLISHED = "abolished"  # its base ceased to exist; kept, and said so
    UNSET = "unset"  # no text seen gives the number
    UNMEASURED = "unmeasured"  # no indicator of ours has its base
    SILENT = "silent"  # nothing was accepted yet
    WITHHELD = "withheld"  # the latest figure would give few people away to this viewer
    REACHED = "reached"
    MISSED = "missed"  # the figure of its year is there, and lower
    AWAITED = "awaited"  # its year is over, the figure of that year has not come
    LATE = "late"  # behind the path
    LIKELY_LATE = "likely_late"  # on the path or without one, but the whole interval of the forecast lies below
    ON_TIME = "on_time"
    UNDECIDED = "undecided"  # too little is known for any of these


BEHIND = frozenset({Standing.MISSED, Standing.LATE, Standing.LIKELY_LATE})


@dataclass(frozen=True)
class Point:
    """One accepted figure; at the country the sum of `counted` of the `among` provinces."""

    period: Period
    value: int
    base: int | None
    origin: Origin | None = None
    accepted_at: datetime | None = None
    counted: int = 1
    among: int = 1

    def level(self, unit: str) -> Fraction | None:
        """The figure in the unit of the target; none for a share without a base."""
        if unit == Unit.COUNT:
            return Fraction(self.value)
        return Fraction(WHOLE * self.value, self.base) if self.base else None

    @property
    def is_whole(self) -> bool:
        """Whether every place that it is the sum of has a figure."""
        return self.counted == self.among


@dataclass(frozen=True)
class Outlook:
    """Where the trend leads at the end of the target's year, with its 95 % interval; shares stay within 0 and 100 %."""

    value: int
    low: int
    high: int


@dataclass(frozen=True)
class Progress:
    """A target with all that is known of it on a day; `above` is the wording in force of its parent.

    `withheld` says that its latest figure is kept from whoever looks.
    """

    target: Target
    points: tuple[Point, ...]
    above: Target | None
    today: date
    withheld: bool = False

    @property
    def latest(self) -> Point | None:
        """The last accepted figure."""
        return self.points[-1] if self.points else None

    @property
    def level(self) -> Fraction | None:
        """Where it stands by that figure, in the unit of the target."""
        return self.latest.level(self.target.unit) if self.latest else None

    @property
    def base_ended(self) -> date | None:
        """The day on which its base, or that of the target above, ceased to exist."""
        ends = [each.base_ended for each in (self.target, self.above) if each and each.base_ended]
        return min(ends) if ends else None

    @property
    def is_over(self) -> bool:
        """Whether its year is over."""
        return self.today > end_of(self.target.year)

    @property
    def due(self) -> Fraction | None:
        """What the path asks for on the day of the latest figure."""
        return self.path_on(self.latest.period.last_day) if self.latest else None

    @property
    def due_today(self) -> Fraction | None:
        """What the path asks for today."""
        return self.path_on(self.today)

    def path_on(self, day: date) -> Fraction | None:
        """What the path from the baseline to the target asks for on a day; none without both ends."""
        target = self.target
        if target.value is None or target.baseline is None or target.baseline_year is None:
            return None
        start, end = end_of(target.baseline_year), end_of(target.year)
        part = Fraction(min(max((day - start).days, 0), (end - start).days), (end - start).days)
        return target.baseline + part * (target.value - target.baseline)

    @property
    def outlook(self) -> Outlook | None:
        """Where the trend leads; none with fewer than three whole points, or once the figure of the year is there."""
        if self.latest is None or self.latest.period.year >= self.target.year:
            return None
        levels = [(each.period.year, each.level(self.target.unit)) for each in self.points if each.is_whole]
        known = [(float(year), float(level)) for year, level in levels if level is not None]
        try:
            found = forecast(known, float(self.target.year))
        except NotMeasurable:
            return None
        return Outlook(*(self._bounded(each) for each in (found.value, found.low, found.high)))

    @property
    def lacking(self) -> int:
        """How many more points a forecast needs."""
        return max(0, LEAST_POINTS - sum(each.is_whole for each in self.points))

    @property
    def is_below_parent(self) -> bool:
        """Whether it aims lower than the target above does for the same time, where the two can be compared."""
        return self.above is not None and aims_lower(self.target, self.above)

    @property
    def is_behind(self) -> bool:
        """Whether it is late, or will likely be."""
        return self.standing in BEHIND

    @property
    def standing(self) -> Standing:
        """What is to be said of it."""
        if self.base_ended is not None and self.base_ended <= self.today:
            return Standing.ABOLISHED
        if self.target.value is None:
            return Standing.UNSET
        if not self.target.indicator:
            return Standing.UNMEASURED
        if self.withheld:
            return Standing.WITHHELD
        if self.latest is None or self.level is None:
            return Standing.SILENT
        return self._against_the_goal(self.level, self.target.value, self.latest)

    def _against_the_goal(self, level: Fraction, goal: int, latest: Point) -> Standing:
        if level >= goal:
            return Standing.REACHED
        if latest.period.year >= self.target.year:
            return Standing.MISSED if self.is_over else Standing.UNDECIDED
        if self.is_over:
            return Standing.AWAITED
        due, outlook = self.due, self.outlook
        if due is not None and level < due:
            return Standing.LATE
        if outlook is not None and outlook.high < goal:
            return Standing.LIKELY_LATE
        sure = due is not None or (outlook is not None and outlook.low >= goal)
        return Standing.ON_TIME if sure else Standing.UNDECIDED

    def _bounded(self, value: float | None) -> int:
        most = float(WHOLE) if self.target.unit == Unit.SHARE else float("inf")
        return round(min(max(value or 0.0, 0.0), most))


def progress_of(targets: Sequence[Target], places: Mapping[int, PlacePeriod], today: date) -> list[Progress]:
    """Some targets with what is known of each, in their order; `places` are the rows of their places."""
    codes = {each.indicator for each in targets if each.indicator}
    points = _points(codes, places.values(), today) if codes else {}
    above = current_of({each.parent.series for each in targets if each.parent})
    return [
        Progress(each, tuple(points.get((each.place_id, each.indicator), ())), _parent(each, above), today)
        for each in targets
    ]


def aims_lower(target: Target, above: Target) -> bool:
    """Whether a share aims lower than the one above for the same time; a step on the way is no lower aim."""
    if target.value is None or above.value is None or {target.unit, above.unit} != {Unit.SHARE}:
        return False
    return target.year >= above.year and target.value < above.value


def end_of(year: int) -> date:
    """The last day of a year."""
    return date(year, 12, 31)


def _parent(target: Target, current: Mapping[UUID, Target]) -> Target | None:
    """The wording in force of the target above; the one it was set under where that was ended for good."""
    return current.get(target.parent.series, target.parent) if target.parent else None


def _points(codes: set[str], places: Iterable[PlacePeriod], today: date) -> dict[tuple[int, str], list[Point]]:
    """By place and code the figures in their order, in at most three queries."""
    rows = list(places)
    country = next((row.place_id for row in rows if row.level == Level.COUNTRY), None)
    found: dict[tuple[int, str], list[Point]] = {}
    if own := [row.place_id for row in rows if row.place_id != country]:
        for figure in figures_about(codes, own):
            found.setdefault((figure.place_id, figure.indicator.code), []).append(_point(figure))
    if country is not None:
        provinces = provinces_on(today)
        for code, key, value, base, counted in sums_about(codes, provinces):
            point = Point(period_of_key(key), value, base, counted=counted, among=len(provinces))
            found.setdefault((country, code), []).append(point)
    return found


def _point(figure: Figure) -> Point:
    accepted_at = figure.report.accepted_at if figure.report else None
    return Point(period_of_key(figure.period), figure.value, figure.base, Origin(figure.origin), accepted_at)
