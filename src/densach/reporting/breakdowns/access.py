"""Whose breakdown somebody sees: everybody that of every commune, without the small counts and what gives them away.

Counts of protected facts are for State bodies alone, which is what people agreed to (`policy/vn/purposes`, `fairness`).

It stands beside the dashboards, which show the commune's own totals. Where these hide the commune, or where the total
of the breakdown had to be hidden itself, the public sees none of it: either could be found from the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from densach.assessing.privacy.counting import INSIDE, OUTSIDE
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.measures.suppression import TOTAL, Cell, Table
from densach.places.models import Level, Line, PlacePeriod
from densach.places.queries import country_on
from densach.problems import Refused, problem
from densach.reporting.breakdowns.domain import hidden_in, residence_hidden_in, residence_of, table_of
from densach.reporting.breakdowns.models import Breakdown
from densach.reporting.breakdowns.queries import breakdown_of
from densach.reporting.dashboards.board import Number, codes_of
from densach.reporting.dashboards.guarding import guard_for
from densach.reporting.dashboards.measuring import Apart, Pair, apart, pair
from densach.reporting.dashboards.queries import unit_at
from densach.reporting.equity import AGES, NO_VILLAGE, RECOGNISED, RESIDENCES, SEXES
from densach.reporting.figures.periods import Period
from densach.reporting.sums.maps import THE_STANDING, is_kept
from densach.reporting.sums.queries import days_of

STATE = frozenset({Line.GOVERNMENT, Line.SECTOR})


@dataclass(frozen=True)
class Part:
    """One group: its name in the register, and the recognised among its adults."""

    name: str
    number: Number


@dataclass(frozen=True)
class Dimension:
    """What people are told apart by (`sex`, `age`, `residence`, `village`), its groups, and how unlike they are."""

    name: str
    parts: tuple[Part, ...]
    apart: Apart | None

    @property
    def pair(self) -> Pair | None:
        """Of women and men, one beside the other."""
        return pair(*(part.number for part in self.parts)) if self.name == "sex" else None

    @property
    def hides(self) -> bool:
        """Whether a number of it is not shown."""
        return any(part.number.hidden for part in self.parts)


@dataclass(frozen=True)
class Grouped:
    """Those inside a group of one protected `kind` and those outside of it; without parts a group is too small.

    `is_said` is false where too little is said of anybody to speak of groups.
    """

    kind: str
    is_said: bool
    parts: tuple[Part, ...] = ()

    @property
    def known(self) -> int:
        """Of how many adults it is said."""
        return sum(part.number.base or 0 for part in self.parts)

    @property
    def pair(self) -> Pair | None:
        """Those inside beside those outside."""
        return pair(*(part.number for part in self.parts)) if self.parts else None


@dataclass(frozen=True)
class Counted:
    """A kept row as a viewer sees it: the hidden cells are those of this viewer."""

    row: Breakdown
    hidden: frozenset[Cell]
    residence_hidden: frozenset[Cell] = frozenset()

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """By sex, by age, by how they live there, and by village in the order of their names: none is ranked."""
        commune, *villages = self.row.units
        ages = [age for age in AGES if self._table.cells[commune, TOTAL, age, TOTAL]]
        return (
            self._dimension("sex", ((sex, (commune, sex, TOTAL)) for sex in SEXES)),
            self._dimension("age", ((age, (commune, TOTAL, age)) for age in ages)),
            *self._by_residence,
            self._dimension("village", ((village, (village, TOTAL, TOTAL)) for village in villages)),
        )

    @cached_property
    def protected(self) -> tuple[Grouped, ...]:
        """The groups of each protected kind, as the protected room told them."""
        return tuple(_grouped(kind, said) for kind, said in self.row.protected.items())

    @cached_property
    def _by_residence(self) -> tuple[Dimension, ...]:
        if not self.row.residence:
            return ()
        cells, commune = residence_of(self.row).cells, self.row.units[0]
        ways = [way for way in (*RESIDENCES.values(), NO_VILLAGE) if cells[commune, way, TOTAL]]
        parts = tuple(Part(way, _number(cells, self.residence_hidden, (commune, way))) for way in ways)
        return (Dimension("residence", parts, apart([part.number for part in parts])),)

    @property
    def whole(self) -> Number:
        """All adults of the commune."""
        return self._number((self.row.units[0], TOTAL, TOTAL))

    @cached_property
    def _table(self) -> Table:
        return table_of(self.row)

    def _dimension(self, name: str, groups: Iterable[tuple[str, Cell]]) -> Dimension:
        parts = tuple(Part(label, self._number(where)) for label, where in groups)
        return Dimension(name, parts, apart([part.number for part in parts]))

    def _number(self, where: Cell) -> Number:
        return _number(self._table.cells, self.hidden, where)


def _number(cells: Mapping[Cell, int], hidden: Collection[Cell], where: Cell) -> Number:
    recognised, base = (*where, RECOGNISED), (*where, TOTAL)
    if recognised in hidden or base in hidden:
        return Number(hidden=True)
    return Number(cells[recognised], cells[base])


def _grouped(kind: str, said: Mapping[str, Any]) -> Grouped:
    cells = {(group, outcome): count for group, outcome, count in said["cells"]}
    parts = tuple(
        Part(f"{kind}_{group}", Number(cells.get((group, RECOGNISED), 0), sum(
            count for (each, _), count in cells.items() if each == group)))
        for group in ((INSIDE, OUTSIDE) if cells else ())
    )  # fmt: skip
    return Grouped(kind, said["said"], parts)


@dataclass(frozen=True)
class Seen:
    """The breakdown of a commune's year; none is `counted` yet, or it is `withheld` because few people would show.

    `protected` is None for whoever is of no State body.
    """

    place: PlacePeriod
    year: int
    all_shown: bool
    counted: Counted | None
    withheld: bool = False
    protected: tuple[Grouped, ...] | None = None


def see_breakdown(viewer: Viewer, uid: UUID, year: int) -> Seen:
    """The breakdown of a commune's year; refused (H103) for what is no commune today."""
    place = unit_at(uid, viewer.today)
    if place is None or place.level != Level.COMMUNE:
        raise Refused(problem("H103", uid))
    all_shown = viewer.may(Right.SEE_FIGURES) and viewer.reaches(place.path)
    row = breakdown_of(place.place_id, year)
    if row is None or all_shown:
        counted = Counted(row, frozenset()) if row else None
        of_state = all_shown and viewer.post is not None and viewer.post.line in STATE
        return Seen(place, year, all_shown, counted, protected=counted.protected if counted and of_state else None)
    counted = Counted(row, hidden_in(row), residence_hidden_in(row))
    if counted.whole.hidden or _is_hidden_elsewhere(viewer, place, year):
        return Seen(place, year, all_shown, None, withheld=True)
    return Seen(place, year, all_shown, counted)


def _is_hidden_elsewhere(viewer: Viewer, place: PlacePeriod, year: int) -> bool:
    """Whether the dashboards hide a count of the commune's citizens in the year."""
    country, period = country_on(viewer.today), Period(year)
    if country is None:
        return True
    days, codes = days_of([period], viewer.today), codes_of(["CITIZEN"], "ALL")
    kept = is_kept([THE_STANDING, period.key], viewer.today)
    guard = guard_for(codes, days, country.path, fictional=place.place.fictional, kept=kept)
    held = any(place.path in less for less in guard.less.values())
    return held or any(guard.hides(code, period.key, place.path) for code in codes)
