"""What happens in the life of a person and of a household; the person stays one row, and every day stays readable.

Each event acts on all records of a person, and ends and begins rows on one day. An event of an earlier day is entered
if nothing later contradicts it, else refused with the row that is in the way (N113). After death there is none (N114).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from densach.formats.vietnamese import fold, format_date, nfc, single_spaced, sort_key
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record_many
from densach.people.entering import settle_households
from densach.people.models import (
    Household,
    HouseholdMember,
    Membership,
    Person,
    PersonName,
    Precision,
    Residence,
    Stay,
    StayKind,
    UnitMember,
)
from densach.people.records import queries
from densach.people.records.describing import home_told, places_of_home, span
from densach.people.records.naming import public_id
from densach.places.models import Place
from densach.places.queries import names_ever
from densach.problems import Problem, Refused, problem


@dataclass(frozen=True, kw_only=True)
class Newborn:
    """Who is entered at birth."""

    full_name: str
    sex: str
    born: date


def move(person: Person, to: Household, *, on: date, kind: str | None = None, source: str = "", act: Act) -> None:
    """Somebody lives in a household from a day on, and no longer in the one where he or she had a home of that kind.

    Also for who joins a household by marriage, comes back, or takes a second home: then `kind` says which. A home that
    began on that very day was a mistake, and is corrected. Refused where two homes leave open which one ends (N115),
    and where the person lives there already (N116).
    """
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        homes = life.open_homes()
        kind = kind or _only_kind(person, homes)
        # A home of which nobody said the kind was the permanent one, once another becomes that.
        same = {kind, Residence.UNKNOWN} if kind == Residence.PERMANENT else {kind}
        ended = [row for row in homes if row.kind in same]
        if any(row.household_id == to.pk for row in ended):
            raise Refused(problem("N116", public_id(person), household=to.home.code))
        mistaken = next((row for row in ended if row.valid_from == on), None)
        life.refuse_in_the_way(on, [row for row in life.homes if row.kind in same and row is not mistaken])
        _end(HouseholdMember, [row for row in ended if row is not mistaken], on, "household_member", act)
        lives = {"household_id": to.pk, "kind": kind, "source": source, "is_head": False}
        began = {} if mistaken else {"person_id": life.kept.pk, "valid_from": on}
        bring(HouseholdMember, [(mistaken, lives | began)], kind="household_member", act=act)


def leave(person: Person, *, on: date, kind: str | None = None, act: Act) -> None:
    """Somebody has left, for where nobody knows: all homes end, or the one of a kind. Refused (N117) without a home."""
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        ended = [row for row in life.open_homes() if kind in {None, row.kind}]
        if not ended:
            raise Refused(problem("N117", public_id(person)))
        life.refuse_in_the_way(on, [row for row in life.homes if kind in {None, row.kind}])
        _end(HouseholdMember, ended, on, "household_member", act)


def die(person: Person, *, on: date, basis: str, act: Act) -> None:
    """Somebody died; from that day on he or she is counted nowhere, and every home, stay and unit has ended."""
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        rows = [*life.homes, *life.stays, *life.units]
        life.refuse_in_the_way(on, rows)
        _end(HouseholdMember, life.homes, on, "household_member", act)
        _end(Stay, life.stays, on, "stay", act)
        _end(UnitMember, life.units, on, "unit_member", act)
        after = {"died_on": on, "death_basis": basis}
        for row in life.records:
            row.died_on, row.death_basis = on, basis
        Person.objects.bulk_update(life.records, ["died_on", "death_basis"])
        record_many((_happened(row, "died", after) for row in life.records), act)


def enter_newborn(child: Newborn, household: Household, *, kind: str = Residence.UNKNOWN, act: Act) -> Person:
    """A child is born into a household."""
    with transaction.atomic():
        born = {"sex": child.sex, "birth_date": child.born, "birth_precision": Precision.DAY}
        fields = {**_name_fields(child.full_name), **born}
        (person,) = bring(Person, [(None, fields)], kind="person", act=act).rows
        home = {"household_id": household.pk, "person_id": person.pk, "valid_from": child.born, "kind": kind}
        bring(HouseholdMember, [(None, home)], kind="household_member", act=act)
        return person


def rename(person: Person, full_name: str, *, on: date, basis: str, act: Act) -> None:
    """Somebody is called otherwise from a day on; papers of earlier days keep the name of their day.

    Refused where it is the name already (N118), and where a later change of name is known (N119).
    """
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        fields = _name_fields(full_name)
        if fields["full_name"] == life.kept.full_name:
            raise Refused(problem("N118", public_id(person), name=life.kept.full_name))
        former = queries.former_names_of([life.kept.pk]).last()
        if former is not None and former.valid_to >= on:
            raise Refused(problem("N119", public_id(person), on=format_date(former.valid_to)))
        before = {"full_name": life.kept.full_name, "folded": life.kept.folded, "basis": basis}
        days = {"person_id": life.kept.pk, "valid_from": former and former.valid_to, "valid_to": on}
        bring(PersonName, [(None, before | days)], kind="person_name", act=act)
        bring(Person, [(life.kept, fields)], kind="person", act=act)


def correct(person: Person, fields: dict[str, Any], *, act: Act) -> None:
    """What is known of somebody was wrong: sex, birth date or day of death, put right with the basis as `act.why`."""
    with transaction.atomic():
        bring(Person, [(row, fields) for row in _Life.of(person).records], kind="person", act=act)


def divide(
    household: Household, leaving: Sequence[Person], *, code: str, village: Place, on: date, act: Act
) -> Household:
    """A household divides, by agreement or divorce: some of its people, the new head first, are one of their own.

    Refused where the code is taken (N120), where somebody does not live there (N121), and where nobody stays (N122).
    """
    with transaction.atomic():
        if queries.household_coded(household.home.commune, code) is not None:
            raise Refused(problem("N120", code))
        rows = _homes_in(household, on)
        gone = [row for person in leaving for row in _of_person(person, rows, household)]
        if len(gone) == len(rows):
            raise Refused(problem("N122", household.home.code))
        made = Household(pk=settle_households(household.home.commune, {code: village}, on=on, act=act)[code])
        _to_household(gone, made, on, act, leaving[0])
        return made


def unite(household: Household, into: Household, *, on: date, act: Act) -> int:
    """Everybody of a household lives in another from a day on; gives how many moved. Refused (N123) if nobody does."""
    with transaction.atomic():
        rows = _homes_in(household, on)
        if not rows:
            raise Refused(problem("N123", household.home.code))
        _to_household(rows, into, on, act)
        return len(rows)


def change_head(household: Household, head: Person, *, on: date, act: Act) -> None:
    """Another member is the head of a household from a day on. Refused (N121) for somebody who does not live there."""
    with transaction.atomic():
        rows = _homes_in(household, on)
        new = _of_person(head, rows, household)
        changed = [row for row in rows if row.is_head != (row in new)]
        ended = [row for row in changed if row.valid_from < on]
        same_day = [(row, {"is_head": row in new}) for row in changed if row.valid_from == on]
        again = [(None, _copied(row, on) | {"is_head": row in new}) for row in ended]
        _end(HouseholdMember, ended, on, "household_member", act)
        bring(HouseholdMember, [*same_day, *again], kind="household_member", act=act)


def stay(person: Person, kind: str, where: str, *, commune: Place | None, on: date, source: str, act: Act) -> None:
    """Somebody boards at a school, or works far away, from a day on; the homes stay as they are."""
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        same = [row for row in life.stays if row.kind == kind]
        life.refuse_in_the_way(on, same)
        _end(Stay, same, on, "stay", act)
        said = {"kind": kind, "where": where, "commune_id": commune and commune.pk, "source": source}
        bring(Stay, [(None, {**said, "person_id": person.pk, "valid_from": on})], kind="stay", act=act)


def end_stay(person: Person, *, on: date, act: Act) -> None:
    """Somebody is back from school or work. Refused (N117) for who was not away."""
    with transaction.atomic():
        life = _Life.of(person)
        life.refuse_after(on)
        if not any(row.valid_to is None for row in life.stays):
            raise Refused(problem("N117", public_id(person)))
        life.refuse_in_the_way(on, life.stays)
        _end(Stay, life.stays, on, "stay", act)


@dataclass(frozen=True)
class _Life:
    """All records of a person, locked, the one kept first, with all their homes, stays and units."""

    records: list[Person]
    homes: list[HouseholdMember]
    stays: list[Stay]
    units: list[UnitMember]

    @classmethod
    def of(cls, person: Person) -> _Life:
        ids = [row.pk for row in queries.records_of(person.pk)]
        rows = sorted(queries.persons_for_update(ids), key=lambda row: (row.same_as_id is not None, row.pk))
        homes, stays, units = queries.homes_ever_of(ids), queries.stays_ever_of(ids), queries.units_ever_of(ids)
        return cls(rows, list(homes), list(stays), list(units))

    @property
    def kept(self) -> Person:
        return self.records[0]

    def open_homes(self) -> list[HouseholdMember]:
        return [row for row in self.homes if row.valid_to is None]

    def refuse_after(self, on: date) -> None:
        """Nothing happens to the dead."""
        died_on = self.kept.died_on
        if died_on is not None:
            raise Refused(problem("N114", public_id(self.kept), died=format_date(died_on), on=format_date(on)))

    def refuse_in_the_way(self, on: date, rows: Iterable[Membership]) -> None:
        """A row that begins on that day or later, or ended later, says otherwise."""
        later = [row for row in rows if row.valid_from >= on or (row.valid_to is not None and row.valid_to > on)]
        if later:
            raise Refused(*(_in_the_way(self.kept, row, on) for row in later))


def _in_the_way(person: Person, row: Membership, on: date) -> Problem:
    return problem("N113", public_id(person), on=format_date(on), row=told(row))


def told(row: Membership) -> str:
    """A row in words, as a refusal or a story names it."""
    if isinstance(row, HouseholdMember):
        names = names_ever(places_of_home(row.household.home_on(row.valid_from)))
        return f"{home_told(row, names)} {span(row)}"
    if isinstance(row, UnitMember):
        return f"{row.unit.name} {span(row)}"
    return f"{StayKind(row.kind).label.lower()} ({row.where}) {span(row)}" if isinstance(row, Stay) else span(row)


def _only_kind(person: Person, homes: Sequence[HouseholdMember]) -> str:
    """The kind of the one home somebody has; unknown for who has none."""
    kinds = {row.kind for row in homes}
    if len(kinds) > 1:
        raise Refused(problem("N115", public_id(person)))
    return kinds.pop() if kinds else Residence.UNKNOWN


def _end(model: type[Any], rows: Iterable[Membership], on: date, kind: str, act: Act) -> None:
    bring(model, [(row, {"valid_to": on}) for row in rows if row.valid_to is None], kind=kind, act=act)


def _homes_in(household: Household, on: date) -> list[HouseholdMember]:
    """The open homes in a household, locked; refused (N113) where one began later than the day."""
    rows = list(queries.open_homes_in(household))
    later = [row for row in rows if row.valid_from > on]
    if later:
        raise Refused(*(_in_the_way(row.person, row, on) for row in later))
    return rows


def _of_person(person: Person, rows: Sequence[HouseholdMember], household: Household) -> list[HouseholdMember]:
    own = [row for row in rows if person.pk in {row.person_id, row.person.same_as_id}]
    if not own:
        raise Refused(problem("N121", public_id(person), household=household.home.code))
    return own


def _to_household(
    rows: Sequence[HouseholdMember], to: Household, on: date, act: Act, head: Person | None = None
) -> None:
    """Everybody of some rows lives in another household from a day on; refused (N113) where one began that day."""
    later = [row for row in rows if row.valid_from == on]
    if later:
        raise Refused(*(_in_the_way(row.person, row, on) for row in later))
    new = []
    for row in rows:
        heads = head is not None and head.pk in {row.person_id, row.person.same_as_id}
        new.append((None, _copied(row, on) | {"household_id": to.pk, "is_head": heads}))
    _end(HouseholdMember, rows, on, "household_member", act)
    bring(HouseholdMember, new, kind="household_member", act=act)


def _copied(row: HouseholdMember, on: date) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("household_id", "person_id", "kind", "source", "is_head")}
    return kept | {"valid_from": on}


def _name_fields(full_name: str) -> dict[str, str]:
    name = single_spaced(nfc(full_name))
    return {"full_name": name, "folded": fold(name), "sort": sort_key(name)}


def _happened(person: Person, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="person", object_id=person.pk, event=event, after=after)
