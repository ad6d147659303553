"""Reading the households of a village with everything that their rows say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from densach.assessing.models import Answers, NamedInAct, Round, Stage, Subject
from densach.assessing.privacy.models import ConsentAct
from densach.assessing.privacy.queries import saying_no
from densach.assessing.sheets.models import Sheet, State
from densach.people.models import HouseholdHome, HouseholdMember
from densach.people.queries import AS_COUNTED, true_on
from densach.places.models import PlacePeriod

_SENT = (State.SENT, State.CHECKED)
Homes = QuerySet[HouseholdHome, Any]


def village_rows(uid: UUID) -> QuerySet[PlacePeriod]:
    """All that a place with this identity has been, with the place above it."""
    return PlacePeriod.objects.filter(place__uid=uid).select_related("place", "parent")


def homes_of(village: int, on: date) -> Homes:
    """The households of a village on a day, short codes before long ones: H2 before H10."""
    rows = HouseholdHome.objects.filter(true_on(on), village=village)
    return rows.annotate(letters=Length("code")).order_by("letters", "code")


def keys_and_codes(rows: Homes) -> QuerySet[HouseholdHome, tuple[Any, ...]]:
    """Household, its identity and its code."""
    return rows.values_list("household_id", "household__uid", "code")


def after_code(rows: Homes, code: str) -> Homes:
    """Those that come after a code."""
    return rows.filter(Q(letters__gt=len(code)) | Q(letters=len(code), code__gt=code))


def holding_words(rows: Homes, words: Iterable[str], on: date) -> Homes:
    """The households of which each folded word is part of the code or of a name of who lives there."""
    for word in words:
        named = _members(on).filter(person__folded__contains=word)
        rows = rows.filter(Q(code__icontains=word) | Exists(named))
    return rows


def with_lacking(rows: Homes, round_: Round, title_key: str, owing: Q, on: date) -> Homes:
    """The households in which somebody who owes a sheet has not sent it."""
    return rows.filter(Exists(_members(on).filter(owing).filter(~_sheet_of_member(round_, title_key, _SENT))))


def without_lacking(rows: Homes, round_: Round, title_key: str, owing: Q, on: date) -> Homes:
    """The households in which everybody who owes a sheet, and at least one does, has sent it."""
    owes = _members(on).filter(owing)
    return rows.filter(Exists(owes), ~Exists(owes.filter(~_sheet_of_member(round_, title_key, _SENT))))


def with_state(rows: Homes, round_: Round, state: State, on: date) -> Homes:
    """The households of which the sheet of somebody, or their own, has come just so far."""
    sheets = Sheet.objects.filter(round=round_, state=state)
    own = sheets.filter(subject__household=OuterRef("household"))
    return rows.filter(Exists(_members(on).filter(_sheet_of_member(round_, None, (state,)))) | Exists(own))


def _members(on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(true_on(on), household=OuterRef("household"))


def _sheet_of_member(round_: Round, title_key: str | None, states: Iterable[State]) -> Exists:
    rows = Sheet.objects.filter(round=round_, state__in=list(states))
    rows = rows if title_key is None else rows.filter(title_key=title_key)
    person = Coalesce(OuterRef("person__same_as_id"), OuterRef("person_id"))
    return Exists(rows.filter(subject__person=person))


def members_of(village: int, on: date, households: list[int] | None = None) -> QuerySet[HouseholdMember]:
    """Who lives in the households of a village on a day, or in some of them; the head first, then by birth."""
    rows = HouseholdMember.objects.filter(true_on(on))
    if households is None:
        rows = rows.filter(true_on(on, "household__homes__"), household__homes__village=village)
    else:
        rows = rows.filter(household__in=households)
    return rows.order_by("-is_head", "person__birth_date", "pk")


def described(rows: QuerySet[HouseholdMember]) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Household, person as counted, its identity, name, head or not, and birth date of some members."""
    uid = Coalesce("person__same_as__uid", "person__uid")
    return rows.values_list("household_id", AS_COUNTED, uid, "person__full_name", "is_head", "person__birth_date")


_KNOWN = ("subject__person_id", "subject__household_id", "state", "way", "version", "draft", "note", "verified")


def known_sheets(
    round_: Round, titles: tuple[str, str], village: int, on: date, some: list[int] | None = None
) -> QuerySet[Sheet, Any]:
    """Person, household and sheet of a village, or of some households of it, with what the checker found."""
    persons = members_of(village, on, some).order_by().values_list(AS_COUNTED)
    homes = HouseholdHome.objects.filter(true_on(on), village=village)
    households = homes.values("household") if some is None else some
    # By way of the subjects: a database that is asked for either at once reads all sheets of the round.
    about = Subject.objects.filter(Q(person__in=persons) | Q(household__in=households))
    rows = Sheet.objects.filter(round=round_, title_key__in=titles, subject__in=about.values("pk"))
    return _with_verified(rows).values_list(*_KNOWN)


def told_no(village: int, on: date) -> set[int]:
    """Who in a village, as counted, said no to the association's looking at their sheets."""
    here = members_of(village, on).order_by().values_list(AS_COUNTED)
    rows = saying_no("chapter_check").filter(Q(person__in=here) | Q(person__same_as__in=here))
    return set(rows.values_list(AS_COUNTED, flat=True))


def uids_of_sheets(round_: Round, title_key: str, persons: list[int]) -> dict[int, UUID]:
    """The identities of the sheets of some people."""
    rows = Sheet.objects.filter(round=round_, title_key=title_key, subject__person__in=persons)
    return {person: uid for person, uid in rows.values_list("subject__person_id", "uid") if person is not None}


def _with_verified(rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    found = Answers.objects.filter(
        round=OuterRef("round"), subject=OuterRef("subject"), title_key=OuterRef("title_key"), stage=Stage.VERIFIED
    )
    return rows.annotate(verified=Subquery(found.values("facts")[:1]))


def verified_facts(sheet: Sheet) -> dict[str, bool | int | str]:
    """What the checker found on one sheet."""
    rows = Answers.objects.filter(round=sheet.round_id, title_key=sheet.title_key, stage=Stage.VERIFIED)
    found = rows.filter(subject=sheet.subject_id).values_list("facts", flat=True).first()
    return found or {}


def sheets_in_village(round_: Round, village: int, on: date) -> QuerySet[Sheet]:
    """The sheets of the households of a village and of who lives there, those that were sent first."""
    members = HouseholdMember.objects.filter(
        true_on(on), true_on(on, "household__homes__"), household__homes__village=village
    )
    households = HouseholdHome.objects.filter(true_on(on), village=village).values("household")
    here = Q(subject__person__in=members.values_list(AS_COUNTED)) | Q(subject__household__in=households)
    rows = Sheet.objects.filter(here, round=round_).select_related("round__place", "subject__person")
    return rows.select_related("subject__household", "round__place", "subject__person").order_by("sent_at", "pk")


def counted_by_state(round_: Round, village: int, on: date) -> dict[str, int]:
    """How many sheets of a village have come how far."""
    rows = sheets_in_village(round_, village, on).order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def household_of_person(village: int, person: UUID, on: date) -> int | None:
    """In which household of a village somebody, as counted, lives on a day."""
    rows = HouseholdMember.objects.filter(
        true_on(on), true_on(on, "household__homes__"), household__homes__village=village
    )
    lives = rows.filter(Q(person__uid=person, person__same_as__isnull=True) | Q(person__same_as__uid=person))
    return lives.values_list("household_id", flat=True).first()


def homes_headed_by(persons: QuerySet[ConsentAct, int], on: date) -> QuerySet[HouseholdMember, int | None]:
    """The households that some people head on a day."""
    rows = HouseholdMember.objects.filter(Q(person__in=persons) | Q(person__same_as__in=persons), true_on(on))
    return rows.filter(is_head=True).values_list("household", flat=True)


def homes_counted(villages: Iterable[int], on: date) -> dict[int, int]:
    """How many households some villages have on a day."""
    rows = HouseholdHome.objects.filter(true_on(on), village__in=list(villages)).order_by()
    return dict(rows.values_list("village").annotate(Count("pk")))


def named_in_village(round_: Round, village: int) -> QuerySet[NamedInAct]:
    """Whom the acts of a round name in a village and none took back since, act by act."""
    acts = {"recognition__act__place": round_.place_id, "recognition__act__fictional": round_.is_fictional}
    standing = {"recognition__year": round_.year, "recognition__withdrawal__isnull": True}
    rows = NamedInAct.objects.filter(place=village, **standing, **acts)
    rows = rows.select_related("recognition__act__prepared", "recognition__subject__person")
    return rows.order_by("recognition__act__signed_on", F("recognition__act"), "pk")
