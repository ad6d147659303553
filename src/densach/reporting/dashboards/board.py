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
from densach.reporting.dashboards.carrying import OnTodaysMap, carried_to, together
from densach.reporting.dashboards.guarding import Guard
from densach.reporting.dashboards.queries import (
    Added,
    Days,
    Sums,
    expected_by_province,
    expected_on,
    former,
    former_of,
    sums_alike,
    sums_on,
    units_on,
)
from densach.reporting.figures.periods import Period

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
    """Of what a dashboard speaks: the place today, the day of the map of each year, whose numbers, what is hidden."""

    place: PlacePeriod
    choice: Choice
    country: str
    fictional: bool
    today: date
    days: Days
    guard: Guard

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
    every, days = codes_of(MODELS, choice.base), frame.days
    now = sums_on(every, {last: days[last]}, path, fictional=frame.fictional)
    over_years = sums_on([choice.share], days, path, fictional=frame.fictional)
    rows = _rows_below(frame)
    carried = _carried(frame, rows)
    sums = _with(now | over_years, carried)
    expected = _expected(frame, rows)
    wanted = {period: expected[on] for period, on in days.items()}
    models = tuple(_row(frame, model, None, model, sums, wanted[last]) for model in MODELS)
    trend = tuple((period, number_at(frame, choice.share, period, path, sums, wanted[period])) for period in days)
    apart = carried.apart if carried else 0
    return Board(frame, models, trend, _below(frame, rows, carried), _alike(frame), apart)


def _with(sums: Sums, carried: OnTodaysMap | None) -> Sums:
    found = dict(sums)
    for key, added in (carried.sums if carried else {}).items():
        found[key] = together(found.get(key), added)
    return found


def _expected(frame: Frame, rows: Sequence[PlacePeriod]) -> dict[date, int]:
    """How many communes the place has on the map of each year; today's communes of a province are listed already."""
    if frame.choice.todays_map and frame.place.level == Level.PROVINCE:
        return {frame.today: len(rows)}
    return expected_on(frame.days, frame.place.path, fictional=frame.fictional)


def _carried(frame: Frame, rows: Sequence[PlacePeriod]) -> OnTodaysMap | None:
    """What former communes reported; asked for only on today's map."""
    if not frame.choice.todays_map:
        return None
    codes = codes_of(MODELS, frame.choice.base)
    periods = [period.key for period in frame.periods]
    if frame.place.level == Level.COUNTRY:
        codes = codes_of([frame.choice.model], frame.choice.base)
        places = former(codes, periods, frame.today, fictional=frame.fictional)
    else:
        places = former_of([row.place_id for row in rows or [frame.place]])
    areas = {frame.place.path, *(row.path for row in rows)}
    return carried_to(areas, codes, periods, places, frame.today)


def _rows_below(frame: Frame) -> list[PlacePeriod]:
    """The places one level down, on the map of the chosen year."""
    on = frame.days[frame.periods[-1]]
    if frame.place.level == Level.COUNTRY:
        return units_on(frame.place.path, Level.PROVINCE, on, fictional=None)
    if frame.place.level == Level.PROVINCE:
        return units_on(frame.place.path, Level.COMMUNE, on, fictional=frame.fictional)
    return []


def _below(frame: Frame, rows: Sequence[PlacePeriod], carried: OnTodaysMap | None) -> tuple[Row, ...]:
    if not rows:
        return ()
    model, last = frame.choice.model, frame.periods[-1]
    on, path, made_up = frame.days[last], frame.place.path, frame.fictional
    is_country = frame.place.level == Level.COUNTRY
    codes = codes_of([model], frame.choice.base)
    found = sums_on(codes, {last: on}, path, fictional=made_up, each="province" if is_country else "commune")
    sums = _with(found, carried)
    expected = expected_by_province(path, on, fictional=made_up) if is_country else {}
    return tuple(
        _row(frame, row.name, row, model, sums, expected.get(row.path, 0 if is_country else 1)) for row in rows
    )


def _row(frame: Frame, name: str, place: PlacePeriod | None, model: str, sums: Sums, expected: int) -> Row:
    path, last = place.path if place else frame.place.path, frame.periods[-1]
    counts = (number_at(frame, f"MODEL_{model}_{count}", last, path, sums, expected) for count in COUNTS)
    share = number_at(frame, share_code(model, frame.choice.base), last, path, sums, expected)
    return Row(name, place, tuple(counts), share)


def number_at(frame: Frame, code: str, period: Period, path: str, sums: Sums, expected: int) -> Number:
    """A number of a place as a viewer sees it: none where nobody reported, hidden where it is too small to show."""
    added = sums.get((code, period.key, path))
    if added is None:
        return Number(expected=expected)
    if any(_hides(frame, each, period.key, path) for each in _told_by(code)):
        return Number(reported=added[2], expected=expected, hidden=True)
    return _of(added, expected)


def _of(added: Added, expected: int) -> Number:
    value, base, reported = added
    return Number(value, base, reported, max(expected, reported))


def _hides(frame: Frame, code: str, period: int, path: str) -> bool:
    if frame.choice.todays_map and path != frame.country:
        return frame.guard.hides_other_sums(code, period)
    return frame.guard.hides(code, period, path)


def _told_by(code: str) -> tuple[str, ...]:
    """The counts that a number tells: of a share its numerator and its base."""
    model, of, base = code.removeprefix("MODEL_").partition("_OF_")
    if not of:
        return (code,)
    return f"MODEL_{model}_RECOGNISED", f"MODEL_{model}_{'TOTAL' if base == 'ALL' else base}"


def _alike(frame: Frame) -> Number | None:
    """The other places of the same kind around it, as one sum; none of so few that it would tell one of them."""
    if frame.place.level == Level.COUNTRY or frame.choice.todays_map:
        return None
    code, last = frame.choice.share, frame.periods[-1]
    if any(frame.guard.hides_other_sums(each, last.key) for each in _told_by(code)):
        return None
    added = (_alike_communes if frame.place.level == Level.COMMUNE else _alike_provinces)(frame, code, last)
    return _of(added, added[2]) if added and added[2] >= FEWEST_ALIKE else None


def _alike_communes(frame: Frame, code: str, last: Period) -> Added | None:
    province = "/".join(frame.place.path.split("/")[:2]) + "/"
    sums = sums_alike([code], {last: frame.days[last]}, frame.place, province)
    return sums.get((code, last.key, province))


def _alike_provinces(frame: Frame, code: str, last: Period) -> Added | None:
    days = {last: frame.days[last]}
    same = {row.path for row in units_on(frame.country, Level.PROVINCE, days[last], fictional=None)
            if row.type == frame.place.type and row.path != frame.place.path}  # fmt: skip
    sums = sums_on([code], days, frame.country, fictional=frame.fictional, each="province")
    found: Added | None = None
    for (_, _, path), added in sums.items():
        found = together(found, added) if path in same else found
    return found
