"""How the pages of targets tell goals, figures, owners and drawings."""

from __future__ import annotations

from fractions import Fraction

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from densach.assessing.signing.models import Prepared
from densach.assessing.steps.access import name_of
from densach.authority.roles import Role
from densach.policy.aims import Aim
from densach.policy.in_charge import InCharge
from densach.policy.reported import datasets, indicators
from densach.policy.words import day
from densach.reporting.figures.models import Origin, Report
from densach.reporting.figures.periods import period_of_key
from densach.reporting.targets.access import Line
from densach.reporting.targets.models import Target
from densach.reporting.targets.progress import Point, Progress, Standing
from densach.web import sentences
from densach.web.targets import telling
from densach.web.targets.drawing import Drawing, drawing_of

register = template.Library()
SHAPES = {
    Standing.REACHED: "●", Standing.ON_TIME: "●", Standing.LATE: "◯", Standing.MISSED: "◯", Standing.LIKELY_LATE: "◯",
    Standing.ABOLISHED: "–",
}  # fmt: skip
CLASSES = {"●": "met", "◯": "unmet", "◐": "unknown", "–": "not_applicable"}


@register.filter
def standing_shape(progress: Progress) -> str:
    """The shape of a standing; what is not known is half a circle."""
    return SHAPES.get(progress.standing, "◐")


@register.filter
def standing_class(progress: Progress) -> str:
    """The colour of the same."""
    return CLASSES[standing_shape(progress)]


@register.filter
def standing_said(progress: Progress) -> str:
    """What is to be said of a target."""
    return telling.standing_said(progress)


@register.filter
def called(target: Target) -> str:
    """What a target is called."""
    return telling.title_said(target)


@register.filter
def based(target: Target) -> str:
    """What its share is taken of."""
    return telling.base_said(target)


@register.filter
def goal(target: Target) -> str:
    """What it sets out to reach."""
    return _held_together(telling.amount(target.value, target.unit))


@register.filter
def in_unit(value: Fraction | int | None, target: Target) -> str:
    """A number in the unit of a target."""
    return _held_together(telling.amount(value, target.unit))


@register.filter
def figure_of(point: Point, target: Target) -> str:
    """One accepted figure, with its base."""
    return _held_together(telling.point_said(point, target.unit))


@register.filter
def origin_said(origin: Origin | None) -> SafeString:
    """Where a figure comes from; a sum over provinces has no one origin."""
    return sentences.say(f"targets.origin_{origin.name.lower()}" if origin else "targets.origin_sum")


@register.filter
def measured(target: Target) -> str:
    """The indicator that measures a target, with its data set."""
    known = indicators().get(target.indicator)
    if known is None:
        return str(sentences.say("targets.no_indicator"))
    dataset, indicator = known
    english = sentences.language() == "en"
    return f"{indicator.name_en} ({dataset.name_en})" if english else f"{indicator.name_vi} ({dataset.name_vi})"


@register.filter
def post_said(role: str) -> str:
    """A post by its name."""
    return str(sentences.say(f"mine.role_{Role(role)}"))


@register.filter
def named_of(holders: dict[str, list[str]], role: str) -> str:
    """Who holds a post today."""
    return ", ".join(holders.get(role, ()))


@register.filter
def drawn(progress: Progress) -> Drawing | None:
    """The drawing of a target."""
    return drawing_of(progress)


@register.filter
def aim(target: Target) -> Aim | None:
    """The target of the policy that a national one holds."""
    return telling.aim_of(target)


@register.filter
def charge_said(charge: InCharge) -> str:
    """What a body is named for."""
    english = sentences.language() == "en"
    body, what = (charge.body_en, charge.what_en) if english else (charge.body_vi, charge.what_vi)
    said = str(sentences.say(f"targets.in_charge_{charge.task}", body=body))
    return f"{said} {what}" if what else said


@register.filter
def signed_said(aim: Aim) -> str:
    """When a document was signed, as exactly as it is known."""
    return day(aim.document.signed, sentences.language())


@register.filter
def return_said(report: Report) -> str:
    """What a return is called: its data set and period."""
    dataset = datasets()[report.dataset]
    name = dataset.name_en if sentences.language() == "en" else dataset.name_vi
    return f"{name}, {period_of_key(report.period).code}"


@register.filter
def period_code(report: Report) -> str:
    """The period of a return as addresses write it."""
    return period_of_key(report.period).code


@register.filter
def event_said(line: Line) -> SafeString:
    """What happened to a target."""
    return sentences.say(f"targets.event_{line.entry.event}")


def _held_together(text: str) -> str:
    """A percentage whose sign never stands at the beginning of a line."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


@register.simple_tag
def round_decision(prepared: Prepared) -> str:
    """Where a decision that waits for its signature is signed."""
    return reverse("web:decision", args=[name_of(prepared.round), prepared.uid])
