"""Reading the very rows that a computed figure counts, and when the register got and lost them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from densach.assessing.models import Assessment, Recognition, Registration, Round
from densach.assessing.queries import NOT_WITHDRAWN
from densach.assessing.titles import Title
from densach.history.models import Entry
from densach.people.models import ClanSeat, HouseholdMember, Person, UnitSeat
from densach.people.queries import AS_COUNTED as PERSON_COUNTED
from densach.people.queries import clan_seats_on, living_in, some_at_once, units_on
from densach.places.models import Place
from densach.places.queries import villages_of

# Of several records of one person one is counted (docs/decisions/0009); of anything else there is one subject.
AS_COUNTED = Coalesce("subject__person__same_as", "subject__person", "subject", output_field=IntegerField())
TOTAL = "total"  # the count that needs no round
_NAMES = {"person": "subject__person__full_name", "clan": "subject__clan__name", "unit": "subject__unit__name"}
_LOGGED = {"assessed": ("assessment", "entered"), "recognised": ("recognition", "entered")}


@dataclass(frozen=True)
class Counted:
    """One row that is counted, or once was: its key, as whom or what it counts, and what the row itself says.

    `thing` is the person, household, clan, unit or place. `number` and `signed_on` are of the act, `verdict` of the
    assessment, and `withdrawal` the act that took a recognition back.
    """

    key: int
    counts_as: int
    thing: int
    name: str
    verdict: str
    number: str
    signed_on: date | None
    withdrawal: int | None

    @property
    def stands(self) -> bool:
        """Whether no later act took it back."""
        return self.withdrawal is None

    def key_of(self, title: Title) -> int:
        """By what the register knows it: a person by the record that is kept."""
        return self.counts_as if title.kind == "person" else self.thing


@dataclass(frozen=True)
class Known:
    """What the register calls something on a day: its name, its code in the commune, and its village."""

    name: str
    code: str = ""
    village: str = ""


def counts_by_title(round_: Round) -> dict[str, dict[str, int]]:
    """By title who registered, was assessed and is recognised in a round, each once; no act of a title, no number."""
    registered, assessed = (model._default_manager.filter(round=round_) for model in (Registration, Assessment))
    found = {what: _counted(rows) for what, rows in (("registered", registered), ("assessed", assessed))}
    return found | {"recognised": _counted(_of_acts(round_), NOT_WITHDRAWN)}


def _counted(rows: QuerySet[Any], which: Q | None = None) -> dict[str, int]:
    named = rows.order_by().annotate(counts_as=AS_COUNTED).values_list("title_key")
    return dict(named.annotate(n=Count("counts_as", distinct=True, filter=which)))


def rows_counted(what: str, round_: Round, title: Title) -> list[Counted]:
    """Every row of a title that one of the four counts may count, also those that a later act took back."""
    rows = _rows(what, round_, title).annotate(counts_as=AS_COUNTED, called=_called(what, title))
    nothing, nobody = Value("", output_field=CharField()), Value(None, output_field=CharField())
    by_act = what == "recognised"
    found = rows.order_by("pk").values_list(
        "pk", "counts_as", f"subject__{title.kind}", "called", F("verdict") if what == "assessed" else nothing,
        F("act__number") if by_act else nothing, F("act__signed_on") if by_act else nobody,
        F("withdrawal") if by_act else nobody,
    )  # fmt: skip
    return [Counted(*row) for row in found]


def entered_since(what: str, round_: Round, title: Title, moment: datetime) -> dict[int, datetime]:
    """Which of these rows were entered after a moment, by their keys, and when."""
    rows = _rows(what, round_, title).order_by()
    if what == "registered":
        return _registered_since(rows, title, moment)
    kind, event = _LOGGED[what]
    return _logged_since(rows, kind, event, moment)


def withdrawn_since(round_: Round, title: Title, moment: datetime) -> dict[int, datetime]:
    """Which recognitions a later act took back after a moment, by their keys, and when that was entered."""
    return _logged_since(_rows("recognised", round_, title).order_by(), "recognition", "withdrawn", moment)


def first_change_of(model: str, commune: Place, moment: datetime) -> datetime | None:
    """When what the register counts of a model in a commune was first touched after a moment."""
    here = {"commune": commune}
    homes = HouseholdMember.objects.filter(household__homes__commune=commune)
    chains: dict[str, list[tuple[str, QuerySet[Any], str]]] = {
        "citizen": [("household_member", homes, "pk"), ("person", homes, "person")],
        "family": [("household_member", homes, "pk")],
        "clan": [("clan", ClanSeat.objects.filter(**here), "clan")],
        "unit": [("unit", UnitSeat.objects.filter(**here), "unit")],
        "village": [("place", Place.objects.filter(periods__parent=commune), "uid")],
    }
    wanted = Q(pk__in=[])
    for kind, rows, key in chains[model]:
        wanted |= Q(kind=kind, object_id__in=rows.order_by().values_list(Cast(key, CharField())))
    found: datetime | None = Entry.objects.filter(wanted, at__gt=moment).aggregate(first=Min("at"))["first"]
    return found


def known_things(title: Title, commune: Place, on: date) -> dict[int, Known]:
    """What stands in the register of a commune on a day, by the key of the person, household, clan, unit or village."""
    if title.kind == "clan":
        return {seat.clan_id: Known(seat.clan.name, seat.code) for seat in clan_seats_on(commune, on)}
    if title.kind == "unit":
        return {key: Known(unit.name, unit.code) for key, unit in units_on(commune, on).items()}
    villages = dict(villages_of(commune, on).order_by().values_list("place", "name"))
    if title.kind == "place":
        return {key: Known(name) for key, name in villages.items()}
    living = living_in(commune, on).order_by("is_head", "-pk").annotate(counts_as=PERSON_COUNTED).values_list(
        "household" if title.kind == "household" else "counts_as",
        "person__full_name", "household__homes__code", "household__homes__village",
    )  # fmt: skip
    return {key: Known(name, code, villages.get(village, "")) for key, name, code, village in living}


def names_of_persons(persons: Iterable[int]) -> dict[int, str]:
    """The names of some persons who live in no household of the commune."""
    found: dict[int, str] = {}
    for some in some_at_once(persons):
        found.update(Person.objects.filter(pk__in=some).values_list("pk", "full_name"))
    return found


def computings(report: int) -> Mapping[str, Any]:
    """When our records were last asked for a return, and what they gave by code; empty where they never were."""
    rows = Entry.objects.filter(kind="report", object_id=str(report), event__in=("computed", "prepared"))
    last = rows.order_by("-sequence").first()
    if last is None:
        return {}
    gave = last.state_after if last.event == "computed" else (last.state_before or {}).get("computed")
    return {"at": last.at, "gave": gave or {}}


def _rows(what: str, round_: Round, title: Title) -> QuerySet[Any]:
    if what == "recognised":
        return _of_acts(round_).filter(title_key=title.key)
    model: type[Registration | Assessment] = Registration if what == "registered" else Assessment
    return model._default_manager.filter(round=round_, title_key=title.key)


def _of_acts(round_: Round) -> QuerySet[Recognition]:
    acts = {"act__place": round_.place_id, "act__fictional": round_.is_fictional}
    return Recognition.objects.filter(year=round_.year, **acts)


def _called(what: str, title: Title) -> Any:
    name = F(_NAMES[title.kind]) if title.kind in _NAMES else Value("", output_field=CharField())
    return Coalesce("named__name", name, output_field=CharField()) if what == "recognised" else name


def _registered_since(rows: QuerySet[Any], title: Title, moment: datetime) -> dict[int, datetime]:
    """The log speaks of the subject, not of the year: of several registrations the later ones were entered last."""
    said = Entry.objects.filter(
        kind="subject",
        object_id=Cast(OuterRef("subject"), CharField()),
        event="registered",
        after__contains=f'"{title.key}"',
        at__gt=moment,
    ).order_by()
    later = Registration.objects.filter(subject=OuterRef("subject"), title_key=title.key, pk__gt=OuterRef("pk"))
    found = rows.filter(Exists(said)).annotate(
        said=Subquery(said.values("object_id").annotate(n=Count("pk")).values("n")),
        first=Subquery(said.values("object_id").annotate(at=Min("at")).values("at")),
        later=Coalesce(Subquery(later.order_by().values("subject").annotate(n=Count("pk")).values("n")), 0),
    )
    return dict(found.filter(said__gt=F("later")).values_list("pk", "first"))


def _logged_since(rows: QuerySet[Any], kind: str, event: str, moment: datetime) -> dict[int, datetime]:
    said = Entry.objects.filter(kind=kind, object_id=Cast(OuterRef("pk"), CharField()), event=event, at__gt=moment)
    at = Subquery(said.order_by("sequence").values("at")[:1])
    return dict(rows.annotate(said=at).filter(said__isnull=False).values_list("pk", "said"))
