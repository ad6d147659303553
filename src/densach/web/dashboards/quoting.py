"""Published figures of one thing as a chart: each bar is one source, its label what the source printed."""

from __future__ import annotations

import re

from densach.formats.charts.shapes import Chart, Mark, Series
from densach.policy.words import day
from densach.reporting.claims import BASES
from densach.reporting.figures.models import Quoted
from densach.reporting.figures.quoting import NOT_SAID, Beside
from densach.web.sentences import language, say

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def chart_of(beside: Beside) -> Chart | None:
    """The chart of what several sources printed; none where they printed no percentages, whose bars could be compared.

    A share is drawn whatever its base, and the base stands beside it in words.
    """
    found = [(row, _PERCENT.search(row.printed)) for row in beside.rows]
    if any(match is None for _, match in found):
        return None
    marks = tuple(Mark(_number(match[1]), row.printed) for row, match in found if match)
    name = beside.indicator.name_vi if language() == "vi" else beside.indicator.name_en
    title = str(say("figures.chart", place=beside.name, what=name))
    return Chart(title, tuple(_named(row) for row in beside.rows), (Series(title, marks),), most=100)


def words_of(chart: Chart) -> str:
    """All that is drawn, in words."""
    marks = zip(chart.categories, chart.series[0].marks, strict=True)
    return f"{chart.title} {'; '.join(f'{name}: {mark.label}' for name, mark in marks)}."


def _named(row: Quoted) -> str:
    lang = language()
    base = (
        str(say("figures.base_unsaid")) if row.base_word == NOT_SAID else BASES[lang].get(row.base_word, row.base_word)
    )
    return f"{day(row.said_on, lang)}, {base}"


def _number(written: str) -> float:
    return float(written.replace(",", "."))
