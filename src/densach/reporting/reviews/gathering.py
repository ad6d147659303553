"""All the figures of a review, read at one moment in a constant number of queries; only what was accepted.

A paper leaves the hands of who asked for it, so the small counts of people are hidden in it as they are to the public,
whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from densach.measures.suppression import FEWEST
from densach.places.models import Level, PlacePeriod
from densach.places.queries import country_on
from densach.policy.datasets import DataSet, Indicator
from densach.policy.reported import datasets
from densach.problems import Refused, problem
from densach.reporting.dashboards.board import (
    BASES,
    COUNTS,
    MODELS,
    Choice,
    Frame,
    Number,
    codes_of,
    number_at,
    share_code,
)
from densach.reporting.dashboards.guarding import guard_for
from densach.reporting.dashboards.queries import expected_on, units_on
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.figures.quoting import Beside, side_by_side
from densach.reporting.reviews.summing import Of, sums_below, sums_of
from densach.reporting.sums.hiding import of_people, told_with
from densach.reporting.sums.maps import THE_STANDING, is_kept
from densach.reporting.sums.queries import Cell, Days, Sums, days_of, expected_by_province
from densach.reporting.targets.guarding import not_told, without_few
from densach.reporting.targets.progress import Progress, progress_of
from densach.reporting.targets.queries import figures_about, open_targets, provinces_on, sums_about

MODELS_DATA = "khvn-mo-hinh"
PEOPLE = "people"  # the unit of counts of people in the data sets


@dataclass(frozen=True)
class Year:
    """One model in one year: the four counts, and the share of all and of those registered."""

    period: Period
    counts: tuple[Number, ...]
    of_all: Number
    of_registered: Number

    @property
    def reported(self) -> tuple[int, int]:
        """Of how many communes anything was reported, and how many there were."""
        numbers = (*self.counts, self.of_all, self.of_registered)
        return max(each.reported for each in numbers), max(each.expected for each in numbers)


@dataclass(frozen=True)
class Told:
    """One accepted figure of a data set; the country's are sums of `counted` of `among` provinces."""

    indicator: Indicator
    period: Period
    value: int | None = None
    base: int | None = None
    accepted_at: datetime | None = None
    counted: int = 1
    among: int = 1


@dataclass(frozen=True)
class Sent:
    """A data set in one period: its figures, none of them where it was not reported.

    `hides_people` says that some count of people in it is too small to show, or would be found by subtraction.
    """

    dataset: DataSet
    period: Period
    figures: tuple[Told, ...]

    @property
    def hides_people(self) -> bool:
        """Whether the counts of people in it are not shown."""
        values = {row.indicator.code: row.value for row in self.figures}
        people = {row.indicator.code for row in self.figures if row.indicator.unit_en == PEOPLE}
        small = [values[code] for code in people]
        for rule in self.dataset.rules:
            whole = values.get(rule.whole) if rule.whole in people else None
            parts = [values[part] for part in rule.parts if part in people and rule.kind != "together"]
            small += [whole - part for part in parts if whole is not None and part is not None]
        return any(value is not None and 0 < value < FEWEST for value in small)


@dataclass(frozen=True)
class Aim:
    """A target with what is known of it; `hidden` where its latest figure is too small to show."""

    progress: Progress
    hidden: bool


@dataclass(frozen=True)
class Below:
    """A place below with its recognised and all of each model in the last year."""

    name: str
    shares: tuple[Number, ...]


@dataclass(frozen=True)
class Gathered:
    """What a review has of figures; `reported` tells of how many communes each year was reported at all."""

    place: PlacePeriod
    periods: tuple[Period, ...]
    today: date
    fictional: bool
    models: Mapping[str, tuple[Year, ...]]
    aims: tuple[Aim, ...]
    sent: tuple[Sent, ...]
    below: tuple[Below, ...]
    beside: tuple[Beside, ...]
    map_on: date

    @property
    def last(self) -> Period:
        """The last year that it speaks of."""
        return self.periods[-1]

    @property
    def reported(self) -> dict[Period, tuple[int, int]]:
        """By year, how many communes reported any model, and how many there were."""
        found = {}
        for at, period in enumerate(self.periods):
            shown = [years[at].reported for years in self.models.values()]
            found[period] = max(reported for reported, _ in shown), max(expected for _, expected in shown)
        return found


@dataclass(frozen=True)
class Outline:
    """How far the figures of a review are, without the figures: by year of how many communes, the targets, returns."""

    today: date
    reported: Mapping[Period, tuple[int, int]]
    aims: tuple[Progress, ...]
    silent: tuple[Sent, ...]

    @property
    def behind(self) -> int:
        """How many targets are late or will likely be."""
        return sum(each.is_behind for each in self.aims)


def outline(place: PlacePeriod, periods: tuple[Period, ...], today: date, *, fictional: bool) -> Outline:
    """What a page says of a review before its paper is made."""
    days = days_of(periods, today)
    of = Of(place, days, fictional=fictional, kept=_is_kept(days, today))
    sums = sums_of(of, codes_of(MODELS, "ALL"))
    expected = expected_on(days, place.path, fictional=fictional)
    counted = {
        period: max((added[2] for key, added in sums.items() if key[1] == period.key), default=0) for period in days
    }
    reported = {period: (many, max(many, expected[days[period]])) for period, many in counted.items()}
    silent = tuple(each for each in _sent(place, periods, today) if not each.figures)
    return Outline(today, reported, tuple(_aims(place, today, fictional=fictional)), silent)


def gather(place: PlacePeriod, periods: tuple[Period, ...], today: date, *, fictional: bool) -> Gathered:
    """All figures of a place over some years."""
    aims = _aims(place, today, fictional=fictional)
    pointed = {row.latest.period for row in aims if row.latest}
    frame = _frame(place, periods, pointed, today, fictional=fictional)
    days = {period: frame.days[period] for period in periods}
    codes = [*codes_of(MODELS, "ALL"), *(share_code(model, "REGISTERED") for model in MODELS)]
    sums = sums_of(Of(place, days, fictional=fictional, kept=frame.kept), codes)
    expected = expected_on(days, place.path, fictional=fictional)
    models: dict[str, tuple[Year, ...]] = {
        model: tuple(_year(frame, model, period, sums, expected[days[period]]) for period in periods)
        for model in MODELS
    }
    return Gathered(
        place,
        periods,
        today,
        fictional,
        models,
        _told_aims(frame, aims),
        _sent(place, periods, today),
        _below(frame, periods[-1]),
        () if fictional else _beside(place),
        days[periods[-1]],
    )


def _frame(
    place: PlacePeriod, periods: tuple[Period, ...], pointed: Collection[Period], today: date, *, fictional: bool
) -> Frame:
    """How numbers are shown: on the map of each year's end, with what the public does not see hidden."""
    country = place if place.level == Level.COUNTRY else country_on(today)
    if country is None:
        raise Refused(problem("H103", place.place.uid))
    days = days_of(sorted({*periods, *pointed}), today)
    codes = {code for base in BASES for code in codes_of(MODELS, base)}
    kept = _is_kept(days, today)
    guard = guard_for(codes, days, country.path, fictional=fictional, kept=kept)
    return Frame(place, Choice(year=periods[-1].year), country.path, fictional, today, days, guard, kept)


def _is_kept(days: Days, today: date) -> bool:
    return is_kept([THE_STANDING, *(period.key for period in days)], today)


def _year(frame: Frame, model: str, period: Period, sums: Sums, expected: int) -> Year:
    path = frame.place.path
    counts = tuple(number_at(frame, f"MODEL_{model}_{count}", period, path, sums, expected) for count in COUNTS)
    shares = (number_at(frame, share_code(model, base), period, path, sums, expected) for base in BASES)
    return Year(period, counts, *shares)


def _aims(place: PlacePeriod, today: date, *, fictional: bool) -> list[Progress]:
    """The targets of the place; of a made-up country without the figures, since the targets are real."""
    rows = progress_of(open_targets([place.place_id]), {place.place_id: place}, today)
    if place.level != Level.COUNTRY:
        return rows
    return [replace(row, points=()) for row in rows] if fictional else without_few(rows, place, today)


def _told_aims(frame: Frame, aims: Sequence[Progress]) -> tuple[Aim, ...]:
    """The targets with what everybody may read of them; of a province's own figures more may be held back."""
    codes = of_people({row.target.indicator for row in aims if row.latest})
    its_own = codes and frame.place.level == Level.PROVINCE
    held: Collection[Cell] = not_told(codes, frame.place.place_id) if its_own else ()
    return tuple(Aim(row, _is_hidden(frame, row, held)) for row in aims)


def _is_hidden(frame: Frame, row: Progress, held: Collection[Cell]) -> bool:
    if row.latest is None:
        return False
    code, period, path = row.target.indicator, row.latest.period, frame.place.path
    sums: Sums = {(code, period.key, path): (row.latest.value, row.latest.base, 1)}
    number = number_at(frame, code, period, path, sums, 1)
    is_told = (number.value, number.base) == (row.latest.value, row.latest.base)
    return not is_told or any((each, period.key) in held for each in told_with(code))


def _sent(place: PlacePeriod, periods: tuple[Period, ...], today: date) -> tuple[Sent, ...]:
    """What the place reported beside the models: its own returns, of the country the sums of its provinces."""
    sets = [each for each in datasets().values() if each.id != MODELS_DATA]
    codes = {indicator.code for each in sets for indicator in each.indicators}
    found = _accepted(place, codes, today)
    return tuple(
        Sent(each, period, tuple(_told(each, period, found)))
        for each in sets
        for period in _periods_of(each, periods)
        if place.level in {*each.levels, Level.COUNTRY}
    )


def _accepted(place: PlacePeriod, codes: Collection[str], today: date) -> dict[tuple[str, Period], Told]:
    known = {indicator.code: indicator for each in datasets().values() for indicator in each.indicators}
    if place.level != Level.COUNTRY:
        rows = [
            Told(known[row.indicator.code], period_of_key(row.period), row.value, row.base,
                 row.report.accepted_at if row.report else None)
            for row in figures_about(codes, [place.place_id])
        ]  # fmt: skip
    else:
        provinces = provinces_on(today)
        rows = [
            Told(known[code], period_of_key(key), value, base, None, counted, len(provinces))
            for code, key, value, base, counted in sums_about(codes, provinces)
        ]
    return {(row.indicator.code, row.period): row for row in rows}


def _told(dataset: DataSet, period: Period, found: dict[tuple[str, Period], Told]) -> Sequence[Told]:
    rows = [found.get((each.code, period), Told(each, period)) for each in dataset.indicators]
    return rows if any(row.value is not None for row in rows) else ()


def _periods_of(dataset: DataSet, years: Sequence[Period]) -> list[Period]:
    if dataset.period == "year":
        return list(years)
    return [Period(each.year, half) for each in years for half in (1, 2)]


def _below(frame: Frame, last: Period) -> tuple[Below, ...]:
    """The places one level down in the order of their names; those of the country are the real provinces."""
    place, on, made_up = frame.place, frame.days[last], frame.fictional
    if place.level == Level.COMMUNE:
        return ()
    is_country = place.level == Level.COUNTRY
    level = Level.PROVINCE if is_country else Level.COMMUNE
    rows = units_on(place.path, level, on, fictional=None if is_country else made_up)
    codes = [share_code(model, "ALL") for model in MODELS]
    sums = sums_below(Of(place, {last: on}, fictional=made_up, kept=frame.kept), codes)
    expected = expected_by_province(place.path, on, fictional=made_up) if is_country else {}
    return tuple(
        Below(
            row.name,
            tuple(
                number_at(frame, code, last, row.path, sums, expected.get(row.path, int(not is_country)))
                for code in codes
            ),
        )
        for row in rows
    )


def _beside(place: PlacePeriod) -> tuple[Beside, ...]:
    """Published figures that stand beside each other: of the country all, of a province its own."""
    found = side_by_side() if place.level != Level.COMMUNE else ()
    return tuple(each for each in found if place.level == Level.COUNTRY or each.rows[0].place_id == place.place_id)
