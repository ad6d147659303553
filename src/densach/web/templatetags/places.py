"""How places are told on a page."""

from __future__ import annotations

from django import template

from densach.places import telling
from densach.places.lineage import Outcome
from densach.places.lookup import list_span
from densach.places.models import CodeList, Lineage, PlacePeriod
from densach.web.sentences import language

register = template.Library()


@register.filter
def valid_line(period: PlacePeriod) -> str:
    """From when to when a row holds."""
    return telling.valid_line(period, language())


@register.filter
def code_line(period: PlacePeriod) -> str:
    """The code of a row and the list it is from."""
    return telling.code_line(period, language())


@register.filter
def origin_line(edge: Lineage) -> str:
    """When and by which act a place was made; the places it was made from follow."""
    return telling.edge_line("made_from", edge, language())


@register.filter
def became_line(edge: Lineage, outcome: Outcome) -> str:
    """When and by which act a place was merged or divided; the places it went to follow."""
    return telling.edge_line("merged" if outcome == Outcome.EXACT else "divided", edge, language())


@register.filter
def extent(edge: Lineage) -> str:
    """How much of the old place is in the new one."""
    return telling.extent_line(edge, language())


@register.filter
def list_line(code_list: CodeList) -> str:
    """A list of places and the days of which it speaks."""
    return list_span(code_list)
