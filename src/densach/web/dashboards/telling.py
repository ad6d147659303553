"""The numbers of a dashboard in words: what was not reported and what is hidden are words, never a nought."""

from __future__ import annotations

from densach.reporting.claims import number_in, percent_in
from densach.reporting.dashboards.board import Number
from densach.reporting.shares import rounded_half_up
from densach.web.sentences import language, say


def count_said(number: Number) -> str:
    """A count, or why there is none."""
    if number.hidden:
        return say("dashboard.hidden")
    return say("dashboard.none") if number.value is None else number_in(language(), number.value)


def tenths(number: Number) -> int | None:
    """A share in tenths of a percent; none where it is not known, not shown, or of nobody."""
    if number.hidden or number.value is None or not number.base:
        return None
    return rounded_half_up(number.value, number.base, 1)


def percent_said(number: Number) -> str:
    """A share as a percentage, or why there is none."""
    share = tenths(number)
    return count_said(Number(hidden=number.hidden)) if share is None else percent_in(language(), share, 1)


def share_said(number: Number) -> str:
    """A share with the two counts it was worked out from."""
    if tenths(number) is None:
        return percent_said(number)
    value, base = (number_in(language(), each or 0) for each in (number.value, number.base))
    return say("dashboard.share", percent=percent_said(number), value=value, base=base)


def reported_briefly(number: Number) -> str:
    """The same as two numbers, below a head that says what they are."""
    return f"{number.reported}/{number.expected}"


def reported_said(number: Number) -> str:
    """Of how many communes a number was added up."""
    return say("dashboard.of_communes", reported=number.reported, expected=number.expected)
