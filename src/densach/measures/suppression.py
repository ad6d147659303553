"""Hiding small counts of people so that they cannot be worked out from what stays published.

A table counts people over a tree of units and any number of other divisions (sex, age), and shows every total. A count
from 1 to `fewest` - 1 is hidden (`primary`). Then more is hidden, a *move* at a time: a pattern of +1 and -1 on hidden
cells that leaves every published total as it is. Whoever subtracts cannot tell the true table from the moved one, so a
hidden cell may lie anywhere along its moves; that stretch is made wider than `fewest`.

No Vietnamese text with a number was found: `fewest` is a proposal (`law/standards` 7.3), and stands beside the figures.
Method: the sufficient condition of cell suppression by cycles, Cox 1980, 1995, for trees and any number of divisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product

FEWEST = 5
TOTAL = ""

Cell = tuple[str, ...]
Move = dict[Cell, int]
_Sides = list[tuple[str, int]]


@dataclass(frozen=True)
class Table:
    """Counts of people: `parents` names the unit above each unit (None at the top), `divisions` the other categories.

    `counts` holds one number for each lowest unit and one category of every division; what is absent is zero.
    """

    parents: Mapping[str, str | None]
    divisions: tuple[tuple[str, ...], ...]
    counts: Mapping[Cell, int]

    @cached_property
    def cells(self) -> dict[Cell, int]:
        """Every cell with its count, totals of units and of divisions included."""
        found = dict.fromkeys(product(self.parents, *((*each, TOTAL) for each in self.divisions)), 0)
        for (leaf, *categories), count in self.counts.items():
            for cell in product(self.line(leaf), *((each, TOTAL) for each in categories)):
                found[cell] += count
        return found

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The lowest units, in which people are counted."""
        above = set(self.parents.values())
        return tuple(unit for unit in self.parents if unit not in above)

    def line(self, unit: str) -> list[str]:
        """A unit and everything above it, upwards."""
        found: list[str] = []
        at: str | None = unit
        while at is not None:
            found.append(at)
            at = self.parents[at]
        return found

    @cached_property
    def leaves_in(self) -> dict[str, list[str]]:
        """The lowest units inside each unit; of a lowest unit, itself."""
        found: dict[str, list[str]] = {unit: [] for unit in self.parents}
        for leaf in self.leaves:
            for unit in self.line(leaf):
                found[unit].append(leaf)
        return found


@dataclass(frozen=True)
class Hidden:
    """What may not be shown: counts that are small themselves (`primary`), and what is hidden to guard them."""

    primary: frozenset[Cell]
    secondary: frozenset[Cell]

    @property
    def cells(self) -> frozenset[Cell]:
        """All hidden cells."""
        return self.primary | self.secondary


def suppress(table: Table, fewest: int = FEWEST, *, hidden: Iterable[Cell] = ()) -> Hidden:
    """The cells to hide so that every hidden count could be anything within a stretch wider than `fewest`.

    What is `hidden` already stays so, and costs nothing more.
    """
    primary = frozenset(cell for cell, count in table.cells.items() if 0 < count < fewest)
    hiding = _Hiding(table, fewest, {*primary, *(cell for cell in hidden if cell in table.cells)})
    for cell in sorted(primary):
        hiding.protect(cell)
    return Hidden(primary, frozenset(hiding.hidden - primary))


@dataclass
class _Hiding:
    table: Table
    fewest: int
    hidden: set[Cell]
    safe: set[Cell] = field(default_factory=set)

    def protect(self, cell: Cell) -> None:
        """Hide the cheapest of the nearest moves that make the stretch of a cell wide enough.

        There always is one: where even the total at the top is hidden, nothing bounds what lies below it.
        """
        if cell in self.safe:
            return
        wide = ([move for move in moves if self._width(move) > self.fewest] for moves in self._nearest_first(cell))
        best = min(next(filter(None, wide)), key=lambda move: (self._cost(move), sorted(move)))
        self.hidden.update(best)
        self.safe.update(best)

    def _nearest_first(self, cell: Cell) -> Iterator[Iterator[Move]]:
        """Moves through a cell, with partners among its sisters first, then further up; at last the top itself."""
        unit, *categories = cell
        line = self.table.line(unit)
        inside = self.table.leaves_in[unit]
        for below, above in pairwise(line):
            near = set(self.table.leaves_in[below])
            partners = [leaf for leaf in self.table.leaves_in[above] if leaf not in near]
            yield self._moves(product(inside, partners), categories)
        yield self._moves(((leaf, None) for leaf in inside), categories)

    def _moves(self, pairs: Iterable[tuple[str, str | None]], categories: list[str]) -> Iterator[Move]:
        sides = [list(self._sides(place, each)) for place, each in enumerate(categories)]
        for plus, minus in pairs:
            units = self._unit_sides(plus, minus)
            for chosen in product(*sides):
                yield _crossed([units, *chosen])

    def _unit_sides(self, plus: str, minus: str | None) -> _Sides:
        """What gains and what loses by a move between two lowest units; units above both keep their count."""
        gains = self.table.line(plus)
        loses = self.table.line(minus) if minus is not None else []
        return [(unit, 1) for unit in gains if unit not in loses] + [(unit, -1) for unit in loses if unit not in gains]

    def _sides(self, place: int, category: str) -> Iterator[_Sides]:
        """Ways to move within a division: against another category, or, for its total, by one of its categories."""
        others = [each for each in self.table.divisions[place] if each != category]
        if category == TOTAL:
            yield from ([(each, 1), (TOTAL, 1)] for each in others)
            return
        yield from ([(category, 1), (other, -1)] for other in others)
        yield [(category, 1), (TOTAL, 1)]

    def _width(self, move: Move) -> int:
        """How far the cells of a move can be shifted both ways before one of them would be below zero."""
        up = min((self.table.cells[cell] for cell, sign in move.items() if sign < 0), default=self.fewest + 1)
        down = min((self.table.cells[cell] for cell, sign in move.items() if sign > 0), default=0)
        return up + down

    def _cost(self, move: Move) -> tuple[int, int]:
        """How many people and cells would be hidden that are not yet."""
        new = [cell for cell in move if cell not in self.hidden]
        return sum(self.table.cells[cell] for cell in new), len(new)


def _crossed(sides: list[_Sides]) -> Move:
    """The pattern of signs that the sides of all divisions make together."""
    move: Move = {}
    for chosen in product(*sides):
        sign = 1
        for _, each in chosen:
            sign *= each
        move[tuple(name for name, _ in chosen)] = sign
    return move
