"""Reading the households of a village with what their people said about their own data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from densach.assessing.privacy.queries import holding, saying_no
from densach.assessing.villages.queries import homes_of, members_of
from densach.history.prepared import prepared
from densach.people.ages import grown_by
from densach.people.models import HouseholdMember
from densach.people.queries import AS_COUNTED, true_on


def homes_to_sign(
    village: int, on: date, words: Iterable[str], purpose: str, after: str
) -> QuerySet[Any, tuple[Any, ...]]:
    """Household, its identity and its code, of those after a code of which each word is said; with a purpose, open."""
    rows = homes_of(village, on)
    if after:
        rows = rows.filter(Q(letters__gt=len(after)) | Q(letters=len(after), code__gt=after))
    members = HouseholdMember.objects.filter(true_on(on), household=OuterRef("household"))
    for word in words:
        rows = rows.filter(Q(code__icontains=word) | Exists(members.filter(person__folded__contains=word)))
    if purpose:
        spoken = (holding(purpose, grown_by(on)), saying_no(purpose))
        silent = members.filter(person__died_on__isnull=True)
        for said in spoken:
            silent = silent.exclude(person__in=said).exclude(person__same_as__in=said)
        rows = rows.filter(Exists(silent))
    return rows.values_list("household_id", "household__uid", "code")


@prepared
def signing_in(households: list[int], on: date) -> QuerySet[HouseholdMember]:
    """Who lives in some households on a day, the head first, then the oldest."""
    rows = HouseholdMember.objects.filter(true_on(on), household__in=households, person__died_on__isnull=True)
    rows = rows.select_related("person__same_as")
    return rows.order_by("household", "-is_head", "person__birth_date", "pk")


def consents_counted(village: int, on: date, purpose: str) -> tuple[int, int, int]:
    """How many people of a village said yes and no to a purpose, and how many people there are."""
    here = members_of(village, on).filter(person__died_on__isnull=True).order_by().values_list(AS_COUNTED).distinct()
    spoken = (holding(purpose, grown_by(on)), saying_no(purpose))
    yes, no = (said.filter(person__in=here).values("person").distinct().count() for said in spoken)
    return yes, no, here.count()
