"""Reading targets, who answers for them, and the accepted figures that measure them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum

from densach.assessing.signing.models import Prepared
from densach.authority.models import Grant
from densach.places.models import Level, PlacePeriod
from densach.places.queries import in_force
from densach.reporting.figures.models import Figure, Report, State
from densach.reporting.targets.models import Target


def open_targets(places: Collection[int], owner: str | None = None) -> list[Target]:
    """The targets of some places that have not ended, of one owner if one is named; the nearest year first."""
    rows = Target.objects.filter(place__in=places, ended_on__isnull=True)
    rows = rows.filter(owner=owner) if owner else rows
    return list(rows.select_related("parent", "place").order_by("year", "title", "pk"))


def national_targets() -> list[Target]:
    """The targets of the policy that have not ended, in the order of their texts."""
    rows = Target.objects.filter(ended_on__isnull=True).exclude(national="")
    return list(rows.select_related("place").order_by("national", "year"))


def ended_targets(place: int) -> list[Target]:
    """What a place once set and has ended or replaced, the latest first."""
    return list(Target.objects.filter(place=place, ended_on__isnull=False).order_by("-ended_on", "-pk"))


def target_by_uid(uid: UUID) -> Target | None:
    """One wording of a target."""
    return Target.objects.select_related("place", "parent").filter(uid=uid).first()


def target_for_update(uid: UUID) -> Target | None:
    """The same, locked until the transaction ends."""
    return Target.objects.select_for_update(of=("self",)).select_related("place").filter(uid=uid).first()


def current_of(series: Iterable[UUID]) -> dict[UUID, Target]:
    """The wordings in force of some targets, by series, each with its place."""
    rows = Target.objects.filter(series__in=list(series), ended_on__isnull=True)
    return {row.series: row for row in rows.select_related("place")}


def wordings_of(series: UUID) -> list[Target]:
    """Every wording of one target, the latest first."""
    return list(Target.objects.filter(series=series).order_by("-pk"))


def figures_about(codes: Collection[str], places: Collection[int]) -> list[Figure]:
    """Every accepted figure of some indicators at some places, the oldest first."""
    rows = Figure.objects.filter(indicator__code__in=codes, place__in=places)
    return list(rows.select_related("indicator", "report").order_by("period"))


def sums_about(codes: Collection[str], places: Collection[int]) -> list[tuple[str, int, int, int | None, int]]:
    """By code and period the sums of values and bases over some places, and of how many; the oldest first."""
    rows = Figure.objects.filter(indicator__code__in=codes, place__in=places)
    found = rows.values("indicator__code", "period").order_by("period")
    return list(
        found.annotate(Sum("value"), Sum("base"), Count("pk")).values_list(
            "indicator__code", "period", "value__sum", "base__sum", "pk__count"
        )
    )


def provinces_on(today: date) -> list[int]:
    """The keys of the provinces of a day."""
    rows = in_force(today, Level.PROVINCE).filter(place__fictional=False)
    return list(rows.order_by().values_list("place", flat=True))


def rows_above(path: str, today: date) -> list[PlacePeriod]:
    """What a place lies in on a day, the nearest first."""
    keys = [int(key) for key in path.split("/")[:-2]]
    return sorted(in_force(today).filter(place__in=keys), key=lambda row: -len(row.path))


def place_by_uid(uid: UUID, today: date) -> PlacePeriod | None:
    """What a place is on a day, by its permanent identity."""
    return in_force(today).filter(place__uid=uid).first()


def names_of_holders(place: int, roles: Collection[str], today: date) -> dict[str, list[str]]:
    """Who holds some roles over a place on a day, by role."""
    rows = Grant.objects.filter(place=place, role__in=roles, valid_from__lte=today, valid_to__gt=today)
    found: dict[str, list[str]] = {}
    for role, name in rows.order_by("valid_from", "pk").values_list("role", "account__name"):
        found.setdefault(role, []).append(name)
    return found


def returns_to_approve(place: int) -> list[Report]:
    """The returns of a place that wait for its head."""
    rows = Report.objects.filter(place=place, state=State.PREPARED)
    return list(rows.select_related("place").order_by("period", "dataset"))


def decisions_to_sign(place: int) -> list[Prepared]:
    """The decisions of a place that were numbered and wait for their signature."""
    rows = Prepared.objects.filter(round__place=place, act__isnull=True)
    return list(rows.select_related("round__place").order_by("pk"))
