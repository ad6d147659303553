"""Reading people and groups of one commune."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from densach.people.models import (
    UNIT_KINDS,
    Clan,
    ClanHousehold,
    CountedAt,
    Household,
    HouseholdMember,
    LikelyDuplicate,
    PairState,
    Person,
    PersonName,
    ResidentsCounted,
    Stay,
    Unit,
    UnitMember,
)
from densach.places.models import Organisation, OrganisationKind, OrganisationPeriod, Place
from densach.places.organisations.queries import periods_of_many

AS_COUNTED = Coalesce("person__same_as_id", "person_id")
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


@dataclass(frozen=True)
class UnitOnDay:
    """What a unit was on a day: its own code, and the name and kind of the organisation it is, where it is linked."""

    code: str
    name: str
    kind: str


def units_on(commune: Place, on: date) -> dict[int, UnitOnDay]:
    """The units of a commune as they were on a day, by key."""
    units = list(Unit.objects.filter(commune=commune).order_by("pk"))
    periods = periods_of_many((unit.organisation_id for unit in units if unit.organisation_id), on)
    return {unit.pk: _on_day(unit, periods.get(unit.organisation_id or 0)) for unit in units}


def _on_day(unit: Unit, period: OrganisationPeriod | None) -> UnitOnDay:
    if period is None:
        return UnitOnDay(unit.code, unit.name, unit.kind)
    return UnitOnDay(unit.code, period.name, UNIT_KINDS[OrganisationKind(period.kind)])


def unit_for_update(commune: Place, code: str) -> Unit | None:
    """The unit of a code, locked until the transaction ends."""
    return Unit.objects.select_for_update().filter(commune=commune, code=code).first()


def unit_of_organisation(commune: Place, organisation: Organisation) -> Unit | None:
    """The unit of a commune that is an organisation."""
    return Unit.objects.filter(commune=commune, organisation=organisation).first()


def persons_by_number(hashes: Iterable[str]) -> dict[str, Person]:
    """The persons that have one of these numbers, by the hash of the number, wherever they live."""
    wanted = list(hashes)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Person.objects.filter(number_hash__in=wanted[start : start + _AT_ONCE])
        found.update({row.number_hash: row for row in rows if row.number_hash})
    return found


def homes_ever(commune: Place, codes: Iterable[str]) -> Iterator[HouseholdMember]:
    """Every home that anybody ever had in the households of some codes, with person and household; open ones last."""
    for some in _in_pieces(codes):
        rows = HouseholdMember.objects.filter(household__commune=commune, household__code__in=some)
        yield from rows.select_related("person", "household").order_by(F("valid_to").asc(nulls_last=True), "pk")


def former_names(persons: Iterable[int]) -> dict[int, list[PersonName]]:
    """The names that some persons bore before, by person."""
    found: dict[int, list[PersonName]] = defaultdict(list)
    for some in _some_at_once(persons):
        for row in PersonName.objects.filter(person__in=some).order_by("pk"):
            found[row.person_id].append(row)
    return found


def open_members(commune: Place) -> QuerySet[HouseholdMember]:
    """Who lives in the households of a commune, with person and household."""
    rows = HouseholdMember.objects.filter(household__commune=commune, valid_to__isnull=True)
    return rows.select_related("person", "household").order_by("pk")


def names_and_numbers(commune: Place) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Person as counted, household code, folded name and hash of the number of every record that lives in a commune."""
    rows = HouseholdMember.objects.filter(household__commune=commune, valid_to__isnull=True).order_by("pk")
    return rows.values_list(AS_COUNTED, "household__code", "person__folded", "person__number_hash")


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
    rows = ClanHousehold.objects.filter(clan__commune=commune, valid_to__isnull=True)
    return {(row.clan_id, row.household_id): row for row in rows}


def open_unit_members(commune: Place) -> dict[tuple[int, int, str], UnitMember]:
    """The open rows unit-person-role of a commune, by their keys."""
    rows = UnitMember.objects.filter(unit__commune=commune, valid_to__isnull=True)
    return {(row.unit_id, row.person_id, row.role): row for row in rows}


def sexes_of(persons: Iterable[int]) -> dict[int, str]:
    """The sex of some persons, by key."""
    ids = list(persons)
    found: dict[int, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found.update(Person.objects.filter(pk__in=ids[start : start + _AT_ONCE]).values_list("pk", "sex"))
    return found


def true_on(day: date) -> Q:
    """Rows of [valid_from, valid_to) that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def rows_with_lost_keys(keys: Iterable[str]) -> QuerySet[Person]:
    """The persons whose number is encrypted under none of these keys."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key__in=list(keys)).order_by("pk")


def rows_with_other_keys(current: str) -> QuerySet[Person]:
    """The persons whose number is still encrypted under an older key."""
    return Person.objects.exclude(number_cipher__isnull=True).exclude(number_key=current).order_by("pk")


_KNOWN = ("birth_date", "birth_precision", "literacy")
_KNOWN_OF_RECORD: tuple[str | Combinable, ...] = ("person_id", AS_COUNTED, *(f"person__{name}" for name in _KNOWN))


def known_in_households(commune: Place, on: date) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Record, person as counted, birth date, its precision and literacy of all with a home in a commune on a day."""
    rows = HouseholdMember.objects.filter(true_on(on), household__commune=commune).order_by("pk")
    return rows.values_list(*_KNOWN_OF_RECORD)


def known_of(persons: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Person, birth date, its precision and literacy of some persons."""
    for some in _some_at_once(persons):
        yield from Person.objects.filter(pk__in=some).order_by("pk").values_list("pk", *_KNOWN)


def known_in_units(commune: Place, on: date) -> QuerySet[UnitMember, tuple[Any, ...]]:
    """Unit, role, then the same of everyone in the units of a commune on a day."""
    rows = UnitMember.objects.filter(true_on(on), unit__commune=commune).order_by("pk")
    return rows.values_list("unit_id", "role", *_KNOWN_OF_RECORD)


def households_in_clans(commune: Place, on: date) -> QuerySet[ClanHousehold, tuple[Any, ...]]:
    """Clan and household of every registration that holds on a day."""
    rows = ClanHousehold.objects.filter(true_on(on), clan__commune=commune).order_by("pk")
    return rows.values_list("clan_id", "household_id")


def persons_described(
    commune: Place, on: date, *, heads_only: bool = False
) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """Record, full name, household code and village of each that lives in a commune on a day, or of the heads alone."""
    rows = HouseholdMember.objects.filter(true_on(on), household__commune=commune).order_by("pk")
    rows = rows.filter(is_head=True) if heads_only else rows
    return rows.values_list("person_id", "person__full_name", "household__code", "household__village_id")


def villages_of_persons(persons: Iterable[int], on: date) -> dict[int, int]:
    """In which village each of some persons lived on a day, as far as the register knows."""
    wanted = list(persons)
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = HouseholdMember.objects.filter(true_on(on), person__in=wanted[start : start + _AT_ONCE])
        found.update(rows.values_list("person_id", "household__village_id"))
    return found


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
    here = PersonName.objects.filter(person__households__household__commune=commune, valid_to__gt=on)
    rows = here.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    return dict(rows.values_list("person", "full_name"))


COMPARED = (
    "person_id",
    "person__same_as_id",
    "person__full_name",
    "person__folded",
    "person__birth_date",
    "person__birth_precision",
    "person__sex",
    "person__number_hash",
    "household_id",
    "household__commune_id",
)


def communes_with_households() -> list[int]:
    """The keys of every commune that has a household, in order."""
    communes = Household.objects.order_by("commune").values_list("commune", flat=True)
    return list(communes.distinct())


def compared_in(communes: Iterable[int]) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """What is compared of everyone who ever had a home in some communes, one row for each home."""
    return HouseholdMember.objects.filter(household__commune__in=list(communes)).order_by("pk").values_list(*COMPARED)


def compared_elsewhere(commune: Place, elsewhere: Iterable[int]) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """The same of those in other communes who bear the name and the birth date of somebody in this one."""
    here = Person.objects.filter(
        households__household__commune=commune,
        folded=OuterRef("person__folded"),
        birth_date=OuterRef("person__birth_date"),
    )
    return compared_in(elsewhere).filter(Exists(here))


def sealed_numbers(persons: Iterable[int]) -> dict[int, tuple[bytes, str]]:
    """The encrypted number of each of some persons that has one, with the id of its key."""
    found: dict[int, tuple[bytes, str]] = {}
    for some in _some_at_once(persons):
        rows = Person.objects.filter(pk__in=some, number_cipher__isnull=False)
        found.update(
            {
                pk: (bytes(cipher or b""), key)
                for pk, cipher, key in rows.values_list("pk", "number_cipher", "number_key")
            }
        )
    return found


def pairs_among(persons: Iterable[int]) -> dict[tuple[int, int], LikelyDuplicate]:
    """The pairs whose first record is one of some persons, by the keys of both."""
    found: dict[tuple[int, int], LikelyDuplicate] = {}
    for some in _some_at_once(persons):
        rows = LikelyDuplicate.objects.filter(first__in=some)
        found.update({(row.first_id, row.second_id): row for row in rows})
    return found


def pairs_waiting(commune: Place) -> QuerySet[LikelyDuplicate]:
    """The pairs that wait for a person, of whom one ever had a home in a commune, oldest first.

    A pair that meanwhile became one person by another way waits no longer.
    """
    homes = HouseholdMember.objects.filter(household__commune=commune)
    of_pair = homes.filter(Q(person=OuterRef("first")) | Q(person=OuterRef("second")))
    rows = LikelyDuplicate.objects.filter(Exists(of_pair), state=PairState.WAITING)
    rows = rows.annotate(
        one=Coalesce("first__same_as_id", "first_id"), other=Coalesce("second__same_as_id", "second_id")
    )
    return rows.exclude(one=F("other")).select_related("first", "second").order_by("found_at", "pk")


def pair_for_update(pair: int) -> LikelyDuplicate | None:
    """A pair with both persons, locked until the transaction ends."""
    rows = LikelyDuplicate.objects.select_for_update(of=("self",)).select_related("first", "second")
    return rows.filter(pk=pair).first()


def pair_of(pair: int) -> LikelyDuplicate | None:
    """A pair with both persons."""
    return LikelyDuplicate.objects.select_related("first", "second", "kept", "joined").filter(pk=pair).first()


def persons_for_update(ids: Iterable[int]) -> list[Person]:
    """Some records, locked until the transaction ends, in the order of their keys."""
    return list(Person.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))


def records_of(kept: int) -> list[Person]:
    """Every record that is counted as one person, the kept one first."""
    rows = Person.objects.filter(Q(pk=kept) | Q(same_as=kept))
    return sorted(rows, key=lambda row: (row.same_as_id is not None, row.pk))


def joins_within(persons: Iterable[int]) -> dict[int, int]:
    """Who was joined to whom, decision by decision, among some persons."""
    rows = LikelyDuplicate.objects.filter(state=PairState.SAME, joined__in=list(persons))
    return dict(rows.values_list("joined", "kept"))


def persons_by_key(keys: Iterable[int]) -> dict[int, Person]:
    """Some records by their keys."""
    found: dict[int, Person] = {}
    for some in _some_at_once(keys):
        found.update(Person.objects.in_bulk(some))
    return found


def persons_between(low: UUID, high: UUID) -> QuerySet[Person]:
    """The records whose identity lies between two, both included."""
    return Person.objects.filter(uid__gte=low, uid__lte=high).select_related("same_as")


def persons_named(folded: str, commune: Place) -> QuerySet[Person]:
    """The records with a home in a commune, now or before, of which a name, now or before, holds a folded text."""
    here = HouseholdMember.objects.filter(person=OuterRef("pk"), household__commune=commune)
    before = PersonName.objects.filter(person=OuterRef("pk"), folded__contains=folded)
    rows = Person.objects.filter(Exists(here)).filter(Q(folded__contains=folded) | Exists(before))
    return rows.select_related("same_as").order_by("sort", "pk")


def home_after(kept: int, day: date) -> HouseholdMember | None:
    """A home of a person, of whichever record, that lasted beyond a day."""
    rows = HouseholdMember.objects.filter(Q(person=kept) | Q(person__same_as=kept)).select_related("household")
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("valid_from", "pk").first()


HomeRow = tuple[int, int | None, str, int | None, int | None, int]


def homes_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Record, record it is counted as if another, kind, commune, household and key of each home on a day."""
    yield from _home_rows(HouseholdMember.objects.filter(true_on(on), household__commune=commune))


def homes_elsewhere(commune: Place, on: date) -> Iterator[HomeRow]:
    """The homes outside a commune, on a day, of the records that also have one in it."""
    rows = HouseholdMember.objects.filter(true_on(on), person__in=_living_in(commune, on))
    yield from _home_rows(rows.exclude(household__commune=commune))


def homes_of(records: Iterable[int], on: date) -> Iterator[HomeRow]:
    """The homes of some records on a day."""
    for some in _some_at_once(records):
        yield from _home_rows(HouseholdMember.objects.filter(true_on(on), person__in=some))


def stays_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Who lives in a commune on a day without a household: as `homes_in`, with none."""
    yield from _stay_rows(Stay.objects.filter(true_on(on), commune=commune))


def stays_of_those_in(commune: Place, on: date) -> Iterator[HomeRow]:
    """Where the records with a home in a commune live without a household on a day."""
    yield from _stay_rows(Stay.objects.filter(true_on(on), person__in=_living_in(commune, on)))


def stays_of(records: Iterable[int], on: date) -> Iterator[HomeRow]:
    """Where some records live without a household on a day."""
    for some in _some_at_once(records):
        yield from _stay_rows(Stay.objects.filter(true_on(on), person__in=some))


def joined_to_those_in(commune: Place, on: date) -> dict[int, int]:
    """The other records of everyone who lives in a commune on a day, with the record they are counted as."""
    here = _living_in(commune, on), Stay.objects.filter(true_on(on), commune=commune).values("person")
    wanted = Q(same_as__in=here[0]) | Q(same_as__in=here[1]) | Q(same_as__joined__in=here[0])
    rows = Person.objects.filter(wanted | Q(same_as__joined__in=here[1]), same_as__isnull=False)
    return {record: kept for record, kept in rows.values_list("pk", "same_as") if kept is not None}


def counted_at(commune: Place, on: date) -> dict[int, int]:
    """Where those are counted on a day, by choice, who have a home in a commune or chose it: person, commune."""
    here = HouseholdMember.objects.filter(true_on(on), household__commune=commune)
    of_kept = Q(person__in=here.values("person")) | Q(person__in=here.values("person__same_as"))
    rows = CountedAt.objects.filter(
        true_on(on), of_kept | Q(commune=commune) | Q(person__same_as__in=here.values("person"))
    )
    return dict(rows.order_by("pk").values_list(AS_COUNTED, "commune"))


def residents_counted(communes: Iterable[int], on: date) -> dict[int, ResidentsCounted]:
    """By which rule of its own each of some communes counts on a day, if it has one."""
    rows = ResidentsCounted.objects.filter(true_on(on), commune__in=list(communes))
    return {row.commune_id: row for row in rows}


def _living_in(commune: Place, on: date) -> QuerySet[HouseholdMember, Any]:
    return HouseholdMember.objects.filter(true_on(on), household__commune=commune).values("person")


def _home_rows(rows: QuerySet[HouseholdMember]) -> Iterator[HomeRow]:
    yield from rows.order_by("pk").values_list(
        "person_id", "person__same_as_id", "kind", "household__commune_id", "household_id", "pk"
    )


def _stay_rows(rows: QuerySet[Stay]) -> Iterator[HomeRow]:
    for person, kept, kind, commune, row in rows.order_by("pk").values_list(
        "person_id", "person__same_as_id", "kind", "commune_id", "pk"
    ):
        yield person, kept, kind, commune, None, row


def _some_at_once(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in order, in portions that every database takes in one statement."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def homes_ever_of(records: Iterable[int]) -> QuerySet[HouseholdMember]:
    """Every home that some records ever had, with its household, oldest first."""
    rows = HouseholdMember.objects.filter(person__in=list(records)).select_related("household")
    return rows.order_by("valid_from", "pk")


def units_ever_of(records: Iterable[int]) -> QuerySet[UnitMember]:
    """Every unit that some records were ever in, oldest first."""
    rows = UnitMember.objects.filter(person__in=list(records)).select_related("unit")
    return rows.order_by("valid_from", "pk")


def stays_ever_of(records: Iterable[int]) -> QuerySet[Stay]:
    """Every stay away from a household of some records, oldest first."""
    return Stay.objects.filter(person__in=list(records)).select_related("commune").order_by("valid_from", "pk")


def former_names_of(records: Iterable[int]) -> QuerySet[PersonName]:
    """The names that some records bore before, oldest first."""
    return PersonName.objects.filter(person__in=list(records)).order_by("valid_to", "pk")


def open_homes_by_person(persons: list[int]) -> dict[int, list[str]]:
    """The codes of the households in which some persons live now, by whichever record, as phrases."""
    of_person = Q(person__in=persons) | Q(person__same_as__in=persons)
    rows = HouseholdMember.objects.filter(of_person, valid_to__isnull=True).order_by("kind", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    for person, code in rows.values_list(AS_COUNTED, "household__code"):
        found[person].append(f"hộ {code}")
    return found


def household_coded(commune: Place, code: str) -> Household | None:
    """The household of a commune that has a code."""
    return Household.objects.filter(commune=commune, code=code).select_related("commune", "village").first()


def open_homes_in(household: Household) -> QuerySet[HouseholdMember]:
    """Who lives in a household now, with the persons, locked until the transaction ends."""
    rows = HouseholdMember.objects.select_for_update(of=("self",)).filter(household=household, valid_to__isnull=True)
    return rows.select_related("person", "household").order_by("pk")


def homes_on(records: Iterable[int], day: date) -> QuerySet[HouseholdMember]:
    """The homes of some records on a day, the permanent one first."""
    rows = HouseholdMember.objects.filter(true_on(day), person__in=list(records)).select_related("household")
    return rows.order_by("kind", "pk")


def choices_ever_of(records: Iterable[int]) -> QuerySet[CountedAt]:
    """Where some records were to be counted by choice, oldest first."""
    return CountedAt.objects.filter(person__in=list(records)).order_by("valid_from", "pk")


def open_choice_for_update(records: Iterable[int]) -> CountedAt | None:
    """The choice that holds for a person now, locked until the transaction ends."""
    rows = CountedAt.objects.select_for_update().filter(person__in=list(records), valid_to__isnull=True)
    return rows.order_by("valid_from").last()


def open_rule_for_update(commune: Place) -> ResidentsCounted | None:
    """The rule of its own by which a commune counts now, locked until the transaction ends."""
    return ResidentsCounted.objects.select_for_update().filter(commune=commune, valid_to__isnull=True).first()


def _in_pieces(values: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(values)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some


def households_without_head(records: Iterable[int]) -> QuerySet[Household]:
    """The households in which some records ever were, somebody lives now, and nobody is the head."""
    now = HouseholdMember.objects.filter(household=OuterRef("pk"), valid_to__isnull=True)
    rows = Household.objects.filter(Exists(now), members__person__in=list(records))
    return rows.exclude(Exists(now.filter(is_head=True))).distinct().order_by("code")
