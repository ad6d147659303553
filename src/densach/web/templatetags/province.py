"""How the pages of the province tell counts, shares, strips of marks and threads."""

from __future__ import annotations

from datetime import datetime

from django import template

from densach.authority.roles import Role
from densach.policy.words import cited_place
from densach.reporting.below.calendar import Due
from densach.reporting.below.comparing import Compared
from densach.reporting.below.figures import Seen
from densach.reporting.below.table import Wanted, share_of
from densach.reporting.shares import rounded_half_up
from densach.reporting.statistics import Counts
from densach.web.law import law
from densach.web.province import telling
from densach.web.sentences import say
from densach.web.views.province.asking import AskedTable

register = template.Library()
SHAPES = {"recognised": "●", "assessed": "◐", "registered": "◯", "nothing": "–"}
VERDICT_OF = {"recognised": "met", "assessed": "unknown", "registered": "unmet", "nothing": "not_applicable"}


@register.filter
def mark_shape(mark: str) -> str:
    """The shape that stands for how far a model has come."""
    return SHAPES[mark]


@register.filter
def mark_class(mark: str) -> str:
    """The colour of the same."""
    return VERDICT_OF[mark]


@register.filter
def strip_said(seen: Seen) -> str:
    """The strip of a commune as a sentence."""
    said = (f"{say(f'province.model_{model}')}: {say(f'province.mark_{mark}')}" for model, mark in seen.strip)
    return "; ".join(said) + "."


@register.filter
def recognised_of(counts: Counts | None) -> object:
    """How many are recognised, or why nobody knows."""
    return telling.recognised_said(counts)


@register.filter
def share_of_all(counts: Counts | None) -> str:
    """The share of all that are recognised, with its base."""
    share = share_of(counts)
    return telling.share_said(*share, rounded_half_up(*share, 1)) if share else ""


@register.filter
def share_compared(row: Compared) -> str:
    """The share of one commune of a comparison, with its base."""
    return telling.share_said(row.recognised, row.whole, row.permille)


@register.filter
def interval_said(row: Compared) -> str:
    """From where to where the share would move by chance."""
    if row.interval is None:
        return ""
    low, high = (telling.tenths(end) for end in row.interval)
    return say("province.interval", low=low, high=high)


@register.filter
def at_moment(at: datetime | None) -> str:
    """A moment by the clock of Viet Nam."""
    return telling.moment(at)


@register.filter
def due_places(due: Due) -> str:
    """Where a day stands."""
    return "; ".join(cited_place(cite, law().documents) for cite in due.cites)


@register.filter
def role_said(role: str) -> str:
    """A role in the language of the page."""
    return say(f"mine.role_{Role(role)}")


@register.simple_tag
def table_address(asked: AskedTable, name: str, value: object) -> str:
    """The same table with one other choice."""
    return asked.address(**{name: None if value is None else str(value)})


@register.simple_tag
def sort_address(asked: AskedTable, name: str) -> str:
    """The same table by another column; by the same one, the other way round."""
    turned = asked.wanted.sort == name and not asked.wanted.descending
    return asked.address(xep=name, chieu="giam" if turned else None)


@register.filter
def sort_of(wanted: Wanted, name: str) -> str:
    """How a table is sorted by a column, as browsers tell it."""
    if wanted.sort != name:
        return "none"
    return "descending" if wanted.descending else "ascending"
