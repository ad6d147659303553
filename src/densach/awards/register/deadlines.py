"""By which day a certificate is issued again, where the authority's own text or a sector's gives the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from densach.awards.register.lawful import cited, parameters_at
from densach.awards.register.models import Decision
from densach.places.queries import period_of
from densach.policy.commendation.model import CommendationLaw

REISSUE = "reissue"


@dataclass(frozen=True)
class Days:
    """How many days a text gives and which; without `due_on` they are working days of a year that is not loaded."""

    count: int
    unit: str
    source: str
    due_on: date | None


def reissue_days(law: CommendationLaw, decision: Decision, asked: date | None = None) -> Days | None:
    """The days for issuing a certificate again; none where no text that was entered gives any.

    Working days are not turned into a day here: only calendar days are.
    """
    place = period_of(decision.place, asked or decision.signed_on)
    found = parameters_at(law, decision.authority, place, asked or decision.signed_on) if place else None
    deadline = found.deadline(REISSUE) if found else None
    if deadline is None or deadline.days is None:
        return None
    is_plain = deadline.unit == "calendar" and asked is not None
    due = asked + timedelta(days=deadline.days) if is_plain and asked else None
    return Days(deadline.days, deadline.unit, cited(deadline.cites), due)
