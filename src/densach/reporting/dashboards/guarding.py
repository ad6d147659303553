"""Which counts of people the public does not see, so that nobody can be worked out from a small number.

The tables of one indicator and one period hang together, from the communes up to the country, and are looked at as one
(`measures.suppression`). Figures carried to another map, and sums over places of one kind, are other sums of the same
numbers: where something is hidden, the public sees none of them below the country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from densach.reporting.sums.hiding import hidden_cells, of_people
from densach.reporting.sums.queries import Cell, Days
from densach.reporting.sums.rows import kept_hidden


@dataclass(frozen=True)
class Guard:
    """What is hidden from one viewer: in each table the paths of the places whose number is not shown."""

    hidden: Mapping[Cell, frozenset[str]] = field(default_factory=dict)

    def hides(self, code: str, period: int, path: str) -> bool:
        """Whether the number of a place is not shown."""
        return path in self.hidden.get((code, period), ())

    def hides_other_sums(self, code: str, period: int) -> bool:
        """Whether a table hides anything at all, so that no other sum of its numbers may stand beside it."""
        return (code, period) in self.hidden


OPEN = Guard()


def guard_for(codes: Collection[str], days: Days, country: str, *, fictional: bool, kept: bool = False) -> Guard:
    """What the public does not see of some indicators over some periods; read where it is kept ready."""
    if not kept:
        return Guard(hidden_cells(codes, days, country, fictional=fictional))
    found = kept_hidden(of_people(codes), [period.key for period in days], fictional=fictional)
    return Guard({cell: frozenset(paths) for cell, paths in found.items()})
