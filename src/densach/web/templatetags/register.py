"""How the pages of the register and the fund tell things."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template

from densach.awards.register.access import Trail
from densach.awards.register.models import FundEntry
from densach.web import sentences

register = template.Library()


@register.simple_tag
def in_language(vi: str, en: str) -> str:
    """Words of the law in the language of the page."""
    return en if sentences.language() == "en" else vi


@register.filter
def whole(dong: Decimal) -> int:
    """A sum in whole đồng."""
    return int(dong)


@register.filter
def paid_of(trail: Trail) -> FundEntry | None:
    """The payment of an award, if there was one."""
    return next((entry for entry in trail.entries if entry.kind == "payment"), None)


@register.filter
def back_of(trail: Trail) -> FundEntry | None:
    """What came back of it, if anything did."""
    return next((entry for entry in trail.entries if entry.kind == "recovered"), None)


@register.filter
def amount_of(entry: FundEntry) -> int:
    """The sum of an entry."""
    return entry.amount


@register.filter
def day_of(entry: FundEntry) -> date:
    """The day of an entry."""
    return entry.on


@register.filter
def millimetres(tenths: int) -> str:
    """Tenths of a millimetre as they are written: "−1,5"."""
    return f"{tenths / 10:g}".replace(".", ",").replace("-", "−")
