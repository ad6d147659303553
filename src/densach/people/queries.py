"""Reading people and groups of one commune, as they are on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet

from densach.people.models import (
    Clan,
    ClanHousehold,
    ClanSeat,
    Household,
    HouseholdHome,
    HouseholdMember,
    InCommune,
    Person,
    Unit,
    UnitMember,
    UnitSeat,
)
from densach.places.models import Place

_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement
Seat = TypeVar("Seat", bound=InCommune)


def true_on(day: date, rows: str = "") -> Q:
    """Rows of [valid_from, valid_to) that hold on a day; `rows` leads to them from elsewhere, "household__homes__"."""
    open_or_later = Q(**{f"{rows}valid_to__isnull": True}) | Q(**{f"{rows}valid_to__gt": day})
    return Q(**{f"{rows}valid_from__lte": day}) & open_or_later


def entered_in(commune: Place, day: date, rows: str) -> Q:
    """What is entered in a commune on a day; `rows` leads to the rows that say so."""
    return true_on(day, rows) & Q(**{f"{rows}commune": commune})


def homes_on(commune: Place, on: date) -> QuerySet[HouseholdHome]:
    """Where each household of a commune lives on a day, in the order they were entered."""
    return HouseholdHome.objects.filter(entered_in(commune, on, "")).select_related("household").order_by("household")


def clan_seats_on(commune: Place, on: date) -> QuerySet[ClanSeat]:
    """The clans entered in a commune on a day."""
    return ClanSeat.objects.filter(entered_in(commune, on, "")).select_related("clan").order_by("clan")


def unit_seats_on(commune: Place, on: date) -> QuerySet[UnitSeat]:
    """The units on the territory of a commune on a day."""
    return UnitSeat.objects.filter(entered_in(commune, on, "")).select_related("unit").order_by("unit")


def households_of(commune: Place, on: date) -> dict[str, Household]:
    """The households of a commune by the code they have there on a day."""
    return {home.code: home.household for home in homes_on(commune, on)}


def clans_of(commune: Place, on: date) -> dict[str, Clan]:
    """The clans of a commune by the code they have there on a day."""
    return {seat.code: seat.clan for seat in clan_seats_on(commune, on)}


def units_of(commune: Place, on: date) -> dict[str, Unit]:
    """The units of a commune by the code they have there on a day."""
    return {seat.code: seat.unit for seat in unit_seats_on(commune, on)}


def held_by_code(model: type[Seat], commune: Place, on: date) -> dict[str, Seat]:
    """The row of each code of a commune that has not ended by a day: the one that holds then, else the next one."""
    rows = model._default_manager.filter(commune=commune).exclude(valid_to__lte=on)
    return {row.code: row for row in rows.select_related().order_by("-valid_from", "-pk")}


def former_codes(model: type[Seat], rows: str, commune: Place) -> dict[str, list[str]]:
    """The codes that households, clans or units brought into a commune and lost there, each with what it became.

    `rows` leads from one row to the other rows of the same group, as "household__homes__".
    """
    moved = model._default_manager.filter(**{f"{rows}valid_to": F("valid_from")}, commune=commune)
    changed = moved.annotate(old=F(f"{rows}code")).exclude(old=F("code")).order_by("code")
    found: dict[str, list[str]] = defaultdict(list)
    for old, new in changed.values_list("old", "code"):
        found[old].append(new)
    return found


def persons_by_number(hashes: Iterable[str]) -> dict[str, Person]:
    """The persons that have one of these numbers, by the hash of the number, wherever they live."""
    wanted = list(hashes)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Person.objects.filter(number_hash__in=wanted[start : start + _AT_ONCE])
        found.update({row.number_hash: row for row in rows if row.number_hash})
    return found


def open_members(commune: Place) -> QuerySet[HouseholdMember]:
    """Who lives in the households of a commune, with person and household."""
    here = {"household__homes__commune": commune, "household__homes__valid_to__isnull": True}
    rows = HouseholdMember.objects.filter(valid_to__isnull=True, **here)
    return rows.select_related("person", "household").order_by("pk")


def members_by_code(commune: Place) -> dict[str, list[Person]]:
    """Who lives in the households that have or once had a code in a commune, by that code."""
    found: dict[str, list[Person]] = defaultdict(list)
    rows = HouseholdMember.objects.filter(valid_to__isnull=True, household__homes__commune=commune)
    rows = rows.select_related("person").annotate(code=F("household__homes__code")).order_by("pk")
    for row in rows:
        found[row.code].append(row.person)
    return found


def names_and_numbers(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person, household code, folded name and hash of the number of everyone who lives in a commune on a day."""
    rows = _living_in(commune, on)
    return rows.values_list("person_id", "household__homes__code", "person__folded", "person__number_hash")


def open_memberships_of(persons: Iterable[Person]) -> dict[int, HouseholdMember]:
    """The open household membership of each person, by the key of the person."""
    ids = [person.pk for person in persons]
    found: dict[int, HouseholdMember] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = HouseholdMember.objects.filter(person__in=ids[start : start + _AT_ONCE], valid_to__isnull=True)
        found.update({row.person_id: row for row in rows})
    return found


def open_clan_households(commune: Place) -> dict[tuple[int, int], ClanHousehold]:
    """The open rows clan-household of a commune, by the keys of both."""
    rows = ClanHousehold.objects.filter(clan__seats__commune=commune, valid_to__isnull=True)
    return {(row.clan_id, row.household_id): row for row in rows}


def open_unit_members(commune: Place) -> dict[tuple[int, int, str], UnitMember]:
    """The open rows unit-person-role of a commune, by their keys."""
    rows = UnitMember.objects.filter(unit__seats__commune=commune, valid_to__isnull=True)
    return {(row.unit_id, row.person_id, row.role): row for row in rows}


def rows_with_lost_keys(keys: Iterable[str]) -> QuerySet[Person]:
    """The persons whose number is encrypted under none of these keys."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key__in=list(keys)).order_by("pk")


def rows_with_other_keys(current: str) -> QuerySet[Person]:
    """The persons whose number is still encrypted under an older key."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key=current).order_by("pk")


_KNOWN = ("person__birth_date", "person__birth_precision", "person__literacy")


def persons_in_households(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Household, person, birth date, its precision and literacy of everyone living in a commune on a day."""
    return _living_in(commune, on).values_list("household_id", "person_id", *_KNOWN)


def persons_in_units(commune: Place, on: date) -> QuerySet[UnitMember, tuple[Any, ...]]:
    """Unit, role, person, birth date, its precision and literacy of everyone in the units of a commune on a day."""
    rows = UnitMember.objects.filter(true_on(on), entered_in(commune, on, "unit__seats__")).order_by("pk")
    return rows.values_list("unit_id", "role", "person_id", *_KNOWN)


def households_in_clans(commune: Place, on: date) -> QuerySet[ClanHousehold, tuple[Any, ...]]:
    """Clan and household of every registration that holds on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), entered_in(commune, on, "clan__seats__")).order_by("pk")
    return rows.values_list("clan_id", "household_id")


def persons_described(
    commune: Place, on: date, *, heads_only: bool = False
) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person, full name, household code and village of everyone who lives in a commune, or of the heads alone."""
    rows = _living_in(commune, on)
    rows = rows.filter(is_head=True) if heads_only else rows
    return rows.values_list("person_id", "person__full_name", "household__homes__code", "household__homes__village_id")


def _living_in(commune: Place, on: date) -> QuerySet[HouseholdMember]:
    """Who lives on a day in the households that a commune has on that day."""
    return HouseholdMember.objects.filter(true_on(on), entered_in(commune, on, "household__homes__")).order_by("pk")


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


def homes_lived_in(communes: list[int], on: date) -> dict[int, int]:
    """How many households of some communes have somebody living in them on a day, by commune."""
    return _counted(_living_in_any(communes, on), "household__homes__commune", "household")


def people_born_between(communes: list[int], on: date, first: date, last: date) -> dict[int, int]:
    """How many of those who live in some communes on a day were born between two days, both included, by commune."""
    rows = _living_in_any(communes, on).filter(person__birth_date__gte=first, person__birth_date__lte=last)
    return _counted(rows, "household__homes__commune", "person")


def seats_in(model: type[InCommune], communes: list[int], on: date) -> dict[int, int]:
    """How many clans or units are entered in some communes on a day, by commune."""
    return _counted(model._default_manager.filter(true_on(on), commune__in=communes), "commune", "pk")


def _living_in_any(communes: list[int], on: date) -> QuerySet[HouseholdMember]:
    here = true_on(on, "household__homes__") & Q(household__homes__commune__in=communes)
    return HouseholdMember.objects.filter(true_on(on), here)


def _counted(rows: QuerySet[Any], by: str, what: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count(what, distinct=True)))


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
