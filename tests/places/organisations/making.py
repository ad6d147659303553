"""Organisations that tests need, entered by the events that people use."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Organisation, Place
    from densach.places.organisations.domain import Said

NEW_YEAR = date(2026, 1, 1)
LAST = date(2025, 6, 30)
FIRST = date(2025, 7, 1)


def said(source: str = "QĐ 12/QĐ-UBND", mark: str = "read", act: str = "") -> Said:
    """Who says something in a test."""
    from densach.places.organisations.domain import Said

    return Said(source=source, mark=mark, legal_act=act)


def place(code: str, on: date) -> Place:
    """The place of a code on a day."""
    from densach.places.lookup import get_place

    return get_place(code, on).place


def founded(
    name: str, seat: Place, act: Act, *, kind: str = "primary", on: date = NEW_YEAR, body: str = ""
) -> Organisation:
    """An organisation that is there from a day on."""
    from densach.places.organisations.domain import Charter, found_organisation

    return found_organisation(Charter(name=name, kind=kind, seat=seat, said=said(), body=body), on=on, act=act)
