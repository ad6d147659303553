"""The charts of a dashboard: each with its sentence, its table in full, and its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from densach.formats.charts.shapes import Chart, Mark, Series
from densach.reporting.dashboards.access import Seen
from densach.reporting.dashboards.board import COUNTS, Number
from densach.web.dashboards.telling import count_said, percent_said, reported_briefly, share_said, tenths
from densach.web.sentences import say

Line = tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """One chart: its name in addresses, what it shows in a sentence and in full words, its drawing and its table."""

    name: str
    title: str
    chart: Chart
    head: Line
    rows: tuple[Line, ...]

    @property
    def alt(self) -> str:
        """All that is drawn, in words."""
        marks = zip(self.chart.categories, self.chart.series[0].marks, strict=True)
        return f"{self.title} {'; '.join(f'{name}: {mark.label}' for name, mark in marks)}."


def pictures_of(seen: Seen) -> dict[str, Picture]:
    """All charts of a dashboard by name."""
    return {name: draw(name, seen) for name, draw in _PICTURES.items()}


def model_said(model: str) -> str:
    """A model in words."""
    return say(f"dashboard.model_{model.lower()}")


def base_said(base: str) -> str:
    """A base in words."""
    return say(f"dashboard.base_{base.lower()}")


def _over_years(name: str, seen: Seen) -> Picture:
    trend = seen.board.trend
    rows = [(str(period.year), number) for period, number in trend]
    return _of_shares(name, seen, say("dashboard.year"), rows)


def _five_models(name: str, seen: Seen) -> Picture:
    rows = [(model_said(row.name), row.share) for row in seen.board.models]
    return _of_shares(name, seen, say("dashboard.model"), rows)


def _of_shares(name: str, seen: Seen, first: str, rows: Sequence[tuple[str, Number]]) -> Picture:
    title = _title(name, seen)
    marks = tuple(Mark(_percent(number), percent_said(number)) for _, number in rows)
    chart = Chart(title, tuple(label for label, _ in rows), (Series(say("dashboard.share_head"), marks),), most=100)
    head = (first, say("dashboard.share_head"), say("dashboard.reported_head"))
    table = tuple((label, share_said(number), reported_briefly(number)) for label, number in rows)
    return Picture(name, title, chart, head, table)


def _four_counts(name: str, seen: Seen) -> Picture:
    title = _title(name, seen)
    row = next(row for row in seen.board.models if row.name == seen.board.frame.choice.model)
    names = tuple(str(say(f"dashboard.count_{count.lower()}")) for count in COUNTS)
    marks = tuple(Mark(None if each.hidden else each.value, count_said(each)) for each in row.counts)
    table = zip(names, map(count_said, row.counts), map(reported_briefly, row.counts), strict=True)
    head = (say("dashboard.count"), say("dashboard.number"), say("dashboard.reported_head"))
    return Picture(name, title, Chart(title, names, (Series(title, marks),)), head, tuple(table))


def _title(name: str, seen: Seen) -> str:
    choice = seen.board.frame.choice
    words = {"place": seen.place.name, "year": str(choice.year), "first": str(seen.board.trend[0][0].year)}
    return str(say(f"dashboard.title_{name}", model=model_said(choice.model), base=base_said(choice.base), **words))


def _percent(number: Number) -> float | None:
    share = tenths(number)
    return None if share is None else share / 10


_PICTURES: dict[str, Callable[[str, Seen], Picture]] = {
    "xu-huong": _over_years,
    "nam-mo-hinh": _five_models,
    "bon-con-so": _four_counts,
}
