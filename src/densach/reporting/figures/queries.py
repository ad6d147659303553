"""Reading and writing returns and figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum

from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import in_force
from densach.reporting.figures.models import Deadline, Figure, Indicator, Quoted, Report, Value

_UPDATED = ("value", "base", "origin", "report")


def indicator_keys(codes: Collection[str]) -> dict[str, int]:
    """The keys of some indicators by code; one that the database has not met yet gets its key now."""
    found = _keys(codes)
    if new := [Indicator(code=code) for code in codes if code not in found]:
        Indicator.objects.bulk_create(new, ignore_conflicts=True)
        found = _keys(codes)
    return found


def _keys(codes: Collection[str]) -> dict[str, int]:
    return dict(Indicator.objects.filter(code__in=codes).values_list("code", "pk"))


def report_of(dataset: str, place: int, period: int) -> Report | None:
    """The return of a data set from a place for a period, if it was begun."""
    rows = Report.objects.filter(dataset=dataset, place=place, period=period)
    return rows.select_related("place", "prepared_by", "approved_by", "accepted_by").first()


def report_for_update(dataset: str, place: int, period: int) -> Report | None:
    """The same return as it is now, locked until the transaction ends."""
    rows = Report.objects.select_for_update(of=("self",)).filter(dataset=dataset, place=place, period=period)
    return rows.select_related("place").first()


def begin_report(dataset: str, place: Place, period: int, at: datetime) -> Report:
    """The return of a data set from a place for a period, begun now unless somebody was faster; locked."""
    Report.objects.get_or_create(dataset=dataset, place=place, period=period, defaults={"changed_at": at})
    report = report_for_update(dataset, place.pk, period)
    assert report is not None  # noqa: S101  - returns are never deleted
    return report


def reports_of_period(dataset: str, period: int, places: Collection[int]) -> dict[int, Report]:
    """The returns of a data set for a period from some places, by place."""
    rows = Report.objects.filter(dataset=dataset, period=period, place__in=places)
    return {row.place_id: row for row in rows}


def reports_of_place(place: int, periods: Collection[int]) -> dict[tuple[str, int], Report]:
    """The returns of a place for some periods, by data set and period."""
    return {(row.dataset, row.period): row for row in Report.objects.filter(place=place, period__in=periods)}


def values_of(report: Report) -> dict[str, Value]:
    """The numbers of a return by code."""
    return {row.indicator.code: row for row in Value.objects.filter(report=report).select_related("indicator")}


def values_of_many(reports: Iterable[Report]) -> dict[int, dict[str, Value]]:
    """The numbers of some returns, by return and code."""
    found: dict[int, dict[str, Value]] = {}
    for row in Value.objects.filter(report__in=list(reports)).select_related("indicator"):
        found.setdefault(row.report_id, {})[row.indicator.code] = row
    return found


def put_values(rows: Sequence[Value]) -> None:
    """Write some numbers of returns, new ones and ones that were there."""
    Value.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["report", "indicator"],
        update_fields=["value", "computed", "reason", "note"],
    )


def put_figures(rows: Sequence[Figure]) -> None:
    """Write some accepted figures, new ones and ones that were there."""
    Figure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place", "indicator", "period"], update_fields=_UPDATED
    )


def drop_figures(place: int, period: int, indicators: Collection[int]) -> None:
    """Take away accepted figures that a return no longer gives; the log of the return keeps them."""
    Figure.objects.filter(place=place, period=period, indicator__in=indicators).delete()


def figures_of(place: int, period: int, codes: Collection[str]) -> dict[str, Figure]:
    """The accepted figures of a place for a period, by code."""
    rows = Figure.objects.filter(place=place, period=period, indicator__code__in=codes)
    return {row.indicator.code: row for row in rows.select_related("indicator")}


def figures_over(codes: Collection[str], periods: Collection[int], places: Collection[int]) -> list[Figure]:
    """The accepted figures of some indicators and periods at some places."""
    rows = Figure.objects.filter(indicator__code__in=codes, period__in=periods, place__in=places)
    return list(rows.select_related("indicator").order_by("period", "place", "indicator"))


def figures_in(code: str, period: int) -> QuerySet[Figure]:
    """Every accepted figure of one indicator for one period."""
    return Figure.objects.filter(indicator__code=code, period=period)


def sums_of(codes: Collection[str], period: int, places: Collection[int]) -> dict[str, tuple[int, int]]:
    """For some indicators and a period the sum over some places, and how many of them have a figure."""
    rows = Figure.objects.filter(indicator__code__in=codes, period=period, place__in=places).order_by()
    return {
        code: (total, count)
        for code, total, count in rows.values_list("indicator__code").annotate(Sum("value"), Count("pk"))
    }


def places_inside(path: str, on: date, level: Level, *, fictional: bool) -> list[PlacePeriod]:
    """The places of a level that lie in a place on a day, real or made up, in Vietnamese order."""
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    rows = in_force(on, level).filter(path__gt=path, path__lt=path[:-1] + "0", place__fictional=fictional)
    return list(rows.defer("source", "confirmed_by"))


def unit_at(uid: UUID, on: date) -> PlacePeriod | None:
    """What a place was on a day, by its permanent identity."""
    return in_force(on).filter(place__uid=uid).first()


def deadlines_of(dataset: str, period: int, above: Collection[int]) -> list[Deadline]:
    """The days that places above some other have set for a data set and a period."""
    return list(Deadline.objects.filter(dataset=dataset, period=period, place__in=above).order_by("pk"))


def put_deadline(deadline: Deadline) -> None:
    """Write the day that a place sets, in the stead of an earlier one."""
    Deadline.objects.bulk_create(
        [deadline],
        update_conflicts=True,
        unique_fields=["dataset", "place", "period"],
        update_fields=["before", "basis"],
    )


def quoted() -> list[Quoted]:
    """Every published figure, by indicator, place and year."""
    rows = Quoted.objects.select_related("indicator", "place")
    return list(rows.order_by("indicator__code", "place", F("year").desc(), "pk"))


def replace_quoted(rows: Mapping[str, Quoted]) -> None:
    """Hold just these published figures, by claim."""
    Quoted.objects.exclude(claim__in=rows).delete()
    fields = [field.name for field in Quoted._meta.fields if field.name not in {"id", "claim"}]
    Quoted.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["claim"], update_fields=fields)


def units_coded(code: str, on: date) -> list[PlacePeriod]:
    """The communes and provinces that carry a code on a day."""
    return list(in_force(on).filter(code=code, level__in=(Level.COMMUNE, Level.PROVINCE))[:2])
