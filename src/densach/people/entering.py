"""Where households, clans and units are entered: the lines of a register bring them to a commune, a village, a code."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import transaction

from densach.history.bringing import bring
from densach.history.domain import Act, Happening, State, record_many
from densach.people import queries
from densach.people.models import Clan, ClanSeat, Household, HouseholdHome, InCommune, Unit, UnitSeat
from densach.places.models import Place
from densach.problems import Refused, problem

AT_ONCE = 2000
G = TypeVar("G", Household, Clan, Unit)


@dataclass(frozen=True)
class Grouping(Generic[G]):
    """What is entered in a commune as one: the rows that say where, the way from one to the others, and its kind."""

    group: type[G]
    row: type[InCommune]
    rows: str
    kind: str


HOUSEHOLDS = Grouping(Household, HouseholdHome, "household__homes__", "household")
CLANS = Grouping(Clan, ClanSeat, "clan__seats__", "clan")
UNITS = Grouping(Unit, UnitSeat, "unit__seats__", "unit")


def settle_households(commune: Place, villages: Mapping[str, Place], *, on: date, act: Act) -> dict[str, int]:
    """Bring the households of a commune to these villages by code, from a day on; gives their keys.

    A home that began no earlier than that day was a mistake of the line, and is corrected instead.
    """
    known = queries.held_by_code(HouseholdHome, commune, on, villages)
    refuse_former_codes(HOUSEHOLDS, commune, villages.keys() - known.keys())
    _move(known, villages, on, act)
    _enter(commune, {code: village for code, village in villages.items() if code not in known}, known, on, act)
    return {code: known[code].household_id for code in villages}


def enter_groups(
    grouping: Grouping[G], commune: Place, fields: Mapping[str, dict[str, Any]], *, on: date, act: Act
) -> dict[str, G]:
    """Bring the clans or units of a commune to these fields by code; new ones are entered there from a day on."""
    kind = grouping.kind
    with transaction.atomic():
        found = queries.held_by_code(grouping.row, commune, on)
        refuse_former_codes(grouping, commune, fields.keys() - found.keys())
        held = {code: getattr(seat, kind) for code, seat in found.items()}
        groups = bring(grouping.group, ((held.get(code), said) for code, said in fields.items()), kind=kind, act=act)
        by_code = dict(zip(fields, groups.rows, strict=True))
        seats = [
            grouping.row(**{f"{kind}_id": group.pk, "commune_id": commune.pk, "code": code, "valid_from": on})
            for code, group in by_code.items()
            if code not in held
        ]
        grouping.row._default_manager.bulk_create(seats, batch_size=AT_ONCE)
        record_many((entered(kind, row) for row in seats), act)
        return by_code


def entered(kind: str, row: InCommune, event: str = "settled", before: State | None = None) -> Happening:
    """What the log says of a new row: the group lives, or stands, there from a day on."""
    return Happening(kind=kind, object_id=getattr(row, f"{kind}_id"), event=event, before=before, after=said(row))


def said(row: InCommune) -> State:
    """What the log keeps of a row."""
    where = {"commune": row.commune_id, "code": row.code, "from": row.valid_from, "to": row.valid_to}
    return where | ({"village": row.village_id} if isinstance(row, HouseholdHome) else {})


def refuse_former_codes(grouping: Grouping[G], commune: Place, codes: Set[str]) -> None:
    """A code that two merged communes both used names nobody any more: entered again it would make a new group."""
    former = queries.former_codes(grouping.row, grouping.rows, commune) if codes else {}
    asked = sorted(former.keys() & codes)
    if asked:
        raise Refused(*(problem("N140", code, now=", ".join(former[code])) for code in asked))


def refuse_former_households(commune: Place, codes: Set[str], on: date) -> None:
    """Refuse (N140) those codes of households that a merger of communes changed, and that nobody bears any more."""
    refuse_former_codes(HOUSEHOLDS, commune, codes - queries.held_by_code(HouseholdHome, commune, on, codes).keys())


def _enter(commune: Place, villages: Mapping[str, Place], known: dict[str, HouseholdHome], on: date, act: Act) -> None:
    households = Household.objects.bulk_create((Household() for _ in villages), batch_size=AT_ONCE)
    rows = [
        HouseholdHome(household=household, commune=commune, village=village, code=code, valid_from=on)
        for household, (code, village) in zip(households, villages.items(), strict=True)
    ]
    HouseholdHome.objects.bulk_create(rows, batch_size=AT_ONCE)
    record_many((entered("household", row) for row in rows), act)
    known.update((row.code, row) for row in rows)


def _move(known: dict[str, HouseholdHome], villages: Mapping[str, Place], on: date, act: Act) -> None:
    """Households that the lines name in another village than the register does."""
    wrong = [known[code] for code, village in villages.items() if code in known and known[code].village != village]
    if not wrong:
        return
    before = [said(row) for row in wrong]
    rows = [_from_day(row, on) for row in wrong]
    for row in rows:
        row.village = villages[row.code]
    HouseholdHome.objects.bulk_update(wrong, ["village", "valid_to"], batch_size=AT_ONCE)
    HouseholdHome.objects.bulk_create((row for row in rows if row.pk is None), batch_size=AT_ONCE)
    record_many((entered("household", row, "changed_village", old) for row, old in zip(rows, before, strict=True)), act)


def _from_day(row: HouseholdHome, on: date) -> HouseholdHome:
    """The row itself if it began no earlier than a day; else it ends there, and what follows is a new row."""
    if row.valid_from >= on:
        return row
    rest = HouseholdHome(
        household_id=row.household_id, commune_id=row.commune_id, code=row.code, valid_from=on, valid_to=row.valid_to
    )
    row.valid_to = on
    return rest
