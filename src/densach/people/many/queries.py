"""Counting in many communes with one statement, and reading the few people whom no single row settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from densach.people.models import CountedAt, HouseholdMember, InCommune, Person, Stay, UnitMember
from densach.people.queries import AS_COUNTED, lived_in_on, some_at_once, true_on

Asked = Mapping[frozenset[str], list[int]]


def seats_in(model: type[InCommune], communes: list[int], on: date) -> dict[int, int]:
    """How many clans or units are entered in some communes on a day, by commune."""
    rows = model._default_manager.filter(true_on(on), commune__in=communes).order_by()
    return dict(rows.values_list("commune").annotate(Count("pk", distinct=True)))


def plain_in(asked: Asked, on: date, first: date, last: date) -> dict[int, tuple[int, int]]:
    """By commune, of those whom one row settles: how many were born between two days, both included, and how many
    households they live in; `asked` are the communes by the kinds of homes that their rules count.
    """
    born = Q(person__birth_date__gte=first, person__birth_date__lte=last)
    rows = _plain(asked, on).values_list("household__homes__commune")
    counted = rows.annotate(people=Count("pk", filter=born), homes=Count("household", distinct=True))
    return {commune: (people, homes) for commune, people, homes in counted}


def with_plain_people(households: Iterable[int], asked: Asked, on: date) -> set[int]:
    """Those of some households in which somebody lives whom one row settles."""
    found: set[int] = set()
    for some in some_at_once(households):
        found.update(_plain(asked, on).filter(household__in=some).values_list("household", flat=True).distinct())
    return found


def records_to_settle(communes: list[int], on: date) -> dict[int, int]:
    """The records with a home or a stay in some communes on a day that no single row settles: as whom each counts."""
    here = true_on(on, "household__homes__") & Q(household__homes__commune__in=communes)
    rows = HouseholdMember.objects.filter(true_on(on), here, _needs_more(on)).order_by()
    stays = Stay.objects.filter(true_on(on), commune__in=communes).order_by()
    found = rows.annotate(kept=AS_COUNTED).values_list("person", "kept")
    return dict(found.union(stays.annotate(kept=AS_COUNTED).values_list("person", "kept")))


def joined_to(persons: Iterable[int]) -> dict[int, int]:
    """The other records of some persons, each with the record it is counted as."""
    found: dict[int, int] = {}
    for some in some_at_once(persons):
        rows = Person.objects.filter(same_as__in=some).values_list("pk", "same_as")
        found |= {record: kept for record, kept in rows if kept is not None}
    return found


def choices_of(records: Iterable[int], on: date) -> dict[int, int]:
    """Where some records are counted on a day by choice: the commune by the person as counted, the latest choice."""
    rows = [
        row
        for some in some_at_once(records)
        for row in CountedAt.objects.filter(true_on(on), person__in=some).values_list("pk", AS_COUNTED, "commune")
    ]
    return {person: commune for _, person, commune in sorted(rows)}


def birth_dates_of(records: Iterable[int]) -> dict[int, date]:
    """When each of some records was born, where that is known; the first day of a year that alone is known."""
    found: dict[int, date] = {}
    for some in some_at_once(records):
        rows = Person.objects.filter(pk__in=some, birth_date__isnull=False).values_list("pk", "birth_date")
        found |= {record: born for record, born in rows if born is not None}
    return found


def communes_of_units_of(records: Iterable[int], on: date) -> Iterator[tuple[int, int, int]]:
    """Key of the row, record and commune of each unit that some records work or learn in on a day."""
    for some in some_at_once(records):
        rows = UnitMember.objects.filter(true_on(on), true_on(on, "unit__seats__"), person__in=some)
        yield from rows.values_list("pk", "person", "unit__seats__commune")


def _plain(asked: Asked, on: date) -> QuerySet[HouseholdMember]:
    counted = Q(pk__in=[])
    for kinds, communes in asked.items():
        counted |= Q(household__homes__commune__in=communes, kind__in=kinds)
    return HouseholdMember.objects.filter(
        true_on(on), true_on(on, "household__homes__") & counted, ~_needs_more(on)
    ).order_by()


def _needs_more(on: date) -> Q:
    """Homes of a record that has a stay, a choice, another home or another record beside them on a day."""
    stays, choices = (model._default_manager.filter(true_on(on)).values("person") for model in (Stay, CountedAt))
    kept = Person.objects.filter(same_as__isnull=False).values("same_as")
    other = lived_in_on(on).filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))
    joined = Q(person__same_as__isnull=False) | Q(person__in=kept)
    return joined | Q(person__in=stays) | Q(person__in=choices) | Q(Exists(other))
