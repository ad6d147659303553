"""Everything that can happen to people and groups; each function writes the rows and the log together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from densach.formats.vietnamese import fold, nfc, sort_key, tone_key
from densach.history.bringing import Brought, bring
from densach.history.domain import Act, Happening, record_many
from densach.people import queries
from densach.people.models import (
    Clan,
    ClanHousehold,
    Household,
    HouseholdMember,
    Person,
    Precision,
    Residence,
    Unit,
    UnitMember,
)
from densach.people.numbers import Keys
from densach.places.models import Place
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

    A few thousand lines at a time, so that a large commune needs no more memory; all of them or none.
    """
    with transaction.atomic():
        _refuse_lost_keys(keys)
        alike = _alike(residents)
        with_head = {resident.household for resident in residents if resident.is_head}
        entered, corrected, unchanged = 0, 0, 0
        for start in range(0, len(residents), _LINES_AT_ONCE):
            piece = residents[start : start + _LINES_AT_ONCE]
            households = _bring_households(commune, piece, act)
            persons = _bring_persons(commune, piece, alike, keys, act)
            _settle(piece, persons.rows, households, with_head, on, act)
            entered, corrected = entered + persons.entered, corrected + persons.corrected
            unchanged += persons.unchanged
            progress(len(piece))
        return Entered(entered, corrected, unchanged)


def enter_clans(commune: Place, names: dict[str, str], *, act: Act) -> dict[str, Clan]:
    """Bring the clans of a commune to these names by code."""
    with transaction.atomic():
        known = queries.clans_of(commune)
        wanted = (
            (known.get(code), {"commune": commune, "code": code, "name": nfc(name)}) for code, name in names.items()
        )
        return {clan.code: clan for clan in bring(Clan, wanted, kind="clan", act=act).rows}


def enter_units(commune: Place, units: dict[str, tuple[str, str]], *, act: Act) -> dict[str, Unit]:
    """Bring the units of a commune to these names and kinds by code."""
    with transaction.atomic():
        known = queries.units_of(commune)
        wanted = (
            (known.get(code), {"commune": commune, "code": code, "name": nfc(name), "kind": kind})
            for code, (name, kind) in units.items()
        )
        return {unit.code: unit for unit in bring(Unit, wanted, kind="unit", act=act).rows}


def join_clans(commune: Place, pairs: Iterable[tuple[Clan, Household]], *, on: date, act: Act) -> None:
    """Register households in clans from a day on; those that are in already stay as they are."""
    with transaction.atomic():
        known = queries.open_clan_households(commune)
        new = {(clan.pk, home.pk): (clan, home) for clan, home in pairs if (clan.pk, home.pk) not in known}
        rows = [ClanHousehold(clan=clan, household=home, valid_from=on) for clan, home in new.values()]
        ClanHousehold.objects.bulk_create(rows)
        record_many((_joined("clan", row.clan_id, {"household": row.household_id, "from": on}) for row in rows), act)


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


def _refuse_lost_keys(keys: Keys) -> None:
    """Without the keys that the numbers are under, nobody would be found again and all would be entered twice."""
    if row := queries.rows_with_lost_keys(keys.by_id).first():
        raise Refused(problem("N103", row.number_key))


def _bring_households(commune: Place, residents: Sequence[Resident], act: Act) -> dict[str, Household]:
    known = queries.households_coded(commune, {resident.household for resident in residents})
    villages = {resident.household: resident.village for resident in residents}
    wanted = (
        (known.get(code), {"commune_id": commune.pk, "code": code, "village_id": village.pk})
        for code, village in villages.items()
    )
    return {home.code: home for home in bring(Household, wanted, kind="household", act=act).rows}


def _bring_persons(
    commune: Place, residents: Sequence[Resident], alike: set[_Key], keys: Keys, act: Act
) -> Brought[Person]:
    hashes = {resident.number: keys.hash(resident.number) for resident in residents if resident.number}
    by_number = queries.persons_by_number(hashes.values())
    by_key = _known_by_key(commune, {resident.household for resident in residents})
    wanted = []
    for resident in residents:
        person = by_number.get(hashes.get(resident.number, "")) or _known_as(resident, by_key, alike)
        wanted.append((person, _person_fields(resident, person, hashes.get(resident.number), keys)))
    return bring(Person, wanted, kind="person", act=act, secret=_SECRET)


def _known_by_key(commune: Place, households: set[str]) -> dict[_Key, list[Person]]:
    known: dict[_Key, list[Person]] = defaultdict(list)
    for row in queries.open_members_of(commune, households):
        known[row.household.code, row.person.folded, _birth_text(row.person)].append(row.person)
    return known


def _alike(residents: Sequence[Resident]) -> set[_Key]:
    """The keys that several lines bear: the twins Hoa and Hòa have one folded name."""
    return {key for key, lines in Counter(resident.key for resident in residents).items() if lines > 1}


def _known_as(resident: Resident, known: dict[_Key, list[Person]], alike: set[_Key]) -> Person | None:
    """The one person of the key; where several bear it, only the one whose name has the same marks."""
    those = known.get(resident.key, []) if known else []
    if len(those) == 1 and resident.key not in alike:
        return those[0]
    name = tone_key(resident.full_name) if those else ""
    return next((person for person in those if tone_key(person.full_name) == name), None)


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
    if resident.residence != Residence.UNKNOWN:
        fields["residence"] = resident.residence
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
    households: dict[str, Household],
    with_head: set[str],
    on: date,
    act: Act,
) -> None:
    """Open the membership of newcomers; someone who now stands in another household moves there on that day.

    A membership that began no earlier than that day was a mistake of the line, and is corrected instead.
    """
    known = queries.open_memberships_of(persons)
    standing: list[tuple[HouseholdMember | None, dict[str, Any]]] = []
    new: list[tuple[HouseholdMember | None, dict[str, Any]]] = []
    for resident, person in zip(residents, persons, strict=True):
        now = known.get(person.pk)
        lives: dict[str, Any] = {"household_id": households[resident.household].pk}
        if now is None or resident.household in with_head:
            lives["is_head"] = resident.is_head
        if now is not None and (now.household_id == lives["household_id"] or now.valid_from >= on):
            standing.append((now, lives))
            continue
        if now is not None:
            standing.append((now, {"valid_to": on}))
        new.append((None, {"is_head": False, **lives, "person_id": person.pk, "valid_from": on}))
    for rows in (standing, new):  # who moves has left before arriving: one open household at a time
        bring(HouseholdMember, rows, kind="household_member", act=act)


def _joined(kind: str, object_id: int, after: dict[str, Any]) -> Happening:
    return Happening(kind=kind, object_id=object_id, event="joined", after=after)
