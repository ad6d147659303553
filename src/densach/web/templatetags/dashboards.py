"""How the numbers of a dashboard are told on its page."""

from __future__ import annotations

from django import template

from densach.places.models import AreaList
from densach.reporting.breakdowns.access import Part
from densach.reporting.claims import percent_in
from densach.reporting.dashboards.board import Number
from densach.web.dashboards import aiming, groups, pictures, telling
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def counted(number: Number) -> str:
    """A count, or why there is none."""
    return telling.count_said(number)


@register.filter
def percent(number: Number) -> str:
    """A share as a percentage, or why there is none."""
    return telling.percent_said(number)


@register.filter
def share(number: Number) -> str:
    """A share with its two counts."""
    return telling.share_said(number)


@register.filter
def reported(number: Number) -> str:
    """Of how many communes a number was added up."""
    return telling.reported_said(number)


@register.filter
def briefly(number: Number) -> str:
    """The same as two numbers."""
    return telling.reported_briefly(number)


@register.filter
def model_named(model: str) -> str:
    """A model in words."""
    return pictures.model_said(model)


@register.filter
def base_named(base: str) -> str:
    """A base in words."""
    return pictures.base_said(base)


@register.filter
def count_named(count: str) -> str:
    """One of the four counts in words."""
    return say(f"dashboard.count_{count.lower()}")


@register.filter
def as_percent(tenths: int) -> str:
    """Tenths of a percent as a percentage."""
    return percent_in(language(), tenths, 1)


@register.filter
def points(tenths: int) -> str:
    """Tenths of a percentage point in words."""
    number = percent_in(language(), tenths, 1).removesuffix("%").strip()
    return say("dashboard.points", number=number)


@register.filter
def points_off(tenths: int) -> str:
    """The same of a distance, which has no direction."""
    return points(abs(tenths))


@register.filter
def parity(ratio: float) -> str:
    """A ratio with two decimals."""
    return _decimals(ratio, 2)


@register.filter
def one_decimal(number: float) -> str:
    """A number with one decimal."""
    return _decimals(number, 1)


@register.filter
def group_named(part: Part) -> str:
    """What a group of people is called."""
    return groups.group_said(part)


@register.filter
def area_named(name: str, family: str) -> str:
    """What the communes of a kind of area are called."""
    return groups.area_said(name, family)


@register.filter
def area_titled(family: str) -> str:
    """A family of kinds of area as a heading."""
    return say(f"breakdown.area_by_{family}")


@register.filter
def family_named(family: str) -> str:
    """The kinds of a family in a row."""
    return say(f"breakdown.area_of_{family}")


@register.filter
def list_source(area_list: AreaList) -> str:
    """The text that a list is from."""
    return groups.source_said(area_list)


@register.filter
def kinds_reported(number: Number) -> str:
    """Of how many places of a kind a sum is."""
    return say("dashboard.fair_of", count=number.reported)


@register.filter
def aims_drawn(picture: pictures.Picture) -> str:
    """All that the chart of targets shows, in words."""
    return aiming.words_of(picture)


def _decimals(number: float, places: int) -> str:
    written = f"{number:.{places}f}"
    return written.replace(".", ",") if language() == "vi" else written
