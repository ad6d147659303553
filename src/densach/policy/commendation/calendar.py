"""The days off of a year, as an official list gives them; nothing is computed."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from densach.rules.model import Mark

SATURDAY = 5


class CalendarYear(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days off of a year and the weekend days worked instead (làm bù), from the notice named in `source`."""

    year: int
    holidays: tuple[date, ...]
    worked_instead: tuple[date, ...] = ()
    source: str
    mark: Mark

    @property
    def strangers(self) -> tuple[date, ...]:
        """Days that do not lie in the year."""
        return tuple(day for day in (*self.holidays, *self.worked_instead) if day.year != self.year)

    @property
    def misplaced(self) -> tuple[date, ...]:
        """Days said to be worked instead that are no Saturday or Sunday, or a day off at once."""
        return tuple(day for day in self.worked_instead if day.weekday() < SATURDAY or day in self.holidays)
