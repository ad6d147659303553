"""Reading the records of persons, wherever they live: what each was and is, and which may be of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from densach.people.models import (
    CountedAt,
    Household,
    HouseholdHome,
    HouseholdMember,
    LikelyDuplicate,
    PairState,
    Person,
    PersonName,
    ResidentsCounted,
    Stay,
    UnitMember,
)
from densach.people.queries import AS_COUNTED, entered_in, some_at_once, true_on
from densach.places.models import Place

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
    "household__homes__commune_id",
)


def communes_with_households() -> list[int]:
    """The keys of every commune that has or had a household, in order."""
    return list(HouseholdHome.objects.order_by("commune").values_list("commune", flat=True).distinct())


def compared_in(communes: Iterable[int]) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """What is compared of everyone who ever had a home in some communes, one row for each home."""
    rows = HouseholdMember.objects.filter(household__homes__commune__in=list(communes))
    return rows.order_by("pk").values_list(*COMPARED)


def compared_elsewhere(commune: Place, elsewhere: Iterable[int]) -> QuerySet[HouseholdMember, tuple[Any, ...]]:
    """The same of those in other communes who bear the name and the birth date of somebody in this one."""
    here = Person.objects.filter(
        households__household__homes__commune=commune,
        folded=OuterRef("person__folded"),
        birth_date=OuterRef("person__birth_date"),
    )
    return compared_in(elsewhere).filter(Exists(here))


def sealed_numbers(persons: Iterable[int]) -> dict[int, tuple[bytes, str]]:
    """The encrypted number of each of some persons that has one, with the id of its key."""
    found: dict[int, tuple[bytes, str]] = {}
    for some in some_at_once(persons):
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
    for some in some_at_once(persons):
        rows = LikelyDuplicate.objects.filter(first__in=some)
        found.update({(row.first_id, row.second_id): row for row in rows})
    return found


def pairs_waiting(commune: Place) -> QuerySet[LikelyDuplicate]:
    """The pairs that wait for a person, of whom one ever had a home in a commune, oldest first.

    A pair that meanwhile became one person by another way waits no longer.
    """
    homes = HouseholdMember.objects.filter(household__homes__commune=commune)
    of_pair = homes.filter(Q(person=OuterRef("first")) | Q(person=OuterRef("second")))
    rows = LikelyDuplicate.objects.filter(Exists(of_pair), state=PairState.WAITING)
    rows = rows.annotate(
        one=Coalesce("first__same_as_id", "first_id"), other=Coalesce("second__same_as_id", "second_id")
    )
    return rows.exclude(one=F("other")).select_related("first", "second").order_by("found_at", "pk")


def pairs_living_in(commune: Place, day: date) -> QuerySet[LikelyDuplicate]:
    """The pairs of which one person, by whichever record, has a home in a commune on a day."""
    here = HouseholdMember.objects.filter(true_on(day), entered_in(commune, day, "household__homes__"))
    living = here.values(counted=AS_COUNTED)
    rows = LikelyDuplicate.objects.annotate(
        one=Coalesce("first__same_as_id", "first_id"), other=Coalesce("second__same_as_id", "second_id")
    )
    rows = rows.filter(Q(one__in=living) | Q(other__in=living))
    return rows.select_related("first__same_as", "second__same_as", "kept")


def still_waiting(pairs: QuerySet[LikelyDuplicate]) -> QuerySet[LikelyDuplicate]:
    """Those that wait for a person, without those that became one person by another way; the oldest first."""
    one, other = Coalesce("first__same_as_id", "first_id"), Coalesce("second__same_as_id", "second_id")
    return pairs.filter(~Q(Exact(one, other)), state=PairState.WAITING).order_by("found_at", "pk")


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


def records_counted_as(kept: Iterable[int]) -> QuerySet[Person]:
    """Every record that is counted as one of some persons."""
    return Person.objects.filter(Q(pk__in=list(kept)) | Q(same_as__in=list(kept))).order_by("pk")


def joins_within(persons: Iterable[int]) -> dict[int, int]:
    """Who was joined to whom, decision by decision, among some persons."""
    rows = LikelyDuplicate.objects.filter(state=PairState.SAME, joined__in=list(persons))
    return dict(rows.values_list("joined", "kept"))


def persons_by_key(keys: Iterable[int]) -> dict[int, Person]:
    """Some records by their keys."""
    found: dict[int, Person] = {}
    for some in some_at_once(keys):
        found.update(Person.objects.in_bulk(some))
    return found


def persons_between(low: UUID, high: UUID) -> QuerySet[Person]:
    """The records whose identity lies between two, both included."""
    return Person.objects.filter(uid__gte=low, uid__lte=high).select_related("same_as")


def persons_named(folded: str, commune: Place) -> QuerySet[Person]:
    """The records with a home in a commune, now or before, of which a name, now or before, holds a folded text."""
    here = HouseholdMember.objects.filter(person=OuterRef("pk"), household__homes__commune=commune)
    before = PersonName.objects.filter(person=OuterRef("pk"), folded__contains=folded)
    rows = Person.objects.filter(Exists(here)).filter(Q(folded__contains=folded) | Exists(before))
    return rows.select_related("same_as").order_by("sort", "pk")


def home_after(kept: int, day: date) -> HouseholdMember | None:
    """A home of a person, of whichever record, that lasted beyond a day."""
    rows = (
        HouseholdMember.objects.filter(Q(person=kept) | Q(person__same_as=kept))
        .select_related("household")
        .prefetch_related("household__homes")
    )
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("valid_from", "pk").first()


def homes_ever_of(records: Iterable[int]) -> QuerySet[HouseholdMember]:
    """Every home that some records ever had, with its household, oldest first."""
    rows = (
        HouseholdMember.objects.filter(person__in=list(records))
        .select_related("household")
        .prefetch_related("household__homes")
    )
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
    rows = HouseholdMember.objects.filter(of_person, valid_to__isnull=True, household__homes__valid_to__isnull=True)
    found: dict[int, list[str]] = defaultdict(list)
    for person, code in rows.order_by("kind", "pk").values_list(AS_COUNTED, "household__homes__code"):
        found[person].append(f"hộ {code}")
    return found


def household_coded(commune: Place, code: str) -> Household | None:
    """The household that has a code in a commune now."""
    here = {"homes__commune": commune, "homes__code": code, "homes__valid_to__isnull": True}
    return Household.objects.filter(**here).prefetch_related("homes__commune", "homes__village").first()


def open_homes_in(household: Household) -> QuerySet[HouseholdMember]:
    """Who lives in a household now, with the persons, locked until the transaction ends."""
    rows = HouseholdMember.objects.select_for_update(of=("self",)).filter(household=household, valid_to__isnull=True)
    return rows.select_related("person", "household").prefetch_related("household__homes").order_by("pk")


def homes_on(records: Iterable[int], day: date) -> QuerySet[HouseholdMember]:
    """The homes of some records on a day, the permanent one first."""
    rows = (
        HouseholdMember.objects.filter(true_on(day), person__in=list(records))
        .select_related("household")
        .prefetch_related("household__homes")
    )
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


def households_without_head(records: Iterable[int]) -> list[Household]:
    """The households in which some records ever were, somebody lives now, and nobody is the head, by their code."""
    now = HouseholdMember.objects.filter(household=OuterRef("pk"), valid_to__isnull=True)
    rows = Household.objects.filter(Exists(now), members__person__in=list(records))
    rows = rows.exclude(Exists(now.filter(is_head=True))).distinct().prefetch_related("homes")
    return sorted(rows, key=lambda row: row.home.code)
