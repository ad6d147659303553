"""Reading people and groups of one commune."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from densach.people.models import Clan, ClanHousehold, Household, HouseholdMember, Person, Unit, UnitMember
from densach.places.models import Place

_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement


def households_of(commune: Place) -> dict[str, Household]:
    """The households of a commune by their code."""
    return {household.code: household for household in Household.objects.filter(commune=commune)}


def households_coded(commune: Place, codes: Iterable[str]) -> dict[str, Household]:
    """The households of a commune that have one of these codes, by their code."""
    found: dict[str, Household] = {}
    for some in _in_pieces(codes):
        found.update({row.code: row for row in Household.objects.filter(commune=commune, code__in=some)})
    return found


def clans_of(commune: Place) -> dict[str, Clan]:
    """The clans of a commune by their code."""
    return {clan.code: clan for clan in Clan.objects.filter(commune=commune)}


def units_of(commune: Place) -> dict[str, Unit]:
    """The units of a commune by their code."""
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


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
    rows = HouseholdMember.objects.filter(household__commune=commune, valid_to__isnull=True)
    return rows.select_related("person", "household").order_by("pk")


def open_members_of(commune: Place, codes: Iterable[str]) -> Iterator[HouseholdMember]:
    """Who lives in the households of a commune that have one of these codes, with person and household."""
    for some in _in_pieces(codes):
        yield from open_members(commune).filter(household__code__in=some)


def names_and_numbers(commune: Place) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person, household code, folded name and hash of the number of everyone who lives in a commune."""
    rows = HouseholdMember.objects.filter(household__commune=commune, valid_to__isnull=True).order_by("pk")
    return rows.values_list("person_id", "household__code", "person__folded", "person__number_hash")


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
    rows = ClanHousehold.objects.filter(clan__commune=commune, valid_to__isnull=True)
    return {(row.clan_id, row.household_id): row for row in rows}


def open_unit_members(commune: Place) -> dict[tuple[int, int, str], UnitMember]:
    """The open rows unit-person-role of a commune, by their keys."""
    rows = UnitMember.objects.filter(unit__commune=commune, valid_to__isnull=True)
    return {(row.unit_id, row.person_id, row.role): row for row in rows}


def true_on(day: date) -> Q:
    """Rows of [valid_from, valid_to) that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def rows_with_lost_keys(keys: Iterable[str]) -> QuerySet[Person]:
    """The persons whose number is encrypted under none of these keys."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key__in=list(keys)).order_by("pk")


def rows_with_other_keys(current: str) -> QuerySet[Person]:
    """The persons whose number is still encrypted under an older key."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key=current).order_by("pk")


_KNOWN = ("person__birth_date", "person__birth_precision", "person__literacy")


def persons_in_households(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Household, person, birth date, its precision and literacy of everyone living in a commune on a day."""
    rows = HouseholdMember.objects.filter(true_on(on), household__commune=commune).order_by("pk")
    return rows.values_list("household_id", "person_id", *_KNOWN)


def persons_in_units(commune: Place, on: date) -> QuerySet[UnitMember, tuple[Any, ...]]:
    """Unit, role, person, birth date, its precision and literacy of everyone in the units of a commune on a day."""
    rows = UnitMember.objects.filter(true_on(on), unit__commune=commune).order_by("pk")
    return rows.values_list("unit_id", "role", "person_id", *_KNOWN)


def households_in_clans(commune: Place, on: date) -> QuerySet[ClanHousehold, tuple[Any, ...]]:
    """Clan and household of every registration that holds on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), clan__commune=commune).order_by("pk")
    return rows.values_list("clan_id", "household_id")


def persons_described(commune: Place, *, heads_only: bool = False) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person, full name, household code and village of everyone who lives in a commune, or of the heads alone."""
    rows = HouseholdMember.objects.filter(household__commune=commune, valid_to__isnull=True).order_by("pk")
    rows = rows.filter(is_head=True) if heads_only else rows
    return rows.values_list("person_id", "person__full_name", "household__code", "household__village_id")


def _in_pieces(values: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(values)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
