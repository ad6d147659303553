"""Reading sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from densach.assessing.models import Assessment, Certificate, Proposal, Recognition, Registration, Round, Subject
from densach.assessing.queries import subjects_about
from densach.assessing.sheets.models import Sheet
from densach.history.models import Entry
from densach.history.prepared import prepared
from densach.people.models import HouseholdHome, HouseholdMember
from densach.people.queries import true_on
from densach.places.models import Place

R = TypeVar("R", Sheet, Assessment, Registration)

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
    return next(iter(_sheets_by_uid(uid)), None)


@prepared
def _sheets_by_uid(uid: UUID) -> QuerySet[Sheet]:
    return Sheet.objects.filter(uid=uid).select_related(*_WITH_ALL)


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
    return next(iter(_open_rounds(place.pk)), None)


@prepared
def _open_rounds(place: int) -> QuerySet[Round]:
    rows = Round.objects.filter(place=place, closed_on__isnull=True).select_related("place")
    return rows.order_by("-year", "-pk")[:1]


def open_round_for(persons: Collection[int], households: Collection[int], on: date) -> Round | None:
    """The round that takes answers now in the commune where some persons or households live on a day."""
    return next(iter(_open_rounds_for(list(persons), list(households), on)), None)


@prepared
def _open_rounds_for(persons: list[int], households: list[int], on: date) -> QuerySet[Round]:
    lived_in = HouseholdMember.objects.filter(true_on(on), person__in=persons).values("household")
    homes = HouseholdHome.objects.filter(true_on(on)).filter(Q(household__in=households) | Q(household__in=lived_in))
    rows = Round.objects.filter(place__in=homes.values("commune"), closed_on__isnull=True)
    return rows.select_related("place").order_by("-year", "-pk")[:1]


def rows_about(
    model: type[R], round_: Round, persons: Collection[int], households: Collection[int], titles: Collection[str]
) -> list[R]:
    """The sheets, verdicts or registrations of some persons and households for some titles in a round."""
    return _rows_about(model, round_.pk, list(persons), list(households), list(titles))


@prepared
def _rows_about(
    model: type[Model], round_: int, persons: list[int], households: list[int], titles: list[str]
) -> QuerySet[Any]:
    about = subjects_about(Q(person__in=persons), Q(household__in=households))
    rows = model._default_manager.filter(subject__in=about, round=round_, title_key__in=titles)
    return rows.select_related("subject__person", "subject__household").order_by("pk")


def verdict_on(sheet: Sheet) -> Assessment | None:
    """The computed verdict on the subject of a sheet, of whichever record of a person is counted."""
    person = sheet.subject.person
    kept = Q(subject__person=person.same_as_id if person else None, subject__person__isnull=False)
    rows = Assessment.objects.filter(
        Q(subject=sheet.subject_id) | kept, round=sheet.round_id, title_key=sheet.title_key
    )
    return rows.order_by("-pk").first()


def day_proposed(sheet: Sheet) -> datetime | None:
    """When the subject of a sheet was put on the recognition list, if it stands there."""
    return next(iter(_days_proposed(sheet.round_id, sheet.subject_id, sheet.title_key)), None)


@prepared
def _days_proposed(round_: int, subject: int, title_key: str) -> QuerySet[Proposal, datetime | None]:
    entered = Entry.objects.filter(kind="proposal", object_id=Cast(OuterRef("pk"), CharField())).order_by("sequence")
    rows = Proposal.objects.filter(round=round_, subject=subject, title_key=title_key).order_by("pk")
    return rows.annotate(at=Subquery(entered.values("at")[:1])).values_list("at", flat=True)[:1]


def has_list(sheet: Sheet) -> bool:
    """Whether a recognition list was made for the title of a sheet in its round."""
    return Proposal.objects.filter(round=sheet.round_id, title_key=sheet.title_key).exists()


def decisions_on(sheet: Sheet) -> list[Recognition]:
    """The acts that recognise the subject of a sheet for its title and year."""
    return _decisions_on(sheet.subject_id, sheet.title_key, sheet.round.year, fictional=sheet.round.is_fictional)


@prepared
def _decisions_on(subject: int, title_key: str, year: int, *, fictional: bool) -> QuerySet[Recognition]:
    rows = Recognition.objects.filter(subject=subject, title_key=title_key, year=year, act__fictional=fictional)
    return rows.select_related("act").order_by("pk")


def printed_for(decisions: Collection[Recognition]) -> list[Certificate]:
    """The first print of the certificate of each of some recognitions that was printed."""
    rows = Certificate.objects.filter(recognition__in=decisions, reprint=False)
    return list(rows.select_related("printing").order_by("pk"))
