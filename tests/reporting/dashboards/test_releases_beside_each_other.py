"""Whoever keeps every public page of every day and subtracts: no small count, and no small correction, comes out.

Communes report one after another, some late, some correct what was accepted; after each acceptance the reader writes
down all dashboards. By linear programming over all of these days together.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog

from densach.measures.suppression import FEWEST
from tests.authority.roles import TODAY
from tests.reporting.below import row_of
from tests.reporting.dashboards.test_nothing_to_subtract import COUNTS, Reader, read_everything, reported
from tests.reporting.reviews.test_reviews import made_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.reporting.dashboards.test_nothing_to_subtract import Var

pytestmark = pytest.mark.django_db
Counts = dict[str, int | None]
NOTHING: Counts = dict.fromkeys(COUNTS)


class Days(Reader):
    """What a reader knows of all days: each number is a sum of what communes said on some day."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[Counts]] = {}  # by path what the commune ever reported, the first first
        self.public: dict[str, int] = {}  # by path which of these the public is told now

    def learns(self, parts: Iterable[Var], value: int) -> None:
        super().learns([self.named(name, path, self.public[path]) for name, path in parts], value)

    def named(self, name: str, path: str, at: int) -> Var:
        """A count of a report; the reader knows which counts a correction left as they were."""
        said = self.said[path]
        while at and said[at - 1][name] == said[at][name]:
            at -= 1
        return (name, path, str(at))

    def world(self) -> dict[str, Counts]:
        """What each commune is for the public today."""
        return {path: self.said[path][at] if (at := self.public[path]) >= 0 else NOTHING for path in self.said}

    def span(self, plus: Var, minus: Var | None = None) -> float:
        """How wide a count, or the difference of two, can be with all of it."""
        sums = list(self.facts)
        wanted = {plus} if minus is None else {plus, minus}
        at = {var: place for place, var in enumerate(sorted({var for each in sums for var in each} | wanted))}
        knows = np.zeros((len(sums), len(at)))
        for row, parts in enumerate(sums):
            for var in parts:
                knows[row, at[var]] += 1
        goal = np.zeros(len(at))
        goal[at[plus]] += 1
        if minus is not None:
            goal[at[minus]] -= 1
        ends = [linprog(sign * goal, A_eq=knows, b_eq=[*self.facts.values()], bounds=(0, None)) for sign in (1, -1)]
        assert all(end.status in (0, 3) for end in ends), "what was told contradicts itself"  # 3: without an end
        return np.inf if any(end.fun is None for end in ends) else -sum(float(end.fun or 0) for end in ends)


def take(place: Place, counts: Counts) -> None:
    """What a place reports is accepted."""
    from densach.reporting.figures.periods import Period
    from densach.reporting.figures.queries import figures_of
    from densach.reporting.sums.holding import hold_back
    from densach.reporting.sums.keeping import follow

    period = Period(2025)
    codes = [f"MODEL_CITIZEN_{name}" for name in (*COUNTS, "OF_ALL", "OF_REGISTERED")]

    def given() -> dict[str, int | list[int]]:
        rows = figures_of(place.pk, period.key, codes).items()
        return {code: row.value if row.base is None else [row.value, row.base] for code, row in rows}

    before = given()
    reported(place, "CITIZEN", counts)
    hold_back(place.pk, period, before, given(), TODAY)
    follow(place.pk, period, codes, TODAY)


def told_of(path: str, said: list[Counts]) -> int:
    """Which of the reports of a commune the public is told: the last one less what it is not told; -1 is none."""
    from densach.reporting.figures.periods import Period
    from densach.reporting.sums.kept.queries import kept_told

    codes = {f"MODEL_CITIZEN_{name}": name for name in COUNTS}
    told = kept_told(codes, [Period(2025).key], fictional=True)
    less = {codes[code]: each.less.get(path, (0, 0, 0)) for (code, _), each in told.items()}
    if any(each[2] for each in less.values()):
        return -1
    public = {name: (value or 0) - less.get(name, (0, 0, 0))[0] for name, value in said[-1].items()}
    return max(at for at, counts in enumerate(said) if counts == public)


def some_counts(chance: Random) -> Counts:
    total = chance.randint(60, 400)
    registered = chance.randint(40, total)
    recognised = chance.choice([chance.randint(1, 4), chance.randint(5, registered)])
    return {"TOTAL": total, "REGISTERED": registered, "ASSESSED": chance.randint(recognised, registered),
            "RECOGNISED": recognised}  # fmt: skip


def corrected(counts: Counts, chance: Random) -> Counts:
    """The same with one number moved, by a few people or by many."""
    while True:
        now, name = dict(counts), chance.choice(COUNTS)
        now[name] = (now[name] or 0) + chance.choice([-30, -7, -2, 1, 3, 4, 8, 50])
        total, registered, assessed, recognised = (now[each] or 0 for each in COUNTS)
        if 0 <= recognised <= min(assessed, registered) and max(assessed, registered) <= total:
            return now


@pytest.mark.parametrize("seed", range(2))
def test_no_small_count_and_no_small_correction_comes_out_of_all_days_together(
    seed: int, thai_nguyen: Place, act: Act
) -> None:
    from densach.places.lookup import get_place

    chance, days = Random(seed), Days()  # noqa: S311
    provinces = [thai_nguyen, get_place("01", TODAY).place]
    places = {
        row_of(place).path: place
        for order, province in enumerate(provinces)
        for at in range(3)
        for place in [made_up(province, f"99{order}0{at}", f"Xã MẪU {order} {at}", act)]
    }
    first = list(places)
    chance.shuffle(first)
    for path in [*first, *chance.choices(first, k=5)]:
        reports = days.said.setdefault(path, [])
        reports.append(corrected(reports[-1], chance) if reports else some_counts(chance))
        take(places[path], reports[-1])
        days.public = {each: told_of(each, said) for each, said in days.said.items()}
        read_everything(days, days.world(), [None, *provinces, *(places[each] for each in days.said)])
    assert_nothing_small(days)


def assert_nothing_small(days: Days) -> None:
    small, moved = 0, 0
    for path, said in days.said.items():
        for at, counts in enumerate(said):
            for name, value in counts.items():
                if 0 < (value or 0) < FEWEST:
                    small += 1
                    assert days.span(days.named(name, path, at)) > FEWEST, (path, at, name)
                before = said[at - 1][name] if at else value
                if 0 < abs((value or 0) - (before or 0)) < FEWEST:
                    moved += 1
                    span = days.span(days.named(name, path, at), days.named(name, path, at - 1))
                    assert span > FEWEST, (path, at, name)
    assert small + moved


def test_a_late_commune_of_few_shows_with_another_and_a_small_correction_never_alone(
    thai_nguyen: Place, act: Act
) -> None:
    from densach.authority.access import nobody
    from densach.reporting.dashboards.access import see_board
    from densach.reporting.dashboards.board import Choice

    def shown() -> tuple[int | None, int]:
        choice = Choice("CITIZEN", "ALL", 2025, fictional=True)
        number = see_board(nobody(TODAY), thai_nguyen.uid, choice).board.models[0].counts[3]
        return number.value, number.reported

    large, few, late = (made_up(thai_nguyen, f"9930{at}", f"Xã MẪU {at}", act) for at in range(3))
    many: Counts = {"TOTAL": 400, "REGISTERED": 300, "ASSESSED": 200, "RECOGNISED": 100}
    take(large, many)
    assert shown() == (100, 1)
    take(few, many | {"RECOGNISED": 3})
    assert shown() == (100, 1)  # 103 today beside 100 of yesterday would tell the 3
    take(late, many | {"RECOGNISED": 80})
    assert shown() == (183, 3)
    take(large, many | {"RECOGNISED": 102})
    assert shown() == (183, 3)
    take(large, many | {"RECOGNISED": 110})
    assert shown() == (193, 3)
