"""Reading places: everything here speaks of one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from densach.places.models import CodeList, Level, Lineage, Place, PlacePeriod

_UNITS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def provinces_ever() -> QuerySet[PlacePeriod]:
    """Every row of a province, of today and of before."""
    return PlacePeriod.objects.filter(level=Level.PROVINCE)


def in_force(on: date, level: Level | None = None) -> QuerySet[PlacePeriod]:
    """The rows that are true on a day, in Vietnamese order."""
    rows = PlacePeriod.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    rows = rows.filter(level=level) if level else rows
    return rows.select_related("place", "code_list").order_by("sort", "name", "pk")


def period_of(place: Place, on: date) -> PlacePeriod | None:
    """What a place was on a day; None where it was not yet, or no longer."""
    return in_force(on).filter(place=place).first()


def periods_of(place: Place) -> QuerySet[PlacePeriod]:
    """All that a place has been, oldest first."""
    return PlacePeriod.objects.filter(place=place).order_by("valid_from")


def periods_by_uid(uid: UUID) -> QuerySet[PlacePeriod]:
    """All that a place has been, by its permanent identity, oldest first."""
    return PlacePeriod.objects.filter(place__uid=uid).select_related("place", "code_list").order_by("valid_from")


def has_fictional_places() -> bool:
    """Whether any place of this database is made up."""
    return Place.objects.filter(fictional=True).exists()


def inside(period: PlacePeriod, on: date, level: Level | None = None) -> QuerySet[PlacePeriod]:
    """Everything below a place on a day, at every depth."""
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    end = period.path[:-1] + "0"
    return in_force(on, level).filter(path__gt=period.path, path__lt=end)


def children_of(place: Place, on: date) -> QuerySet[PlacePeriod]:
    """The places directly below one on a day."""
    return in_force(on).filter(parent=place)


def villages_of(commune: Place, on: date) -> QuerySet[PlacePeriod]:
    """The villages of a commune on a day."""
    return in_force(on, Level.VILLAGE).filter(parent=commune)


def open_country() -> PlacePeriod | None:
    """The country itself; None in a database that was not filled yet."""
    return PlacePeriod.objects.select_related("place").filter(level=Level.COUNTRY, valid_to__isnull=True).first()


def provinces_by_place(on: date) -> dict[int, PlacePeriod]:
    """The provinces of a day, by the key of their place."""
    return {row.place_id: row for row in in_force(on, Level.PROVINCE)}


def above_by_place(on: date) -> dict[int, PlacePeriod]:
    """The provinces and districts of a day, by the key of their place."""
    return {row.place_id: row for row in in_force(on).filter(level__in=(Level.PROVINCE, Level.DISTRICT))}


def rows_of_places(places: Iterable[int], on: date) -> QuerySet[PlacePeriod]:
    """What some places were on a day, as far as they were there."""
    return in_force(on).filter(place__in=places)


def names_in_force(on: date) -> dict[int, str]:
    """The names of the units of a day, by the key of their place."""
    return dict(in_force(on).filter(level__in=_UNITS).order_by().values_list("place_id", "name"))


def became(places: Iterable[int]) -> QuerySet[Lineage]:
    """What some places became."""
    return Lineage.objects.filter(old__in=places).select_related("old", "new")


def made_from(places: Iterable[int]) -> QuerySet[Lineage]:
    """What some places were made from."""
    return Lineage.objects.filter(new__in=places).select_related("old", "new")


def ever_directly_below(places: Iterable[int]) -> QuerySet[PlacePeriod]:
    """Every row that names one of some places as the place above."""
    return PlacePeriod.objects.filter(parent__in=places)


def units_by_code(code: str, on: date) -> QuerySet[PlacePeriod]:
    """The units that carry a code on a day, of whichever list."""
    return in_force(on).filter(code=code, level__in=_UNITS)


def units_holding(folded: str, on: date) -> QuerySet[PlacePeriod]:
    """The units whose folded name holds a folded text."""
    return in_force(on).filter(folded__contains=folded, level__in=_UNITS)


def past_country(ended: date) -> PlacePeriod | None:
    """The row of the country that ended on a day."""
    return PlacePeriod.objects.select_related("place").filter(level=Level.COUNTRY, valid_to=ended).first()


def units_on_a_day(list_key: str, level: Level, on: date) -> dict[str, PlacePeriod]:
    """The units of a list at one level that were there on a day, by code."""
    return {row.code: row for row in in_force(on, level).filter(code_list=list_key)}


def lineage_pairs() -> set[tuple[int, int]]:
    """Every old place with every new one that took it in."""
    return set(Lineage.objects.values_list("old_id", "new_id"))


def open_period_for_update(place: Place) -> PlacePeriod | None:
    """The row of a place that has not ended, locked until the transaction ends."""
    return PlacePeriod.objects.select_for_update().filter(place=place, valid_to__isnull=True).first()


def code_was_ever_real(code: str) -> bool:
    """Whether some real unit of our data has, or once had, this code."""
    return PlacePeriod.objects.filter(code=code, place__fictional=False).exists()


def code_is_taken(code: str, code_list: CodeList, level: str) -> bool:
    """Whether a place in force has this code."""
    return PlacePeriod.objects.filter(code=code, code_list=code_list, level=level, valid_to__isnull=True).exists()


def real_lists() -> QuerySet[CodeList]:
    """The lists by which we know the real country, oldest first."""
    return CodeList.objects.filter(fictional=False).order_by("known_from")


def digests() -> dict[str, str]:
    """The shipped data that this database holds, by list."""
    return dict(CodeList.objects.values_list("key", "digest"))


def codes_held(code_list: CodeList) -> set[tuple[str, str]]:
    """Level and code of every row that names a list."""
    return set(PlacePeriod.objects.filter(code_list=code_list).values_list("level", "code"))


def units_of_list(code_list: CodeList, level: Level) -> dict[str, PlacePeriod]:
    """The open rows of a list at one level, by code."""
    rows = PlacePeriod.objects.filter(code_list=code_list, level=level, valid_to__isnull=True)
    return {row.code: row for row in rows.select_related("place")}
