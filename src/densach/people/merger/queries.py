"""Reading what the communes that merged had, and what the new one took over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from densach.people.models import (
    ClanHousehold,
    ClanSeat,
    HouseholdHome,
    HouseholdMember,
    InCommune,
    UnitMember,
    UnitSeat,
)
from densach.people.queries import Seat, true_on
from densach.places.models import Lineage, Place

_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement


def entered_before(model: type[Seat], group: str, communes: list[int], on: date) -> list[Seat]:
    """The open rows of some communes that began before a day, each with its household, clan or unit (`group`)."""
    rows = model._default_manager.filter(commune__in=communes, valid_to__isnull=True, valid_from__lt=on)
    return list(rows.select_related(group).order_by("commune", "pk"))


def seats_then_and_now(
    model: type[InCommune], group: str, communes: list[int], eve: date, on: date
) -> list[tuple[int, str, int, int]]:
    """Key, code, commune of each clan or unit of some communes on the eve of a day, and its commune on that day."""
    then = list(model._default_manager.filter(true_on(eve), commune__in=communes).order_by("pk"))
    held = {f"{group}__in": [getattr(row, f"{group}_id") for row in then]}
    now = dict(model._default_manager.filter(true_on(on), **held).values_list(f"{group}_id", "commune_id"))
    keys = [int(getattr(row, f"{group}_id")) for row in then]
    return [(key, r.code, r.commune_id, now.get(key, r.commune_id)) for key, r in zip(keys, then, strict=True)]


def left_behind(edges: Iterable[Lineage]) -> int:
    """How many households are still entered in places that all went to another, from before the day they went."""
    still_there = Q(pk__in=[])
    for edge in edges:
        still_there |= Q(commune=edge.old_id, valid_from__lt=edge.on)
    return HouseholdHome.objects.filter(still_there, valid_to__isnull=True).count()


def open_codes(model: type[Seat], commune: Place) -> set[str]:
    """The codes in use in a commune."""
    return set(model._default_manager.filter(commune=commune, valid_to__isnull=True).values_list("code", flat=True))


def people_by_home(communes: list[int], on: date) -> dict[int, int]:
    """How many live in each home of some communes on a day, by the key of the home."""
    there = {"household__homes__commune__in": communes}
    rows = HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"), **there).order_by()
    return dict(rows.values_list("household__homes").annotate(Count("person", distinct=True)))


def homes_in_villages(villages: list[int], on: date) -> list[HouseholdHome]:
    """The homes in some villages that began before a day and are still open."""
    rows = HouseholdHome.objects.filter(village__in=villages, valid_to__isnull=True, valid_from__lt=on)
    return list(rows.order_by("pk"))


def end_rows(model: type[InCommune], keys: list[int], on: date | None) -> None:
    """Let rows end on a day, or open them again."""
    for start in range(0, len(keys), _AT_ONCE):
        model._default_manager.filter(pk__in=keys[start : start + _AT_ONCE]).update(valid_to=on)


def delete_rows(model: type[InCommune], keys: list[int]) -> None:
    """Take back rows that an event wrote which is undone."""
    for start in range(0, len(keys), _AT_ONCE):
        model._default_manager.filter(pk__in=keys[start : start + _AT_ONCE]).delete()


def arrivals(model: type[Seat], rows: str, commune: Place, olds: list[int], on: date) -> list[tuple[Seat, Seat]]:
    """What a commune took over on a day: each row there with the row before; `rows` as "clan__seats__"."""
    group = rows.partition("__")[0]
    earlier = model._default_manager.filter(commune__in=olds, valid_to=on)
    before = {getattr(row, f"{group}_id"): row for row in earlier.order_by("pk")}
    now = _arrived(model, rows, commune, olds, on).order_by("pk")
    return [(row, before[getattr(row, f"{group}_id")]) for row in now]


def later_than_carried(commune: Place, olds: list[int], on: date, villages: list[int]) -> dict[str, int]:
    """How many homes and memberships of what a commune took over on a day began, changed or ended since."""
    came, clans, units = (
        _arrived(model, rows, commune, olds, on).values(rows.partition("__")[0])
        for model, rows in (
            (HouseholdHome, "household__homes__"),
            (ClanSeat, "clan__seats__"),
            (UnitSeat, "unit__seats__"),
        )
    )
    homes = HouseholdHome.objects.filter(Q(household__in=came) | Q(village__in=villages), valid_from__gte=on)
    carried = Q(household__in=came, valid_from=on, valid_to__isnull=True, commune=commune)
    changed = Q(valid_from__gte=on) | Q(valid_to__gte=on)
    members = (
        HouseholdMember.objects.filter(changed, household__in=came).count()
        + ClanHousehold.objects.filter(changed, clan__in=clans).count()
        + UnitMember.objects.filter(changed, unit__in=units).count()
    )
    return {"homes": homes.exclude(carried).count(), "members": members}


def _arrived(model: type[Seat], rows: str, commune: Place, olds: list[int], on: date) -> QuerySet[Seat]:
    """The rows that a commune got on a day from old communes."""
    before = {f"{rows}commune__in": olds, f"{rows}valid_to": on}
    return model._default_manager.filter(**before, commune=commune, valid_from=on)
