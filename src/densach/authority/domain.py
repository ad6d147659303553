"""Everything that can happen to authority: so far, that a local decision is entered."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from densach.authority.models import LocalDecision
from densach.history.domain import Act, Happening, record
from densach.places.models import Place


def enter_local_decision(
    *, title_key: str, place: Place, office_title: str, citation: str, valid_from: date, act: Act
) -> LocalDecision:
    """Record that a local text names who recognises a title in a place from a day on."""
    with transaction.atomic():
        decision = LocalDecision.objects.create(
            title_key=title_key, place=place, office_title=office_title, citation=citation, valid_from=valid_from
        )
        after = {
            "title_key": title_key,
            "place": str(place.uid),
            "office": office_title,
            "citation": citation,
            "from": valid_from,
        }
        record(Happening(kind="local_decision", object_id=decision.pk, event="entered", after=after), act)
        return decision
