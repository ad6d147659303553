"""The tags of the pages that run a round."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from densach.assessing.models import Recognition, Round
from densach.assessing.steps.board import OnBoard
from densach.assessing.steps.log import Change, Line
from densach.assessing.titles import TITLES
from densach.assessing.verifying.models import Lead
from densach.formats.vietnamese import format_date
from densach.jobs.access import SeenJob
from densach.web import sentences
from densach.web.filling import Filled
from densach.web.views.commune.board import PAGES, step_name

register = template.Library()
_SHAPES = {"done": "●", "late": "◐", "now": "◯", "waiting": "–"}


@register.inclusion_tag("web/commune/field.html")
def field(form: Filled, name: str, label: str, kind: str = "text", most: int = 0, hint: str = "") -> dict[str, Any]:
    """One field of a form: its label, what was typed, and the problem beside it; `label` and `hint` are sentences."""
    return {
        "name": name,
        "kind": kind,
        "most": most,
        "value": form.typed.get(name, ""),
        "problem": form.problems.get(name),
        "label": sentences.say(label),
        "hint": sentences.say(hint) if hint else "",
    }


@register.inclusion_tag("web/commune/choice.html")
def choice(form: Filled, name: str, label: str, options: list[tuple[str, str]], hint: str = "") -> dict[str, Any]:
    """One field to choose from: its label, the key and the words of each choice, and the problem beside it."""
    return {
        "name": name,
        "options": options,
        "value": form.typed.get(name, ""),
        "problem": form.problems.get(name),
        "label": sentences.say(label),
        "hint": sentences.say(hint) if hint else "",
    }


@register.filter
def round_title(round_: Round) -> SafeString:
    """What a round is called."""
    return sentences.say("board.title_demo" if round_.is_fictional else "board.title", year=str(round_.year))


@register.filter
def year_text(round_: Round) -> str:
    """The year of a round, not grouped as a number."""
    return str(round_.year)


@register.filter
def stand_shape(stand: str) -> str:
    """The shape that stands for how a step stands, beside its word."""
    return _SHAPES[stand]


@register.filter
def step_said(step: Any) -> SafeString:
    """What a step is called."""
    return step_name(step)


@register.filter
def counted_said(one: OnBoard) -> SafeString:
    """How far a step has come, with what it counts."""
    return sentences.say("board.counted_" + one.step, done=one.done, base=one.base)


@register.filter
def step_page(step: Any) -> bool:
    """Whether a step has a page where it is done."""
    return step in PAGES


@register.simple_tag
def round_url(year: int, demo: bool, page: str) -> str:
    """A page of a round, by its year and whether the fictional pack takes part."""
    return reverse(f"web:{page}", args=[f"{year}-mau" if demo else str(year)])


@register.simple_tag
def step_url(step: Any, name: str) -> str:
    """Where a step is done."""
    return reverse(f"web:{PAGES[step]}", args=[name])


@register.filter
def understood_address(job: SeenJob) -> str:
    """Where it is shown how a workbook was understood."""
    year, demo = job.arguments["year"], "demo" in job.arguments["packs"]
    return reverse("web:understood", args=[f"{year}-mau" if demo else str(year), job.uid])


@register.filter
def minus(number: int, less: int) -> int:
    """What is left of a number."""
    return number - less


@register.filter
def named_as(recognition: Recognition) -> str:
    """How an act names whom it recognises."""
    return recognition.named.name if hasattr(recognition, "named") else "…"


@register.filter
def withdrawn_by(recognition: Recognition) -> bool:
    """Whether a later act took a recognition back."""
    return hasattr(recognition, "withdrawal")


@register.filter
def title_said(key: str) -> str:
    """What a title is called, by its key."""
    return next(title.name_vi for title in TITLES if title.key == key)


@register.filter
def lead_numbers(lead: Lead) -> SafeString:
    """By which numbers a lead came about."""
    numbers = {name: Fraction(text) for name, text in lead.numbers.items()}
    words = {name: round(number * 100) if name == "change" else round(number) for name, number in numbers.items()}
    return sentences.say("verify.numbers_" + lead.kind_key, **words)


@register.filter
def happened(line: Line) -> SafeString:
    """What an entry of the log says happened."""
    return sentences.say("log." + f"{line.kind}_{line.event}")


@register.filter
def changed(change: Change) -> SafeString:
    """What a field said before and after."""
    known = "log.field_" + change.field
    name = sentences.say(known) if known in sentences.catalogue() else change.field
    before, after = (_said(value) for value in (change.before, change.after))
    return sentences.say("log.changed", field=name, before=before, after=after)


def _said(value: object) -> str:
    if value is None or value == "":
        return str(sentences.say("log.nothing"))
    if isinstance(value, bool):
        return str(sentences.say("log.yes" if value else "log.no"))
    try:
        return format_date(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
