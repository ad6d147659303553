"""The days of the yearly round that a text gives, by title; where none gives one, that is said and nothing is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.assessing.titles import TITLES, Title, rubric_on
from densach.policy.library import Library
from densach.rules.model import DECIDING, DECIDING_IN_DEMO, Cite, Mark

STEPS = ("register", "submit", "decide", "report")


@dataclass(frozen=True)
class Due:
    """One day that a text gives for a step: how sure it is, and where it stands."""

    step: str
    day: date
    procedure: str
    mark: Mark
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Dates:
    """The days of one title in a year's round; none where no text that was read gives any."""

    title: Title
    dues: tuple[Due, ...]


def dates_of(library: Library, year: int) -> tuple[Dates, ...]:
    """The days of every title, by the rubrics of the last day of the year; only marks that decide are days."""
    return tuple(Dates(title, dues_of(library, title, year)) for title in TITLES)


def dues_of(library: Library, title: Title, year: int) -> tuple[Due, ...]:
    """The days of one title, in their order."""
    effective = rubric_on(library, title, date(year, 12, 31))
    deciding = DECIDING_IN_DEMO if effective.fictional else DECIDING
    found = [
        Due(
            each.step,
            date.fromisoformat(f"{year + each.years_after}-{each.day}"),
            each.procedure or "",
            each.mark,
            each.cites,
        )
        for each in effective.rubric.recognition.deadlines
        if each.mark in deciding
    ]
    return tuple(sorted(found, key=lambda due: due.day))
