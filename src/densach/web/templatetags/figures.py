"""How published figures are told on a page."""

from __future__ import annotations

from django import template

from densach.formats.charts.shapes import Chart
from densach.policy.words import day
from densach.reporting.claims import BASES, DIFFERENCES, Checked, Difference, implied_line, number_in
from densach.rules.model import Claim
from densach.web.dashboards.quoting import words_of
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def difference_words(difference: Difference) -> str:
    """How a printed figure differs from ours."""
    return DIFFERENCES[language()][difference]


@register.filter
def bases(claim: Claim) -> str:
    """What the source gives as the whole, or that it gives nothing."""
    lang = language()
    named = [f"{BASES[lang].get(name, name)} {number_in(lang, base)}" for name, base in claim.bases.items()]
    return "; ".join(named) or say("figures.not_given")


@register.filter
def written_day(written: str) -> str:
    """A day as exactly as the source gives it."""
    return day(written, language())


@register.filter
def implied(checked: Checked) -> str:
    """Between which bases the printed figure would be right."""
    return implied_line(checked, language())


@register.filter
def all_drawn(chart: Chart) -> str:
    """All that a chart shows, in words."""
    return words_of(chart)
