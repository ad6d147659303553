"""Counting in many communes with one statement, and reading the few people whom no single row settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from densach.people.models import ClanSeat, CountedAt, HouseholdMember, InCommune, Person, Stay, UnitMember, UnitSeat
from densach.people.queries import AS_COUNTED, lived_in_on, some_at_once, true_on
from densach.places.queries import villages_under

Asked = Mapping[frozenset[str], list[int]]


def groups_in(communes: list[int], on: date, wanted: Iterable[str]) -> dict[str, dict[int, int]]:
    """How many clans, units or villages some communes have on a day, by what is wanted and by commune."""
    seats: dict[str, type[InCommune]] = {"clan": ClanSeat, "unit": UnitSeat}
    here = Q(commune__in=communes) & true_on(on)
    rows: dict[str, QuerySet[Any]] = {
        **{what: model._default_manager.filter(here).annotate(at=F("commune")) for what, model in seats.items()},
        "village": villages_under(communes, on).annotate(at=F("parent")),
    }
    found: dict[str, dict[int, int]] = {what: {} for what in rows if what in wanted}
    parts = [_by_commune(what, rows[what]) for what in found]
    for what, commune, count in parts[0].union(*parts[1:], all=True) if parts else ():
        found[what][commune] = count
    return found


def _by_commune(what: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    counted = rows.order_by().annotate(what=Value(what, output_field=CharField())).values_list("what", "at")
    told: QuerySet[Any] = counted.annotate(n=Count("pk", distinct=True))
    return told


def plain_in(asked: Asked, on: date, first: date, last: date) -> dict[int, tuple[int, int]]:
    """By commune, of those whom one row settles: how many were born between two days, both included, and how many
    households they live in; `asked` are the communes by the kinds of homes that their rules count.
    """
    born = Q(person__birth_date__gte=first, person__birth_date__lte=last)
    rows = _plain(asked, on).values_list("household__homes__commune")
    counted = rows.annotate(people=Count("pk", filter=born), homes=Count("household", distinct=True))
    return {commune: (people, homes) for commune, people, homes in counted}


def plain_persons(asked: Asked, on: date, first: date, last: date) -> set[int]:
    """Those whom one row settles and who were born between two days, both included."""
    rows = _plain(asked, on).filter(person__birth_date__gte=first, person__birth_date__lte=last)
    return set(rows.values_list("person", flat=True))


def plain_households(asked: Asked, on: date) -> set[int]:
    """The households in which such people live, whenever they were born."""
    return set(_plain(asked, on).values_list("household", flat=True))


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


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known of a record: where it lives, stays, is counted by choice or works, or when it is born.

    `way` is the kind of the home or stay; `row` the key of what says so.
    """

    what: str
    record: int
    way: str
    commune: int | None
    household: int | None
    row: int
    born: date | None


def known_of(records: Iterable[int], on: date) -> Iterator[Known]:
    """All of that for some records on a day, in one statement for each portion of them; a birth also by its year."""
    for some in some_at_once(records):  # in each of five parts: SQLite takes seven times as many variables
        theirs = Q(person__in=some)
        rows = [
            _told(lived_in_on(on).filter(theirs), "home", at="household__homes__commune", way="kind", home="household"),
            _told(Stay.objects.filter(true_on(on), theirs), "stay", at="commune", way="kind"),
            _told(CountedAt.objects.filter(true_on(on), theirs), "choice", at="commune"),
            _told(_works_on(on).filter(theirs), "unit", at="unit__seats__commune"),
            _told(Person.objects.filter(pk__in=some, birth_date__isnull=False), "born", who="pk", born="birth_date"),
        ]
        for row in rows[0].union(*rows[1:], all=True):
            yield Known(*row)


def _works_on(on: date) -> QuerySet[UnitMember]:
    return UnitMember.objects.filter(true_on(on), true_on(on, "unit__seats__"))


def _told(
    rows: QuerySet[Any], what: str, *, who: str = "person", at: str = "", way: str = "", home: str = "", born: str = ""
) -> QuerySet[Any]:
    """Rows of one kind in the columns of `Known`; every database wants to know what an empty column would hold."""
    number = Cast(Value(None), BigIntegerField())
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        F(who),
        F(way) if way else Value("", output_field=CharField()),
        F(at) if at else number,
        F(home) if home else number,
        F("pk"),
        F(born) if born else Cast(Value(None), DateField()),
    )


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
