"""One place's dashboard: the four counts of the five models, their way over the years, its past and its like.

All numbers are sums of what communes reported and others accepted; of how many communes is said beside each. Communes
stand in the order of their names: there is no order by value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from densach.places.models import Level, PlacePeriod
from densach.reporting.dashboards.expecting import expected_of
from densach.reporting.dashboards.guarding import Guard
from densach.reporting.dashboards.queries import provinces_alike, sum_alike, units_on
from densach.reporting.dashboards.summing import Asked, by_province, kept_ready, worked_out
from densach.reporting.figures.periods import Period
from densach.reporting.sums.hiding import told_with
from densach.reporting.sums.queries import Added, Days, Sums, together

Model = Literal["CITIZEN", "FAMILY", "CLAN", "COMMUNITY", "UNIT"]
Base = Literal["ALL", "REGISTERED"]
MODELS: tuple[Model, ...] = ("CITIZEN", "FAMILY", "CLAN", "COMMUNITY", "UNIT")
COUNTS = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED")
BASES: tuple[Base, ...] = ("ALL", "REGISTERED")
YEARS = 5
FEWEST_ALIKE = 3  # places of a kind that must have reported before their sum says nothing of one of them


@dataclass(frozen=True)
class Choice:
    """What the address chose: the model, its base, the year, on which map, made-up places or real ones."""

    model: Model = "FAMILY"
    base: Base = "ALL"
    year: int = 0
    todays_map: bool = False
    fictional: bool | None = None

    @property
    def share(self) -> str:
        """The indicator that is shown over the years."""
        return share_code(self.model, self.base)


@dataclass(frozen=True)
class Number:
    """A number of a place: none where nobody reported it, which is not 0; `hidden` where it is too small to show."""

    value: int | None = None
    base: int | None = None
    reported: int = 0
    expected: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """One model of the place, or one place below it: the four counts and the share."""

    name: str
    place: PlacePeriod | None
    counts: tuple[Number, ...]
    share: Number

    @property
    def counted(self) -> list[tuple[str, Number]]:
        """Each of the four counts with its name."""
        return list(zip(COUNTS, self.counts, strict=True))


@dataclass(frozen=True)
class Frame:
    """Of what a dashboard speaks: the place today, the day of the map of each year, whose numbers, what is hidden.

    `kept` says that the sums of all its years are kept ready.
    """

    place: PlacePeriod
    choice: Choice
    country: str
    fictional: bool
    today: date
    days: Days
    guard: Guard
    kept: bool = False

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The years of the trend, the chosen one last."""
        return years_until(self.choice.year)


@dataclass(frozen=True)
class Board:
    """All that a dashboard shows; `alike` is the sum of the other places of the same kind, `apart` what was divided."""

    frame: Frame
    models: tuple[Row, ...]
    trend: tuple[tuple[Period, Number], ...]
    below: tuple[Row, ...]
    alike: Number | None
    apart: int

    @property
    def now(self) -> Number:
        """The chosen share in the chosen year."""
        return self.trend[-1][1]


def share_code(model: str, base: str) -> str:
    """The indicator of a share."""
    return f"MODEL_{model}_OF_{base}"


def years_until(year: int) -> tuple[Period, ...]:
    """The years of a trend."""
    return tuple(Period(each) for each in range(year - YEARS + 1, year + 1))


def codes_of(models: Iterable[str], base: str) -> list[str]:
    """The four counts and the share of some models."""
    models = list(models)
    counts = [f"MODEL_{model}_{count}" for model in models for count in COUNTS]
    return [*counts, *(share_code(model, base) for model in models)]


def board_of(frame: Frame) -> Board:
    """The dashboard of a place, in a constant number of queries."""
    choice, path, last = frame.choice, frame.place.path, frame.periods[-1]
    asked = _asked(frame, _rows_below(frame))
    found = kept_ready(asked) if frame.kept else worked_out(asked)
    sums, wanted = found.sums, expected_of(asked, kept=frame.kept)
    models = tuple(_row(frame, model, None, model, sums, wanted.here[last]) for model in MODELS)
    trend = tuple((each, number_at(frame, choice.share, each, path, sums, wanted.here[each])) for each in frame.days)
    below = tuple(_row(frame, row.name, row, choice.model, sums, wanted.below.get(row.path, 0)) for row in asked.rows)
    return Board(frame, models, trend, below, _alike(frame), found.apart)


def _asked(frame: Frame, rows: Sequence[PlacePeriod]) -> Asked:
    choice = frame.choice
    codes, below = codes_of(MODELS, choice.base), codes_of([choice.model], choice.base)
    return Asked(
        frame.place, rows, codes, below, choice.share, frame.days, frame.fictional, choice.todays_map, frame.today
    )


def _rows_below(frame: Frame) -> list[PlacePeriod]:
    """The places one level down, on the map of the chosen year."""
    on = frame.days[frame.periods[-1]]
    if frame.place.level == Level.COUNTRY:
        return units_on(frame.place.path, Level.PROVINCE, on, fictional=None)
    if frame.place.level == Level.PROVINCE:
        return units_on(frame.place.path, Level.COMMUNE, on, fictional=frame.fictional)
    return []


def _row(frame: Frame, name: str, place: PlacePeriod | None, model: str, sums: Sums, expected: int) -> Row:
    path, last = place.path if place else frame.place.path, frame.periods[-1]
    counts = (number_at(frame, f"MODEL_{model}_{count}", last, path, sums, expected) for count in COUNTS)
    share = number_at(frame, share_code(model, frame.choice.base), last, path, sums, expected)
    return Row(name, place, tuple(counts), share)


def number_at(frame: Frame, code: str, period: Period, path: str, sums: Sums, expected: int) -> Number:
    """A number of a place as a viewer sees it: none where nobody reported, hidden where it is too small to show."""
    added = frame.guard.told(sums.get((code, period.key, path)), code, period.key, path)
    if added is None:
        return Number(expected=expected)
    if any(_hides(frame, each, period.key, path) for each in told_with(code)):
        return Number(reported=added[2], expected=expected, hidden=True)
    return _of(added, expected)


def _of(added: Added, expected: int) -> Number:
    value, base, reported = added
    return Number(value, base, reported, max(expected, reported))


def _hides(frame: Frame, code: str, period: int, path: str) -> bool:
    if frame.choice.todays_map and path != frame.country:
        return frame.guard.hides_other_sums(code, period)
    return frame.guard.hides(code, period, path)


def _alike(frame: Frame) -> Number | None:
    """The other places of the same kind around it, as one sum; none of so few that it would tell one of them."""
    if frame.place.level == Level.COUNTRY or frame.choice.todays_map:
        return None
    code, last = frame.choice.share, frame.periods[-1]
    if any(frame.guard.hides_other_sums(each, last.key) for each in told_with(code)):
        return None
    added = (_alike_communes if frame.place.level == Level.COMMUNE else _alike_provinces)(frame, code, last)
    return _of(added, added[2]) if added and added[2] >= FEWEST_ALIKE else None


def _alike_communes(frame: Frame, code: str, last: Period) -> Added | None:
    province = "/".join(frame.place.path.split("/")[:2]) + "/"
    return sum_alike(code, last, frame.days[last], frame.place, province)


def _alike_provinces(frame: Frame, code: str, last: Period) -> Added | None:
    days = {last: frame.days[last]}
    same = provinces_alike(frame.place, frame.country, days[last])
    sums = by_province(code, days, frame.country, fictional=frame.fictional, kept=frame.kept)
    found: Added | None = None
    for (_, _, path), added in sums.items():
        found = together(found, added) if path in same else found
    return found
