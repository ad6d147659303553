"""Reading and writing the kept rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from densach.history.intervals import Interval
from densach.history.prepared import prepared
from densach.places.models import Level, Place, PlacePeriod
from densach.reporting.figures.models import Figure, Indicator
from densach.reporting.figures.periods import Period
from densach.reporting.sums.models import KeptCount, KeptHidden, KeptPeriod, KeptSum, OnceTold, Standing
from densach.reporting.sums.queries import ADDED, Added, Cell, Days, Sums, valid

Few = tuple[str, int, int]  # an indicator's code, a period's key and a place
_FEW = "few"  # in the stead of a path: that a table has small counts now
_ABOVE = (Level.COUNTRY, Level.PROVINCE)
_TOLD = ("indicator__code", "period", "path", "hides", "less", "less_base", "less_communes")
_ONE = ["indicator", "period", "fictional", "own", "path"]


@dataclass(frozen=True)
class Part:
    """Which kept rows are meant: indicators by code with their keys, a period, real places or made-up ones."""

    keys: dict[str, int]
    period: Period
    fictional: bool
    days: Days
    country: str
    own: bool = False  # of what provinces report themselves, instead of the sums over communes


def wait_for_turn(country: int) -> None:
    """Let one transaction at a time work out kept rows, so that each sees what the one before it accepted."""
    Place.objects.select_for_update(no_key=True).get(pk=country)


def is_commune(place: int) -> bool:
    """Whether a place is, or was, a commune."""
    return PlacePeriod.objects.filter(place=place, level=Level.COMMUNE).exists()


def is_made_up(place: int) -> bool:
    """Whether a place is made up."""
    return Place.objects.get(pk=place).fictional


def communes_of_any_time() -> set[int]:
    """Every place that is, or was, a commune."""
    return set(PlacePeriod.objects.filter(level=Level.COMMUNE).values_list("place", flat=True))


def forget_standings() -> None:
    """Take away where communes stand, before it is worked out anew."""
    Standing.objects.all().delete()


def path_on(place: int, on: date) -> str | None:
    """Where a commune stood on a day; none where it was not there."""
    rows = PlacePeriod.objects.filter(valid(on, ""), place=place, level=Level.COMMUNE)
    return rows.values_list("path", flat=True).first()


def reporting_path(place: int, on: date) -> str | None:
    """Where a commune or a province stood on a day; none where it was not there."""
    rows = PlacePeriod.objects.filter(valid(on, ""), place=place, level__in=(Level.COMMUNE, Level.PROVINCE))
    return rows.values_list("path", flat=True).first()


def areas_above(place: int) -> list[int]:
    """The area above communes in which all of a commune stands on today's map."""
    rows = Standing.objects.filter(place=place, whole=True, level__in=_ABOVE)
    return list(rows.values_list("area", flat=True))


def sums_in(codes: Collection[str], period: int, areas: Collection[int] | None, *, fictional: bool) -> Sums:
    """Sums of what stands wholly in some areas above communes, or in all, on today's map; an area's path is short."""
    rows = Figure.objects.filter(indicator__code__in=codes, period=period, place__fictional=fictional)
    stands = Q(place__standings__whole=True, place__standings__level__in=_ABOVE)
    if areas is not None:
        stands &= Q(place__standings__area__in=areas)
    found = rows.filter(stands).order_by().values_list("indicator__code", "place__standings__area").annotate(*ADDED)
    return {(code, period, f"{area}/"): tuple(added) for code, area, *added in found}


def keys_of(codes: Collection[str]) -> dict[str, int]:
    """The keys of some indicators by code."""
    return dict(Indicator.objects.filter(code__in=codes).values_list("code", "pk"))


def every_key() -> dict[str, int]:
    """The keys of all indicators by code."""
    return dict(Indicator.objects.values_list("code", "pk"))


def periods_with_figures() -> set[int]:
    """Every period of which some figure speaks."""
    return set(Figure.objects.order_by().values_list("period", flat=True).distinct())


def kept_keys() -> list[int]:
    """Every period that is kept, whether or not it holds."""
    return list(KeptPeriod.objects.exclude(period=0).values_list("period", flat=True))


def replace_sums(part: Part, rows: Iterable[KeptSum], areas: Collection[int], *, todays_map: bool) -> None:
    """Write kept sums of some areas in the stead of the earlier ones."""
    old = KeptSum.objects.filter(indicator__in=part.keys.values(), period=part.period.key, fictional=part.fictional)
    old.filter(todays_map=todays_map, area__in=areas).delete()
    KeptSum.objects.bulk_create(rows)


def hide_more(rows: Iterable[KeptHidden]) -> None:
    """Write what is hidden; what was hidden before stays so."""
    KeptHidden.objects.bulk_create(rows, update_conflicts=True, unique_fields=_ONE, update_fields=["hides"])


def hold_back(rows: Iterable[KeptHidden]) -> None:
    """Write how much less the public is told of some places; whether they are hidden stays as it was."""
    less = ["less", "less_base", "less_communes"]
    KeptHidden.objects.bulk_create(rows, update_conflicts=True, unique_fields=_ONE, update_fields=less)


def let_go(part: Part, paths: Collection[str], keys: Collection[int]) -> None:
    """Hold the public no longer to less of some places; what is hidden stays so."""
    held = KeptHidden.objects.filter(indicator__in=keys, period=part.period.key, fictional=part.fictional)
    held = held.filter(own=part.own, path__in=paths)
    held.filter(hides=False).delete()
    held.update(less=0, less_base=0, less_communes=0)


def tell_once(rows: Iterable[OnceTold]) -> None:
    """Write what the public was told until now."""
    OnceTold.objects.bulk_create(rows, ignore_conflicts=True)


def once_told(part: Part, places: Collection[int]) -> dict[tuple[str, int], set[int]]:
    """What the public was told once of some places and is told no more: by code and place."""
    rows = OnceTold.objects.filter(place__in=places, indicator__in=part.keys.values(), period=part.period.key)
    found: dict[tuple[str, int], set[int]] = {}
    for code, place, value in rows.values_list("indicator__code", "place", "value"):
        found.setdefault((code, place), set()).add(value)
    return found


def forget(period: int) -> None:
    """Take away all that is kept of a period, but not to what the public is held."""
    for model in (KeptSum, KeptCount, KeptPeriod):
        model._default_manager.filter(period=period).delete()


def forget_mark(period: int) -> None:
    """Say that the rows of a period hold on no map."""
    KeptPeriod.objects.filter(period=period).delete()


def put_mark(period: int, mark: str) -> None:
    """Say by which map a period is kept."""
    KeptPeriod.objects.update_or_create(period=period, defaults={"mark": mark})


def kept_sums(
    codes: Collection[str],
    last: int,
    share: str,
    periods: Collection[int],
    area: int | None,
    *,
    todays_map: bool,
    fictional: bool,
) -> list[tuple[str, int, int, Added]]:
    """The kept sums of indicators in the last period and of a share in several, of an area or of all, with the area."""
    found = _kept_sums([*codes], last, *_before(last, share, periods), area, todays_map, fictional)
    return [(code, period, where, (value, base, count)) for code, period, where, value, base, count in found]


@prepared
def _kept_sums(
    codes: list[str],
    last: int,
    share: str | None,
    before: list[int],
    area: int | None,
    todays_map: bool,
    fictional: bool,
) -> QuerySet[KeptSum, tuple[Any, ...]]:
    rows = KeptSum.objects.filter(todays_map=todays_map, fictional=fictional)
    rows = rows if area is None else rows.filter(area__pk=area)
    found = rows.values_list("indicator__code", "period", "area", "value", "base", "communes")
    return _both(found, codes, last, share, before)


def _before(last: int, share: str, periods: Collection[int]) -> tuple[str | None, list[int]]:
    """A share with the periods before the last; no share where there are none."""
    before = [period for period in periods if period != last]
    return (share if before else None), before


def _both(
    rows: QuerySet[Any, tuple[Any, ...]], codes: list[str], last: int, share: str | None, before: list[int]
) -> QuerySet[Any, tuple[Any, ...]]:
    """Of rows those of indicators in the last period and of a share before; apart, so that an index finds each."""
    now = rows.filter(indicator__code__in=codes, period=last)
    return now if share is None else now.union(rows.filter(indicator__code=share, period__in=before), all=True)


def kept_as_it_was(
    codes: Collection[str], periods: Collection[int], area: int | None, *, fictional: bool
) -> list[tuple[str, int, int, Added]]:
    """The kept sums of indicators in some periods, each on the map of its own, of an area or of all, with the area."""
    rows = KeptSum.objects.filter(indicator__code__in=codes, period__in=periods, todays_map=False, fictional=fictional)
    rows = rows if area is None else rows.filter(area=area)
    found = rows.values_list("indicator__code", "period", "area", "value", "base", "communes")
    return [(code, period, where, (value, base, count)) for code, period, where, value, base, count in found]


def kept_counts(periods: Collection[int], area: int | None, *, fictional: bool) -> dict[tuple[int, int], int]:
    """How many communes an area, or each, has on the map of some periods: by period and area."""
    return {(period, where): count for period, where, count in _kept_counts([*periods], area, fictional)}


@prepared
def _kept_counts(periods: list[int], area: int | None, fictional: bool) -> QuerySet[KeptCount, tuple[Any, ...]]:
    rows = KeptCount.objects.filter(period__in=periods, fictional=fictional)
    rows = rows if area is None else rows.filter(area__pk=area)
    return rows.values_list("period", "area", "communes")


@dataclass(frozen=True)
class Told:
    """To what the public is held in one table: the paths hidden, and by path how much less it is told."""

    hidden: set[str] = field(default_factory=set)
    less: dict[str, Added] = field(default_factory=dict)


def kept_told(
    codes: Collection[str], periods: Collection[int], *, fictional: bool, area: str = "", own: bool = False
) -> dict[Cell, Told]:
    """To what the public is held in the tables of some indicators and periods, in all of them or in one area.

    A table that has small counts is there even if nothing in it is hidden.
    """
    return _by_table(row for row in _kept_told([*codes], [*periods], fictional, own) if row[2].startswith(area))


def few_and_own(codes: Collection[str], places: Collection[int], fewest: int) -> tuple[set[Few], dict[Cell, Told]]:
    """Where some provinces themselves reported fewer than may be shown, and not none, and to what the public is held of
    what provinces report themselves: by one query, as pages of targets ask both.
    """
    figures = Figure.objects.filter(indicator__code__in=codes, place__in=places, value__gt=0, value__lt=fewest)
    few = figures.order_by().values_list(
        "indicator__code", "period", Cast("place", CharField()), Value(False), *[Value(0)] * 3
    )
    own = KeptHidden.objects.filter(indicator__code__in=codes, own=True, fictional=False).order_by()
    rows = list(few.union(own.values_list(*_TOLD), all=True))
    small = {(code, period, int(place)) for code, period, place, *_ in rows if "/" not in place}
    held = (row for row in rows if "/" in row[2] and int(row[2].split("/")[-2]) in places)
    return small, _by_table(held)


def small_and_told(
    codes: Collection[str], counts: Collection[str], periods: Collection[int], fewest: int, *, fictional: bool
) -> tuple[set[Cell], dict[Cell, Told]]:
    """The tables among some `counts` in which a place counts fewer people than may be shown, and not none, and to what
    the public is held in all of them: by one query, as every page asks both.
    """
    figures = Figure.objects.filter(indicator__code__in=counts, period__in=periods).order_by()
    few = figures.filter(value__gt=0, value__lt=fewest, place__fictional=fictional).values_list(
        "indicator__code", "period", Value(_FEW, output_field=CharField()), Value(False), *[Value(0)] * 3
    )
    rows = list(few.distinct().union(_told(codes, periods, fictional), all=True))
    small = {(code, period) for code, period, path, *_ in rows if path == _FEW}
    return small, _by_table(row for row in rows if row[2] != _FEW)


@prepared
def _kept_told(
    codes: list[str], periods: list[int], fictional: bool, own: bool
) -> QuerySet[KeptHidden, tuple[Any, ...]]:
    return _told(codes, periods, fictional, own=own)


def _told(
    codes: Collection[str], periods: Collection[int], fictional: bool, *, own: bool = False
) -> QuerySet[KeptHidden, Any]:
    rows = KeptHidden.objects.filter(indicator__code__in=codes, period__in=periods, fictional=fictional, own=own)
    return rows.order_by().values_list(*_TOLD)


def _by_table(rows: Iterable[tuple[Any, ...]]) -> dict[Cell, Told]:
    found: dict[Cell, Told] = {}
    for code, period, path, hides, *less in rows:
        told = found.setdefault((code, period), Told())
        if path and hides:
            told.hidden.add(path)
        if any(less):
            told.less[path] = (less[0], less[1], less[2])
    return found


def sums_standing_in(
    codes: Collection[str], last: int, share: str, periods: Collection[int], areas: Mapping[int, str]
) -> Sums:
    """Sums of what stands wholly in some communes of today, by key with their paths, on today's map.

    Of indicators in the last period, and of a share that is one of them in several.
    """
    found = _standing_in([*codes], last, *_before(last, share, periods), [*areas])
    return {(code, period, areas[area]): tuple(added) for code, period, area, *added in found}


@prepared
def _standing_in(
    codes: list[str], last: int, share: str | None, before: list[int], areas: list[int]
) -> QuerySet[Figure, tuple[Any, ...]]:
    rows = Figure.objects.filter(place__standings__whole=True, place__standings__area__pk__in=areas).order_by()
    found = rows.values_list("indicator__code", "period", "place__standings__area").annotate(*ADDED)
    return _both(found, codes, last, share, before)


def figures_of(
    places: Collection[int], codes: Collection[str], last: int, share: str, periods: Collection[int]
) -> list[tuple[str, int, int, int, int | None]]:
    """What places gave: code, period, place, value, base; of indicators in the last period, of a share in several."""
    return _figures_of([*places], [*codes], last, *_before(last, share, periods))


@prepared
def _figures_of(
    places: list[int], codes: list[str], last: int, share: str | None, before: list[int]
) -> QuerySet[Figure, tuple[Any, ...]]:
    rows = Figure.objects.filter(place__pk__in=places)
    return _both(rows.values_list("indicator__code", "period", "place", "value", "base"), codes, last, share, before)


def days_there(place: int, path: str) -> list[Interval]:
    """When a commune stood where a path says."""
    return [Interval(*days) for days in _days_there(place, path)]


@prepared
def _days_there(place: int, path: str) -> QuerySet[PlacePeriod, tuple[Any, ...]]:
    rows = PlacePeriod.objects.filter(place=place, path=path, level=Level.COMMUNE)
    return rows.values_list("valid_from", "valid_to")


def divided_in(codes: Collection[str], periods: Collection[int], areas: Collection[int], *, fictional: bool) -> int:
    """How many communes of which some areas hold a part, and no more, have figures."""
    return len(_divided_in([*codes], [*periods], [*areas], fictional))


@prepared
def _divided_in(
    codes: list[str], periods: list[int], areas: list[int], fictional: bool
) -> QuerySet[Standing, tuple[Any, ...]]:
    any_figure = Figure.objects.filter(place=OuterRef("place"))  # most places have none, which one look tells
    figures = any_figure.filter(indicator__code__in=codes, period__in=periods)
    rows = Standing.objects.filter(Exists(any_figure), Exists(figures))
    rows = rows.filter(area__pk__in=areas, whole=False, place__fictional=fictional)
    return rows.order_by().values_list("place").distinct()
