"""The holidays of a year, as an official list gives them; nothing is computed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from densach.rules.model import Mark

ExactDay = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class CalendarYear(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days off of a year and the weekend days worked instead (làm bù), from the notice named in `source`."""

    year: int
    holidays: tuple[ExactDay, ...]
    worked_instead: tuple[ExactDay, ...] = ()
    source: str
    mark: Mark

    @property
    def days_off(self) -> frozenset[date]:
        """The days off."""
        return frozenset(map(date.fromisoformat, self.holidays))

    @property
    def days_worked(self) -> frozenset[date]:
        """The weekend days on which work is done instead."""
        return frozenset(map(date.fromisoformat, self.worked_instead))
