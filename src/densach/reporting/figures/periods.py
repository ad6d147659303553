"""The time that a figure speaks of: a year, or one half of it; written 2025, 2025S1 and 2025S2 as DHIS2 does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from densach.policy.datasets import PeriodKind
from densach.problems import Refused, problem

FIRST_YEAR = 2000
LAST_YEAR = 2100
_WRITTEN = re.compile(r"(\d{4})(?:S([12]))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """A year, with `half` 0, or its first or second half."""

    year: int
    half: int = 0

    @property
    def key(self) -> int:
        """The whole number by which the database knows it: 20250, 20251 and 20252."""
        return self.year * 10 + self.half

    @property
    def code(self) -> str:
        """As it is written between programs."""
        return f"{self.year}S{self.half}" if self.half else str(self.year)

    @property
    def kind(self) -> PeriodKind:
        """What kind of period it is."""
        return "half_year" if self.half else "year"

    @property
    def ends_before(self) -> date:
        """The first day after it."""
        return date(self.year, 7, 1) if self.half == 1 else date(self.year + 1, 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day, for which its figures are true."""
        return self.ends_before - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The same part of the year before, with which it is compared."""
        return Period(self.year - 1, self.half)


def period_of_key(key: int) -> Period:
    """The period that a whole number of the database stands for."""
    return Period(*divmod(key, 10))


def read_period(text: str, kind: PeriodKind) -> Period:
    """The period that is written; refused (G101) for what is none, and (G102) for one of another kind."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Refused(problem("G101", "period", value=text[:20]))
    period = Period(int(found[1]), int(found[2] or 0))
    if period.kind != kind:
        raise Refused(problem("G102", "period", value=period.code, example=example_of(period.year, kind)))
    return period


def example_of(year: int, kind: PeriodKind) -> str:
    """How a period of a kind is written."""
    return str(year) if kind == "year" else f"{year}S1"


def latest_ended(kind: PeriodKind, today: date) -> Period:
    """The last period of a kind that is over, the one that is reported now."""
    if kind == "year":
        return Period(today.year - 1)
    return Period(today.year, 1) if today.month > 6 else Period(today.year - 1, 2)
