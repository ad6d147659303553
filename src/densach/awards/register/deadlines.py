"""By which day a certificate is issued again and a decision is told, where a text that was entered gives the days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from densach.awards.calendars import working_calendar
from densach.awards.register.lawful import cited, parameters_at
from densach.awards.register.models import Decision
from densach.places.queries import period_of
from densach.policy.commendation.model import CommendationLaw, Deadline, Words
from densach.policy.commendation.working_days import Due, due, due_by

REISSUE, TELLING = "reissue", "copy_to_awardee"
NO_TEXT = Words(
    "Chưa có căn cứ: văn bản đã nạp của nơi quyết định không nêu hạn báo tin.",
    "No basis: no text of whoever decided that was entered gives a time for telling.",
)
NOT_COME = Words(
    "Chưa biết: chưa ghi ngày nhận được quyết định.", "Not known: the day on which the decision came was not entered."
)


@dataclass(frozen=True)
class Days:
    """How many days a text gives and which; without `due_on` they are working days of a year that is not loaded."""

    count: int
    unit: str
    source: str
    due_on: date | None


@dataclass(frozen=True)
class Telling:
    """By which day a decision is told, or why that is not known, and the text that says so."""

    due: Due
    source: str = ""
    days: int | None = None


def reissue_days(law: CommendationLaw, decision: Decision, asked: date | None = None) -> Days | None:
    """The days for issuing a certificate again; none where no text that was entered gives any."""
    deadline = _deadline(law, decision, REISSUE, asked or decision.signed_on)
    if deadline is None or deadline.days is None:
        return None
    by = due(working_calendar(), asked, deadline.days, deadline.unit).day if asked else None
    return Days(deadline.days, deadline.unit, cited(deadline.cites), by)


def tellings_of(law: CommendationLaw, decisions: Iterable[Decision]) -> dict[int, Telling]:
    """By decision when it is to be told; what an authority laid down is asked for once, however many it signed."""
    laid_down: dict[tuple[str, int], Deadline | None] = {}
    found = {}
    for decision in decisions:
        key = decision.authority, decision.place_id
        if key not in laid_down:
            laid_down[key] = _deadline(law, decision, TELLING, decision.signed_on)
        found[decision.pk] = _telling(decision, laid_down[key])
    return found


def _telling(decision: Decision, deadline: Deadline | None) -> Telling:
    if deadline is None or deadline.days is None:
        return Telling(Due(None, NO_TEXT))
    came = decision.came_on or (decision.signed_on if decision.thing else None)
    by = due_by(working_calendar(), deadline, came) if came else Due(None, NOT_COME)
    return Telling(by, cited(deadline.cites), deadline.days)


def _deadline(law: CommendationLaw, decision: Decision, code: str, on: date) -> Deadline | None:
    place = period_of(decision.place, on)
    found = parameters_at(law, decision.authority, place, on) if place else None
    return found.deadline(code) if found else None
