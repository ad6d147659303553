"""Some communes beside each other by one model: each share with its base, its day, how many, and its interval.

Everybody is counted, nobody sampled; the interval (Wilson, `measures.intervals`) only says how far a share of so few
would move by chance, so that two small communes are not put in an order that their numbers do not carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from densach.assessing.titles import Title
from densach.measures.groups import NotMeasurable
from densach.measures.intervals import wilson
from densach.places.models import PlacePeriod
from densach.problems import Refused, problem
from densach.reporting.below.figures import figures_of
from densach.reporting.below.queries import rounds_in
from densach.reporting.shares import rounded_half_up
from densach.reporting.statistics import Counts

FEWEST, MOST = 2, 12
Base = Literal["total", "registered", "assessed"]
BASES: tuple[Base, ...] = ("total", "registered", "assessed")


@dataclass(frozen=True)
class Compared:
    """One commune: `counts` is None where it has not reported; without an act nobody knows who is recognised."""

    period: PlacePeriod
    counts: Counts | None
    base: Base

    @property
    def whole(self) -> int | None:
        """The base of the share."""
        return None if self.counts is None else int(getattr(self.counts, self.base))

    @property
    def recognised(self) -> int | None:
        """How many are recognised, where an act says so."""
        return None if self.counts is None or self.counts.silent else self.counts.recognised

    @property
    def permille(self) -> int | None:
        """The share in tenths of a percent, rounded half up; none for an empty base or where it is not known."""
        if self.recognised is None or not self.whole:
            return None
        return rounded_half_up(self.recognised, self.whole, 1)

    @property
    def interval(self) -> tuple[int, int] | None:
        """From where to where 95 in 100 such shares would lie, in tenths of a percent."""
        try:
            found = wilson(self.recognised or 0, self.whole or 0)
        except NotMeasurable:
            return None
        if self.recognised is None or found.low is None or found.high is None:
            return None
        return round(found.low * 1000), round(found.high * 1000)


@dataclass(frozen=True)
class Comparison:
    """The communes that were chosen, in the order of their choice, by one title in one year."""

    title: Title
    year: int
    base: Base
    rows: tuple[Compared, ...]

    @property
    def on(self) -> date:
        """The day of the facts."""
        return date(self.year, 12, 31)


def compare(places: Sequence[PlacePeriod], title: Title, year: int, base: Base) -> Comparison:
    """Put 2 to 12 communes beside each other; refused for fewer or more (R181), and where real ones would stand beside
    made-up ones (R191).
    """
    if not FEWEST <= len(places) <= MOST:
        raise Refused(problem("R181", "xa", count=len(places), fewest=FEWEST, most=MOST))
    if len({row.place.fictional for row in places}) > 1:
        raise Refused(problem("R191", "xa"))
    rounds = rounds_in([row.place_id for row in places], year)
    figures = figures_of(places, rounds, title, date(year, 12, 31))
    return Comparison(title, year, base, tuple(Compared(row.period, row.counts, base) for row in figures.rows))
