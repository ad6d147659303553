"""A return as its page shows it: each number with what our records give and what it was a year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.queries import account_names
from densach.history.models import Entry
from densach.history.queries import latest_of
from densach.places.models import Level
from densach.policy.datasets import DataSet, Indicator
from densach.problems import Refused, problem
from densach.reporting.figures.access import (
    Of,
    current_period,
    datasets_below,
    datasets_of,
    may_accept,
    may_approve,
    may_prepare,
)
from densach.reporting.figures.computing import Part, can_compute, trail_of
from densach.reporting.figures.measuring import Day, Received, due_of, received_at
from densach.reporting.figures.models import Figure, Report, State, Value
from densach.reporting.figures.periods import Period
from densach.reporting.figures.queries import figures_over, report_of, reports_of_place, values_of

LOG = 30  # entries of a return that its page shows
SHOWN_PERIODS = 3


@dataclass(frozen=True)
class Line:
    """One indicator of a return: as it stands, what our records give, and what was accepted now and a year before.

    `has_trail` says that a page tells what it was counted or added up from.
    """

    indicator: Indicator
    value: Value | None = None
    accepted: Figure | None = None
    before: Figure | None = None
    has_trail: bool = False

    @property
    def number(self) -> int | None:
        """The number as it stands; what our records give where nobody wrote one."""
        if self.value is None:
            return None
        return self.value.computed if self.value.value is None and not self.value.reason else self.value.value

    @property
    def ours(self) -> int | None:
        """What our own records gave when they were last asked."""
        return self.value.computed if self.value else None

    @property
    def differs(self) -> bool:
        """Whether the reporter says another number than our records."""
        return self.ours is not None and self.number != self.ours


@dataclass(frozen=True)
class Event:
    """One thing that happened to a return: what, when, by whom, and why."""

    name: str
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Seen:
    """A return with all that its page tells; `steps` are those that this viewer may take now."""

    of: Of
    report: Report | None
    lines: tuple[Line, ...]
    due: Day | None
    steps: tuple[str, ...]
    events: tuple[Event, ...]
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether this viewer may write in it now."""
        return "prepare" in self.steps


def see_return(viewer: Viewer, of: Of) -> Seen:
    """A return that was found for the viewer, in a constant number of queries."""
    report = report_of(of.dataset.id, of.where.place_id, of.period.key)
    steps = _steps(viewer, of, report)
    values = values_of(report) if report else {}
    lines = _lines(of, values)
    due = due_of(of)
    sent = report.sent_on if report and report.state != State.OPEN else None
    is_late = due is not None and (sent or viewer.today) >= due.before
    return Seen(of, report, lines, due, steps, _events(report), is_late)


def see_trail(viewer: Viewer, of: Of, code: str) -> tuple[Indicator, tuple[Part, ...]]:
    """What a number of a place above is the sum of; refused (H103) for what is no sum."""
    indicator = of.dataset.indicator(code)
    parts = trail_of(of, indicator, viewer.today) if indicator and indicator.adds_up else ()
    if indicator is None or not parts:
        raise Refused(problem("H103", code))
    return indicator, parts


@dataclass(frozen=True)
class Mine:
    """One data set of the viewer's own place: its last periods, each with how far its return is."""

    dataset: DataSet
    periods: tuple[tuple[Period, Report | None], ...]


@dataclass(frozen=True)
class Desk:
    """All the returns that concern a viewer: those of the own place, and those that places below send."""

    mine: tuple[Mine, ...]
    below: tuple[tuple[DataSet, Period], ...]


def see_desk(viewer: Viewer) -> Desk:
    """The returns of the viewer's own place and of the places below; refused (H103) where there are none."""
    own, below = datasets_of(viewer), datasets_below(viewer)
    if viewer.place is None or not (own or below):
        raise Refused(problem("H103", ""))
    periods = {each.id: _last_periods(current_period(each, viewer)) for each in own}
    wanted = {period.key for each in periods.values() for period in each}
    reports = reports_of_place(viewer.place.pk, wanted)
    mine = tuple(
        Mine(each, tuple((period, reports.get((each.id, period.key))) for period in periods[each.id])) for each in own
    )
    return Desk(mine, tuple((each, current_period(each, viewer)) for each, _ in below))


def see_received(viewer: Viewer, dataset: str, period: Period, *, fictional: bool) -> Received:
    """Who below has sent a data set for a period; refused (H103) to whoever has nothing below that sends it."""
    found = next(((each, level) for each, level in datasets_below(viewer) if each.id == dataset), None)
    if found is None or viewer.where is None:
        raise Refused(problem("H103", dataset))
    each, level = found
    return received_at(viewer.where, each, period, level, fictional=fictional, today=viewer.today)


def _last_periods(last: Period) -> tuple[Period, ...]:
    found = [last]
    while len(found) < SHOWN_PERIODS:
        year, half = found[-1].year, found[-1].half
        found.append(Period(year, 1) if half == 2 else Period(year - 1, 2 if half else 0))
    return tuple(found)


def _steps(viewer: Viewer, of: Of, report: Report | None) -> tuple[str, ...]:
    """What this viewer may do next with a return."""
    state = report.state if report else State.OPEN
    who = viewer.account.pk if viewer.account else None
    if state == State.OPEN:
        computes = ("compute",) if can_compute(of) else ()
        return ("prepare", *computes) if may_prepare(viewer, of) else ()
    assert report is not None  # noqa: S101  - what was not begun is open
    others = who not in {report.prepared_by_id, report.approved_by_id}
    if state == State.PREPARED:
        head = ("approve", "give_back") if may_approve(viewer, of) and others else ()
        return (*head, *(("take_back",) if may_prepare(viewer, of) else ()))
    if not may_accept(viewer, of):
        return ()
    if state == State.APPROVED:
        return ("accept", "give_back") if others else ("give_back",)
    return ("reopen",)


def _lines(of: Of, values: Mapping[str, Value]) -> tuple[Line, ...]:
    codes = [each.code for each in of.dataset.indicators]
    figures = {
        (figure.indicator.code, figure.period): figure
        for figure in figures_over(codes, [of.period.key, of.period.before.key], [of.where.place_id])
    }
    return tuple(
        Line(
            each,
            values.get(each.code),
            figures.get((each.code, of.period.key)),
            figures.get((each.code, of.period.before.key)),
            _has_trail(of, each),
        )
        for each in of.dataset.indicators
    )


def _has_trail(of: Of, indicator: Indicator) -> bool:
    if of.where.level != Level.COMMUNE:
        return indicator.adds_up and indicator.kind != "share"
    counts = (indicator.code, indicator.numerator, indicator.denominator)
    return any(each.computed_by for each in of.dataset.asked if each.code in counts)


def _events(report: Report | None) -> tuple[Event, ...]:
    entries: list[Entry] = latest_of({"report": [str(report.pk)]}, 0, LOG) if report else []
    names = account_names({UUID(uid) for entry in entries if (uid := _uid(entry))}) if entries else {}
    return tuple(Event(each.event, each.at, names.get(_uid(each), ""), each.why) for each in entries)


def _uid(entry: Entry) -> str:
    return entry.who.partition(" ")[0]


def accepted_lines(received: Received) -> list[list[object]]:
    """What was accepted of the returns of a period, one row a figure; a place without any has one row that says so."""
    codes = [each.code for each in received.dataset.indicators]
    places = [row.period.place_id for row in received.rows]
    found: dict[int, list[Figure]] = {}
    for figure in figures_over(codes, [received.period.key], places):
        found.setdefault(figure.place_id, []).append(figure)
    lines: list[list[object]] = []
    for row in received.rows:
        about: list[object] = [received.period.code, row.period.code, row.period.name]
        figures = found.get(row.period.place_id, [])
        lines += [[each.indicator.code, *about, each.value, each.base or "", row.state] for each in figures]
        if not figures:
            lines.append(["", *about, "", "", row.state])
    return lines
