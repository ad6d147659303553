"""How soon a deed is praised: days from the deed to the first letter, the median of them, and how many still wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Timeliness:
    """Over some good examples: how many, how many were praised, and in how many days half of those were."""

    told: int
    praised: int
    median_days: float | None

    @property
    def waiting(self) -> int:
        """How many were told and not praised."""
        return self.told - self.praised


def timeliness_of(days: Iterable[tuple[date, date | None]]) -> Timeliness:
    """The same of the days of deed and praise; without a praise there is no median, which is not 0."""
    rows = list(days)
    found = [(praised - deed).days for deed, praised in rows if praised is not None]
    return Timeliness(len(rows), len(found), float(median(found)) if found else None)
