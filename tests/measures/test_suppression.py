"""Hidden counts cannot be worked out: for each, linear programming looks for the least and the most it could be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from densach.measures.suppression import FEWEST, TOTAL, Cell, Table, suppress

Bounds = dict[Cell, tuple[float, float]]


def stretches(table: Table, hidden: Iterable[Cell]) -> Bounds:
    """What somebody who sees all other cells, and knows that no count is below zero, can say of each hidden one."""
    unknown = list(product(table.leaves, *table.divisions))
    seen = [cell for cell in table.cells if cell not in set(hidden)]
    knows = np.array([_makes_up(table, cell, unknown) for cell in seen]).reshape(-1, len(unknown))
    says = np.array([table.cells[cell] for cell in seen])
    found: Bounds = {}
    for cell in hidden:
        wanted = _makes_up(table, cell, unknown)
        found[cell] = (_least(wanted, knows, says), -_least(-wanted, knows, says))
    return found


def _least(wanted: np.ndarray, knows: np.ndarray, says: np.ndarray) -> float:
    end = linprog(wanted, A_eq=knows, b_eq=says, bounds=(0, None))
    return -inf if end.fun is None else float(end.fun)


def _makes_up(table: Table, cell: Cell, unknown: list[Cell]) -> np.ndarray:
    unit, *categories = cell
    inside = set(table.leaves_in[unit])
    return np.array(
        [
            float(leaf in inside and all(want in (TOTAL, has) for want, has in zip(categories, parts, strict=True)))
            for leaf, *parts in unknown
        ]
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A commune, or a province of communes, by sex and age, with small and empty cells in it."""
    communes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    parents: dict[str, str | None] = {"tỉnh": None}
    for at, villages in enumerate(communes):
        parents[f"xã {at}"] = "tỉnh"
        parents |= {f"thôn {at}.{village}": f"xã {at}" for village in range(villages)}
    divisions = (("nữ", "nam"), tuple(f"tuổi {n}" for n in range(draw(st.integers(1, 3)))))
    leaves = [unit for unit in parents if unit.startswith("thôn")]
    count = st.one_of(st.integers(0, 4), st.integers(0, 40))
    return Table(parents, divisions, {cell: draw(count) for cell in product(leaves, *divisions)})


@given(tables())
@settings(max_examples=40, deadline=None)
def test_every_hidden_count_could_be_anything_within_a_wide_stretch(table: Table) -> None:
    hidden = suppress(table)
    found = stretches(table, hidden.cells)
    assert [cell for cell, (low, high) in found.items() if high - low <= FEWEST] == []
    assert all(low - 1e-6 <= table.cells[cell] <= high + 1e-6 for cell, (low, high) in found.items())


@given(tables())
@settings(max_examples=40, deadline=None)
def test_small_counts_and_only_they_and_their_guards_are_hidden(table: Table) -> None:
    hidden = suppress(table)
    assert hidden.primary == {cell for cell, count in table.cells.items() if 0 < count < FEWEST}
    assert not hidden.primary & hidden.secondary
    if not hidden.primary:
        assert hidden.cells == frozenset()


def two_villages(small: int) -> Table:
    people = {"Thôn Đông": {"nữ": small, "nam": 40}, "Thôn Tây": {"nữ": 30, "nam": 50}}
    counts: dict[Cell, int] = {
        (village, sex): count for village, by_sex in people.items() for sex, count in by_sex.items()
    }
    return Table({"xã": None, "Thôn Đông": "xã", "Thôn Tây": "xã"}, (("nữ", "nam"),), counts)


def test_a_small_count_alone_is_found_by_subtraction() -> None:
    table = two_villages(3)
    small = ("Thôn Đông", "nữ")
    assert stretches(table, [small])[small] == pytest.approx((3, 3))


def test_its_row_and_column_are_hidden_with_it() -> None:
    table = two_villages(3)
    hidden = suppress(table)
    assert hidden.primary == {("Thôn Đông", "nữ")}
    assert hidden.secondary == {("Thôn Đông", "nam"), ("Thôn Tây", "nữ"), ("Thôn Tây", "nam")}
    assert stretches(table, hidden.cells)[("Thôn Đông", "nữ")] == pytest.approx((0, 33))


def test_no_small_count_hides_nothing() -> None:
    assert suppress(two_villages(5)).cells == frozenset()


def test_a_handful_of_people_is_not_shown_at_all() -> None:
    table = Table({"xã": None, "Thôn Đông": "xã"}, (("nữ", "nam"),), {("Thôn Đông", "nữ"): 1})
    of_women = {(unit, sex) for unit in ("xã", "Thôn Đông") for sex in ("nữ", TOTAL)}
    assert suppress(table).cells == of_women
