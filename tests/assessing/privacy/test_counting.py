"""Counts of protected facts: both groups or neither, no nought told, and each counting in the log."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from densach.assessing.privacy.counting import MAJORITY, MINORITY, Counted, count_minorities
from densach.measures.suppression import TOTAL
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
