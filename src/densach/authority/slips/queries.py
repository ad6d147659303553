"""Reading slips, and who in a village may get one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from densach.accounts.models import Account
from densach.authority.models import Grant
from densach.authority.roles import Role
from densach.authority.slips.models import Slip
from densach.formats.vietnamese import fold
from densach.people.models import HouseholdMember
from densach.people.queries import some_at_once, true_on
from densach.places.models import Place


def residents_of(village: Place, on: date, text: str = "") -> QuerySet[HouseholdMember]:
    """Who lives in a village on a day, household by household with the head first; those whose name holds a text."""
    rows = HouseholdMember.objects.filter(
        true_on(on), true_on(on, "household__homes__"), household__homes__village=village, person__died_on__isnull=True
    )
    rows = rows.filter(person__folded__contains=fold(text)) if text else rows
    rows = rows.select_related("household", "person").annotate(code=F("household__homes__code"))
    return rows.order_by("code", "household", "-is_head", "person__sort", "pk")


def members_with(uids: Iterable[UUID], on: date, *, over: str) -> list[HouseholdMember]:
    """The rows of some persons, or of the heads of some households, with both; `over` says which the uids are of."""
    rows = HouseholdMember.objects.filter(true_on(on), person__died_on__isnull=True)
    rows = rows.filter(is_head=True) if over == "household" else rows
    wanted, found = list(uids), list[HouseholdMember]()
    for start in range(0, len(wanted), 900):
        some = rows.filter(**{f"{over}__uid__in": wanted[start : start + 900]}).select_related("household", "person")
        found += some.order_by("pk")
    return found


def open_slips(persons: Iterable[int], households: Iterable[int]) -> QuerySet[Slip]:
    """The slips of some persons and households that were neither used nor ended."""
    wanted = Q(person__in=list(persons)) | Q(household__in=list(households))
    return Slip.objects.filter(wanted, used_at__isnull=True, ended_at__isnull=True)


def end_open_slips(persons: Iterable[int], households: Iterable[int], at: datetime) -> list[int]:
    """End the open slips of some persons and households; their keys."""
    ended: list[int] = []
    for over, keys in (("person", persons), ("household", households)):
        for some in some_at_once(keys):
            rows = Slip.objects.select_for_update().filter(
                **{f"{over}__in": some}, used_at__isnull=True, ended_at__isnull=True
            )
            now = list(rows.values_list("pk", flat=True))
            Slip.objects.filter(pk__in=now).update(ended_at=at)
            ended += now
    return ended


def slip_by_hash_for_update(code_hash: str) -> Slip | None:
    """The slip with this code, locked until the transaction ends."""
    rows = Slip.objects.select_for_update(of=("self",)).select_related("holder", "person", "household")
    return rows.filter(code_hash=code_hash).first()


def slip_for_update(uid: UUID) -> Slip | None:
    """A slip by its identity, locked until the transaction ends."""
    rows = Slip.objects.select_for_update(of=("self",)).select_related("holder", "person", "household")
    return rows.filter(uid=uid).first()


def held_in(village: Place, on: date) -> tuple[set[int], set[int]]:
    """The households of a village whose head, and the persons in it who, hold their role by an account on a day."""
    grants = Grant.objects.filter(valid_from__lte=on, valid_to__gt=on)
    here = HouseholdMember.objects.filter(
        true_on(on), true_on(on, "household__homes__"), household__homes__village=village
    )
    heads = grants.filter(role=Role.HOUSEHOLD_HEAD, household__in=here.values("household"))
    citizens = grants.filter(role=Role.CITIZEN, person__in=here.values("person"))
    return set(heads.values_list("household", flat=True)), set(citizens.values_list("person", flat=True))


def slips_made_by(account: Account) -> int:
    """How many slips of an account wait to be used."""
    return Slip.objects.filter(made_by=account, used_at__isnull=True, ended_at__isnull=True).count()
