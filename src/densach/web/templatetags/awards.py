"""The tags of the pages of commendation."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

from densach.awards.models import Nomination
from densach.history.models import Entry
from densach.policy.commendation.findings import Finding
from densach.policy.words import cited_place
from densach.policy.words import say as policy_word
from densach.web import sentences
from densach.web.awards import telling
from densach.web.law import law

register = template.Library()


@register.filter
def award_called(nomination: Nomination) -> str:
    """The award that a nomination is for."""
    return telling.award_name(nomination.award)


@register.filter
def award_named(code: str) -> str:
    """An award by its code."""
    return telling.award_name(code)


@register.filter
def named(thing: Any) -> str:
    """A value of the policy by its name in the language of the page."""
    return telling.told(thing, "name")


@register.filter
def worded(words: Any) -> str:
    """A sentence of the policy in the language of the page."""
    return str(getattr(words, sentences.language()))


@register.filter
def text_of(thing: Any) -> str:
    """A value of the policy by its text in the language of the page."""
    return telling.told(thing, "text")


@register.filter
def asks_what(finding: Finding) -> str:
    """What a rule asks, in the language of the page."""
    rule = finding.rule
    return f"{telling.told(rule, 'when')}: {telling.told(rule, 'then')}"


@register.filter
def articles(thing: Any) -> list[str]:
    """Where the law says so, each with the number of its text."""
    return [cited_place(cite, law().documents) for cite in thing.cites] or [getattr(thing, "source", "")]


@register.filter
def mark_said(thing: Any) -> str:
    """How surely a text is known."""
    return policy_word(thing.mark, sentences.language())


@register.filter
def happened(entry: Entry) -> SafeString:
    """What an entry of the log of a nomination says."""
    after = json.loads(entry.after) if entry.after else {}
    step = after.get("step", "")
    if entry.event == "moved" and step:
        return sentences.say(f"awards.log_moved_{step}")
    if entry.event == "refused":
        return sentences.say("awards.log_refused", codes=", ".join(after.get("codes", [])))
    return sentences.say(f"awards.log_{entry.event}")
