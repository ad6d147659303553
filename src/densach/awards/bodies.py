"""Bodies that are no more: nobody commends them, and nobody puts them forward (Thông tư 15/2025/TT-BNV, rule R-07)."""

from __future__ import annotations

from datetime import date

from densach.awards.candidates import queries as register
from densach.awards.models import Nominee
from densach.places.queries import period_of
from densach.problems import Refused, problem


def refuse_dissolved(nominee: Nominee, on: date) -> None:
    """Refuse (Q108) a unit, an organisation or a village that was dissolved or merged before a day."""
    if not is_there(nominee, on):
        raise Refused(problem("Q108", nominee.uid, name=nominee.name))


def is_there(nominee: Nominee, on: date) -> bool:
    """Whether the unit, organisation or place that a nominee stands for is there on a day."""
    if nominee.unit_id and not register.unit_is_seated(nominee.unit_id, on):
        return False
    if nominee.organisation_id and not register.organisation_stands(nominee.organisation_id, on):
        return False
    return nominee.stands_for_place is None or period_of(nominee.stands_for_place, on) is not None
