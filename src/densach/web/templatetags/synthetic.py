"""How a synthetic country is told on its page."""

from __future__ import annotations

from django import template

from densach.nation.told import Level, Moved, Reason
from densach.reporting.claims import number_in, percent_in
from densach.reporting.dashboards.board import Number
from densach.reporting.shares import rounded_half_up
from densach.web.dashboards.telling import share_said
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def of_level(level: Level, verdict: str) -> str:
    """How many of a level came to a verdict, with the share of all."""
    count = level.verdicts.get(verdict, 0)
    if not level.total:
        return number_in(language(), count)
    return f"{number_in(language(), count)} ({percent_in(language(), rounded_half_up(count, level.total, 1), 1)})"


@register.filter
def level_named(level: Level) -> str:
    """The name of a level."""
    return say(f"synthetic.level_{level.name}")


@register.filter
def reason_told(reason: Reason) -> str:
    """A reason with its number; the words of the law stay as the law has them."""
    words = {"verdict": say(f"verdict.{reason.verdict}"), "id": reason.id, "count": reason.subjects}
    return say(f"synthetic.reason_{reason.kind}", **words)


@register.filter
def group_named(moved: Moved) -> str:
    """The name of a group."""
    return say(f"synthetic.{moved.what}_{moved.key}")


@register.filter
def shared(number: Number) -> str:
    """A share with its two counts."""
    return share_said(number)


@register.filter
def before_told(moved: Moved) -> str:
    """The share before."""
    return share_said(Number(moved.before, moved.subjects))


@register.filter
def after_told(moved: Moved) -> str:
    """The share after."""
    return share_said(Number(moved.after, moved.subjects))


@register.filter
def counted_in(count: int) -> str:
    """A count in the language of the page."""
    return number_in(language(), count)
