"""Sums of accepted figures over the communes of a place, worked out by the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from densach.places.models import Level, PlacePeriod
from densach.places.queries import in_force, made_from
from densach.reporting.figures.models import Figure
from densach.reporting.sums.queries import ADDED, Days, Sums, inside, on_their_days, valid


def unit_at(uid: UUID, on: date) -> PlacePeriod | None:
    """A province, a commune or the country as it is on a day, by its permanent identity."""
    levels = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE)
    return in_force(on).filter(place__uid=uid, level__in=levels).first()


def units_on(path: str, level: Level, on: date, *, fictional: bool | None) -> list[PlacePeriod]:
    """The places of a level inside a place on a day, in Vietnamese order; of a province it does not matter which."""
    rows = in_force(on, level).filter(inside(path, ""))
    rows = rows if fictional is None else rows.filter(place__fictional=fictional)
    return list(rows.select_related(None).select_related("place").defer("source", "confirmed_by"))


def provinces_alike(row: PlacePeriod, country: str, on: date) -> set[str]:
    """The paths of the other provinces of a day that are of the same kind as one."""
    rows = in_force(on, Level.PROVINCE).filter(inside(country, ""), type=row.type).exclude(path=row.path)
    return set(rows.order_by().values_list("path", flat=True))


def rows_above(path: str, on: date) -> list[PlacePeriod]:
    """The places around one, the country first."""
    keys = [int(key) for key in path.split("/")[:-2]]
    return sorted(in_force(on).filter(place__in=keys), key=lambda row: len(row.path))


def sums_alike(codes: Collection[str], days: Days, row: PlacePeriod, within: str) -> Sums:
    """The same over the other communes of a place that are of the same kind as one, without that one."""
    rows = on_their_days(codes, days, within, row.place.fictional, Q(place__periods__type=row.type))
    found = rows.exclude(place=row.place_id).values_list("indicator__code", "period").annotate(*ADDED)
    return {(code, period, within): tuple(added) for code, period, *added in found}


def shares_of_communes(code: str, days: Days, path: str, *, fictional: bool) -> list[tuple[str, str, int, int]]:
    """One share of every commune of a place: its path and kind on the day, numerator and base."""
    rows = on_their_days([code], days, path, fictional).filter(base__gt=0)
    found = rows.values_list("place__periods__path", "place__periods__type", "value", "base")
    return [(where, kind, value, base or 0) for where, kind, value, base in found]


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
