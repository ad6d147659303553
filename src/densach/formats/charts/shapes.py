"""What a chart shows, and the options by which the drawing library draws it: bars first, patterns beside colours.

Nothing here knows what is counted. Each mark carries its own label, written by whoever asks; what is not known is a
hatched piece with its words, never a bar of nought.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "'Be Vietnam Pro', system-ui, 'Noto Sans', sans-serif"
PAPER, INK, QUIET, LINE = "#fffdf8", "#1d2b36", "#5a6872", "#e6e1d6"
COLOURS = ("#1f6f5c", "#f2b134", "#857f72", "#1d2b36")
SIZE, WIDTH, BAR, FRAME, LEGEND = 14, 420, 24, 20, 52  # narrow, so that its letters stay legible on a phone
UNKNOWN_SHARE = 0.25  # how much of the axis the hatched piece takes
Options = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """One bar or dot: its value, none where it is not known, and what is written on it."""

    value: float | None
    label: str


@dataclass(frozen=True)
class Series:
    """Marks of one kind, one for each category of the chart."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """Horizontal bars by category; with `most` the axis ends there, as that of a percentage does at 100."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    most: float | None = None

    @property
    def height(self) -> int:
        """How high the drawing is: each bar has its room, whatever their number."""
        return FRAME + self.top + len(self.categories) * (len(self.series) * BAR + BAR)

    @property
    def top(self) -> int:
        """How much room the names of several series take; one series needs none."""
        return LEGEND if len(self.series) > 1 else 0


def options_of(chart: Chart) -> Options:
    """The options of a chart, without movement and without anything that is asked of a browser."""
    end = chart.most or max((mark.value or 0 for each in chart.series for mark in each.marks), default=0) or 1
    return {
        "animation": False,
        "backgroundColor": PAPER,
        "color": list(COLOURS),
        "textStyle": {"fontFamily": FONT, "fontSize": SIZE, "color": INK},
        "aria": {"enabled": True, "decal": {"show": len(chart.series) > 1}},
        "legend": {"show": len(chart.series) > 1, "top": 0, "left": 0, "itemGap": 12, "textStyle": _text(SIZE)},
        "grid": {"left": 4, "right": 4, "top": chart.top + 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "max": end * 1.45, "show": False},
        "yAxis": _categories(chart.categories),
        "series": [_series(each, end) for each in chart.series],
    }


def _categories(names: tuple[str, ...]) -> Options:
    return {
        "type": "category",
        "data": list(names),
        "inverse": True,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {
            "interval": 0,
            "color": INK,
            "fontSize": SIZE,
            "fontFamily": FONT,
            "width": 120,
            "overflow": "break",
        },
    }


def _series(each: Series, end: float) -> Options:
    return {
        "type": "bar",
        "name": each.name,
        "barMaxWidth": BAR,
        "label": {"show": True, "position": "right", **_text(SIZE)},
        "data": [_mark(mark, end) for mark in each.marks],
    }


def _mark(mark: Mark, end: float) -> Options:
    label = {"formatter": mark.label.replace("{", "").replace("}", "")}
    if mark.value is not None:
        return {"value": mark.value, "label": label}
    hatched = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": 0.785, "color": QUIET}
    style = {"color": PAPER, "borderColor": QUIET, "borderWidth": 1, "decal": hatched}
    return {"value": end * UNKNOWN_SHARE, "label": {**label, "color": QUIET}, "itemStyle": style}


def _text(size: int) -> Options:
    return {"fontSize": size, "color": INK, "fontFamily": FONT}
