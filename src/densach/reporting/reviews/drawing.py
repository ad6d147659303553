"""The charts of a review: shares of a model over the years, of all models in the last, and targets beside figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from densach.formats.charts.drawing import draw_for_paper
from densach.formats.charts.shapes import Chart, Mark, Series
from densach.formats.official.model import Picture
from densach.reporting.dashboards.board import Number
from densach.reporting.reviews.gathering import Aim, Gathered
from densach.reporting.reviews.telling import HIDDEN, MODELS, SILENT, level_told, percent_of, percent_told
from densach.reporting.targets.models import WHOLE, Unit

LONGEST = 36  # letters of a target's name beside its bars: three lines


@dataclass(frozen=True)
class Drawn:
    """A chart with the sentence over it."""

    title: str
    chart: Chart

    @property
    def picture(self) -> Picture:
        """The drawing for the paper, with all that it shows in words."""
        return Picture(draw_for_paper(self.chart), f"{self.title}: {'; '.join(_said(self.chart))}.")


def all_models(gathered: Gathered) -> Drawn:
    """The share of all that was recognised, by model, in the last year."""
    title = f"Tỷ lệ được công nhận trên tổng số của năm mô hình, năm {gathered.last.year}"
    rows = ((MODELS[model], years[-1].of_all) for model, years in gathered.models.items())
    return _shares(title, rows)


def over_years(gathered: Gathered, model: str) -> Drawn:
    """The share of all that was recognised of one model, by year."""
    title = f"{MODELS[model]} được công nhận trên tổng số, qua các năm"
    return _shares(title, ((str(each.period.year), each.of_all) for each in gathered.models[model]))


def targets_beside_figures(aims: Iterable[Aim]) -> Drawn | None:
    """What was set beside what was accepted last, for shares of which both are known; all others stand in the table."""
    shown = [
        each
        for each in aims
        if each.progress.target.unit == Unit.SHARE
        and each.progress.target.value is not None
        and each.progress.level is not None
    ]
    if not shown:
        return None
    names = tuple(_named(each) for each in shown)
    goals = tuple(
        _mark(each.progress.target.value, level_told(each.progress.target.value, Unit.SHARE)) for each in shown
    )
    series = (Series("Mức đặt ra", goals), Series("Số tiếp nhận gần nhất", tuple(map(_latest, shown))))
    title = "Mức đặt ra và số đã tiếp nhận gần nhất"
    return Drawn(title, Chart(title, names, series, most=100))


def _shares(title: str, rows: Iterable[tuple[str, Number]]) -> Drawn:
    found = list(rows)
    marks = tuple(Mark(_percent(number), percent_told(number)) for _, number in found)
    return Drawn(title, Chart(title, tuple(name for name, _ in found), (Series(title, marks),), most=100))


def _percent(number: Number) -> float | None:
    tenths = percent_of(number)
    return None if tenths is None else tenths / 10


def _latest(aim: Aim) -> Mark:
    level = None if aim.hidden else aim.progress.level
    return (
        _mark(level, level_told(level, Unit.SHARE))
        if level is not None
        else Mark(None, HIDDEN if aim.hidden else SILENT)
    )


def _mark(level: Fraction | int | None, label: str) -> Mark:
    return Mark(None if level is None else float(Fraction(100 * level, WHOLE)), label)


def _named(aim: Aim) -> str:
    title, year = aim.progress.target.title, aim.progress.target.year
    return f"{title if len(title) <= LONGEST else title[:LONGEST] + '…'}, {year}"


def _said(chart: Chart) -> Iterator[str]:
    for at, name in enumerate(chart.categories):
        marks = (
            f"{each.name} {each.marks[at].label}" if len(chart.series) > 1 else each.marks[at].label
            for each in chart.series
        )
        yield f"{name}: {', '.join(marks)}"
