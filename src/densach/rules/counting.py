"""The measures that a rubric may count, read from their text: `adults:citizen.qd677`, `persons[15-35]:literacy1`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from densach.rules.model import Rubric

_FORM = re.compile(r"(?P<population>[a-z]+)(\[(?P<low>\d+)-(?P<high>\d+)\])?(:(?P<held>[a-z0-9_.]+))?")
_LITERACY = re.compile(r"literacy([12])")
PEOPLE = frozenset({"adults", "persons", "members", "learners"})


@dataclass(frozen=True)
class Measure:
    """So many of a population, within an age band (both ages included), who hold a title or a level of literacy."""

    population: str
    ages: tuple[int, int] | None = None
    held: str | None = None

    @property
    def literacy(self) -> int | None:
        """The level of literacy that is counted, if it is literacy that is."""
        found = _LITERACY.fullmatch(self.held or "")
        return int(found[1]) if found else None

    @property
    def title_key(self) -> str | None:
        """The title that is counted, if it is a title."""
        return self.held if self.held and self.literacy is None else None


def read_measure(text: str) -> Measure:
    """Read a measure; `policy check` refuses a text that is none, so that here it is a mistake of ours."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    ages = (int(found["low"]), int(found["high"])) if found["low"] else None
    return Measure(found["population"], ages, found["held"])


def measures_of(rubric: Rubric) -> dict[str, Measure]:
    """The facts of a rubric that are counted from the register, by fact."""
    return {fact.id: read_measure(fact.counts) for fact in rubric.facts if fact.counts is not None}
