"""Reading the acts of the years before with what was typed and scanned of them, and whom a line may name."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from densach.assessing.models import Recognition, RecognitionAct, Round
from densach.assessing.past.models import ScanFile, TypedList
from densach.people.models import HouseholdMember
from densach.people.queries import AS_COUNTED, living_in
from densach.places.models import Place


def past_acts(round_: Round, since: int) -> list[RecognitionAct]:
    """The acts of a place that recognise for a year from `since` to the one before a round."""
    rows = RecognitionAct.objects.filter(place=round_.place_id, fictional=round_.is_fictional)
    of_years = {"recognitions__year__gte": since, "recognitions__year__lt": round_.year}
    return list(rows.filter(**of_years).select_related("place").distinct().order_by("signed_on", "pk"))


def recognised_for(act: RecognitionAct) -> list[tuple[int, str, int]]:
    """The years and titles that an act recognises for, with how many each."""
    rows = Recognition.objects.filter(act=act).values_list("year", "title_key")
    return list(rows.annotate(count=Count("pk")).order_by("year", "title_key"))


def files_of(act: RecognitionAct) -> list[ScanFile]:
    """The scans of an act without their content, in the order they came."""
    return list(ScanFile.objects.filter(act=act).defer("content").order_by("pk"))


def file_by_uid(act: RecognitionAct, uid: UUID) -> ScanFile | None:
    """One scan of an act."""
    return ScanFile.objects.filter(act=act, uid=uid).first()


def list_of(act: RecognitionAct) -> TypedList | None:
    """What was typed of the list of an act."""
    return TypedList.objects.filter(act=act).first()


def act_for_update(act: RecognitionAct) -> RecognitionAct:
    """An act, locked until the transaction ends."""
    return RecognitionAct.objects.select_for_update().get(pk=act.pk)


def persons_to_name(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Record as counted, household code, name, hash of the number, day of birth and village of all in a commune."""
    names = ("person__full_name", "person__number_hash", "person__birth_date", "household__homes__village_id")
    return living_in(commune, on).values_list(AS_COUNTED, "household__homes__code", *names)
