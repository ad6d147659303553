"""Communes below a made-up province's officer, some with a round, and whoever looks at them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.assessing.making import YEAR, Small, answer, open_year, run, settle
from tests.authority.roles import NOW, viewer
from tests.people.making import NEW_YEAR

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.authority.access import Viewer
    from densach.authority.roles import Role
    from densach.history.domain import Act
    from densach.places.models import Place, PlacePeriod

__all__ = ["NOW", "TODAY", "YEAR", "another", "country", "judged", "looking", "made_up", "real", "row_of"]
TODAY = date(2026, 11, 26)
LATER = datetime(2026, 11, 27, 2, tzinfo=NOW.tzinfo)


def row_of(place: Place, on: date = TODAY) -> PlacePeriod:
    """What a place is on a day."""
    from densach.places.queries import period_of

    row = period_of(place, on)
    assert row is not None
    return row


def another(province: Place, order: int, act: Act, households: int = 2) -> Small:
    """One more made-up commune in a province, with its people."""
    from densach.places.domain import add_fictional_commune

    place = add_fictional_commune(province, f"9910{order}", f"Xã MẪU Số {order}", on=NEW_YEAR, act=act)
    return settle(place, act, households=households, first=100 * order)


def made_up(commune: Place, act: Act) -> Small:
    """The made-up commune with its people."""
    return settle(commune, act)


def judged(small: Small, act: Act, packs: str = "vn") -> Round:
    """Its round of this year: one family registered, all judged."""
    round_ = open_year(small, act, packs)
    first = int(_first_code(small)[1:])
    answer(round_, "family", {small.subject("family", f"H{first}"): {}}, act)
    run(round_, act)
    return round_


def _first_code(small: Small) -> str:
    from densach.people.queries import households_of
    from tests.assessing.making import LAST_DAY

    return min(households_of(small.place, LAST_DAY))


def country(on: date = TODAY) -> Place:
    """The country itself."""
    from densach.places.queries import country_on

    row = country_on(on)
    assert row is not None
    return row.place


def real(code: str = "05443") -> Place:
    """A real commune, of Thái Nguyên unless said otherwise."""
    from densach.places.lookup import get_place

    return get_place(code, TODAY).place


def looking(role: Role, place: Place, act: Act) -> Viewer:
    """Somebody in a role over a place."""
    return viewer(role, place, act)
