"""Reading sheets."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.models import Round, Subject
from densach.assessing.sheets.models import Sheet
from densach.places.models import Place

_WITH_ALL = (
    "round__place",
    "subject__person",
    "subject__household",
    "subject__clan",
    "subject__unit",
    "subject__place",
)


def sheet_by_uid(uid: UUID) -> Sheet | None:
    """One sheet with its round and whom it is about."""
    return Sheet.objects.filter(uid=uid).select_related(*_WITH_ALL).first()


def sheet_for_update(uid: UUID) -> Sheet | None:
    """The same sheet as it is now, locked until the transaction ends."""
    return Sheet.objects.select_for_update(of=("self",)).filter(uid=uid).select_related(*_WITH_ALL).first()


def sheet_of(round_: Round, subject: Subject, title_key: str) -> Sheet | None:
    """The sheet of a subject for a title in a round."""
    return Sheet.objects.filter(round=round_, subject=subject, title_key=title_key).select_related(*_WITH_ALL).first()


def sheets_of(round_: Round, title_key: str, subjects: Iterable[int] | None = None) -> QuerySet[Sheet]:
    """The sheets of a title in a round, of all or of some subjects."""
    rows = Sheet.objects.filter(round=round_, title_key=title_key)
    return rows if subjects is None else rows.filter(subject__in=list(subjects))


def open_round_of(place: Place) -> Round | None:
    """The round of a commune that takes answers now: the latest that is not closed."""
    rows = Round.objects.filter(place=place, closed_on__isnull=True).select_related("place")
    return rows.order_by("-year", "-pk").first()
