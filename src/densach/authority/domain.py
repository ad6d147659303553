"""Everything that can happen to authority: a local decision is entered, and ends when a later one comes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from densach.authority.models import LocalDecision
from densach.authority.queries import open_decision_for_update
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.problems import Refused, problem


def enter_local_decision(
    *, title_key: str, place: Place, office_title: str, citation: str, valid_from: date, act: Act
) -> LocalDecision:
    """Record that a local text names who recognises a title in a place from a day on; an earlier one ends there.

    Entered twice it stands once. Refused without office or citation (R111), and where it begins no later than the
    one that holds (R110).
    """
    if not (office_title.strip() and citation.strip()):
        raise Refused(problem("R111", title_key))
    said = {"office_title": office_title, "citation": citation, "valid_from": valid_from}
    with transaction.atomic():
        now = open_decision_for_update(title_key, place)
        if now is not None and said == {name: getattr(now, name) for name in said}:
            return now
        if now is not None:
            _end(now, valid_from, act)
        decision = LocalDecision.objects.create(title_key=title_key, place=place, **said)
        after = {"title_key": title_key, "place": str(place.uid), **said}
        record(_happening(decision, "entered", after), act)
        return decision


def _end(decision: LocalDecision, on: date, act: Act) -> None:
    if on <= decision.valid_from:
        words = {"since": decision.valid_from.isoformat(), "citation": decision.citation}
        raise Refused(problem("R110", decision.title_key, **words))
    decision.valid_to = on
    decision.save(update_fields=["valid_to"])
    record(_happening(decision, "ended", {"valid_to": on}), act)


def _happening(decision: LocalDecision, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="local_decision", object_id=decision.pk, event=event, after=after)
