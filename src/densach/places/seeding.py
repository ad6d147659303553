"""Filling a database with the places that come with the product."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from densach.history.domain import Act
from densach.places import shipped
from densach.places.domain import FICTIONAL_LIST, Description, Newcomer, enter
from densach.places.identities import KNOWN_FROM, LIST_2025, LIST_BEFORE, identity_of
from densach.places.models import CodeList, Level, PlacePeriod
from densach.places.queries import codes_held, digests, open_country, units_of_list
from densach.places.seeding_past import seed_past

CHECKED_ON = date(2026, 9, 20)


def seed_places(act: Act) -> int:
    """Add the country, its units of today and of before as far as they are missing; says how many were added."""
    with transaction.atomic():
        return _seed_present(act) + seed_past(act)


def is_seeded() -> bool:
    """Whether the database holds the places that this version ships."""
    held = digests()
    return held.get(LIST_2025) == shipped.digest() and held.get(LIST_BEFORE) == shipped.digest(shipped.PAST_FILES)


def _seed_present(act: Act) -> int:
    if digests().get(LIST_2025) == shipped.digest():
        return 0
    code_list = _write_lists()
    held = codes_held(code_list)
    country = open_country() or _add_country(act)
    provinces = [unit for unit in shipped.provinces() if (Level.PROVINCE, unit.code) not in held]
    communes = [unit for unit in shipped.communes() if (Level.COMMUNE, unit.code) not in held]
    _enter_units(provinces, Level.PROVINCE, code_list, {"": country}, act)
    above = units_of_list(code_list, Level.PROVINCE)
    _enter_units(communes, Level.COMMUNE, code_list, above, act)
    return len(provinces) + len(communes)


def _write_lists() -> CodeList:
    CodeList.objects.update_or_create(
        key=FICTIONAL_LIST,
        defaults={"title": "MẪU", "known_from": KNOWN_FROM, "checked_on": KNOWN_FROM, "fictional": True},
    )
    real, _ = CodeList.objects.update_or_create(
        key=LIST_2025,
        defaults={
            "title": "QĐ 19/2025/QĐ-TTg",
            "known_from": KNOWN_FROM,
            "checked_on": CHECKED_ON,
            "digest": shipped.digest(),
        },
    )
    return real


def _add_country(act: Act) -> PlacePeriod:
    description = Description(name="Việt Nam", level=Level.COUNTRY, parent=None, source="QĐ 19/2025/QĐ-TTg")
    newcomer = Newcomer(description=description, above="", uid=identity_of(Level.COUNTRY, "VN", KNOWN_FROM))
    return enter([newcomer], on=KNOWN_FROM, act=act)[0]


def _enter_units(
    units: Iterable[shipped.ShippedUnit], level: Level, code_list: CodeList, above: dict[str, PlacePeriod], act: Act
) -> None:
    """Enter units of one level below the places that `above` names by code."""
    newcomers = [_newcomer(unit, level, code_list, above[unit.province]) for unit in units]
    enter(newcomers, on=KNOWN_FROM, act=act)


def _newcomer(unit: shipped.ShippedUnit, level: Level, code_list: CodeList, above: PlacePeriod) -> Newcomer:
    description = Description(
        name=unit.name,
        level=level,
        parent=above.place,
        source=unit.source,
        type=unit.type,
        code=unit.code,
        code_list=code_list,
    )
    return Newcomer(description=description, above=above.path, uid=identity_of(level, unit.code, unit.valid_from))
