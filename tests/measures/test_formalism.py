"""Leads against formalism on worked cases: told where they should be, silent where chance or work explains it."""

from __future__ import annotations

import ast
from math import isclose
from pathlib import Path

import pytest

from densach.measures.formalism import (
    Kind,
    Part,
    at_least,
    copied,
    jumps,
    lifted,
    misfits,
    round_counts,
    round_scores,
    too_even,
)

MARK = 80
SMOOTH = dict.fromkeys(range(60, 100), 10)
PLANTING = Path(__file__).resolve().parents[2] / "bench" / "planting.py"


def test_the_published_case_of_units_beside_citizens_is_told() -> None:
    (sign,) = misfits({"14": Part(979, 1000), "15": Part(60, 100)}, {"14": Part(3787, 10_000), "15": Part(40, 100)})
    assert (sign.kind, sign.place) == (Kind.MISFIT, "14")
    assert sign.numbers == {"count": 979, "base": 1000, "other_count": 3787, "other_base": 10_000}


def test_few_units_or_an_unknown_share_tell_nothing() -> None:
    assert list(misfits({"1": Part(7, 7)}, {"1": Part(10, 100)})) == []
    assert list(misfits({"1": Part(90, 90)}, {})) == []
    assert list(misfits({"1": Part(90, 90)}, {"1": Part(0, 0)})) == []


@pytest.mark.parametrize(("before", "now", "told"), [(300, 600, 1), (300, 480, 0), (600, 300, 1)])
def test_a_jump_of_twenty_points_is_told_both_ways(before: int, now: int, told: int) -> None:
    assert len(list(jumps({"1": Part(before, 1000)}, {"1": Part(now, 1000)}))) == told


def test_a_jump_of_few_is_chance() -> None:
    assert list(jumps({"1": Part(3, 10)}, {"1": Part(6, 10)})) == []


def test_round_counts_are_told_once_each_number_and_never_for_few() -> None:
    assert len(list(round_counts({"1": [120, 340, 560, 780, 910], "2": [121, 343, 560, 787, 919]}))) == 1
    assert list(round_counts({"1": [120, 120, 120, 120, 120, 120]})) == []  # one number, six times
    assert list(round_counts({"1": [10, 0, 10, 0, 10]})) == []


def test_heaping_at_round_scores_and_at_the_mark_is_told_beside_the_others() -> None:
    fives = {points: 60 if points % 5 == 0 and points != MARK else 3 for points in SMOOTH}
    raised = SMOOTH | {77: 0, 78: 0, 79: 0, 80: 40}
    scores = {"round": fives, "raised": raised, **{str(place): SMOOTH for place in range(5)}}
    assert [sign.place for sign in round_scores(scores, MARK)] == ["round"]
    assert [sign.place for sign in lifted(scores, MARK)] == ["raised"]


def test_what_is_the_same_everywhere_is_not_unusual() -> None:
    raised = SMOOTH | {77: 0, 78: 0, 79: 0, 80: 40}
    assert list(lifted({str(place): raised for place in range(6)}, MARK)) == []
    assert list(lifted({"1": raised}, MARK)) == []


def test_villages_with_just_the_same_share_are_told_and_chance_is_not() -> None:
    even = [Part(base * 2 // 5, base) for base in (100, 150, 200, 250, 300, 350)]
    apart = [Part(count, 100) for count in (33, 47, 41, 36, 52, 38)]
    assert [sign.place for sign in too_even({"even": even, "apart": apart})] == ["even"]
    assert list(too_even({"all": [Part(100, 100)] * 6, "none": [Part(0, 100)] * 6, "two": even[:2]})) == []


def test_sheets_of_two_villages_alone_are_told_and_what_stands_everywhere_is_not() -> None:
    own = [(n, n + 1, 3) for n in range(8)]
    common = [(n, 0, 7) for n in range(8)]
    sheets = {"A": [*own, *common], "B": [*own, *common, (5, 5, 6)], "C": common}
    (sign,) = copied(sheets)
    assert (sign.place, sign.about, sign.numbers) == ("A", "B", {"shared": 8, "sheets": 16})
    assert list(copied({"A": [(1, 1, 1)] * 20, "B": [(1, 1, 1)] * 20})) == []  # straight-lined, told elsewhere


def test_the_binomial_tail() -> None:
    assert isclose(at_least(2, 3, 0.5), 0.5)
    assert isclose(at_least(5, 5, 0.1), 1e-5)
    assert (at_least(0, 5, 0.1), at_least(1, 5, 0.0), at_least(5, 5, 1.0)) == (1.0, 0.0, 1.0)


def test_who_plants_fraud_knows_nothing_of_who_looks_for_it() -> None:
    names = {
        name
        for node in ast.walk(ast.parse(PLANTING.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    }
    assert not any(name.split(".")[0] in {"densach", "formalism"} for name in names)
