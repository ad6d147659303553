"""How the pages of units, clans and the association tell things."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from densach.assessing.dossiers.models import Vote
from densach.assessing.sheets.models import Sheet
from densach.assessing.titles import BY_KEY
from densach.policy.words import cited_place
from densach.reporting.below.calendar import Due
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.units.showing import Told

register = template.Library()


@register.filter
def title_named(key: str) -> SafeString:
    """What a title is called, by its key."""
    return say(f"units.title_{key.replace('.', '_')}")


@register.filter
def checked_title(key: str) -> SafeString:
    """What a title is called where sheets of homes and of groups are checked."""
    return say(f"citizen.name_{BY_KEY[key].model}")


@register.filter
def title_about(key: str) -> SafeString:
    """Who asks for a title, in one sentence."""
    return say(f"units.about_{key.replace('.', '_')}")


@register.simple_tag
def dossier_title(sheet: Sheet, name: str) -> SafeString:
    """Whose dossier it is, and for which title."""
    return say(f"units.dossier_of_{sheet.subject.kind}", title=title_named(sheet.title_key), name=name)


@register.filter
def given_said(told: Told) -> str:
    """What is known of a fact, in words; what nobody said is said as that, never as 0."""
    if told.given is None:
        return say("units.no_figure")
    if isinstance(told.given, bool):
        return say("try.yes" if told.given else "try.no")
    if isinstance(told.given, tuple):
        return say("units.between", low=told.given[0], high=told.given[1])
    return number_format(told.given) if isinstance(told.given, int) else told.fact.choices[told.given]


@register.filter
def day_of(at: datetime) -> str:
    """The day of a moment in Viet Nam, as a sentence takes it."""
    return say("units.day", day=localdate(at))


@register.simple_tag
def due_said(due: Due, packs: str) -> SafeString:
    """A day that the text gives, with where it stands."""
    places = "; ".join(cited_place(cite, law_of(packs).documents) for cite in due.cites)
    return say(f"units.due_{due.step}", day=due.day, procedure=due.procedure or "–", places=places)


@register.filter
def votes_offered(_members: object) -> list[tuple[str, SafeString]]:
    """The votes that a member can give."""
    return [(says, say(f"units.vote_{says}")) for says in Vote.Says.values]
