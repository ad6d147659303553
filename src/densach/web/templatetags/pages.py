"""The few tags that our templates are written with."""

from __future__ import annotations

from datetime import date
from functools import cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from densach.authority.competence import Competence
from densach.formats.vietnamese import format_date
from densach.policy.viewing import Said, power_said
from densach.policy.words import cited_place
from densach.policy.words import say as policy_word
from densach.problems import Language, Problem
from densach.rules.model import Mark
from densach.rules.verdicts import Verdict
from densach.web import sentences
from densach.web.duty import Duty
from densach.web.law import law

register = template.Library()
SHAPES: dict[Verdict, str] = {"met": "●", "unmet": "◯", "unknown": "◐", "not_applicable": "–"}


@register.simple_tag
def say(key: str, **words: object) -> SafeString:
    """A sentence of the catalogue: {% say "find.title" %}."""
    return sentences.say(key, **words)


@register.simple_tag(takes_context=True)
def fixed(context: Context, template: str) -> SafeString:
    """A part of the layout in which nothing but the language and the name of the page matters, made once for each."""
    return _fixed(template, sentences.language(), context.get("page", ""))


@cache
def _fixed(name: str, lang: Language, page: str) -> SafeString:
    return render_to_string(name, {"lang": lang, "page": page})


@register.filter
def of_kind(key: str, kind: object) -> SafeString:
    """The sentence of one of several kinds, named behind the key: {{ "law.state_"|of_kind:row.state }}."""
    return sentences.say(f"{key}{kind}")


@register.filter
def duty_said(duty: Duty) -> SafeString:
    """A duty as its sentence."""
    return sentences.say(duty.sentence, **duty.words)


@register.filter
def told(problem: Problem) -> str:
    """A problem as a paragraph, without its code and place."""
    lang = sentences.language()
    return " ".join(part for part in (problem.sentence(part, lang) for part in ("what", "why", "todo")) if part)


@register.filter
def day(value: date) -> str:
    """A day in the order of Viet Nam: 23/11/2026."""
    return format_date(value)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to go through them."""
    return text.split()


@register.filter
def powers_said(competence: Competence) -> list[Said]:
    """Each power that is heard, as a sentence."""
    return [power_said(law(), power, sentences.language()) for power in competence.powers]


@register.filter
def shape(verdict: Verdict) -> str:
    """The shape that stands for a verdict, beside its word and its colour."""
    return SHAPES[verdict]


@register.inclusion_tag("web/doubt.html", takes_context=True)
def doubt(context: Context, said: Said) -> dict[str, object]:
    """A small letter behind a sentence: how sure it is and where it stands, on tap; nothing where no mark is.

    A page about law that is not in force yet says by `documents` what that law cites.
    """
    documents = context.get("documents") or law().documents
    places = [cited_place(cite, documents) for cite in said.cites]
    return {"mark": said.mark, "places": places, "meaning": _meaning(said.mark)}


def _meaning(mark: Mark | None) -> str:
    return policy_word(mark, sentences.language()) if mark else ""
