"""Reading the households of a village with everything that their rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce, Length

from densach.assessing.models import Answers, NamedInAct, Round, Stage
from densach.assessing.privacy.queries import agreeing, open_to_association, open_where_agreed
from densach.assessing.queries import subjects_about
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.titles import BY_MODEL
from densach.assessing.villages.marks import Wanted
from densach.history.prepared import prepared
from densach.people.models import HouseholdHome, HouseholdMember
from densach.people.queries import AS_COUNTED, true_on
from densach.places.models import PlacePeriod

_CITIZEN, _FAMILY = BY_MODEL["citizen"].key, BY_MODEL["family"].key
_HOME_OF_FAMILY = "subject__household__homes"
_SENT = (State.SENT, State.CHECKED)
_STATES = {Wanted.WAITING: State.SENT, Wanted.GIVEN_BACK: State.GIVEN_BACK}
_KNOWN = ("subject__person_id", "subject__household_id", "state", "way", "version", "said", "note", "found")
_WHOSE = ("subject__household", "subject__person", "round__place")
Homes = QuerySet[HouseholdHome, Any]


class Shape(NamedTuple):
    """Which kind of households are looked for, whether from a code on, and how many; without `most`, all.

    `grown` is for the association alone, which knows only of whoever agreed: the last birth date of the grown.
    """

    wanted: Wanted
    goes_on: bool = False
    grown: date | None = None
    most: int | None = None


@prepared
def village_rows(uid: UUID, on: date) -> QuerySet[PlacePeriod]:
    """What a place of this identity is on a day, with the place above it and the latest `round` open there, if any."""
    rounds = FilteredRelation("parent__rounds", condition=Q(parent__rounds__closed_on__isnull=True))
    rows = PlacePeriod.objects.filter(true_on(on), place__uid=uid).annotate(round=rounds)
    rows = rows.select_related("place", "parent", "round")  # type: ignore[misc]  # the stubs know no such relation
    return rows.order_by("-round__year", "-round__pk")[:1]


def homes_of(village: int, on: date) -> Homes:
    """The households of a village on a day, short codes before long ones: H2 before H10."""
    rows = HouseholdHome.objects.filter(true_on(on), village=village)
    return rows.annotate(letters=Length("code")).order_by("letters", "code")


@prepared
def home_in_village(village: int, household: UUID, on: date) -> QuerySet[HouseholdHome, tuple[Any, ...]]:
    """Household, its identity and its code, of one household of a village on a day."""
    rows = homes_of(village, on).filter(household__uid=household)
    return rows.values_list("household_id", "household__uid", "code")


@prepared
def keys_and_codes(
    village: int, round_: int, on: date, born_by: date, words: list[str], after: str, shape: Shape
) -> QuerySet[HouseholdHome, tuple[Any, ...]]:
    """Household, its identity and its code, of those that come after a code and of which each word is said."""
    rows = _holding_words(homes_of(village, on), words, on)
    if shape.goes_on:
        rows = rows.filter(Q(letters__gt=Length(after)) | Q(letters=Length(after), code__gt=after))
    rows = _wanted(rows, shape, round_, born_by, on)
    return rows.values_list("household_id", "household__uid", "code")[: shape.most]


def _holding_words(rows: Homes, words: Iterable[str], on: date) -> Homes:
    """The households of which each folded word is part of the code or of a name of who lives there."""
    for word in words:
        named = _members(on).filter(person__folded__contains=word)
        rows = rows.filter(Q(code__icontains=word) | Exists(named))
    return rows


def _wanted(rows: Homes, shape: Shape, round_: int, born_by: date, on: date) -> Homes:
    members, wanted = _members(on), shape.wanted
    if shape.grown is not None:
        members = members.filter(agreeing("person", shape.grown))
    owes = members.filter(Q(person__birth_date__isnull=True) | Q(person__birth_date__lte=born_by))
    not_sent = Exists(owes.filter(~_sheet_of_member(round_, _CITIZEN, _SENT)))
    match wanted:
        case Wanted.LACKING:
            return rows.filter(not_sent)
        case Wanted.COMPLETE | Wanted.MET:
            return rows.filter(Exists(owes), ~not_sent)
        case Wanted.WAITING | Wanted.GIVEN_BACK:
            return rows.filter(_with_state(members, round_, _STATES[wanted], shape.grown))
    return rows


def _with_state(members: QuerySet[HouseholdMember], round_: int, state: State, grown: date | None) -> Q:
    """The households of which the sheet of one of some members, or their own, has come just so far."""
    own = Q(Exists(Sheet.objects.filter(round=round_, state=state, subject__household=OuterRef("household"))))
    if grown is not None:
        own &= Q(Exists(members.filter(is_head=True)))
    return Q(Exists(members.filter(_sheet_of_member(round_, None, (state,))))) | own


def _members(on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(true_on(on), household=OuterRef("household"))


def _sheet_of_member(round_: int, title_key: str | None, states: Iterable[State]) -> Exists:
    rows = Sheet.objects.filter(round=round_, state__in=list(states))
    rows = rows if title_key is None else rows.filter(title_key=title_key)
    person = Coalesce(OuterRef("person__same_as_id"), OuterRef("person_id"))
    return Exists(rows.filter(subject__person=person))


def members_of(village: int, on: date) -> QuerySet[HouseholdMember]:
    """Who lives in the households of a village on a day."""
    rows = HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"))
    return rows.filter(household__homes__village=village)


@prepared
def described_of(households: list[int], on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Household, person as counted, its identity, name, head or not, and birth date; the head first, then by birth."""
    uid = Cast(Coalesce("person__same_as__uid", "person__uid"), TextField())
    rows = HouseholdMember.objects.filter(true_on(on), household__pk__in=households)
    rows = rows.order_by("-is_head", "person__birth_date", "pk")
    return rows.values_list("household_id", AS_COUNTED, uid, "person__full_name", "is_head", "person__birth_date")


@prepared
def sheets_of(round_: int, persons: list[int], households: list[int]) -> QuerySet[Sheet, tuple[Any, ...]]:
    """The sheets of some people and households: whose each is, and what is known of it, with what the checker found."""
    subjects = subjects_about(Q(person__pk__in=persons), Q(household__pk__in=households))
    rows = Sheet.objects.filter(round=round_, title_key__in=(_CITIZEN, _FAMILY), subject__in=subjects)
    return rows.annotate(said=Cast("draft", TextField()), found=_found()).values_list(*_KNOWN)


def uids_of_sheets(round_: Round, title_key: str, persons: list[int]) -> dict[int, UUID]:
    """The identities of the sheets of some people."""
    rows = Sheet.objects.filter(round=round_, title_key=title_key, subject__person__in=persons)
    return {person: uid for person, uid in rows.values_list("subject__person_id", "uid") if person is not None}


def _found() -> Subquery:
    """What the checker found on a sheet, as it is written."""
    here = {name: OuterRef(name) for name in ("round", "subject", "title_key")}
    rows = Answers.objects.filter(stage=Stage.VERIFIED, **here)
    return Subquery(rows.annotate(found=Cast("facts", TextField())).values("found")[:1])


def verified_facts(sheet: Sheet) -> dict[str, bool | int | str]:
    """What the checker found on one sheet."""
    rows = Answers.objects.filter(round=sheet.round_id, title_key=sheet.title_key, stage=Stage.VERIFIED)
    found = rows.filter(subject=sheet.subject_id).values_list("facts", flat=True).first()
    return found or {}


def sheets_in_village(round_: Round, village: int, on: date) -> QuerySet[Sheet]:
    """The sheets of the households of a village and of who lives there, those that were sent first."""
    households = HouseholdHome.objects.filter(true_on(on), village=village).values("household")
    persons = members_of(village, on).order_by().values_list(AS_COUNTED)
    here = subjects_about(Q(person__in=persons), Q(household__in=households))
    return Sheet.objects.filter(round=round_, subject__in=here).select_related(*_WHOSE).order_by("sent_at", "pk")


@prepared
def sheet_in_village(uid: UUID, round_: int, village: int, on: date, grown: date | None) -> QuerySet[Sheet]:
    """One sheet, if it is of a household of a village or of who lives there; with `grown`, if they agreed to that."""
    person = OuterRef("subject__person")
    here = members_of(village, on).filter(Q(person=person, person__same_as__isnull=True) | Q(person__same_as=person))
    homes = HouseholdHome.objects.filter(true_on(on), village=village, household=OuterRef("subject__household"))
    rows = Sheet.objects.filter(Q(Exists(here)) | Q(Exists(homes)), uid=uid, round=round_)
    rows = rows if grown is None else rows.filter(open_where_agreed(on, grown))
    return rows.select_related(*_WHOSE)


def counted_by_state(sheets: QuerySet[Sheet]) -> dict[str, int]:
    """How many of some sheets have come how far."""
    return dict(sheets.order_by().values_list("state").annotate(Count("pk")))


def shut_first(sheets: QuerySet[Sheet], on: date) -> QuerySet[Sheet]:
    """Some sheets, those first that the association may not open."""
    is_open = Case(When(open_to_association(on), then=1), default=0)
    return sheets.order_by(is_open, "sent_at", "pk")


def shut_in(round_: Round, on: date) -> QuerySet[Sheet]:
    """The sheets of people and families in a round that the association may not open: the State checks them."""
    rows = Sheet.objects.filter(round=round_, title_key__in=(_CITIZEN, _FAMILY))
    return rows.filter(~open_to_association(on))


def states_by_village(sheets: QuerySet[Sheet], on: date) -> dict[tuple[int, str], int]:
    """How many of some sheets of people and families have come how far, by village and state."""
    found: Counter[tuple[int, str]] = Counter()
    for title, home in ((_CITIZEN, "subject__person__households__household__homes"), (_FAMILY, _HOME_OF_FAMILY)):
        lives = true_on(on, f"{home}__")
        if title == _CITIZEN:
            lives &= true_on(on, "subject__person__households__")
        rows = sheets.filter(lives, title_key=title).order_by()
        for village, state, count in rows.values_list(f"{home}__village", "state").annotate(Count("pk", distinct=True)):
            found[village, state] += count
    return found


def household_of_person(village: int, person: UUID, on: date) -> int | None:
    """In which household of a village somebody, as counted, lives on a day."""
    lives = members_of(village, on).filter(
        Q(person__uid=person, person__same_as__isnull=True) | Q(person__same_as__uid=person)
    )
    return lives.values_list("household_id", flat=True).first()


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
