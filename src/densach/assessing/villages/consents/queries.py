"""Reading the households of a village with what their people said about their own data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from densach.assessing.privacy.models import Giver
from densach.assessing.privacy.queries import saying_no, saying_yes
from densach.assessing.villages.queries import homes_of, members_of
from densach.people.models import HouseholdMember
from densach.people.queries import AS_COUNTED, true_on
from densach.policy.assumed import adult_age


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
        spoken = (saying_yes(purpose).filter(_holds(on)), saying_no(purpose))
        silent = members.filter(person__died_on__isnull=True)
        for said in spoken:
            silent = silent.exclude(person__in=said).exclude(person__same_as__in=said)
        rows = rows.filter(Exists(silent))
    return rows.values_list("household_id", "household__uid", "code")


def signing_in(households: Iterable[int], on: date) -> list[HouseholdMember]:
    """Who lives in some households on a day, the head first, then the oldest."""
    rows = HouseholdMember.objects.filter(true_on(on), household__in=list(households), person__died_on__isnull=True)
    rows = rows.select_related("person__same_as")
    return list(rows.order_by("household", "-is_head", "person__birth_date", "pk"))


def consents_counted(village: int, on: date, purpose: str) -> tuple[int, int, int]:
    """How many people of a village said yes and no to a purpose, and how many people there are."""
    here = members_of(village, on).filter(person__died_on__isnull=True).order_by().values_list(AS_COUNTED).distinct()
    spoken = (saying_yes(purpose).filter(_holds(on)), saying_no(purpose))
    yes, no = (said.filter(person__in=here).values("person").distinct().count() for said in spoken)
    return yes, no, here.count()


def _holds(on: date) -> Q:
    """What a representative said ends when the child is grown."""
    grown = date(on.year - adult_age(), on.month, on.day if (on.month, on.day) != (2, 29) else 28)
    child = Q(person__birth_date__isnull=False, person__birth_date__gt=grown)
    return Q(giver=Giver.SELF) | child
