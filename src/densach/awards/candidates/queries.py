"""Looking up in the register whom an award may be for, and what was recognised or accepted of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from densach.assessing.models import Recognition
from densach.assessing.queries import NOT_WITHDRAWN
from densach.people.models import ClanSeat, HouseholdMember, Person, UnitMember, UnitSeat
from densach.people.queries import true_on
from densach.places.models import OrganisationPeriod, Place, PlacePeriod
from densach.places.queries import in_force
from densach.reporting.figures.models import Figure, State

MOST_LOOKED_AT = 500


def unit_is_seated(unit: int, on: date) -> bool:
    """Whether a unit has a seat on a day, and the organisation it is linked to, if any, is there."""
    there = OrganisationPeriod.objects.filter(true_on(on), organisation=OuterRef("unit__organisation"))
    seated = UnitSeat.objects.filter(true_on(on), unit=unit)
    return seated.filter(Q(unit__organisation=None) | Exists(there)).exists()


def organisation_stands(organisation: int, on: date) -> bool:
    """Whether an organisation is there on a day."""
    return OrganisationPeriod.objects.filter(true_on(on), organisation=organisation).exists()


def heads_of_homes(
    places: Collection[int], on: date, text: str = "", uid: UUID | None = None
) -> QuerySet[HouseholdMember]:
    """Who heads a household with a home in some villages on a day, by a folded part of the name or by household."""
    rows = HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"), is_head=True)
    rows = rows.filter(Q(household__homes__village__in=places) | Q(household__homes__commune__in=places))
    rows = rows.filter(household__uid=uid) if uid else rows.filter(person__folded__contains=text)
    rows = rows.select_related("household", "person").prefetch_related("household__homes")
    return rows.order_by("person__folded", "pk").distinct()


def people_at_home(
    places: Collection[int], on: date, text: str = "", uid: UUID | None = None
) -> QuerySet[HouseholdMember]:
    """Who has a home in some villages on a day, by a folded part of the name or by person; each record that is kept."""
    rows = HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"), person__same_as=None)
    rows = rows.filter(Q(household__homes__village__in=places) | Q(household__homes__commune__in=places))
    rows = rows.filter(person__uid=uid) if uid else rows.filter(person__folded__contains=text)
    rows = rows.select_related("household", "person").prefetch_related("household__homes")
    return rows.order_by("person__folded", "pk").distinct()


def units_seated(places: Collection[int], on: date) -> list[UnitSeat]:
    """The units that have their seat in some communes on a day."""
    rows = UnitSeat.objects.filter(true_on(on), commune__in=places)
    return list(rows.select_related("unit", "commune").order_by("unit__name", "pk"))


def clans_seated(places: Collection[int], on: date) -> list[ClanSeat]:
    """The clans that have their seat in some communes on a day."""
    rows = ClanSeat.objects.filter(true_on(on), commune__in=places)
    return list(rows.select_related("clan", "commune").order_by("clan__name", "pk"))


def places_among(places: Collection[int], on: date) -> list[PlacePeriod]:
    """What some places are on a day, the larger first."""
    return list(in_force(on).filter(place__in=places).order_by("path"))


def people_of_unit(unit: int, on: date) -> list[Person]:
    """Who belongs to a unit on a day."""
    rows = UnitMember.objects.filter(true_on(on), unit=unit).select_related("person").order_by("person__folded", "pk")
    return list({row.person_id: row.person for row in rows}.values())


def recognised_named(acts: Collection[int], kind: str, folded: str, *, fictional: bool) -> list[Recognition]:
    """The persons or households whom acts of some places recognise, not withdrawn, by a folded part of the name."""
    rows = Recognition.objects.filter(NOT_WITHDRAWN, act__place__in=acts, act__fictional=fictional)
    rows = rows.filter(subject__kind=kind)
    if folded and kind == "person":
        rows = rows.filter(subject__person__folded__contains=folded)
    elif folded:
        heads = HouseholdMember.objects.filter(is_head=True, person__folded__contains=folded)
        rows = rows.filter(subject__household__in=heads.values("household"))
    rows = rows.select_related("act", "named", "subject__person", "subject__household")
    return list(rows.order_by("-year", "pk")[:MOST_LOOKED_AT])


def recognitions_of_nominee(links: Q, *, fictional: bool) -> list[Recognition]:
    """What was recognised of the subjects that a nominee stands for, not withdrawn, the latest first."""
    rows = Recognition.objects.filter(links, NOT_WITHDRAWN, act__fictional=fictional)
    return list(rows.select_related("act", "named", "subject").order_by("-year", "-pk"))


def recognition_of_nominee(links: Q, key: int, *, fictional: bool) -> Recognition | None:
    """One recognition of a nominee, not withdrawn."""
    rows = Recognition.objects.filter(links, NOT_WITHDRAWN, act__fictional=fictional, pk=key)
    return rows.select_related("act", "named").first()


def figures_accepted(place: Place) -> list[Figure]:
    """The figures of a place whose return is accepted, the latest first."""
    rows = Figure.objects.filter(place=place).filter(Q(report=None) | Q(report__state=State.ACCEPTED))
    return list(rows.select_related("indicator", "report").order_by("-period", "indicator"))


def figure_accepted(place: Place, code: str, period: int) -> Figure | None:
    """One figure of a place whose return is accepted."""
    rows = Figure.objects.filter(place=place, indicator__code=code, period=period)
    rows = rows.filter(Q(report=None) | Q(report__state=State.ACCEPTED))
    return rows.select_related("indicator", "report", "place").first()
