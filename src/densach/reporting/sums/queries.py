"""Sums of accepted figures over the communes of a place: worked out by the database from the figures themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex, Substr

from densach.places.models import Level
from densach.places.queries import in_force, real_lists
from densach.reporting.figures.models import Figure
from densach.reporting.figures.periods import Period

Days = Mapping[Period, date]
Cell = tuple[str, int]  # an indicator's code and a period's key
Added = tuple[int, int | None, int]  # a sum, of shares that of their bases, and of how many communes
Sums = dict[tuple[str, int, str], Added]  # by the path of an area too
ADDED = (Sum("value"), Sum("base"), Count("place"))  # by columns that stand in an index together
TOP = "province"


def days_of(periods: Iterable[Period], today: date) -> dict[Period, date]:
    """On which map each period was reported: that of its last day, that of today where no list speaks of that day."""
    known = [each.known for each in real_lists()]
    ends = {period: min(period.last_day, today) for period in periods}
    return {period: on if any(each.contains(on) for each in known) else today for period, on in ends.items()}


def sums_on(
    codes: Collection[str], days: Days, path: str, *, fictional: bool, each: str = "", only: Q | None = None
) -> Sums:
    """Sums over the communes of a place, each period on the map of its day; by `province` or `commune`, or all in one.

    The areas are named by their paths, of one sum by that of the place. `only` leaves out others of these figures.
    """
    rows = on_their_days(codes, days, path, fictional, only)
    if not each:
        rows = rows.annotate(area=Value(path))
    else:
        rows = rows.annotate(area=_area(path) if each == TOP else F("place__periods__path"))
    found = rows.values_list("indicator__code", "period", "area").annotate(*ADDED)
    return {(code, period, area): tuple(added) for code, period, area, *added in found}


def expected_by_province(path: str, on: date, *, fictional: bool) -> dict[str, int]:
    """How many communes each province has on a day, by its path."""
    rows = in_force(on, Level.COMMUNE).filter(inside(path, ""), place__fictional=fictional).order_by()
    area = Substr("path", 1, StrIndex(Substr("path", len(path) + 1), Value("/")) + len(path))
    return dict(rows.annotate(area=area).values_list("area").annotate(Count("pk")))


def together(one: Added | None, other: Added | None) -> Added:
    """Two sums as one; a base that only one of them has is the base of that one alone."""
    if one is None or other is None:
        return one or other or (0, None, 0)
    base = None if one[1] is None and other[1] is None else (one[1] or 0) + (other[1] or 0)
    return one[0] + other[0], base, one[2] + other[2]


def cells_of(cells: Collection[Cell], days: Days, path: str, *, fictional: bool) -> list[tuple[str, int, str, int]]:
    """Every commune's number in some of these tables: code, period, the path of the commune, value."""
    codes, periods = {code for code, _ in cells}, {period for _, period in cells}
    wanted = {period: on for period, on in days.items() if period.key in periods}
    rows = on_their_days(codes, wanted, path, fictional)
    found = rows.values_list("indicator__code", "period", "place__periods__path", "value")
    return [row for row in found if (row[0], row[1]) in cells]


def on_their_days(
    codes: Collection[str],
    days: Days,
    path: str,
    fictional: bool,
    more: Q | None = None,
    levels: Collection[str] = (Level.COMMUNE,),
) -> QuerySet[Figure]:
    """Figures of the communes of a place, or of other levels, joined with what each was on the day of its period."""
    by_day: dict[date, list[int]] = {}
    for period, on in days.items():
        by_day.setdefault(on, []).append(period.key)
    there = reduce(or_, (Q(period__in=keys) & valid(on, "place__periods__") for on, keys in by_day.items()))
    here = inside(path, "place__periods__") & Q(place__periods__level__in=levels) & there
    rows = Figure.objects.filter(here if more is None else here & more)
    rows = rows.filter(indicator__code__in=codes, place__fictional=fictional)
    return rows.filter(period__in=[period.key for period in days]).order_by()


def inside(path: str, join: str) -> Q:
    """That something lies in a place."""
    return between(span_of(path), join)


def span_of(path: str) -> list[str]:
    """The first path that lies in a place, and the first one behind it."""
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    return [path, path[:-1] + "0"]


def between(span: list[str], join: str) -> Q:
    """That something lies in the place of a span."""
    return Q(**{f"{join}path__gte": span[0], f"{join}path__lt": span[1]})


def valid(on: date, join: str) -> Q:
    """That a row is true on a day."""
    ended = Q(**{f"{join}valid_to__isnull": True}) | Q(**{f"{join}valid_to__gt": on})
    return Q(**{f"{join}valid_from__lte": on}) & ended


def _area(path: str) -> Substr:
    """The path of the place directly below one: the part of a commune's path up to the next stroke."""
    rest = Substr("place__periods__path", len(path) + 1)
    return Substr("place__periods__path", 1, StrIndex(rest, Value("/")) + len(path))
