"""Returns of a made-up commune and of those beside it, and the people whose hands they go through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from densach.authority.roles import Role
from densach.policy.reported import datasets
from densach.reporting.figures.periods import Period
from tests.authority.roles import BASIS, account
from tests.reporting.below import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.figures.access import Of
    from densach.reporting.figures.domain import Typed
    from densach.reporting.figures.models import Report

TODAY = date(2027, 1, 15)
NOW = datetime(2027, 1, 15, 3, tzinfo=UTC)
MODELS, FUND, ORGANISATION, CENTRES = "khvn-mo-hinh", "khvn-quy", "khvn-to-chuc", "ttht-xoa-mu-chu"
SPENT = {"FUND_RAISED": 90_000_000, "FUND_SPENT": 80_000_000, "FUND_SPENT_AWARDS": 30_000_000}


def looking(role: Role, place: Place, act: Act) -> Viewer:
    """Somebody of an account of their own in a role over a place, in January after the year."""
    from densach.accounts.models import Account
    from densach.authority.access import viewer_of
    from densach.authority.granting import Charge, give_first_role

    who = account(f"{role}-{Account.objects.count()}")
    days = {"valid_from": date(2026, 1, 1), "valid_to": date(2028, 1, 1)}
    give_first_role(who, Charge(role=role, thing=place, basis=BASIS, **days), act=act)
    return viewer_of(who, None, TODAY)


@dataclass(frozen=True)
class Hands:
    """Those through whose hands a return of the association goes: two in the commune, one above."""

    place: Place
    above: Place
    act: Act

    @cached_property
    def writer(self) -> Viewer:
        """Who prepares."""
        return looking(Role.ASSOCIATION_OFFICER, self.place, self.act)

    @cached_property
    def head(self) -> Viewer:
        """Who approves."""
        return looking(Role.ASSOCIATION_OFFICER, self.place, self.act)

    @cached_property
    def receiver(self) -> Viewer:
        """Who accepts."""
        return looking(Role.ASSOCIATION_OFFICER, self.above, self.act)


def of(place: Place, dataset: str = FUND, year: int = 2026, half: int | None = None) -> Of:
    """The return of a place: the second half of last year for the fund, all of it for the others."""
    from densach.reporting.figures.access import Of

    known = datasets()[dataset]
    usual = 2 if known.period == "half_year" else 0
    return Of(known, row_of(place, TODAY), Period(year, usual if half is None else half))


def typed(numbers: Mapping[str, int | None], note: str = "") -> dict[str, Typed]:
    """Numbers as somebody writes them."""
    from densach.reporting.figures.domain import Typed

    return {code: Typed(value, note=note) for code, value in numbers.items()}


def up_to(hands: Hands, which: Of, numbers: Mapping[str, int | None], step: str = "accepted") -> Report:
    """A return that has come to a step: open, prepared, approved or accepted."""
    from densach.reporting.figures import domain

    report = domain.write(hands.writer, which, typed(numbers), at=NOW)
    for name, event, viewer in (
        ("prepared", domain.prepare, "writer"),
        ("approved", domain.approve, "head"),
        ("accepted", domain.accept, "receiver"),
    ):
        if step != "open" and ("prepared", "approved", "accepted").index(name) <= (
            "prepared",
            "approved",
            "accepted",
        ).index(step):
            report = event(getattr(hands, viewer), which, at=NOW)
    return report


def figures_at(place: Place) -> dict[tuple[str, int], tuple[int, int | None]]:
    """Every accepted figure of a place: by code and period its value and base."""
    from densach.reporting.figures.models import Figure

    rows = Figure.objects.filter(place=place).select_related("indicator")
    return {(row.indicator.code, row.period): (row.value, row.base) for row in rows}


def in_place(hands: Hands, place: Place) -> Hands:
    """The hands of another commune below the same place."""
    return replace(hands, place=place)
