"""Sums of accepted figures over the communes of a place, worked out by the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from densach.history.prepared import prepared
from densach.places.areas.queries import areas_in_force
from densach.places.models import Level, PlacePeriod
from densach.places.queries import in_force, made_from
from densach.reporting.figures.models import Figure
from densach.reporting.figures.periods import Period
from densach.reporting.sums.queries import ADDED, Added, Days, between, inside, on_their_days, span_of, valid


def unit_at(uid: UUID, on: date) -> PlacePeriod | None:
    """A province, a commune or the country as it is on a day, by its permanent identity."""
    return next(iter(_units_at(uid, on)), None)


@prepared
def _units_at(uid: UUID, on: date) -> QuerySet[PlacePeriod]:
    levels = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE)
    return in_force(on).filter(place__uid=uid, level__in=levels)[:1]


def units_on(path: str, level: Level, on: date, *, fictional: bool | None) -> list[PlacePeriod]:
    """The places of a level inside a place on a day, in Vietnamese order; of a province it does not matter which."""
    return _units_on(span_of(path), level, on, fictional)


@prepared
def _units_on(span: list[str], level: Level, on: date, fictional: bool | None) -> QuerySet[PlacePeriod]:
    rows = in_force(on, level).filter(between(span, ""))
    rows = rows if fictional is None else rows.filter(place__fictional=fictional)
    return rows.select_related(None).select_related("place").defer("source", "confirmed_by")


def provinces_alike(row: PlacePeriod, country: str, on: date) -> set[str]:
    """The paths of the other provinces of a day that are of the same kind as one."""
    return set(_provinces_alike(span_of(country), row.type, on)) - {row.path}


@prepared
def _provinces_alike(span: list[str], kind: str, on: date) -> QuerySet[PlacePeriod, str]:
    rows = in_force(on, Level.PROVINCE).filter(between(span, ""), type=kind)
    return rows.order_by().values_list("path", flat=True)


def rows_above(path: str, on: date) -> list[PlacePeriod]:
    """The places around one, the country first."""
    keys = [int(key) for key in path.split("/")[:-2]]
    return sorted(_rows_of(keys, on), key=lambda row: len(row.path)) if keys else []


@prepared
def _rows_of(places: list[int], on: date) -> QuerySet[PlacePeriod]:
    return in_force(on).filter(place__pk__in=places)


def sum_alike(code: str, period: Period, on: date, row: PlacePeriod, within: str) -> Added | None:
    """The sum over the other communes of a place that are of the same kind as one on a day, without that one."""
    found = _sum_alike(code, period.key, on, span_of(within), row.type, row.place_id, row.place.fictional)
    return next(iter(found), None)


@prepared
def _sum_alike(
    code: str, period: int, on: date, span: list[str], kind: str, place: int, fictional: bool
) -> QuerySet[Figure, Added]:
    here = between(span, "place__periods__") & valid(on, "place__periods__")
    like = Q(place__periods__level=Level.COMMUNE, place__periods__type=kind, place__fictional=fictional)
    rows = Figure.objects.filter(here & like, indicator__code=code, period=period).exclude(place=place)
    return rows.order_by().values("indicator").annotate(*ADDED).values_list("value__sum", "base__sum", "place__count")


def shares_of_communes(code: str, days: Days, path: str, *, fictional: bool) -> list[tuple[str, str, int, int]]:
    """One share of every commune of a place: its path and kind on the day, numerator and base."""
    rows = on_their_days([code], days, path, fictional).filter(base__gt=0)
    found = rows.values_list("place__periods__path", "place__periods__type", "value", "base")
    return [(where, kind, value, base or 0) for where, kind, value, base in found]


def kinds_of_communes(on: date, path: str, *, fictional: bool) -> dict[tuple[int, str], tuple[str, int]]:
    """What lists in force on a day say of the communes of a place: by commune and family the kind, and which list."""
    there = inside(path, "place__periods__") & valid(on, "place__periods__")
    here = Q(place__periods__level=Level.COMMUNE, place__fictional=fictional)
    rows = areas_in_force(on).filter(there & here).order_by()
    found = rows.values_list("place", "family", "kind", "area_list")
    return {(place, family): (kind, key) for place, family, kind, key in found}


def expected_on(days: Days, path: str, *, fictional: bool) -> dict[date, int]:
    """How many communes a place has on some days."""
    rows = PlacePeriod.objects.filter(inside(path, ""), level=Level.COMMUNE, place__fictional=fictional)
    wanted = {f"on_{on:%Y%m%d}": Count("pk", filter=valid(on, "")) for on in set(days.values())}
    found = rows.aggregate(**wanted)
    return {on: found[f"on_{on:%Y%m%d}"] for on in set(days.values())}


def former(codes: Collection[str], periods: Collection[int], today: date, *, fictional: bool) -> set[int]:
    """The communes that gave these figures and are not there today."""
    there = in_force(today, Level.COMMUNE).order_by().values("place")
    rows = _of(codes, periods).filter(place__fictional=fictional, place__periods__level=Level.COMMUNE)
    return set(rows.exclude(place__in=there).values_list("place", flat=True))


def former_of(places: Collection[int]) -> set[int]:
    """All that some places were made from, however long ago; as many queries as there were steps."""
    found: set[int] = set()
    step = set(places)
    while step:
        step = {edge.old_id for edge in made_from(step)} - found
        found |= step
    return found


def values_at(
    codes: Collection[str], periods: Collection[int], places: Collection[int]
) -> list[tuple[str, int, int, int, int | None]]:
    """Figures of some places as they are: code, period, place, value, base."""
    rows = _of(codes, periods).filter(place__in=places)
    return list(rows.values_list("indicator__code", "period", "place", "value", "base"))


def _of(codes: Collection[str], periods: Collection[int]) -> QuerySet[Figure]:
    return Figure.objects.filter(indicator__code__in=codes, period__in=periods).order_by()
