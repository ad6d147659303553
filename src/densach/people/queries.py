"""Reading people and groups of one commune, as they are on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from densach.history.prepared import prepared
from densach.people.models import (
    UNIT_KINDS,
    Clan,
    ClanHousehold,
    ClanSeat,
    CountedAt,
    Household,
    HouseholdHome,
    HouseholdMember,
    InCommune,
    Person,
    PersonName,
    ResidentsCounted,
    Stay,
    Unit,
    UnitMember,
    UnitSeat,
)
from densach.places.models import Organisation, OrganisationKind, OrganisationPeriod, Place
from densach.places.organisations.queries import periods_of_many

AS_COUNTED = Coalesce("person__same_as_id", "person_id")
_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement
Seat = TypeVar("Seat", bound=InCommune)
Thing = TypeVar("Thing", Person, Household, Clan, Unit, Place)
Value = TypeVar("Value")


def true_on(day: date, rows: str = "") -> Q:
    """Rows of [valid_from, valid_to) that hold on a day; `rows` leads to them from elsewhere, "household__homes__"."""
    open_or_later = Q(**{f"{rows}valid_to__isnull": True}) | Q(**{f"{rows}valid_to__gt": day})
    return Q(**{f"{rows}valid_from__lte": day}) & open_or_later


def entered_in(commune: Place, day: date, rows: str) -> Q:
    """What is entered in a commune on a day; `rows` leads to the rows that say so."""
    return true_on(day, rows) & Q(**{f"{rows}commune": commune})


def homes_in_commune(commune: Place, on: date) -> QuerySet[HouseholdHome]:
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
    return {home.code: home.household for home in homes_in_commune(commune, on)}


def clans_of(commune: Place, on: date) -> dict[str, Clan]:
    """The clans of a commune by the code they have there on a day."""
    return {seat.code: seat.clan for seat in clan_seats_on(commune, on)}


def units_of(commune: Place, on: date) -> dict[str, Unit]:
    """The units of a commune by the code they have there on a day."""
    return {seat.code: seat.unit for seat in unit_seats_on(commune, on)}


def held_by_code(model: type[Seat], commune: Place, on: date, codes: Iterable[str] | None = None) -> dict[str, Seat]:
    """The row of each code of a commune that has not ended by a day: the one that holds then, else the next one.

    `codes` are those that are asked for, where not all are.
    """
    rows = model._default_manager.filter(commune=commune).exclude(valid_to__lte=on)
    rows = rows.select_related().order_by("-valid_from", "-pk")
    if codes is None:
        return {row.code: row for row in rows}
    return {row.code: row for some in in_pieces(codes) for row in rows.filter(code__in=some)}


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


@dataclass(frozen=True)
class UnitOnDay:
    """What a unit was on a day: its own code, and the name and kind of the organisation it is, where it is linked."""

    code: str
    name: str
    kind: str


def units_on(commune: Place, on: date) -> dict[int, UnitOnDay]:
    """The units of a commune as they were on a day, by key."""
    seats = list(unit_seats_on(commune, on))
    periods = periods_of_many((seat.unit.organisation_id for seat in seats if seat.unit.organisation_id), on)
    return {seat.unit_id: _on_day(seat, periods.get(seat.unit.organisation_id or 0)) for seat in seats}


def _on_day(seat: UnitSeat, period: OrganisationPeriod | None) -> UnitOnDay:
    if period is None:
        return UnitOnDay(seat.code, seat.unit.name, seat.unit.kind)
    return UnitOnDay(seat.code, period.name, UNIT_KINDS[OrganisationKind(period.kind)])


def unit_for_update(commune: Place, code: str) -> Unit | None:
    """The unit that has a code in a commune now, locked until the transaction ends."""
    here = {"seats__commune": commune, "seats__code": code, "seats__valid_to__isnull": True}
    return Unit.objects.select_for_update(of=("self",)).filter(**here).first()


def unit_of_organisation(organisation: Organisation) -> Unit | None:
    """The unit that is an organisation."""
    return Unit.objects.filter(organisation=organisation).first()


def persons_by_number(hashes: Iterable[str]) -> dict[str, Person]:
    """The persons that have one of these numbers, by the hash of the number, wherever they live."""
    wanted = list(hashes)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Person.objects.filter(number_hash__in=wanted[start : start + _AT_ONCE])
        found.update({row.number_hash: row for row in rows if row.number_hash})
    return found


def homes_ever(commune: Place, codes: Iterable[str]) -> Iterator[tuple[str, Person]]:
    """Everybody who ever lived in the households of these codes, now or before, with the code; who still does last."""
    for some in in_pieces(codes):
        rows = HouseholdMember.objects.filter(household__homes__commune=commune, household__homes__code__in=some)
        rows = rows.select_related("person").annotate(code=F("household__homes__code"))
        for row in rows.order_by(F("valid_to").asc(nulls_last=True), "pk"):
            yield row.code, row.person


def former_names(persons: Iterable[int]) -> dict[int, list[PersonName]]:
    """The names that some persons bore before, by person."""
    found: dict[int, list[PersonName]] = defaultdict(list)
    for some in some_at_once(persons):
        for row in PersonName.objects.filter(person__in=some).order_by("pk"):
            found[row.person_id].append(row)
    return found


def open_members(commune: Place) -> QuerySet[HouseholdMember]:
    """Who lives in the households of a commune, with person and household."""
    here = {"household__homes__commune": commune, "household__homes__valid_to__isnull": True}
    rows = HouseholdMember.objects.filter(valid_to__isnull=True, **here)
    return rows.select_related("person", "household").order_by("pk")


def names_and_numbers(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person as counted, household code, folded name and hash of the number of all who live in a commune on a day."""
    rows = living_in(commune, on)
    return rows.values_list(AS_COUNTED, "household__homes__code", "person__folded", "person__number_hash")


def homes_since(persons: Iterable[Person], day: date) -> dict[int, list[HouseholdMember]]:
    """The homes of each person that lasted beyond a day, by the key of the person; the permanent one comes first."""
    ids = [person.pk for person in persons]
    found: dict[int, list[HouseholdMember]] = defaultdict(list)
    for start in range(0, len(ids), _AT_ONCE):
        rows = HouseholdMember.objects.filter(person__in=ids[start : start + _AT_ONCE])
        for row in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("kind", "pk"):
            found[row.person_id].append(row)
    return found


def open_clan_households(commune: Place) -> dict[tuple[int, int], ClanHousehold]:
    """The open rows clan-household of a commune, by the keys of both."""
    rows = ClanHousehold.objects.filter(clan__seats__commune=commune, valid_to__isnull=True)
    return {(row.clan_id, row.household_id): row for row in rows}


def clan_household_for_update(clan: Clan, household: Household) -> ClanHousehold | None:
    """The open registration of a household in a clan, locked until the transaction ends."""
    rows = ClanHousehold.objects.select_for_update().filter(clan=clan, household=household, valid_to__isnull=True)
    return rows.first()


def open_unit_members(commune: Place) -> dict[tuple[int, int, str], UnitMember]:
    """The open rows unit-person-role of a commune, by their keys."""
    rows = UnitMember.objects.filter(unit__seats__commune=commune, valid_to__isnull=True)
    return {(row.unit_id, row.person_id, row.role): row for row in rows}


def sexes_of(persons: Iterable[int]) -> dict[int, str]:
    """The sex of some persons, by key."""
    ids = list(persons)
    found: dict[int, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found.update(Person.objects.filter(pk__in=ids[start : start + _AT_ONCE]).values_list("pk", "sex"))
    return found


def rows_with_lost_keys(keys: Iterable[str]) -> QuerySet[Person]:
    """The persons whose number is encrypted under none of these keys."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key__in=list(keys)).order_by("pk")


def rows_with_other_keys(current: str) -> QuerySet[Person]:
    """The persons whose number is still encrypted under an older key."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key=current).order_by("pk")


_KNOWN = ("birth_date", "birth_precision", "literacy")


_KNOWN_OF_RECORD: tuple[str | Combinable, ...] = ("person_id", AS_COUNTED, *(f"person__{name}" for name in _KNOWN))


def known_in_households(
    commune: Place, on: date, records: Collection[int] | None = None
) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Record, person as counted, birth date, its precision and literacy of all with a home in a commune on a day.

    Of some records only, where they are given; as in `known_in_units`.
    """
    rows = living_in(commune, on)
    return (rows if records is None else rows.filter(person__in=records)).values_list(*_KNOWN_OF_RECORD)


def known_of(persons: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Person, birth date, its precision and literacy of some persons."""
    for some in some_at_once(persons):
        yield from Person.objects.filter(pk__in=some).order_by("pk").values_list("pk", *_KNOWN)


def known_in_units(
    commune: Place, on: date, records: Collection[int] | None = None
) -> QuerySet[UnitMember, tuple[Any, ...]]:
    """Unit, role, then the same of everyone in the units of a commune on a day."""
    rows = UnitMember.objects.filter(true_on(on), entered_in(commune, on, "unit__seats__")).order_by("pk")
    rows = rows if records is None else rows.filter(person__in=records)
    return rows.values_list("unit_id", "role", *_KNOWN_OF_RECORD)


def households_in_clans(commune: Place, on: date) -> QuerySet[ClanHousehold, tuple[Any, ...]]:
    """Clan and household of every registration that holds on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), entered_in(commune, on, "clan__seats__")).order_by("pk")
    return rows.values_list("clan_id", "household_id")


def persons_described(
    commune: Place, on: date, *, heads_only: bool = False
) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Record, full name, household code and village of each that lives in a commune on a day, or of the heads alone."""
    rows = living_in(commune, on)
    rows = rows.filter(is_head=True) if heads_only else rows
    return rows.values_list("person_id", "person__full_name", "household__homes__code", "household__homes__village_id")


def kinds_of_homes(commune: Place, on: date) -> dict[tuple[int, int], str]:
    """How each who lives in a commune on a day lives there, by the person as counted and the household."""
    rows = living_in(commune, on).order_by("-pk").annotate(counts_as=AS_COUNTED)
    return {(person, home): kind for person, home, kind in rows.values_list("counts_as", "household", "kind")}


def living_in(commune: Place, on: date) -> QuerySet[HouseholdMember]:
    """Who lives on a day in the households that a commune has on that day."""
    return HouseholdMember.objects.filter(true_on(on), entered_in(commune, on, "household__homes__")).order_by("pk")


def lived_in_on(on: date) -> QuerySet[HouseholdMember]:
    """Who lives on a day in any household that has a home on that day."""
    return HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"))


def villages_of_persons(persons: Iterable[int], on: date) -> dict[int, int]:
    """In which village each of some persons lived on a day, as far as the register knows."""
    found: dict[int, int] = {}
    for some in some_at_once(persons):
        found.update(_villages_of(some, on))
    return found


@prepared
def _villages_of(persons: list[int], on: date) -> QuerySet[HouseholdMember, tuple[int, int]]:
    rows = HouseholdMember.objects.filter(true_on(on), true_on(on, "household__homes__"), person__in=persons)
    return rows.values_list("person_id", "household__homes__village_id")


def homes_of_households(households: Iterable[int], on: date) -> dict[int, HouseholdHome]:
    """Where each of some households lived on a day, as far as the register knows."""
    found: dict[int, HouseholdHome] = {}
    for some in some_at_once(households):
        found.update({row.household_id: row for row in HouseholdHome.objects.filter(true_on(on), household__in=some)})
    return found


def thing_by_uid(model: type[Thing], uid: UUID) -> Thing | None:
    """A person, household, clan, unit or place by its lasting identity."""
    return model._default_manager.filter(uid=uid).first()


def household_lived_in(person: Person, household: int, on: date) -> bool:
    """Whether a person has a home in a household on a day."""
    return bool(_homes_in(household, person.pk, on))


@prepared
def _homes_in(household: int, person: int, on: date) -> QuerySet[HouseholdMember, int]:
    rows = HouseholdMember.objects.filter(true_on(on), person=person, household=household)
    return rows.values_list("pk", flat=True)[:1]


def is_head_of(person: Person, household: int, on: date) -> bool:
    """Whether a person is the head of a household on a day."""
    rows = HouseholdMember.objects.filter(true_on(on), person=person, household=household, is_head=True)
    return rows.exists()


def head_of(household: Household, on: date) -> Person:
    """Who heads a household on a day."""
    return HouseholdMember.objects.select_related("person").get(true_on(on), household=household, is_head=True).person


def names_of_heads(households: Iterable[int], on: date) -> dict[int, str]:
    """The name of the head of each of some households on a day, as far as the register knows."""
    wanted = list(households)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = HouseholdMember.objects.filter(true_on(on), is_head=True, household__in=wanted[start : start + _AT_ONCE])
        found.update(rows.values_list("household_id", "person__full_name"))
    return found


def names_on(commune: Place, on: date) -> dict[int, str]:
    """Of those with a home in a commune, the names on a day of whom is called otherwise today, by record."""
    here = PersonName.objects.filter(person__households__household__homes__commune=commune, valid_to__gt=on)
    rows = here.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    return dict(rows.values_list("person", "full_name"))


HomeRow = tuple[int, int | None, str, int | None, int | None, int]


def homes_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Record, record it is counted as if another, kind, commune, household and key of each home on a day."""
    yield from _home_rows(living_in(commune, on))


def homes_elsewhere(commune: Place, on: date) -> Iterator[HomeRow]:
    """The homes outside a commune, on a day, of the records that also have one in it."""
    rows = lived_in_on(on).filter(person__in=_those_in(commune, on)).annotate(at=F("household__homes__commune"))
    yield from _home_rows(rows.exclude(at=commune.pk))


def homes_of(records: Iterable[int], on: date) -> Iterator[HomeRow]:
    """The homes of some records on a day."""
    for some in some_at_once(records):
        yield from _home_rows(lived_in_on(on).filter(person__in=some))


def stays_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Who lives in a commune on a day without a household: as `homes_in`, with none."""
    yield from _stay_rows(Stay.objects.filter(true_on(on), commune=commune))


def stays_of_those_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Where the records with a home in a commune live without a household on a day."""
    yield from _stay_rows(Stay.objects.filter(true_on(on), person__in=_those_in(commune, on)))


def stays_of(records: Iterable[int], on: date) -> Iterator[HomeRow]:
    """Where some records live without a household on a day."""
    for some in some_at_once(records):
        yield from _stay_rows(Stay.objects.filter(true_on(on), person__in=some))


def joined_to_those_in(commune: Place, on: date) -> dict[int, int]:
    """The other records of everyone who lives in a commune on a day, with the record they are counted as."""
    here = _those_in(commune, on), _staying_in(commune, on)
    wanted = Q(same_as__in=here[0]) | Q(same_as__in=here[1]) | Q(same_as__joined__in=here[0])
    rows = Person.objects.filter(wanted | Q(same_as__joined__in=here[1]), same_as__isnull=False)
    return {record: kept for record, kept in rows.values_list("pk", "same_as") if kept is not None}


def counted_at(commune: Place, on: date) -> dict[int, int]:
    """Where those are counted on a day, by choice, who have a home or a stay in a commune: person, commune."""
    wanted = Q()
    for here in (_those_in(commune, on), _staying_in(commune, on)):
        wanted |= Q(person__in=here) | Q(person__joined__in=here) | Q(person__same_as__in=here)
        wanted |= Q(person__same_as__joined__in=here)
    rows = CountedAt.objects.filter(wanted, true_on(on)).order_by("pk")
    return dict(rows.values_list(AS_COUNTED, "commune"))


def places_chosen(records: Collection[int], on: date) -> dict[int, int]:
    """Where the persons of some records are counted on a day, by choice: person, commune."""
    rows = CountedAt.objects.filter(true_on(on), person__in=records).order_by("pk")
    return dict(rows.values_list(AS_COUNTED, "commune"))


def records_of(persons: Collection[int]) -> dict[int, int]:
    """Every record of the persons that some records are of, each with the one that it is counted as."""
    same = Q(pk__in=persons) | Q(joined__in=persons) | Q(same_as__in=persons) | Q(same_as__joined__in=persons)
    rows = Person.objects.filter(same).distinct().values_list("pk", "same_as")
    return {record: kept or record for record, kept in rows}


def lives_with(persons: Collection[int], on: date) -> dict[int, int]:
    """The households in which some persons have a home on a day, and everybody who has one there: person, household."""
    theirs = HouseholdMember.objects.filter(true_on(on), person__in=persons).values("household")
    rows = HouseholdMember.objects.filter(true_on(on), household__in=theirs).order_by("pk")
    return dict(rows.values_list("person_id", "household_id"))


@prepared
def members_of(household: int, on: date) -> QuerySet[HouseholdMember]:
    """Who has a home in a household on a day, the head first, then the eldest."""
    rows = HouseholdMember.objects.filter(true_on(on), household=household).select_related("person")
    return rows.order_by("-is_head", F("person__birth_date").asc(nulls_last=True), "pk")


def residents_counted(communes: Iterable[int], on: date) -> dict[int, ResidentsCounted]:
    """By which rule of its own each of some communes counts on a day, if it has one."""
    rows = ResidentsCounted.objects.filter(true_on(on))
    return {row.commune_id: row for some in some_at_once(communes) for row in rows.filter(commune__in=some)}


def every_choice_of_residents(on: date) -> QuerySet[ResidentsCounted]:
    """The rules of their own by which communes count on a day."""
    return ResidentsCounted.objects.filter(true_on(on))


def _those_in(commune: Place, on: date) -> QuerySet[HouseholdMember, Any]:
    return living_in(commune, on).order_by().values("person")


def _staying_in(commune: Place, on: date) -> QuerySet[Stay, Any]:
    return Stay.objects.filter(true_on(on), commune=commune).values("person")


def _home_rows(rows: QuerySet[HouseholdMember]) -> Iterator[HomeRow]:
    yield from rows.order_by("pk").values_list(
        "person_id", "person__same_as_id", "kind", "household__homes__commune_id", "household_id", "pk"
    )


def _stay_rows(rows: QuerySet[Stay]) -> Iterator[HomeRow]:
    for person, kept, kind, commune, row in rows.order_by("pk").values_list(
        "person_id", "person__same_as_id", "kind", "commune_id", "pk"
    ):
        yield person, kept, kind, commune, None, row


def some_at_once(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in order, in portions that every database takes in one statement."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def in_pieces(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Values in portions that every database takes in one statement."""
    waiting = iter(values)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
