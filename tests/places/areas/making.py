"""Made-up communes and lists about them, entered by the events that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.areas.domain import Entered
    from densach.places.areas.reading import Decision
    from densach.places.models import Place

BEGAN, FIRST, LATER = date(2025, 7, 1), date(2025, 9, 1), date(2026, 3, 1)


def communes(province: Place, act: Act, count: int = 3, start: int = 1) -> list[Place]:
    """Communes 99101, 99102 and so on, from 01/07/2025."""
    from densach.places.domain import add_fictional_commune

    return [
        add_fictional_commune(province, f"99{100 + order}", f"Xã MẪU Số {order}", on=BEGAN, act=act)
        for order in range(start, start + count)
    ]


def decision(number: str = "01/QĐ-MẪU", start: date = FIRST, **changed: object) -> Decision:
    """The text of a made-up list."""
    from densach.places.areas.reading import Decision

    whole = Decision(
        number=number, signed_on=date(2025, 8, 20), issuer="Cơ quan MẪU", mark="fictional", valid_from=start
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def entered(act: Act, text: Decision, kinds: dict[str, str], *days: date | None, named_only: bool = False) -> Entered:
    """A list of communes by code; `days` are those of every line."""
    from densach.places.areas.domain import enter_list
    from densach.places.areas.reading import About, Line
    from densach.places.models import AreaKind

    lines = [Line(f"A{row}", code, AreaKind(kind), *days) for row, (code, kind) in enumerate(kinds.items(), start=7)]
    return enter_list(text, lines, About(named_only=named_only), act=act)


def stands(place: Place, on: date) -> list[str]:
    """Region, border and island of a commune on a day: a kind, "no", or "?" where no list speaks of it."""
    from densach.places.areas.lookup import standings_of

    return [(each.kind or "no") if each.area_list else "?" for each in standings_of(place, on)]
