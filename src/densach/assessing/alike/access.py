"""Which pairs of records that look alike a viewer may see and settle; any other is not there (H103)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.alike.queries import recognitions_of
from densach.assessing.models import Recognition
from densach.assessing.steps.access import RUNS, own_commune
from densach.authority.access import Viewer
from densach.people.models import HouseholdMember, LikelyDuplicate, PairState, Person, PersonName, UnitMember
from densach.people.numbers import Keys
from densach.people.records.describing import SHOWN_DIGITS, masked_number, places_of_home
from densach.people.records.queries import (
    former_names_of,
    homes_ever_of,
    pairs_living_in,
    records_counted_as,
    still_waiting,
    units_ever_of,
)
from densach.places.queries import names_ever
from densach.problems import Refused, problem

A_PAGE = 50
HIDDEN = "•••"


@dataclass(frozen=True)
class PairList:
    """One page of pairs, how many there are in all, and where the pages beside it begin."""

    pairs: list[LikelyDuplicate]
    count: int
    previous: int | None
    next: int | None


@dataclass(frozen=True)
class SeenHome:
    """Where somebody lived, from when, and until when."""

    code: str
    village: str
    commune: str
    kind: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Side:
    """One of two persons, by all the records that are counted as this one; of a number the last digits only."""

    person: Person
    former: list[PersonName]
    numbers: list[str]
    homes: list[SeenHome]
    units: list[UnitMember]
    recognitions: list[Recognition]


def pairs_to_settle(viewer: Viewer, start: int) -> PairList:
    """The pairs that wait in the viewer's commune, the oldest first."""
    return _page(still_waiting(_own(viewer)), start)


def settled_pairs(viewer: Viewer, start: int) -> PairList:
    """The pairs that were decided in the viewer's commune, the latest first."""
    rows = _own(viewer).exclude(state=PairState.WAITING)
    return _page(rows.order_by("-decided_at", "-pk"), start)


def pair_between(viewer: Viewer, one: UUID, other: UUID) -> LikelyDuplicate:
    """The pair of two records, in whichever order, where one of them lives in the viewer's commune."""
    both = (one, other)
    found = _own(viewer).filter(first__uid__in=both, second__uid__in=both).first()
    if found is None:
        raise Refused(problem("H103", one))
    return found


def counted_as(pair: LikelyDuplicate) -> tuple[Person, Person]:
    """Both persons as they are counted now: one of them may have been joined to a third."""
    return pair.first.same_as or pair.first, pair.second.same_as or pair.second


def see_sides(pair: LikelyDuplicate, keys: Keys) -> tuple[Side, Side]:
    """Both persons side by side, in a constant number of queries; the records alone where both are one by now."""
    one, other = counted_as(pair)
    shown = (pair.first, pair.second) if one == other else (one, other)
    rows = list(shown) if one == other else list(records_counted_as([one.pk, other.pk]))
    known = _known([row.pk for row in rows])
    groups = ([row for row in rows if person.pk in {row.pk, row.same_as_id}] for person in shown)
    if one == other:
        groups = ([person] for person in shown)
    first, second = (known.side(person, group, keys) for person, group in zip(shown, groups, strict=True))
    return first, second


@dataclass(frozen=True)
class _Known:
    """What was read of the records of both persons."""

    former: Sequence[PersonName]
    homes: Sequence[HouseholdMember]
    units: Sequence[UnitMember]
    recognitions: Sequence[Recognition]
    names: dict[int, str]

    def side(self, person: Person, records: Sequence[Person], keys: Keys) -> Side:
        """What is known of one person by some records."""
        ids = {row.pk for row in records}
        return Side(
            person=person,
            former=[row for row in self.former if row.person_id in ids],
            numbers=[HIDDEN + masked_number(row, keys)[-SHOWN_DIGITS:] for row in records if row.number_hash],
            homes=[self.home(row) for row in self.homes if row.person_id in ids],
            units=[row for row in self.units if row.person_id in ids],
            recognitions=[row for row in self.recognitions if row.subject.person_id in ids],
        )

    def home(self, row: HouseholdMember) -> SeenHome:
        """One home with the names of its places."""
        home = row.household.home_on(row.valid_from)
        village, commune = (self.names[key] for key in places_of_home(home))
        return SeenHome(home.code, village, commune, row.kind, row.valid_from, row.valid_to)


def _known(records: list[int]) -> _Known:
    homes = list(homes_ever_of(records))
    places = {key for row in homes for key in places_of_home(row.household.home_on(row.valid_from))}
    return _Known(
        former=list(former_names_of(records)),
        homes=homes,
        units=list(units_ever_of(records)),
        recognitions=list(recognitions_of(records)),
        names=dict(names_ever(places)),
    )


def _own(viewer: Viewer) -> QuerySet[LikelyDuplicate]:
    return pairs_living_in(own_commune(viewer, RUNS), viewer.today)


def _page(rows: QuerySet[LikelyDuplicate], start: int) -> PairList:
    count, end = rows.count(), start + A_PAGE
    return PairList(
        pairs=list(rows[start:end]),
        count=count,
        previous=max(start - A_PAGE, 0) if start else None,
        next=end if end < count else None,
    )
