"""Reading local decisions."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from densach.authority.models import LocalDecision
from densach.places.models import Place


def open_decision_for_update(title_key: str, place: Place) -> LocalDecision | None:
    """The local decision that has no end yet, locked until the transaction ends."""
    rows = LocalDecision.objects.select_for_update().filter(title_key=title_key, place=place)
    return rows.filter(valid_to__isnull=True).first()


def local_decision(title_key: str, place: Place, on: date) -> LocalDecision | None:
    """The local decision that names an office for a title in a place on a day."""
    rows = LocalDecision.objects.filter(title_key=title_key, place=place, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()
