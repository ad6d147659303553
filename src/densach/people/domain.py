"""Everything that can happen to people and groups; each function writes the rows and the log together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from densach.formats.vietnamese import fold, format_date, nfc, sort_key, tone_key
from densach.history.bringing import Brought, bring
from densach.history.domain import Act, Happening, record_many
from densach.people import queries
from densach.people.entering import CLANS, UNITS, enter_groups, settle_households
from densach.people.homes import Change, Line, home_changes
from densach.people.models import (
    UNIT_KINDS,
    Clan,
    ClanHousehold,
    Household,
    HouseholdMember,
    Person,
    PersonName,
    Precision,
    Residence,
    Unit,
    UnitKind,
    UnitMember,
)
from densach.people.numbers import Keys
from densach.people.records.merging import as_kept
from densach.places.models import Organisation, OrganisationKind, Place
from densach.places.organisations.queries import period_of, was_seated_in
from densach.problems import Refused, problem

_Key = tuple[str, str, str]
_LINES_AT_ONCE = 3000
_SECRET = ("number_cipher", "number_key", "number_hash")


@dataclass(frozen=True, kw_only=True, slots=True)
class Resident:
    """One line of a register. `birth` is an ISO day, an ISO year, or empty; `number` twelve digits or empty."""

    household: str
    village: Place
    full_name: str
    sex: str
    birth: str = ""
    number: str = ""
    literacy: int | None = None
    residence: str = Residence.UNKNOWN
    is_head: bool = False

    @property
    def key(self) -> _Key:
        """What a person without a number is known by in the commune: household, folded name, birth."""
        return (self.household, fold(self.full_name), self.birth)


@dataclass(frozen=True)
class Entered:
    """How many rows an import entered, corrected and found as they are."""

    entered: int
    corrected: int
    unchanged: int


def enter_residents(
    commune: Place,
    residents: Sequence[Resident],
    *,
    on: date,
    keys: Keys,
    act: Act,
    progress: Callable[[int], None] = lambda _done: None,
) -> Entered:
    """Bring the register of a commune to these lines: households, persons, and who lives where from `on`.

    A few thousand lines at a time, so that a large commune needs no more memory; all of them or none. Refused where
    the code of a line was changed when communes were merged (N140): it may mean several households.
    """
    with transaction.atomic():
        _refuse_lost_keys(keys)
        alike = _alike(residents)
        with_head = {resident.household for resident in residents if resident.is_head}
        entered, corrected, unchanged = 0, 0, 0
        for start in range(0, len(residents), _LINES_AT_ONCE):
            piece = residents[start : start + _LINES_AT_ONCE]
            villages = {resident.household: resident.village for resident in piece}
            households = settle_households(commune, villages, on=on, act=act)
            persons = _bring_persons(commune, piece, alike, keys, act)
            _refuse_the_dead(piece, persons.rows, on)
            _settle(piece, persons.rows, households, with_head, on, act)
            entered, corrected = entered + persons.entered, corrected + persons.corrected
            unchanged += persons.unchanged
            progress(len(piece))
        return Entered(entered, corrected, unchanged)


def enter_clans(commune: Place, names: dict[str, str], *, on: date, act: Act) -> dict[str, Clan]:
    """Bring the clans of a commune to these names by code; a new one is entered there from a day on."""
    fields = {code: {"name": nfc(name)} for code, name in names.items()}
    return enter_groups(CLANS, commune, fields, on=on, act=act)


def enter_units(commune: Place, units: dict[str, tuple[str, str]], *, on: date, act: Act) -> dict[str, Unit]:
    """Bring the units of a commune to these names and kinds by code; a new one is entered there from a day on."""
    fields = {code: {"name": nfc(name), "kind": kind} for code, (name, kind) in units.items()}
    return enter_groups(UNITS, commune, fields, on=on, act=act)


def link_unit(commune: Place, code: str, organisation: Organisation, *, on: date, act: Act) -> Unit:
    """Say that a unit of a commune is an organisation, from which it takes its name and kind of each day.

    Refused for a code that no unit has (O118), where the unit or the organisation is linked to another (O119), where
    the kinds contradict each other (O120), and where the organisation has its seat elsewhere (O121).
    """
    with transaction.atomic():
        unit = queries.unit_for_update(commune, code)
        if unit is None:
            raise Refused(problem("O118", code))
        _refuse_other_link(code, unit, organisation)
        _refuse_contradiction(commune, code, unit, organisation, on)
        bring(Unit, [(unit, {"organisation": organisation})], kind="unit", act=act)
    return unit


def unlink_unit(commune: Place, code: str, *, act: Act) -> Unit:
    """Say that a unit is no organisation that is registered; it has its own name again."""
    with transaction.atomic():
        unit = queries.unit_for_update(commune, code)
        if unit is None:
            raise Refused(problem("O118", code))
        bring(Unit, [(unit, {"organisation": None})], kind="unit", act=act)
    return unit


def join_clans(commune: Place, pairs: Iterable[tuple[Clan, Household]], *, on: date, act: Act) -> None:
    """Register households in clans from a day on; those that are in already stay as they are."""
    with transaction.atomic():
        known = queries.open_clan_households(commune)
        new = {(clan.pk, home.pk): (clan, home) for clan, home in pairs if (clan.pk, home.pk) not in known}
        rows = [ClanHousehold(clan=clan, household=home, valid_from=on) for clan, home in new.values()]
        ClanHousehold.objects.bulk_create(rows)
        record_many((_joined("clan", row.clan_id, {"household": row.household_id, "from": on}) for row in rows), act)


def leave_clan(clan: Clan, household: Household, *, on: date, act: Act) -> None:
    """End the registration of a household in a clan, on a day or after the one day that it lasted."""
    with transaction.atomic():
        row = queries.clan_household_for_update(clan, household)
        if row is None:
            raise Refused(problem("H103", household.uid))
        row.valid_to = max(on, row.valid_from + timedelta(days=1))
        row.save(update_fields=["valid_to"])
        after = {"household": household.pk, "until": row.valid_to}
        record_many([Happening(kind="clan", object_id=clan.pk, event="left", after=after)], act)


def join_units(commune: Place, members: Iterable[tuple[Unit, int, str]], *, on: date, act: Act) -> None:
    """Enter persons (by key) as members or learners of units from a day on; those that are in already stay."""
    with transaction.atomic():
        known = queries.open_unit_members(commune)
        wanted = dict.fromkeys((unit.pk, person, role) for unit, person, role in members)
        rows = [
            UnitMember(unit_id=unit, person_id=person, role=role, valid_from=on)
            for unit, person, role in wanted
            if (unit, person, role) not in known
        ]
        UnitMember.objects.bulk_create(rows)
        record_many((_joined("unit", row.unit_id, {"person": row.person_id, "from": on}) for row in rows), act)


def rotate_numbers(keys: Keys, *, act: Act) -> int:
    """Encrypt again, under the key in use, every number that is under an older one; gives how many."""
    with transaction.atomic():
        rows = list(queries.rows_with_other_keys(keys.current).select_for_update())
        for row in rows:
            sealed = keys.seal(keys.open(bytes(row.number_cipher or b""), row.number_key))
            row.number_cipher, row.number_key = sealed.cipher, sealed.key
        Person.objects.bulk_update(rows, ["number_cipher", "number_key"], batch_size=500)
        record_many((Happening(kind="person", object_id=row.pk, event="number_key_changed") for row in rows), act)
        return len(rows)


def _refuse_other_link(code: str, unit: Unit, organisation: Organisation) -> None:
    other = queries.unit_of_organisation(organisation)
    if unit.organisation_id not in (None, organisation.pk) or (other and other != unit):
        raise Refused(problem("O119", code, unit=unit.name, other=other.name if other else "–"))


def _refuse_contradiction(commune: Place, code: str, unit: Unit, organisation: Organisation, on: date) -> None:
    period = period_of(organisation, on)
    if period is None:
        raise Refused(problem("O103", organisation, day=format_date(on)))
    kind = UNIT_KINDS[OrganisationKind(period.kind)]
    if kind != unit.kind:
        raise Refused(problem("O120", code, unit=UnitKind(unit.kind).label, organisation=kind.label))
    if not was_seated_in(organisation, commune):
        raise Refused(problem("O121", code, organisation=period.name))


def _refuse_the_dead(residents: Sequence[Resident], persons: Sequence[Person], on: date) -> None:
    """Nobody lives anywhere after death."""
    lines = zip(residents, persons, strict=True)
    dead = [(line, person.died_on) for line, person in lines if person.died_on is not None and person.died_on <= on]
    if dead:
        named = ((line.household, line.full_name, format_date(day)) for line, day in dead)
        raise Refused(*(problem("N110", where, name=name, on=day) for where, name, day in named))


def _refuse_lost_keys(keys: Keys) -> None:
    """Without the keys that the numbers are under, nobody would be found again and all would be entered twice."""
    if row := queries.rows_with_lost_keys(keys.by_id).first():
        raise Refused(problem("N103", row.number_key))


def _bring_persons(
    commune: Place, residents: Sequence[Resident], alike: set[_Key], keys: Keys, act: Act
) -> Brought[Person]:
    hashes = {resident.number: keys.hash(resident.number) for resident in residents if resident.number}
    by_number = queries.persons_by_number(hashes.values())
    homes = list(queries.homes_ever(commune, {resident.household for resident in residents}))
    former = queries.former_names(person.pk for _, person in homes)
    by_key = _known_by_key(homes, former)
    found = [by_number.get(hashes.get(each.number, "")) or _known_as(each, by_key, alike) for each in residents]
    wanted = []
    for resident, person in zip(residents, as_kept(found), strict=True):
        number_hash = hashes.get(resident.number)
        holder = by_number.get(number_hash or "")
        of_other = holder is not None and person is not None and holder.pk != person.pk
        fields = _person_fields(resident, person, None if of_other else number_hash, keys)
        wanted.append((person, _without_former(fields, former.get(person.pk, ()) if person else ())))
    return bring(Person, wanted, kind="person", act=act, secret=_SECRET)


def _known_by_key(
    homes: Iterable[tuple[str, Person]], former: Mapping[int, Sequence[PersonName]]
) -> dict[_Key, dict[int, Person]]:
    """Whoever had these homes, by household and each name ever borne; who lives there now comes last."""
    known: dict[_Key, dict[int, Person]] = defaultdict(dict)
    for code, person in homes:
        for name in (*(name.folded for name in former.get(person.pk, ())), person.folded):
            known[code, name, _birth_text(person)][person.pk] = person
    return known


def _alike(residents: Sequence[Resident]) -> set[_Key]:
    """The keys that several lines bear: the twins Hoa and Hòa have one folded name."""
    return {key for key, lines in Counter(resident.key for resident in residents).items() if lines > 1}


def _known_as(resident: Resident, known: dict[_Key, dict[int, Person]], alike: set[_Key]) -> Person | None:
    """The one person of the key; where several bear it, only the one whose name has the same marks."""
    those = list(known.get(resident.key, {}).values()) if known else []
    if len(those) == 1 and resident.key not in alike:
        return those[0]
    name = tone_key(resident.full_name) if those else ""
    return next((person for person in reversed(those) if tone_key(person.full_name) == name), None)


def _without_former(fields: dict[str, Any], former: Sequence[PersonName]) -> dict[str, Any]:
    """A line that still bears a name of before does not take back the change of name."""
    if fields["full_name"] not in {name.full_name for name in former}:
        return fields
    return {name: value for name, value in fields.items() if name not in {"full_name", "folded", "sort"}}


def _birth_text(person: Person) -> str:
    if person.birth_date is None:
        return ""
    text = person.birth_date.isoformat()
    return text[:4] if person.birth_precision == Precision.YEAR else text


def _person_fields(resident: Resident, person: Person | None, number_hash: str | None, keys: Keys) -> dict[str, Any]:
    """What the register says of a person. What it leaves empty does not erase what is known."""
    name = nfc(resident.full_name)
    fields: dict[str, Any] = {"full_name": name, "folded": fold(name), "sort": sort_key(name), "sex": resident.sex}
    if resident.birth:
        fields |= _birth_fields(resident.birth)
    if resident.literacy is not None:
        fields["literacy"] = resident.literacy
    if number_hash is not None and (person is None or person.number_hash != number_hash):
        sealed = keys.seal(resident.number)
        fields |= {"number_cipher": sealed.cipher, "number_key": sealed.key, "number_hash": sealed.hash}
    return fields


def _birth_fields(birth: str) -> dict[str, Any]:
    if len(birth) == len("1980"):
        return {"birth_date": date(int(birth), 1, 1), "birth_precision": Precision.YEAR}
    return {"birth_date": date.fromisoformat(birth), "birth_precision": Precision.DAY}


def _settle(
    residents: Sequence[Resident],
    persons: Sequence[Person],
    households: dict[str, int],
    with_head: set[str],
    on: date,
    act: Act,
) -> None:
    """Open the homes of newcomers, and change those of the others as `people.homes` says."""
    known = queries.homes_since(persons, on)
    standing: list[Change] = []
    new: list[Change] = []
    for resident, person in zip(residents, persons, strict=True):
        head = resident.is_head if resident.household in with_head else None
        line = Line(households[resident.household], resident.residence, head)
        for row, fields in home_changes(known.get(person.pk, ()), line, on):
            (new if row is None else standing).append((row, fields if row else {**fields, "person_id": person.pk}))
    for rows in (standing, new):  # who moves has left before arriving: one open home of a kind at a time
        bring(HouseholdMember, rows, kind="household_member", act=act)


def _joined(kind: str, object_id: int, after: dict[str, Any]) -> Happening:
    return Happening(kind=kind, object_id=object_id, event="joined", after=after)
