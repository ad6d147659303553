"""Which counts of people the public does not see, so that nobody can be worked out from a small number.

The tables of one indicator and one period hang together, from the communes up to the country, and are looked at as one
(`measures.suppression`). Figures carried to another map, and sums over places of one kind, are other sums of the same
numbers: where something is hidden, the public sees none of them below the country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from densach.reporting.sums.hiding import of_people, tables_told, told_sum
from densach.reporting.sums.kept.queries import kept_told
from densach.reporting.sums.queries import Added, Cell, Days


@dataclass(frozen=True)
class Guard:
    """What is hidden from one viewer: in each table the paths of the places whose number is not shown.

    `less` says by path how much less of a commune is told, where a change may not be seen beside what was told before.
    """

    hidden: Mapping[Cell, frozenset[str]] = field(default_factory=dict)
    less: Mapping[Cell, Mapping[str, Added]] = field(default_factory=dict)

    def told(self, added: Added | None, code: str, period: int, path: str) -> Added | None:
        """A sum over the communes of a place as this viewer is told it; none where no commune of it is told."""
        return told_sum(added, self.less.get((code, period), {}), path)

    def hides(self, code: str, period: int, path: str) -> bool:
        """Whether the number of a place is not shown."""
        return path in self.hidden.get((code, period), ())

    def hides_other_sums(self, code: str, period: int) -> bool:
        """Whether a table hides anything at all, so that no other sum of its numbers may stand beside it."""
        return (code, period) in self.hidden


OPEN = Guard()


def guard_for(codes: Collection[str], days: Days, country: str, *, fictional: bool, kept: bool = False) -> Guard:
    """What the public does not see of some indicators over some periods; read where it is kept ready."""
    if kept:
        told = kept_told(of_people(codes), [period.key for period in days], fictional=fictional)
    else:
        told = tables_told(codes, days, country, fictional=fictional)
    less = {cell: each.less for cell, each in told.items() if each.less}
    return Guard({cell: frozenset(each.hidden) for cell, each in told.items()}, less)
