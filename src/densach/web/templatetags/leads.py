"""How leads about communes are told on a page."""

from __future__ import annotations

from django import template

from densach.reporting.claims import number_in, percent_in
from densach.reporting.formalism.models import CommuneLead
from densach.reporting.shares import rounded_half_up
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def lead_told(lead: CommuneLead, what: str) -> str:
    """What is to be said of a lead: its `kind`, `why` it is one, the `numbers`, what to `check`."""
    key = f"leads.{what}_{lead.kind}"
    return str(say(key, **_words(lead)))


def _words(lead: CommuneLead) -> dict[str, object]:
    """The numbers, each share with its two counts, and the models by their names."""
    numbers: dict[str, object] = {**lead.numbers}
    if {"count", "base"} <= numbers.keys():
        numbers["share"] = _share(lead.numbers["count"], lead.numbers["base"])
    if {"other_count", "other_base"} <= numbers.keys():
        numbers["other"] = _share(lead.numbers["other_count"], lead.numbers["other_base"])
    models = [str(say(f"dashboard.model_{model.lower()}")) for model in lead.about.split()]
    return numbers | {"one": next(iter(models), ""), "two": models[-1] if models else "", "year": str(lead.year)}


def _share(count: int, base: int) -> str:
    lang = language()
    percent = percent_in(lang, rounded_half_up(count, base, 1), 1)
    return f"{percent} ({number_in(lang, count)} / {number_in(lang, base)})"
