"""Numbers that come in many at once, from a program or a file: each row is taken or refused with its reason.

Nothing is dropped silently and nothing half-written: one bad row keeps all back, unless the sender says that the good
ones are to be taken. Sending the same rows again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.places.models import PlacePeriod
from densach.policy.datasets import DataSet
from densach.policy.reported import datasets
from densach.problems import Problem, Refused, problem
from densach.reporting.figures import domain
from densach.reporting.figures.access import Of, may_prepare
from densach.reporting.figures.checking import number_faults
from densach.reporting.figures.domain import Typed
from densach.reporting.figures.models import Report
from densach.reporting.figures.numbers import read_number
from densach.reporting.figures.periods import Period, read_period
from densach.reporting.figures.queries import report_of, unit_at, units_coded, values_of


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One row as it came: `place` is the code or the identity of a unit, `at` where the row stands."""

    at: str
    code: str
    value: object
    period: str
    place: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Conflict:
    """A row that was refused, and why."""

    row: Sent
    problem: Problem


@dataclass
class Taken:
    """What became of the rows: how many changed something, how many were there already, and those refused.

    `is_written` is false where rows were refused and the sender wanted all or nothing.
    """

    changed: int = 0
    ignored: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    is_written: bool = True


class _TakenBackError(Exception):
    """What was written in this transaction is taken back."""


def take_rows(
    viewer: Viewer, dataset: str, rows: Sequence[Sent], *, at: datetime, partly: bool = False, send_on: bool = False
) -> Taken:
    """Write the rows of a data set; with `send_on` each return goes on to the head, if all of it can."""
    known = datasets().get(dataset)
    if known is None:
        raise Refused(problem("G122", "dataSet", dataset=dataset[:40], known=", ".join(datasets())))
    taken = Taken()
    groups = _grouped(viewer, known, rows, taken)
    try:
        with transaction.atomic():
            for of, some in groups.items():
                _take(viewer, of, some, taken, at=at)
                if send_on:
                    _send_on(viewer, of, some, taken, at=at)
            if taken.conflicts and not partly:
                raise _TakenBackError
    except _TakenBackError:
        taken.is_written, taken.changed = False, 0
    return taken


def _grouped(viewer: Viewer, dataset: DataSet, rows: Iterable[Sent], taken: Taken) -> dict[Of, dict[str, Sent]]:
    """The rows of each return by code; what cannot be placed is refused, and a code that comes twice."""
    groups: dict[Of, dict[str, Sent]] = defaultdict(dict)
    places: dict[str, PlacePeriod | None] = {}
    periods: dict[str, Period | Problem] = {}
    for row in rows:
        if row.place not in places:
            places[row.place] = _place(viewer, row.place)
        if row.period not in periods:
            periods[row.period] = _period(row.period, dataset)
        where, period = places[row.place], periods[row.period]
        of = Of(dataset, where, period) if where is not None and isinstance(period, Period) else None
        if isinstance(period, Problem):
            taken.conflicts.append(Conflict(row, period))
        elif of is None or not may_prepare(viewer, of):
            taken.conflicts.append(Conflict(row, problem("G123", "orgUnit", place=row.place[:40])))
        elif row.code in groups[of]:
            taken.conflicts.append(Conflict(row, problem("G124", row.code, name=row.code[:40])))
        else:
            groups[of][row.code] = row
    return {of: some for of, some in groups.items() if some}


def _take(viewer: Viewer, of: Of, rows: Mapping[str, Sent], taken: Taken, *, at: datetime) -> None:
    good = _read(of, rows, taken)
    before = _standing(of)
    while good:
        try:
            domain.write(viewer, of, good, at=at)
        except Refused as refusal:
            wrong = {each.where: each for each in refusal.problems if each.where in good}
            left = wrong or dict.fromkeys(good, refusal.problems[0])
            taken.conflicts += [Conflict(rows[code], each) for code, each in left.items()]
            good = {code: each for code, each in good.items() if code not in left}
            continue
        same = sum(before.get(code, Typed(None)) == each for code, each in good.items())
        taken.ignored += same
        taken.changed += len(good) - same
        return


def _read(of: Of, rows: Mapping[str, Sent], taken: Taken) -> dict[str, Typed]:
    good: dict[str, Typed] = {}
    for code, row in rows.items():
        try:
            value = read_number(row.value, code)
            if faults := list(number_faults(of.dataset, {code: value})):
                raise Refused(*faults)
            good[code] = Typed(value, row.reason.strip(), row.note.strip())
        except Refused as refusal:
            taken.conflicts.append(Conflict(row, refusal.problems[0]))
    return good


def _send_on(viewer: Viewer, of: Of, rows: Mapping[str, Sent], taken: Taken, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            domain.prepare(viewer, of, at=at)
    except Refused as refusal:
        some = next(iter(rows.values()))
        taken.conflicts += [Conflict(rows.get(each.where, some), each) for each in refusal.problems]


def _standing(of: Of) -> dict[str, Typed]:
    report: Report | None = report_of(of.dataset.id, of.where.place_id, of.period.key)
    rows = values_of(report) if report else {}
    return {code: Typed(row.value, row.reason, row.note) for code, row in rows.items()}


def _period(text: str, dataset: DataSet) -> Period | Problem:
    try:
        return read_period(text, dataset.period)
    except Refused as refusal:
        return refusal.problems[0]


def _place(viewer: Viewer, named: str) -> PlacePeriod | None:
    """The unit with this code or identity today, if the viewer reaches it."""
    row = _unit(named, viewer.today)
    return row if row is not None and viewer.reaches(row.path) else None


def _unit(named: str, today: date) -> PlacePeriod | None:
    if named.isascii() and named.isdigit():
        found = units_coded(named, today)
        return found[0] if len(found) == 1 else None
    try:
        return unit_at(UUID(named), today)
    except ValueError:
        return None
