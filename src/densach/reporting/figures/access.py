"""Who may prepare, approve, accept or read a return; whatever lies outside is as if it did not exist (H103)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level, Line, PlacePeriod
from densach.places.telling import is_first_known
from densach.policy.datasets import DataSet, ReportingLine
from densach.policy.reported import datasets
from densach.problems import Refused, problem
from densach.reporting.figures.periods import Period, latest_ended, read_period
from densach.reporting.figures.queries import unit_at

# Sở Giáo dục và Đào tạo is an organ of the provincial People's Committee, and receives what communes report to it.
LINES: dict[ReportingLine, frozenset[Line]] = {
    "association": frozenset({Line.ASSOCIATION}),
    "government": frozenset({Line.GOVERNMENT, Line.SECTOR}),
}


@dataclass(frozen=True)
class Of:
    """Which return is meant: a data set, the place that reports it as it is today, and the period."""

    dataset: DataSet
    where: PlacePeriod
    period: Period


@dataclass(frozen=True)
class Within:
    """The figures of a data set in a place and in all that lies in it; without a period, of all periods."""

    dataset: DataSet
    where: PlacePeriod
    codes: frozenset[str]
    period: Period | None


def may_prepare(viewer: Viewer, of: Of) -> bool:
    """Whether somebody writes this return: an officer of the place, in the line of command of the data set."""
    return _is_of_line(viewer, of.dataset, Right.REPORT_FIGURES) and viewer.place == of.where.place


def may_approve(viewer: Viewer, of: Of) -> bool:
    """Whether somebody approves this return for the place; that it is another than who prepared it is seen later."""
    return _is_of_line(viewer, of.dataset, Right.APPROVE_FIGURES) and viewer.place == of.where.place


def may_accept(viewer: Viewer, of: Of) -> bool:
    """Whether somebody accepts this return at a place above."""
    above = viewer.place != of.where.place and viewer.reaches(of.where.path)
    return above and _is_of_line(viewer, of.dataset, Right.ACCEPT_FIGURES)


def may_receive(viewer: Viewer, dataset: DataSet) -> bool:
    """Whether somebody accepts a data set from places below at all."""
    return any(each is dataset for each, _ in datasets_below(viewer)) and _is_of_line(
        viewer, dataset, Right.ACCEPT_FIGURES
    )


def may_read(viewer: Viewer, of: Of) -> bool:
    """Whether somebody reads this return: whoever sees figures in the place, or in one around it."""
    return viewer.may(Right.SEE_FIGURES) and viewer.reaches(of.where.path)


def find_return(viewer: Viewer, dataset: str, period: str, place: UUID) -> Of:
    """The return that an address names; refused (H103) for a data set or place that is not there for this viewer."""
    of = _find(viewer, dataset, period, place)
    if not may_read(viewer, of):
        raise Refused(problem("H103", place))
    return of


def find_figures(viewer: Viewer, dataset: str, period: str | None, place: UUID) -> Within:
    """The accepted figures that an address names: of one period or of all, of a place and of all inside it.

    Refused (H103) for a data set, period or place that is not there for this viewer.
    """
    known, where = datasets().get(dataset), unit_at(place, viewer.today)
    if known is None or where is None or not (viewer.may(Right.SEE_FIGURES) and viewer.reaches(where.path)):
        raise Refused(problem("H103", place))
    codes = frozenset(each.code for each in known.indicators)
    return Within(known, where, codes, _read_period(period, known) if period else None)


def datasets_of(viewer: Viewer) -> tuple[DataSet, ...]:
    """The data sets that the viewer's own place reports and the viewer sees."""
    level = viewer.where.level if viewer.where and viewer.place else ""
    seen = viewer.may(Right.SEE_FIGURES)
    return tuple(each for each in datasets().values() if seen and level in each.levels)


def datasets_below(viewer: Viewer) -> tuple[tuple[DataSet, Level], ...]:
    """The data sets that places below the viewer's report, each with the level that reports it."""
    if not viewer.may(Right.SEE_FIGURES) or viewer.where is None or viewer.place is None:
        return ()
    levels = {Level.PROVINCE: (Level.COMMUNE,), Level.COUNTRY: (Level.PROVINCE,)}.get(Level(viewer.where.level), ())
    return tuple((each, level) for each in datasets().values() for level in levels if level in each.levels)


def current_period(dataset: DataSet, viewer: Viewer) -> Period:
    """The period of a data set that is reported now."""
    return latest_ended(dataset.period, viewer.today)


def was_there(where: PlacePeriod, period: Period) -> bool:
    """Whether a place was there when a period ended, as far as is known."""
    return where.valid.contains(period.last_day) or (is_first_known(where) and period.last_day < where.valid_from)


def _is_of_line(viewer: Viewer, dataset: DataSet, right: Right) -> bool:
    return viewer.post is not None and viewer.may(right) and viewer.post.line in LINES[dataset.line]


def _find(viewer: Viewer, dataset: str, period: str, place: UUID) -> Of:
    known, where = datasets().get(dataset), unit_at(place, viewer.today)
    if known is None or where is None or where.level not in known.levels:
        raise Refused(problem("H103", place))
    return Of(known, where, _read_period(period, known))


def _read_period(period: str, dataset: DataSet) -> Period:
    try:
        return read_period(period, dataset.period)
    except Refused as refusal:
        raise Refused(problem("H103", period)) from refusal
