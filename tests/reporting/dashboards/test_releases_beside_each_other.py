"""Whoever keeps every public page of every day and subtracts: no small count, and no small correction, comes out.

Communes and provinces report one after another, some late, some correct what was accepted, once or several times; after
each acceptance the reader writes down all dashboards and the country's target. By linear programming over all of these
days together.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog

from densach.authority.access import nobody
from densach.measures.suppression import FEWEST
from tests.authority.roles import TODAY
from tests.conftest import WANTED
from tests.reporting.below import row_of
from tests.reporting.dashboards.test_nothing_to_subtract import COUNTS, Reader, read_everything, reported
from tests.reporting.reviews.test_reviews import made_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.targets.progress import Progress
    from tests.reporting.dashboards.test_nothing_to_subtract import Var

pytestmark = pytest.mark.django_db
Counts = dict[str, int | None]
MORE = range(2, 12 if WANTED == "sqlite" else 4)  # what a reader can work out is the same on both databases
NOTHING: Counts = dict.fromkeys(COUNTS)
MANY: Counts = {"TOTAL": 400, "REGISTERED": 300, "ASSESSED": 200, "RECOGNISED": 100}


class Days(Reader):
    """What a reader knows of all days: each number is a sum of what places said on some day."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[Counts]] = {}  # by path what the place ever reported, the first first
        self.public: dict[str, int] = {}  # by path which of these the public is told now

    def learns(self, parts: Iterable[Var], value: int) -> None:
        super().learns([self.named(name, path, self.public[path]) for name, path in parts], value)

    def named(self, name: str, path: str, at: int) -> Var:
        """A count of a report; the reader knows which counts a correction left as they were."""
        said = self.said[path]
        while at and said[at - 1][name] == said[at][name]:
            at -= 1
        return (name, path, str(at))

    def world(self, slashes: int = 3) -> dict[str, Counts]:
        """What each commune, or each province by its own return, is for the public today."""
        paths = [path for path in self.said if path.count("/") == slashes]
        return {path: self.said[path][at] if (at := self.public[path]) >= 0 else NOTHING for path in paths}

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


def take(place: Place, counts: Counts, year: int = 2025, model: str = "FAMILY") -> None:
    """What a place reports is accepted."""
    from densach.reporting.figures.periods import Period
    from densach.reporting.figures.queries import figures_of
    from densach.reporting.sums.holding import hold_back
    from densach.reporting.sums.keeping import follow

    period = Period(year)
    codes = [f"MODEL_{model}_{name}" for name in (*COUNTS, "OF_ALL", "OF_REGISTERED")]

    def given() -> dict[str, int | list[int]]:
        rows = figures_of(place.pk, period.key, codes).items()
        return {code: row.value if row.base is None else [row.value, row.base] for code, row in rows}

    before = given()
    reported(place, model, counts, year)
    hold_back(place.pk, period, before, given(), TODAY)
    follow(place.pk, period, codes, TODAY)


def told_of(path: str, said: list[Counts], was: int) -> int:
    """Which of the reports of a place the public is told: the last one less what it is not told; -1 is none."""
    from densach.reporting.figures.periods import Period
    from densach.reporting.sums.kept.queries import kept_told

    own = path.count("/") == 2
    codes = {f"MODEL_FAMILY_{name}": name for name in COUNTS}
    told = kept_told(codes, [Period(2025).key], fictional=not own, own=own)
    less = {codes[code]: each.less.get(path, (0, 0, 0)) for (code, _), each in told.items()}
    if any(each[2] for each in less.values()):
        return -1
    public = {name: (value or 0) - less.get(name, (0, 0, 0))[0] for name, value in said[-1].items()}
    same = [at for at, counts in enumerate(said) if counts == public]
    return was if was in same else max(same)


def some_counts(chance: Random) -> Counts:
    total = chance.randint(60, 400)
    registered = chance.randint(40, total)
    recognised = chance.choice([chance.randint(1, 4), chance.randint(5, registered)])
    return {"TOTAL": total, "REGISTERED": registered, "ASSESSED": chance.randint(recognised, registered),
            "RECOGNISED": recognised}  # fmt: skip


def corrected(said: list[Counts], chance: Random) -> Counts:
    """The last report with one number moved, by a few people or by many, from what it or an earlier one said."""
    while True:
        now, name = dict(said[-1]), chance.choice(("TOTAL", "RECOGNISED"))
        now[name] = (chance.choice(said)[name] or 0) + chance.choice([-30, -7, -2, 1, 3, 4, 8, 50])
        total, registered, assessed, recognised = (now[each] or 0 for each in COUNTS)
        if 0 <= recognised <= min(assessed, registered) and max(assessed, registered) <= total:
            return now


def family_target() -> Progress:
    """The country's target of families as everybody sees it."""
    from densach.reporting.targets.access import see_national

    rows = see_national(nobody(TODAY)).rows
    return next(row for row in rows if row.target.indicator == "MODEL_FAMILY_OF_ALL")


def read_target(days: Days) -> None:
    """The country's target, the sum of what provinces themselves reported."""
    told = [path for path, counts in days.world(slashes=2).items() if counts["TOTAL"]]
    for point in family_target().points:
        assert point.counted == len(told)
        days.learns((("RECOGNISED", path) for path in told), point.value)
        days.learns((("TOTAL", path) for path in told), point.base or 0)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in MORE)])
def test_no_small_count_and_no_small_correction_comes_out_of_all_days_together(
    seed: int, thai_nguyen: Place, act: Act
) -> None:
    from densach.places.lookup import get_place

    chance, days = Random(seed), Days()  # noqa: S311
    provinces = [thai_nguyen, get_place("01", TODAY).place]
    communes = [
        made_up(province, f"99{order}0{at}", f"Xã MẪU {order} {at}", act)
        for order, province in enumerate(provinces)
        for at in range(3)
    ]
    places = {row_of(place).path: place for place in (*communes, *provinces)}
    first = list(places)
    chance.shuffle(first)
    again = chance.choices(first, k=3)
    for path in [*first, *again, *again, *chance.choices(first, k=2)]:
        reports = days.said.setdefault(path, [])
        reports.append(corrected(reports, chance) if reports else some_counts(chance))
        take(places[path], reports[-1])
        days.public = {each: told_of(each, said, days.public.get(each, -1)) for each, said in days.said.items()}
        read = [None, *provinces, *(places[each] for each in days.world() if seed > 1 or each == path)]
        read_everything(days, days.world(), read, "FAMILY")
        read_target(days)
    assert_nothing_small(days)


def assert_nothing_small(days: Days) -> None:
    found = 0
    for path, said in days.said.items():
        for name in COUNTS:
            values = [counts[name] or 0 for counts in said]
            for at, value in enumerate(values):
                if 0 < value < FEWEST:
                    found += 1
                    assert days.span(days.named(name, path, at)) > FEWEST, (path, at, name)
            for one, other in combinations(range(len(values)), 2):
                if 0 < abs(values[one] - values[other]) < FEWEST:
                    found += 1
                    span = days.span(days.named(name, path, other), days.named(name, path, one))
                    assert span > FEWEST, (path, one, other, name)
    assert found


def shown(place: Place, year: int = 2025) -> tuple[int | None, int]:
    """How many families everybody sees recognised in a place, and of how many communes."""
    from densach.reporting.dashboards.access import see_board
    from densach.reporting.dashboards.board import Choice

    choice = Choice("FAMILY", "ALL", year, fictional=True)
    number = see_board(nobody(TODAY), place.uid, choice).board.models[1].counts[3]
    return number.value, number.reported


class TestOneProvince:
    """Communes of one province, worked by hand."""

    @pytest.fixture
    def communes(self, thai_nguyen: Place, act: Act) -> list[Place]:
        return [made_up(thai_nguyen, f"9930{at}", f"Xã MẪU {at}", act) for at in range(4)]

    def test_a_late_commune_of_few_shows_with_another_and_a_small_correction_never_alone(
        self, communes: list[Place], thai_nguyen: Place
    ) -> None:
        large, few, late, _ = communes
        take(large, MANY)
        assert shown(thai_nguyen) == (100, 1)
        take(few, MANY | {"RECOGNISED": 3})
        assert shown(thai_nguyen) == (100, 1)  # 103 today beside 100 of yesterday would tell the 3
        take(late, MANY | {"RECOGNISED": 80})
        assert shown(thai_nguyen) == (183, 3)
        take(large, MANY | {"RECOGNISED": 102})
        assert shown(thai_nguyen) == (183, 3)
        take(large, MANY | {"RECOGNISED": 110})
        assert shown(thai_nguyen) == (193, 3)

    def test_a_second_correction_is_held_against_every_page_of_before(
        self, communes: list[Place], thai_nguyen: Place
    ) -> None:
        place = communes[0]
        told = []
        for recognised in (100, 110, 103, 108, 100, 105):
            take(place, MANY | {"RECOGNISED": recognised})
            told.append(shown(thai_nguyen)[0])
        # 103 beside the 100 of the first page would tell 3, 108 beside 110 would tell 2; 100 again tells nothing.
        assert told == [100, 110, 110, 110, 100, 105]

    def test_the_last_commune_of_few_waits_as_long_as_any_page_would_tell_it_and_no_longer(
        self, communes: list[Place], thai_nguyen: Place
    ) -> None:
        large, few, guard, last = communes
        take(large, MANY)
        take(few, MANY | {"RECOGNISED": 3})
        take(guard, MANY | {"RECOGNISED": 80})
        take(last, MANY | {"RECOGNISED": 2})
        take(large, MANY | {"RECOGNISED": 150})
        assert shown(thai_nguyen) == (233, 3)  # 235 beside the shown 150 and the 83 of yesterday would tell the 2
        take(guard, MANY | {"RECOGNISED": 90})
        assert shown(thai_nguyen) == (245, 4)  # 12 more: of the last commune, or of the guard, which is hidden
        assert [shown(each)[0] for each in communes] == [150, None, None, None]

    def test_a_hidden_number_never_comes_nearer_to_nothing_before_the_public(
        self, communes: list[Place], thai_nguyen: Place
    ) -> None:
        large, few, guard, late = communes
        take(large, MANY)
        take(few, MANY | {"RECOGNISED": 3})
        take(guard, MANY | {"RECOGNISED": 80})
        for recognised in (2, 78, 81):
            # 78 fewer would say that the guard had 78 or more, and the other 5 or less; 2 fewer and 1 more are few.
            take(guard, MANY | {"RECOGNISED": recognised})
            assert shown(thai_nguyen) == (183, 3)
        take(late, MANY | {"RECOGNISED": 60})
        assert shown(thai_nguyen) == (243, 4)  # and no other number is hidden for the sake of the 1
        take(few, MANY | {"RECOGNISED": 4})
        assert shown(thai_nguyen) == (245, 4)  # 2 more, of the two together: how many of each nobody knows
        assert [shown(each)[0] for each in communes] == [100, None, None, 60]

    def test_a_new_year_begins_anew(self, communes: list[Place], thai_nguyen: Place) -> None:
        large, few, *_ = communes
        for year in (2025, 2026):
            for place, recognised in ((large, 100), (few, 3)) if year == 2025 else ((large, 100), (few, 60)):
                take(place, MANY | {"RECOGNISED": recognised}, year)
        assert [shown(thai_nguyen, year) for year in (2025, 2026)] == [(100, 1), (160, 2)]

    def test_what_is_withdrawn_shows_no_more_where_it_was_shown_and_is_no_small_step(
        self, communes: list[Place], thai_nguyen: Place
    ) -> None:
        large, few, guard, _ = communes
        take(large, MANY)
        take(few, MANY | {"RECOGNISED": 3})
        take(guard, MANY | {"RECOGNISED": 80})
        take(guard, NOTHING)
        assert shown(thai_nguyen) == (183, 3)  # 103 beside the 100 that is shown would tell the 3
        take(large, NOTHING)
        assert shown(thai_nguyen) == (83, 2)
