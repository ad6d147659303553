"""A few made-up residents of the made-up commune, and keys that belong to no installation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from densach.people.numbers import Keys

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.domain import Entered, Resident
    from densach.places.models import Place

KEYS = Keys({"k1": bytes(range(32))}, "k1", b"h" * 32)
NEW_YEAR = date(2026, 1, 1)


def number(order: int) -> str:
    """A personal number of a province that does not exist."""
    return f"999080{order:06d}"


def village(commune: Place, act: Act, name: str = "Thôn Đoài") -> Place:
    from densach.places.domain import add_village

    return add_village(commune, name, on=NEW_YEAR, act=act, source="Sổ hộ MẪU")


def family(village: Place, order: int) -> list[Resident]:
    """Two adults, the first with a number, and a child: household H1, H2, …"""
    from densach.people.domain import Resident

    def member(name: str, sex: str, birth: str) -> Resident:
        return Resident(household=f"H{order}", village=village, full_name=f"{name} {order}", sex=sex, birth=birth)

    head = member("Nguyễn Văn Mẫu", "male", "1980-05-01")
    return [
        replace(head, number=number(order), literacy=2, is_head=True),
        replace(member("Trần Thị Mẫu", "female", "1982"), literacy=1),
        member("Nguyễn Mẫu Con", "female", "2015-09-05"),
    ]


def enter(commune: Place, residents: list[Resident], act: Act, on: date = NEW_YEAR) -> Entered:
    from densach.people.domain import enter_residents

    return enter_residents(commune, residents, on=on, keys=KEYS, act=act)
