"""Whoever reads every public page of citizens and subtracts: by linear programming, no small count comes out.

All dashboards (country, province, commune; both bases; both maps), which the files and charts show too, with the table
by village, sex and age of one commune beside them.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog

from densach.authority.access import nobody
from densach.measures.suppression import FEWEST
from tests.authority.roles import TODAY
from tests.places.areas.making import decision, entered
from tests.reporting.breakdowns.making import VILLAGES, counted, spread
from tests.reporting.reviews.test_reviews import made_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.dashboards.board import Number, Row

pytestmark = pytest.mark.django_db
COUNTS = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED")
Var = tuple[str, ...]
World = dict[str, dict[str, int | None]]  # by path of a commune its counts; None was not reported


class Reader:
    """What somebody knows who wrote down every public number: sums of unknown counts, none of them below zero."""

    def __init__(self) -> None:
        self.facts: dict[tuple[Var, ...], int] = {}
        self.alike: list[tuple[Var, tuple[Var, ...]]] = []

    def learns(self, parts: Iterable[Var], value: int) -> None:
        """One number, and the counts that it is the sum of."""
        self.facts[tuple(sorted(parts))] = value

    def same(self, whole: Var, parts: Iterable[Var]) -> None:
        """That a count is the sum of others, whatever it is."""
        self.alike.append((whole, tuple(parts)))

    def could_be(self, wanted: Iterable[Var]) -> dict[Var, tuple[float, float]]:
        """The least and the most of some counts that fit with all of it."""
        wanted = list(wanted)
        sums = [*self.facts, *((whole, *parts) for whole, parts in self.alike)]
        at = {var: place for place, var in enumerate(sorted({var for parts in sums for var in parts} | set(wanted)))}
        knows = np.zeros((len(sums), len(at)))
        for row, parts in enumerate(sums):
            for var in parts:
                knows[row, at[var]] += 1
        for row, (whole, _) in enumerate(self.alike, len(self.facts)):
            knows[row, at[whole]] = -1
        says = np.array([*self.facts.values(), *([0] * len(self.alike))])
        return {var: (_end(knows, says, at[var], 1), -_end(knows, says, at[var], -1)) for var in wanted}


def _end(knows: np.ndarray, says: np.ndarray, place: int, sign: int) -> float:
    goal = np.zeros(knows.shape[1])
    goal[place] = sign
    found = linprog(goal, A_eq=knows, b_eq=says, bounds=(0, None))
    return -np.inf if found.fun is None else float(found.fun)


def reported(place: Place, model: str, counts: Mapping[str, int | None]) -> None:
    """Figures as an accepted return leaves them: what is known, and the shares of which both counts are known."""
    from densach.reporting.figures.models import Figure
    from densach.reporting.figures.periods import Period
    from densach.reporting.figures.queries import indicator_keys, put_figures

    values: dict[str, tuple[int, int | None]] = {
        f"MODEL_{model}_{name}": (value, None) for name, value in counts.items() if value is not None
    }
    part = counts["RECOGNISED"]
    for base, name in (("ALL", "TOTAL"), ("REGISTERED", "REGISTERED")):
        if part is not None and counts[name]:
            values[f"MODEL_{model}_OF_{base}"] = (part, counts[name])
    keys = indicator_keys(list(values))
    period = Period(2025).key
    put_figures(
        [
            Figure(indicator_id=keys[code], place=place, period=period, value=value, base=base)
            for code, (value, base) in values.items()
        ]
    )


def made(chance: Random, provinces: list[Place], act: Act) -> dict[Place, dict[str, int | None]]:
    """Communes of several provinces, some with few recognised, some that left a count out."""
    found: dict[Place, dict[str, int | None]] = {}
    for order, province in enumerate(provinces):
        for at in range(chance.randint(2, 4)):
            name = f"Xã MẪU {order} {at}"
            place = made_up(province, f"99{order}0{at}", name, act)
            total = chance.randint(60, 400)
            registered = chance.randint(40, total)
            recognised = chance.choice([chance.randint(0, 4), chance.randint(5, registered)])
            counts: dict[str, int | None] = {
                "TOTAL": total, "REGISTERED": registered, "ASSESSED": chance.randint(recognised, registered),
                "RECOGNISED": recognised,
            }  # fmt: skip
            if chance.random() < 0.3:
                counts[chance.choice(["TOTAL", "REGISTERED"])] = None
            found[place] = counts
    return found


def read_everything(reader: Reader, world: World, places: Iterable[Place | None]) -> None:
    """Every public dashboard of the year."""
    from densach.reporting.dashboards.access import see_board
    from densach.reporting.dashboards.board import BASES, Choice
    from densach.reporting.dashboards.fairness import unlike

    for place, base, todays_map in product(places, BASES, (False, True)):
        choice = Choice("CITIZEN", base, 2025, todays_map=todays_map, fictional=True)
        board = see_board(nobody(TODAY), place.uid if place else None, choice).board
        here = board.frame.place.path
        _row(reader, world, board.models[0], here, base)
        _share(reader, world, board.now, _inside(world, here), base)
        for row in board.below:
            assert row.place is not None
            _row(reader, world, row, row.place.path, base)
        if board.alike is not None:
            _share(reader, world, board.alike, _beside(world, here), base)
        found = unlike(board)
        if found is not None:
            known = [row.place.path for row in board.below if row.place and row.share.value is not None]
            _share(reader, world, found.whole, [path for area in known for path in _inside(world, area)], base)


def read_spread(reader: Reader, world: World, place: Place, named: set[str]) -> None:
    """What everybody sees of the communes that a list names, and of the others beside them."""
    from densach.reporting.dashboards.access import see_spread
    from densach.reporting.dashboards.areas import OTHERS
    from densach.reporting.dashboards.board import BASES, Choice

    for base in BASES:
        seen = see_spread(nobody(TODAY), place.uid, Choice("CITIZEN", base, 2025, fictional=True))
        provinces = {path.split("/")[1] for path in named}
        inside = [path for path in _inside(world, seen.place.path) if path.split("/")[1] in provinces]
        for kind in (kind for family in seen.families for kind in family.kinds):
            paths = [path for path in inside if (path in named) != (kind.name == OTHERS)]
            _share(reader, world, kind.number, paths, base)


def _row(reader: Reader, world: World, row: Row, area: str, base: str) -> None:
    paths = _inside(world, area)
    for name, number in row.counted:
        if number.value is not None and not number.hidden:
            reader.learns(((name, path) for path in paths if world[path][name] is not None), number.value)
    _share(reader, world, row.share, paths, base)


def _share(reader: Reader, world: World, number: Number, paths: Iterable[str], base: str) -> None:
    if number.value is None or number.hidden:
        return
    whole = "TOTAL" if base == "ALL" else "REGISTERED"
    both = [path for path in paths if world[path]["RECOGNISED"] is not None and world[path][whole]]
    reader.learns((("RECOGNISED", path) for path in both), number.value)
    reader.learns(((whole, path) for path in both), number.base or 0)


def _inside(world: World, area: str) -> list[str]:
    return [path for path in world if path.startswith(area)]


def _beside(world: World, area: str) -> list[str]:
    """The other communes of the same province, or of the other provinces."""
    parts = area.split("/")
    around = "/".join(parts[:-2]) + "/"
    return [path for path in world if path.startswith(around) and not path.startswith(area)]


def read_breakdown(reader: Reader, place: Place, path: str) -> None:
    """What everybody sees of the people of a commune by village, sex and age."""
    from densach.reporting.breakdowns.access import see_breakdown
    from densach.reporting.equity import AGES, NOT_RECOGNISED, RECOGNISED, SEXES

    def cells(*, sex: str = "", age: str = "", village: str = "", outcome: str = "") -> list[Var]:
        every = product(VILLAGES, SEXES, AGES, (RECOGNISED, NOT_RECOGNISED))
        wanted = (village, sex, age, outcome)
        return [each for each in every if all(want in ("", has) for want, has in zip(wanted, each, strict=True))]

    # The dashboards' counts of this commune are those of the table, which makes it as easy as it can be.
    seen = see_breakdown(nobody(TODAY), place.uid, 2025)
    for name, outcome in (("RECOGNISED", RECOGNISED), ("TOTAL", "")):
        reader.same((name, path), cells(outcome=outcome))
    for dimension in seen.counted.dimensions if seen.counted else ():
        for part in dimension.parts:
            if not part.number.hidden and part.number.value is not None:
                where = {dimension.name: part.name}
                reader.learns(cells(outcome=RECOGNISED, **where), part.number.value)
                reader.learns(cells(**where), part.number.base or 0)


@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_of_people_comes_out_of_all_public_pages_together(
    seed: int, thai_nguyen: Place, act: Act
) -> None:
    from densach.places.lookup import get_place
    from tests.reporting.below import country, row_of

    chance = Random(seed)  # noqa: S311
    provinces = [thai_nguyen, get_place("01", TODAY).place, get_place("31", TODAY).place]
    communes = made(chance, provinces, act)
    world: World = {}
    for place, counts in communes.items():
        reported(place, "CITIZEN", counts)
        world[row_of(place).path] = counts
    reader = Reader()
    read_everything(reader, world, [None, *provinces, *communes])
    named = dict(list(zip(world, communes, strict=True))[::2])
    entered(act, decision(), {row_of(place).code: "region_3" for place in named.values()})
    for place in (country(), *provinces):
        read_spread(reader, world, place, set(named))
    told = chance.choice([place for place, counts in communes.items() if counts["TOTAL"]])
    recognised, total = (communes[told][name] or 0 for name in ("RECOGNISED", "TOTAL"))
    people = spread(recognised, total - recognised, seed)
    counted(told, people)
    read_breakdown(reader, told, row_of(told).path)
    small: list[Var] = [
        (name, path) for path, counts in world.items() for name in COUNTS if 0 < (counts[name] or 0) < FEWEST
    ]
    assert small
    small += [cell for cell, count in people.items() if 0 < count < FEWEST]
    for var, (low, high) in reader.could_be(small).items():
        assert high - low > FEWEST, (var, low, high)


def test_a_share_over_other_communes_than_its_counts_would_give_one_away(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.dashboards.access import see_board
    from densach.reporting.dashboards.board import Choice

    few, guard, third = (made_up(thai_nguyen, f"9930{at}", f"Xã MẪU {at}", act) for at in range(3))
    reported(few, "CITIZEN", {"TOTAL": None, "REGISTERED": None, "ASSESSED": None, "RECOGNISED": 3})
    for place, recognised in ((guard, 77), (third, 88)):
        reported(place, "CITIZEN", {"TOTAL": 400, "REGISTERED": 300, "ASSESSED": 200, "RECOGNISED": recognised})
    choice = Choice("CITIZEN", "ALL", 2025, fictional=True)
    [citizens, *_] = see_board(nobody(TODAY), thai_nguyen.uid, choice).board.models
    assert citizens.counts[3].value == 3 + 77 + 88
    assert citizens.share.hidden  # 165 of 800 beside 168 would say that the third commune has 3
