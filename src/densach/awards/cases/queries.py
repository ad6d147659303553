"""Reading cases, locking what is about to change, and the sealed rows of who brought them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from densach.accounts.models import Account
from densach.authority.models import Grant
from densach.authority.roles import POSTS, Right
from densach.awards.cases.models import Case, CaseText, Informant, Sealed
from densach.places.models import Place

_HEARS = tuple(role for role, post in POSTS.items() if Right.HEAR_CASES in post.rights)
_WHOLE = ("place", "assigned_to", "hold", "nomination__nominee__same_as", "nomination__round__place")


def cases_at(place: Place) -> QuerySet[Case]:
    """The cases of a place, the latest first."""
    return Case.objects.filter(place=place).order_by("-pk")


def page_of(rows: QuerySet[Case], first: int, count: int) -> list[Case]:
    """Some of a list, without what was answered."""
    shown = rows.select_related("assigned_to", "nomination__nominee", "nomination__round")
    return list(shown.defer("answer")[first : first + count])


def case_by_uid(place: Place, uid: UUID) -> Case | None:
    """One case of a place."""
    return Case.objects.filter(place=place, uid=uid).select_related(*_WHOLE).first()


def case_for_update(case: Case) -> Case:
    """The same case as it is now, locked until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related(*_WHOLE).get(pk=case.pk)


def who_hears(place: Place, day: date) -> list[Account]:
    """The accounts that hear cases of a place on a day, by name."""
    held = Grant.objects.filter(role__in=_HEARS, place=place, valid_from__lte=day, valid_to__gt=day).values("account")
    return list(Account.objects.filter(pk__in=held, is_active=True).order_by("name", "pk"))


def informant_of(case: Case) -> Informant:
    """The sealed row of who brought a case."""
    return Informant.objects.select_related("case").get(case=case)


def text_of(case: Case) -> CaseText:
    """The sealed row of what a case says."""
    return CaseText.objects.select_related("case").get(case=case)


def sealed_with_other_keys(current: str) -> list[Sealed]:
    """What of cases is still encrypted under an older key, locked until the transaction ends."""
    found: list[Sealed] = []
    for model in (Informant, CaseText):
        rows = model.objects.select_for_update(of=("self",)).select_related("case")
        found += rows.exclude(key=current).order_by("pk")
    return found
