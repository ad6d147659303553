"""The emulation fund: opened for a year, money comes in, award money goes out and comes back; the books balance.

Opening + income + recovered − paid = closing, whatever happens in whatever order. 20 % of the fund is set apart for
launching, reviews, publicity and councils (rule R-44): shown for information, nothing is held back by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from densach.awards.register import queries
from densach.awards.register.models import EntryKind, Fund, FundEntry
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.problems import Refused, problem

SET_APART = 20  # percent: Nghị định 98/2023/NĐ-CP, Điều 52 khoản 1a; Thông tư 28/2025/TT-BTC
MOST = 10**13  # đồng: more than any fund of a province


@dataclass(frozen=True)
class Balance:
    """The books of a fund in whole đồng."""

    opening: int
    came: int
    returned: int
    went: int

    @property
    def closing(self) -> int:
        """What is left; below nothing where somebody paid more than there was, and said why."""
        return self.opening + self.came + self.returned - self.went

    @property
    def set_apart(self) -> int:
        """The part that the texts set apart from what the fund was given, rounded down."""
        return (self.opening + self.came) * SET_APART // 100


def balance_of(fund: Fund) -> Balance:
    """The books of a fund that was read with its sums."""
    came, went, returned = (getattr(fund, name) for name in ("came", "went", "returned"))
    return Balance(fund.opening, came, returned, went)


def open_fund(place: Place, year: int, opening: int, basis: str, *, fictional: bool, act: Act) -> Fund:
    """Open the fund of a year with what it begins with; refused where it is open already (Q330)."""
    with transaction.atomic():
        fund, is_new = Fund.objects.get_or_create(
            place=place, year=year, is_fictional=fictional, defaults={"opening": opening, "opening_basis": basis}
        )
        if not is_new:
            raise Refused(problem("Q330", year, year=year))
        record(_happening(fund, "opened", {"year": year, "opening": opening, "basis": basis}), act)
        return fund


def enter_income(fund: Fund, amount: int, basis: str, *, on: date, today: date, act: Act) -> FundEntry:
    """Enter money that came in; refused for another year than the fund's or a day to come (Q331)."""
    refuse_other_days(fund, on, today)
    with transaction.atomic():
        now = queries.fund_for_update(fund)
        entry = FundEntry.objects.create(
            fund=now, kind=EntryKind.INCOME, on=on, amount=amount, basis=basis, entered_at=act.at
        )
        record(_happening(now, "income", {"amount": amount, "on": on, "basis": basis}), act)
        return entry


def refuse_other_days(fund: Fund, on: date, today: date) -> None:
    """Refuse (Q331) a day of another year than the fund's, or to come."""
    if on.year != fund.year or on > today:
        raise Refused(problem("Q331", on.isoformat(), on=on.strftime("%d/%m/%Y"), year=fund.year))


def _happening(fund: Fund, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="award_fund", object_id=fund.uid, event=event, after=after)
