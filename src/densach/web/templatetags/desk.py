"""What the pages of the lawyer's desk are written with."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.formats import number_format
from django.utils.timezone import localtime

from densach.assessing.foreseeing.counting import Shift
from densach.lawmaking.offering import Hole
from densach.policy.case_writing import key_of
from densach.policy.cases import Case, Expectation
from densach.web.drafting.forms import PAPER, SCAN, BeginningForm, Field
from densach.web.sentences import say
from densach.web.templatetags.pages import SHAPES

register = template.Library()
register.filter("case_key", key_of)


@register.filter
def kind_said(kind: str) -> str:
    """What kind of text it is."""
    return say("desk.kind_" + kind)


@register.filter
def day_of(moment: datetime) -> date:
    """The day in Viet Nam of a moment."""
    return localtime(moment).date()


@register.filter
def paper_fields(form: BeginningForm) -> list[Field]:
    """The fields about the paper that the text rests on."""
    return [form.fields[name] for name in PAPER if name != "mark"]


@register.filter
def scan_fields(form: BeginningForm) -> list[Field]:
    """The fields about the scan and its readers."""
    return [form.fields[name] for name in SCAN]


@register.filter
def bounds_said(hole: Hole) -> str:
    """What may be written into a hole."""
    if hole.threshold.between is None:
        return say("desk.bounds_share" if hole.is_share else "desk.bounds_none")
    low, high = hole.threshold.between
    return say("desk.bounds", low=str(low), high=str(high))


@register.filter
def given_said(case: Case) -> str:
    """The facts of a case, as its file gives them."""
    return ", ".join(f"{name}: {str(value).lower()}" for name, value in case.given.items()) or "–"


@register.filter
def expectation_said(expected: Expectation) -> str:
    """What must come out of a case, or did."""
    parts = []
    if expected.verdict is not None:
        parts.append(f"{SHAPES[expected.verdict]} {say(f'verdict.{expected.verdict}')}")
    if expected.level is not None:
        parts.append(say("desk.expected_level", level=str(expected.level)))
    if expected.points is not None:
        high = "–" if expected.points.high is None else str(expected.points.high)
        parts.append(say("desk.expected_points", low=str(expected.points.low), high=high))
    if expected.in_force is not None:
        parts.append(say("desk.in_force_" + expected.in_force))
    return "; ".join(parts) or "–"


@register.filter
def shift_said(shift: Shift) -> str:
    """From one verdict to another, or that it stays."""
    was, now = (f"{SHAPES[one]} {say(f'verdict.{one}')}" for one in (shift.was, shift.now))  # type: ignore[index]
    return say("desk.stays", verdict=was) if shift.stays else say("desk.shift", was=was, now=now)


@register.filter
def count_said(shift: Shift) -> str:
    """How many, or that it is hidden."""
    return say("desk.hidden") if shift.count is None else number_format(shift.count)


@register.filter
def share_of(shift: Shift, whole: int | None) -> int:
    """The length of a bar in hundredths; nothing where a number is hidden."""
    return round(100 * shift.count / whole) if shift.count and whole else 0


@register.filter
def same_shift(shifts: tuple[Shift, ...], wanted: Shift) -> str:
    """The number of one shift in the row of a place."""
    found = next((one for one in shifts if (one.was, one.now) == (wanted.was, wanted.now)), None)
    return number_format(0) if found is None else count_said(found)
