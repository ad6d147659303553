"""Reading dossiers, the teams that make them, and the families that a clan asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from densach.assessing.dossiers.models import Dossier, Enrolment, TeamMember, Vote
from densach.assessing.models import Assessment, Kind, Recognition, Round
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.titles import BY_MODEL
from densach.history.models import Entry
from densach.people.models import Clan, ClanHousehold, Household, Unit
from densach.people.queries import true_on
from densach.places.models import PlacePeriod

_OPEN = (Enrolment.State.WAITING, Enrolment.State.JOINED)
_CITIZEN, _FAMILY = BY_MODEL["citizen"].key, BY_MODEL["family"].key


def dossier_of(sheet: Sheet) -> Dossier:
    """What goes with a sheet; nothing was written yet where its version is 0."""
    return Dossier.objects.filter(sheet=sheet).first() or Dossier(sheet=sheet, version=0)


def team_of(unit: Unit) -> list[TeamMember]:
    """Everybody who is or was in the team of a unit, those who still are first."""
    rows = TeamMember.objects.filter(unit=unit)
    return sorted(rows, key=lambda row: (row.valid_to is not None, row.pk))


def member_by_uid(uid: UUID) -> TeamMember | None:
    """One member of a team."""
    return TeamMember.objects.select_for_update().filter(uid=uid).first()


def unit_for_update(unit: Unit) -> Unit:
    """The same unit, locked until the transaction ends."""
    return Unit.objects.select_for_update().get(pk=unit.pk)


def votes_of(dossier: Dossier) -> dict[int, Vote]:
    """What each member said at the meeting, by the key of the member."""
    if dossier.pk is None:
        return {}
    return {row.member_id: row for row in Vote.objects.filter(dossier=dossier).select_related("member").order_by("pk")}


def sheets_about(kind: Kind, thing: int, round_: Round, titles: Collection[str]) -> dict[str, Sheet]:
    """The sheets of a clan, unit or place in a round, by title, each with what goes with it."""
    rows = Sheet.objects.filter(**{f"subject__{kind}": thing}, round=round_, title_key__in=titles)
    return {row.title_key: row for row in rows.select_related("round__place", f"subject__{kind}", "dossier")}


def acts_counted(round_: Round, titles: Collection[str]) -> list[tuple[str, str, date, int]]:
    """By which acts of a round's year its place recognised how many of some titles: title, number, day, how many."""
    rows = Recognition.objects.filter(act__place=round_.place_id, act__fictional=round_.is_fictional, year=round_.year)
    named = rows.filter(title_key__in=titles).order_by("act__signed_on", "act__number")
    counted = named.values_list("title_key", "act__number", "act__signed_on").annotate(Count("pk"))
    return [(key, number, on, count) for key, number, on, count in counted]


def group_verdict(sheet: Sheet) -> tuple[Assessment, datetime | None] | None:
    """The computed verdict on a clan, unit or place for the title of its sheet, and when it was last written."""
    entered = Entry.objects.filter(kind="assessment", object_id=Cast(OuterRef("pk"), CharField())).order_by("-sequence")
    rows = Assessment.objects.filter(round=sheet.round_id, subject=sheet.subject_id, title_key=sheet.title_key)
    found = rows.annotate(judged_at=Subquery(entered.values("at")[:1])).first()
    return (found, found.judged_at) if found else None


def clan_for_update(clan: Clan) -> Clan:
    """The same clan, locked until the transaction ends: whoever asks or answers for it meanwhile waits."""
    return Clan.objects.select_for_update().get(pk=clan.pk)


def open_enrolment(clan: Clan, household: Household) -> Enrolment | None:
    """The question to a family that waits, or by which it is in a clan."""
    rows = Enrolment.objects.filter(clan=clan, household=household, state__in=_OPEN)
    return rows.select_related("clan", "household").first()


def enrolment_for_update(enrolment: Enrolment) -> Enrolment:
    """The same question as it is now."""
    return Enrolment.objects.select_for_update(of=("self",)).select_related("clan", "household").get(pk=enrolment.pk)


def enrolments_of_clan(clan: Clan) -> list[Enrolment]:
    """The families that a clan asked and that have not answered."""
    rows = Enrolment.objects.filter(clan=clan, state=Enrolment.State.WAITING)
    return list(rows.select_related("household").order_by("pk"))


def enrolments_of_household(household: Household) -> list[Enrolment]:
    """The clans that asked a family and wait for its answer."""
    rows = Enrolment.objects.filter(household=household, state=Enrolment.State.WAITING)
    return list(rows.select_related("clan", "household").order_by("pk"))


def families_in(clan: Clan, on: date) -> list[Household]:
    """The families that are registered with a clan on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), clan=clan).select_related("household").order_by("valid_from", "pk")
    return [row.household for row in rows]


def clans_joined(household: Household, on: date) -> list[Clan]:
    """The clans that a family is registered with on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), household=household).select_related("clan").order_by("pk")
    return [row.clan for row in rows]


def family_recognitions(households: Collection[int], *, fictional: bool) -> list[tuple[int, int, date | None]]:
    """Of which years and until when some families were recognised: household, year, last day where a text says it."""
    rows = Recognition.objects.filter(subject__household__in=households, act__fictional=fictional, title_key=_FAMILY)
    found = rows.order_by("pk").values_list("subject__household", "year", "valid_to")
    return [(household, year, end) for household, year, end in found if household is not None]


def checked_in_village(sheets: QuerySet[Sheet]) -> list[UUID]:
    """Of the sheets of a village those that were checked, those checked longest ago first."""
    rows = sheets.filter(state=State.CHECKED).order_by("checked_at", "pk")
    return list(rows.values_list("uid", flat=True))


def sheets_of_homes(round_: Round) -> QuerySet[Sheet]:
    """The sheets of people and families in a round."""
    return Sheet.objects.filter(round=round_, title_key__in=(_CITIZEN, _FAMILY))


def groups_sent(round_: Round, titles: Collection[str]) -> list[Sheet]:
    """The sheets of clans, units and villages that wait to be checked, those sent first."""
    rows = Sheet.objects.filter(round=round_, title_key__in=titles, state=State.SENT)
    about = [f"subject__{kind}" for kind in ("clan", "unit", "place")]
    return list(rows.select_related("round__place", *about).order_by("sent_at", "pk"))


def group_states(round_: Round, titles: Collection[str]) -> dict[tuple[str, str], int]:
    """How many sheets of some titles have come how far, by title and state."""
    rows = Sheet.objects.filter(round=round_, title_key__in=titles).order_by()
    return {(key, state): count for key, state, count in rows.values_list("title_key", "state").annotate(Count("pk"))}


def checks_by_place(path: str, year: int, *, fictional: bool) -> dict[int, tuple[int, int]]:
    """In the rounds of a year below a place: how many sheets were checked, and how many wait, by commune."""
    places = PlacePeriod.objects.filter(path__startswith=path).values("place")
    rows = Sheet.objects.filter(round__year=year, round__place__in=places, round__place__fictional=fictional).order_by()
    counted = rows.values_list("round__place").annotate(
        checked=Count("pk", filter=Q(state=State.CHECKED)), waiting=Count("pk", filter=Q(state=State.SENT))
    )
    return {place: (checked, waiting) for place, checked, waiting in counted}
