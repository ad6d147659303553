"""What a sheet takes and what it refuses, by code and place."""

from __future__ import annotations

import pytest

from densach.problems import Refused
from densach.rules.sheet import Answer, Sheet
from tests.rules.making import CHOICES, fact, rubric

SHEET = Sheet(
    rubric(
        "targets",
        (fact("deep", "count", high=90, part_of="part"), fact("base", "count", high=100),
         fact("part", "count", high=100, part_of="base"), fact("yes", "boolean"),
         fact("grade", "ordinal", choices=CHOICES), fact("kind", "choice", choices=CHOICES),
         fact("score", "score", low=1, high=10)),
        (),
        (),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ({"nothing": 1}, [("F101", "nothing")]),
        ({"nothing": None}, [("F101", "nothing")]),
        ({"base": -1}, [("F102", "base")]),
        ({"base": 101}, [("F102", "base")]),
        ({"base": "12"}, [("F102", "base")]),
        ({"base": True}, [("F102", "base")]),
        ({"base": 1.0}, [("F102", "base")]),
        ({"score": 0}, [("F102", "score")]),
        ({"yes": 1}, [("F103", "yes")]),
        ({"yes": "true"}, [("F103", "yes")]),
        ({"base": 5, "part": 6}, [("F104", "part")]),
        ({"base": 5, "deep": 6}, [("F104", "deep")]),
        ({"base": 5, "part": 7, "deep": 8}, [("F104", "deep")]),
        ({"grade": "d"}, [("F105", "grade")]),
        ({"kind": 0}, [("F105", "kind")]),
        ({"grade": "d", "yes": 2, "base": 1}, [("F105", "grade"), ("F103", "yes")]),
    ],
)
def test_wrong_facts_are_refused_by_code_and_place(facts: dict[str, Answer], problems: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as refused:
        SHEET.bounds(facts)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == problems


@pytest.mark.parametrize(
    ("facts", "narrowed"),
    [
        ({}, {"deep": (0, 90), "base": (0, 100), "part": (0, 100)}),
        ({"base": 40}, {"deep": (0, 40), "base": (40, 40), "part": (0, 40)}),
        ({"deep": 40}, {"deep": (40, 40), "base": (40, 100), "part": (40, 100)}),
        ({"base": 60, "deep": 20}, {"deep": (20, 20), "base": (60, 60), "part": (20, 60)}),
        ({"part": 0}, {"deep": (0, 0), "base": (0, 100), "part": (0, 0)}),
    ],
)
def test_a_part_and_its_base_narrow_each_other(facts: dict[str, Answer], narrowed: dict[str, tuple[int, int]]) -> None:
    bounds = SHEET.bounds(facts)
    at = SHEET.index
    assert {name: (bounds[2 * at[name]], bounds[2 * at[name] + 1]) for name in narrowed} == narrowed


def test_answers_become_numbers() -> None:
    bounds = SHEET.bounds({"yes": True, "grade": "c", "kind": "b", "score": 7})
    assert bounds[-8:] == [1, 1, 2, 2, 1, 1, 7, 7]
