"""How complete and how timely the returns of a period are, as those above see them.

A return that was not approved in its place is *chưa báo cáo*, whatever was written in it, and never 0. Without a day
that a text or those above have set, nothing is late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.places.models import Level, PlacePeriod
from densach.policy.datasets import DataSet
from densach.reporting.figures.access import Of, was_there
from densach.reporting.figures.models import Report, State
from densach.reporting.figures.periods import Period
from densach.reporting.figures.queries import deadlines_of, places_inside, reports_of_period


@dataclass(frozen=True)
class Day:
    """Before which day a return is wanted, and the text that says so."""

    before: date
    basis: str


@dataclass(frozen=True)
class Expected:
    """One place that reports, and its return, if it was begun."""

    period: PlacePeriod
    report: Report | None
    due: Day | None

    @property
    def state(self) -> str:
        """How far it is: `silent` where nothing was reported, `reopened` where what was accepted is open again."""
        if self.report is None or self.report.state == State.PREPARED:
            return "silent"
        if self.report.state == State.OPEN:
            return "reopened" if self.report.reopened else "silent"
        return self.report.state

    @property
    def has_reported(self) -> bool:
        """Whether the place has sent it up, or sent it before it was opened again."""
        return self.state != "silent"

    def is_late(self, today: date) -> bool:
        """Whether it went up after its day, or has not and the day is past; never without a day."""
        sent = self.report.sent_on if self.report and self.has_reported else None
        return self.due is not None and (sent or today) >= self.due.before


@dataclass(frozen=True)
class Received:
    """All the returns of a data set and period that a place above waits for."""

    dataset: DataSet
    period: Period
    rows: tuple[Expected, ...]
    due: Day | None
    today: date

    def count(self, state: str) -> int:
        """How many places have come to a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def reported(self) -> int:
        """How many have reported: completeness is this of all that are expected."""
        return sum(row.has_reported for row in self.rows)

    @property
    def in_time(self) -> int | None:
        """How many reported in time; nothing can be said without a day."""
        return sum(row.has_reported and not row.is_late(self.today) for row in self.rows) if self.due else None

    @property
    def late(self) -> int | None:
        """How many are late, whether or not they have come."""
        return sum(row.is_late(self.today) for row in self.rows) if self.due else None


def received_at(
    above: PlacePeriod, dataset: DataSet, period: Period, level: Level, *, fictional: bool, today: date
) -> Received:
    """The returns that a place waits for from one level below, in a constant number of queries."""
    rows = places_inside(above.path, today, level, fictional=fictional)
    expected = [row for row in rows if was_there(row, period)]
    reports = reports_of_period(dataset.id, period.key, [row.place_id for row in expected])
    due = _due(dataset, period, level, [int(key) for key in above.path.split("/")[:-1]])
    found = tuple(Expected(row, reports.get(row.place_id), due) for row in expected)
    return Received(dataset, period, found, due, today)


def due_of(of: Of) -> Day | None:
    """Before which day one return is wanted: by those above, else by a text."""
    above = [int(key) for key in of.where.path.split("/")[:-2]]
    return _due(of.dataset, of.period, Level(of.where.level), above)


def _due(dataset: DataSet, period: Period, level: Level, above: list[int]) -> Day | None:
    """The day that the nearest place above set, else that of a text."""
    found = sorted(deadlines_of(dataset.id, period.key, above), key=lambda one: above.index(one.place_id))
    if found:
        return Day(found[-1].before, found[-1].basis)
    for each in dataset.due:
        if each.level == level:
            month, day = map(int, each.before.split("-"))
            cited = "; ".join(filter(None, (each.cites[0].document, each.cites[0].place)))
            return Day(date(period.year + each.years_later, month, day), cited)
    return None
