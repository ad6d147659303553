"""Which counts of people the public does not see, so that nobody can be worked out from a small number.

The tables of one indicator and one period hang together, from the communes up to the country, and are looked at as one
(`measures.suppression`). Figures carried to another map, and sums over places of one kind, are other sums of the same
numbers: where something is hidden, the public sees none of them below the country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from densach.measures.suppression import FEWEST, Table, suppress
from densach.reporting.dashboards.queries import Cell, Days, cells_of, small_cells

PEOPLE = frozenset({"CITIZEN", "FAMILY"})


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


def guard_for(codes: Collection[str], days: Days, country: str, *, fictional: bool) -> Guard:
    """What the public does not see of some indicators over some periods; the country is the top of all tables."""
    people = {code for code in codes if code.split("_")[1] in PEOPLE and "_OF_" not in code}
    cells = small_cells(people, [period.key for period in days], FEWEST, fictional=fictional)
    if not cells:
        return OPEN
    tables: dict[Cell, dict[tuple[str, ...], int]] = {cell: {} for cell in cells}
    for code, period, path, value in cells_of(cells, days, country, fictional=fictional):
        tables[code, period][(path,)] = value
    return Guard({cell: _hidden(counts, country) for cell, counts in tables.items()})


def _hidden(counts: Mapping[tuple[str, ...], int], country: str) -> frozenset[str]:
    """The paths to hide, the communes below their provinces and these below the country."""
    parents: dict[str, str | None] = {country: None}
    for (path,) in counts:
        province = country + path[len(country) :].split("/")[0] + "/"
        parents[province] = country
        parents[path] = province
    hidden = suppress(Table(parents, (), counts)).cells if counts else frozenset()
    return frozenset(path for (path,) in hidden)
