"""Sums of accepted figures over the communes of a place, worked out by the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex, Substr

from densach.places.models import Level, PlacePeriod
from densach.places.queries import in_force, made_from, real_lists
from densach.reporting.figures.models import Figure
from densach.reporting.figures.periods import Period

Days = Mapping[Period, date]
Cell = tuple[str, int]  # an indicator's code and a period's key
Added = tuple[int, int | None, int]  # a sum, of shares that of their bases, and of how many communes
Sums = dict[tuple[str, int, str], Added]  # by the path of an area too
_ADDED = (Sum("value"), Sum("base"), Count("pk"))
TOP = "province"


def unit_at(uid: UUID, on: date) -> PlacePeriod | None:
    """A province, a commune or the country as it is on a day, by its permanent identity."""
    levels = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE)
    return in_force(on).filter(place__uid=uid, level__in=levels).first()


def units_on(path: str, level: Level, on: date, *, fictional: bool | None) -> list[PlacePeriod]:
    """The places of a level inside a place on a day, in Vietnamese order; of a province it does not matter which."""
    rows = in_force(on, level).filter(_inside(path, ""))
    rows = rows if fictional is None else rows.filter(place__fictional=fictional)
    return list(rows.defer("source", "confirmed_by"))


def rows_above(path: str, on: date) -> list[PlacePeriod]:
    """The places around one, the country first."""
    keys = [int(key) for key in path.split("/")[:-2]]
    return sorted(in_force(on).filter(place__in=keys), key=lambda row: len(row.path))


def days_of(periods: Iterable[Period], today: date) -> dict[Period, date]:
    """On which map each period was reported: that of its last day, that of today where no list speaks of that day."""
    known = [each.known for each in real_lists()]
    ends = {period: min(period.last_day, today) for period in periods}
    return {period: on if any(each.contains(on) for each in known) else today for period, on in ends.items()}


def sums_on(codes: Collection[str], days: Days, path: str, *, fictional: bool, each: str = "") -> Sums:
    """Sums over the communes of a place, each period on the map of its day; by `province` or `commune`, or all in one.

    The areas are named by their paths, of one sum by that of the place.
    """
    rows = _on_their_days(codes, days, path, fictional)
    if not each:
        rows = rows.annotate(area=Value(path))
    else:
        rows = rows.annotate(area=_area(path) if each == TOP else F("place__periods__path"))
    found = rows.values_list("indicator__code", "period", "area").annotate(*_ADDED)
    return {(code, period, area): tuple(added) for code, period, area, *added in found}


def sums_alike(codes: Collection[str], days: Days, row: PlacePeriod, within: str) -> Sums:
    """The same over the other communes of a place that are of the same kind as one, without that one."""
    rows = _on_their_days(codes, days, within, row.place.fictional, Q(place__periods__type=row.type))
    found = rows.exclude(place=row.place_id).values_list("indicator__code", "period").annotate(*_ADDED)
    return {(code, period, within): tuple(added) for code, period, *added in found}


def expected_on(days: Days, path: str, *, fictional: bool) -> dict[date, int]:
    """How many communes a place has on some days."""
    rows = PlacePeriod.objects.filter(_inside(path, ""), level=Level.COMMUNE, place__fictional=fictional)
    wanted = {f"on_{on:%Y%m%d}": Count("pk", filter=_valid(on, "")) for on in set(days.values())}
    found = rows.aggregate(**wanted)
    return {on: found[f"on_{on:%Y%m%d}"] for on in set(days.values())}


def expected_by_province(path: str, on: date, *, fictional: bool) -> dict[str, int]:
    """How many communes each province has on a day, by its path."""
    rows = in_force(on, Level.COMMUNE).filter(_inside(path, ""), place__fictional=fictional).order_by()
    area = Substr("path", 1, StrIndex(Substr("path", len(path) + 1), Value("/")) + len(path))
    return dict(rows.annotate(area=area).values_list("area").annotate(Count("pk")))


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


def small_cells(codes: Collection[str], periods: Collection[int], fewest: int, *, fictional: bool) -> set[Cell]:
    """The indicators and periods in which some place counts fewer people than may be shown, and not none."""
    rows = _of(codes, periods).filter(value__gt=0, value__lt=fewest, place__fictional=fictional)
    return set(rows.values_list("indicator__code", "period").distinct())


def cells_of(cells: Collection[Cell], days: Days, path: str, *, fictional: bool) -> list[tuple[str, int, str, int]]:
    """Every commune's number in some of these tables: code, period, the path of the commune, value."""
    codes, periods = {code for code, _ in cells}, {period for _, period in cells}
    wanted = {period: on for period, on in days.items() if period.key in periods}
    rows = _on_their_days(codes, wanted, path, fictional)
    found = rows.values_list("indicator__code", "period", "place__periods__path", "value")
    return [row for row in found if (row[0], row[1]) in cells]


def _of(codes: Collection[str], periods: Collection[int]) -> QuerySet[Figure]:
    return Figure.objects.filter(indicator__code__in=codes, period__in=periods).order_by()


def _on_their_days(
    codes: Collection[str], days: Days, path: str, fictional: bool, more: Q | None = None
) -> QuerySet[Figure]:
    """Figures of the communes of a place, each joined with what its commune was on the day of its period."""
    by_day: dict[date, list[int]] = {}
    for period, on in days.items():
        by_day.setdefault(on, []).append(period.key)
    there = reduce(or_, (Q(period__in=keys) & _valid(on, "place__periods__") for on, keys in by_day.items()))
    inside = _inside(path, "place__periods__") & Q(place__periods__level=Level.COMMUNE)
    here = inside & there if more is None else inside & there & more
    rows = Figure.objects.filter(here, indicator__code__in=codes, place__fictional=fictional)
    return rows.filter(period__in=[period.key for period in days]).order_by()


def _inside(path: str, join: str) -> Q:
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    return Q(**{f"{join}path__gte": path, f"{join}path__lt": path[:-1] + "0"})


def _valid(on: date, join: str) -> Q:
    ended = Q(**{f"{join}valid_to__isnull": True}) | Q(**{f"{join}valid_to__gt": on})
    return Q(**{f"{join}valid_from__lte": on}) & ended


def _area(path: str) -> Substr:
    """The path of the place directly below one: the part of a commune's path up to the next stroke."""
    rest = Substr("place__periods__path", len(path) + 1)
    return Substr("place__periods__path", 1, StrIndex(rest, Value("/")) + len(path))
