"""Counts of protected facts: both groups or neither, no nought told, and each counting in the log."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, product
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog

from densach.assessing.privacy.counting import INSIDE, MAJORITY, MINORITY, OUTSIDE, Counted, count_minorities, grouped
from densach.measures.suppression import FEWEST, TOTAL
from tests.people.making import KEYS, enter, family, village

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ABOUT = ("award_round", "MẪU")


def people(commune: Place, act: Act, *groups: str) -> list[Person]:
    """A person for each group that is named; of an empty one nothing is said."""
    from densach.people.models import Person
    from densach.people.protected.domain import Entry, Said, enter_fact
    from densach.people.protected.models import Basis, EnteredAs, Kind

    here = village(commune, act)
    enter(commune, [each for order in range(1, len(groups) + 1) for each in family(here, order)], act)
    found = [Person.objects.get(full_name=f"Nguyễn Văn Mẫu {order}") for order in range(1, len(groups) + 1)]
    for person, group in zip(found, groups, strict=True):
        if group:
            said = Said(group, "Tự khai")
            entry = Entry(kind=Kind.ETHNICITY, said=said, basis=Basis.CONSENT, by=None, entered_as=EnteredAs.SELF)
            enter_fact(person, entry, keys=KEYS, act=act)
    return found


def counted(found: list[Person], act: Act, outcomes: str = "") -> Counted:
    letters = outcomes or "a" * len(found)
    return count_minorities(
        {person.pk: letter for person, letter in zip(found, letters, strict=True)}, ABOUT, keys=KEYS, act=act
    )


def test_both_groups_are_told_with_how_many_are_not_known(commune: Place, act: Act) -> None:
    found = people(commune, act, *["Tày"] * 3, *["Mông"] * 3, *["Kinh"] * 4, "Kinh (Việt)", "", "")
    told = counted(found, act, "aaabbb" + "ababa" + "ab")
    assert told.cells == {(MINORITY, TOTAL): 6, (MAJORITY, TOTAL): 5}  # three and two of an outcome are too few
    assert (told.unknown, told.is_told) == (2, True)


def test_outcomes_are_told_where_both_groups_are_large_enough_in_each(commune: Place, act: Act) -> None:
    found = people(commune, act, *["Dao"] * 10, *["Kinh"] * 11)
    told = counted(found, act, "aaaaabbbbb" + "aaaaaabbbbb")
    assert Counter(told.cells) == {
        (MINORITY, TOTAL): 10, (MAJORITY, TOTAL): 11, (MINORITY, "a"): 5, (MAJORITY, "a"): 6, (MINORITY, "b"): 5,
        (MAJORITY, "b"): 5,
    }  # fmt: skip
    nought = counted(found, act, "aaaaaaaaaa" + "aaaaaabbbbb")  # nobody of the minority at b: it would tell of all b
    assert set(nought.cells) == {(MINORITY, TOTAL), (MAJORITY, TOTAL)}


@pytest.mark.parametrize("groups", [["Tày"] * 4 + ["Kinh"] * 6, ["Tày"] * 6, ["Kinh"] * 9, []])
def test_a_group_of_a_few_or_of_nobody_tells_nothing(commune: Place, act: Act, groups: list[str]) -> None:
    told = counted(people(commune, act, *groups) if groups else [], act)
    assert (dict(told.cells), told.is_told, told.unknown) == ({}, False, 0)


def test_each_counting_is_logged_with_its_purpose_and_no_value(commune: Place, act: Act) -> None:
    from densach.history.models import Entry
    from densach.people.protected.domain import erase_facts

    found = people(commune, act, *["Tày"] * 5, *["Kinh"] * 5)
    assert counted(found, act).is_told
    [entry] = Entry.objects.filter(event="protected_counted")
    assert (entry.kind, entry.object_id) == ABOUT
    assert json.loads(entry.after) == {"purpose": "fairness", "what": "ethnicity", "persons": 10}
    erase_facts(found[0], act=act)
    assert counted(found, act) == Counted({}, 1)


def test_a_person_with_two_records_is_counted_once(commune: Place, act: Act) -> None:
    found = people(commune, act, *["Tày"] * 5, *["Kinh"] * 5, "")
    found[10].same_as = found[0]
    found[10].save()
    assert counted(found[:10], act).cells[MINORITY, TOTAL] == 5


KINDS, SIDES, OUTCOMES = 3, (INSIDE, OUTSIDE, ""), ("a", "b")
JOINT = [(*sides, outcome) for sides in product(SIDES, repeat=KINDS) for outcome in OUTCOMES]


def width(wanted: list[int], knows: list[list[int]], says: list[int]) -> float:
    """How wide a sum of joint counts can be, for who knows some sums and that none is below zero."""
    goal = np.zeros(len(JOINT))
    goal[wanted] = 1
    rows = np.array([[at in parts for at in range(len(JOINT))] for parts in knows], dtype=float)
    ends = [linprog(sign * goal, A_eq=rows, b_eq=says, bounds=(0, None)) for sign in (1, -1)]
    return -sum(float(end.fun or 0) for end in ends)


def cells(outcome: str, sides: dict[int, str]) -> list[int]:
    """The joint counts of an outcome in which some kinds have a side."""
    return [at for at, each in enumerate(JOINT) if each[-1] == outcome and all(each[k] == s for k, s in sides.items())]


@pytest.mark.parametrize("seed", range(6))
def test_groups_of_all_kinds_laid_over_each_other_tell_of_no_few_people(seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    size = chance.choice([40, 90, 200])
    outcomes = {person: chance.choice(OUTCOMES) for person in range(size)}
    belongs = [
        {person: chance.random() < share for person in outcomes if chance.random() < 0.9}
        for share in (chance.choice([0.1, 0.3, 0.5]) for _ in range(KINDS))
    ]
    told = [grouped(each, outcomes) for each in belongs]
    prior = [cells(outcome, {}) for outcome in OUTCOMES], [[*outcomes.values()].count(each) for each in OUTCOMES]
    knows, says = ([*each] for each in prior)
    for kind, each in enumerate(told):
        assert all(count > FEWEST for count in each.cells.values())
        knows += [cells(outcome, {kind: side}) for side, outcome in each.cells]
        says += each.cells.values()
    for kinds in ((0,), (1,), (2,), *combinations(range(KINDS), 2), (0, 1, 2)):
        for sides, outcome in product(product((INSIDE, OUTSIDE), repeat=len(kinds)), OUTCOMES):
            meet = dict(zip(kinds, sides, strict=True))
            count = sum(
                outcomes[person] == outcome
                and all(belongs[kind].get(person) == (side == INSIDE) for kind, side in meet.items())
                for person in outcomes
            )
            if 0 < count < FEWEST:
                assert width(cells(outcome, meet), knows, says) > FEWEST, (meet, outcome, count)


def test_a_kind_is_told_whole_or_not_at_all() -> None:
    outcomes = dict.fromkeys(range(12), "a") | dict.fromkeys(range(12, 24), "b")
    whole = {person: person % 2 == 0 for person in outcomes}
    assert set(grouped(whole, outcomes).cells.values()) == {6}
    assert grouped(whole | {0: False}, outcomes).cells == {}  # five of them would be left inside
    assert not grouped({1: True}, outcomes).is_said
