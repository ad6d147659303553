"""The targets of a page as lines of a file: each target, then its figures and its forecast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from densach.reporting.targets.models import Unit
from densach.reporting.targets.progress import Progress
from densach.web.sentences import say
from densach.web.targets.telling import amount, base_said, standing_said, title_said

Line = list[object]
HEADS = ("target", "goal_year", "goal", "base", "citation", "standing", "what", "year", "part", "whole", "level")


def rows_of_targets(rows: Iterable[Progress]) -> Iterator[Line]:
    """The heads and the lines of some targets, as they stand on the page."""
    yield [say(f"targets.head_{name}") for name in HEADS]
    for row in rows:
        yield from lines_of(row)


def lines_of(row: Progress) -> Iterator[Line]:
    """One target: a line for each figure and one for the forecast; one line that says so where there is none."""
    target, unit = row.target, row.target.unit
    known: Line = [title_said(target), target.year, amount(target.value, unit), base_said(target), target.citation]
    known.append(standing_said(row))
    for point in row.points:
        parts = [point.value, point.base or ""] if unit == Unit.SHARE else [point.value, ""]
        yield [*known, say("targets.what_figure"), point.period.code, *parts, amount(point.level(unit), unit)]
    if row.outlook:
        said = say("targets.interval", low=amount(row.outlook.low, unit), high=amount(row.outlook.high, unit))
        yield [*known, say("targets.what_forecast"), target.year, said, "", amount(row.outlook.value, unit)]
    if not row.points:
        yield [*known, say("targets.what_none"), "", "", "", ""]


def count_lines(rows: Iterable[Progress]) -> int:
    """How many lines the file has under its heads."""
    return sum(len(list(lines_of(row))) for row in rows)
