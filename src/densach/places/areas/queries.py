"""Reading what lists say of kinds of area, and settling which of several lists speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from densach.places.models import AreaList, AreaPeriod, Level, Place, PlacePeriod
from densach.places.queries import in_force


def areas_in_force(on: date) -> QuerySet[AreaPeriod]:
    """What lists say of a day; a commune and family that has no row here is not known: no list speaks of it."""
    open_ = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    speaks = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    return AreaPeriod.objects.filter(open_, speaks, valid_from__lte=on, taken_back=False)


def areas_of(place: Place, on: date) -> list[AreaPeriod]:
    """What lists say of one commune on a day, at most once for each family."""
    return list(areas_in_force(on).filter(place=place).select_related("area_list").order_by("family"))


def area_lists() -> QuerySet[AreaList]:
    """Every list, those that were taken back too, in the order of their first days."""
    return AreaList.objects.order_by("valid_from", "pk")


def lists_by_key(keys: Collection[int]) -> dict[int, AreaList]:
    """Some lists by their keys."""
    return {each.pk: each for each in area_lists().filter(pk__in=keys)}


def counts_of(lists: Collection[int]) -> dict[int, dict[str, int]]:
    """Of how many communes some lists say which kind, by list; "" counts what is none of a family."""
    found: dict[int, dict[str, int]] = {}
    rows = AreaPeriod.objects.filter(area_list__in=lists).order_by().values_list("area_list", "kind")
    for key, kind, count in rows.annotate(Count("place", distinct=True)):
        found.setdefault(key, {})[kind] = count
    return found


def hold_lists() -> None:
    """Let nobody else enter a list or take one back until the transaction ends: two may speak of one commune."""
    list(Place.objects.select_for_update().filter(periods__level=Level.COUNTRY).values_list("pk", flat=True))


def communes_on(on: date) -> list[PlacePeriod]:
    """All communes of a day, real and made up."""
    return list(in_force(on, Level.COMMUNE))


def list_saying(digest: str) -> AreaList | None:
    """The list in use that says just this."""
    return AreaList.objects.filter(digest=digest, taken_back_at__isnull=True).first()


def said_from(on: date, places: Iterable[int], families: Collection[str]) -> AreaPeriod | None:
    """Something that a list in use says of one of some communes and families from a day on, if there is any."""
    return _in_use(places, families).filter(said_on=on).first()


def said_by(text: tuple[str, str, date], places: Iterable[int], families: Collection[str]) -> AreaPeriod | None:
    """The same of the lists of one text: its number, issuer and day."""
    names = ("number", "issuer", "signed_on")
    of_text = {f"area_list__{name}": value for name, value in zip(names, text, strict=True)}
    return _in_use(places, families).filter(**of_text).first()


def _in_use(places: Iterable[int], families: Collection[str]) -> QuerySet[AreaPeriod]:
    rows = AreaPeriod.objects.filter(place__in=list(places), family__in=families, taken_back=False)
    return rows.select_related("area_list").order_by("pk")


def settle_ends(area_list: AreaList) -> None:
    """Let all that was said of the communes and families of a list end where the next list in use begins."""
    same = {"place": OuterRef("place"), "family": OuterRef("family")}
    told = AreaPeriod.objects.filter(area_list=area_list, **same)
    later = AreaPeriod.objects.filter(taken_back=False, said_on__gt=OuterRef("said_on"), **same).order_by("said_on")
    rows = AreaPeriod.objects.filter(Exists(told), taken_back=False)
    rows.update(closed_on=Subquery(later.values("said_on")[:1]))


def ends_of(area_list: AreaList) -> dict[tuple[int, date | None], int]:
    """How the rows of other lists end that speak of the same communes and families: by list and day, how many."""
    told = AreaPeriod.objects.filter(area_list=area_list, place=OuterRef("place"), family=OuterRef("family"))
    rows = AreaPeriod.objects.filter(Exists(told), taken_back=False).exclude(area_list=area_list).order_by()
    found = rows.values_list("area_list", "closed_on").annotate(Count("pk"))
    return {(key, closed_on): count for key, closed_on, count in found}


def list_for_update(area_list: AreaList) -> AreaList:
    """A list as it is now, locked until the transaction ends."""
    return AreaList.objects.select_for_update().get(pk=area_list.pk)


def mark_taken_back(area_list: AreaList) -> None:
    """Let nothing that a list says hold any more."""
    AreaPeriod.objects.filter(area_list=area_list).update(taken_back=True)


def lists_called(reference: str) -> list[AreaList]:
    """The lists in use with this number or permanent identity."""
    rows = area_lists().filter(taken_back_at__isnull=True)
    return [each for each in rows if reference in (each.number, str(each.uid))]
