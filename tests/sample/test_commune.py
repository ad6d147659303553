"""A made-up commune is plausible: ages, kinship, names, numbers, clans, units and points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.sample.answers import ACHIEVE_PER_MILLE, FLOOR, PASS
from densach.sample.commune import make_commune
from densach.sample.model import (
    INDICATORS,
    SHEET_GROUPS,
    SampleAnswers,
    SampleCommune,
    SampleHousehold,
    SamplePerson,
    SheetGroup,
)

PUBLISHED = {"Nguyễn": 384, "Trần": 121, "Lê": 95, "Phạm": 70, "Hoàng": 51, "Phan": 45, "Vũ": 39}
SEEDS = st.integers(0, 2**32)


@cache
def whole() -> SampleCommune:
    return make_commune(1315)


def per_mille(some: Iterable[object], people: Iterable[object]) -> int:
    return 1000 * len(list(some)) // len(list(people))


def age(person: SamplePerson, year: int) -> int:
    return year - person.birth_date.year


def of(household: SampleHousehold, *relations: str) -> list[SamplePerson]:
    return [person for person in household.people if person.relation in relations]


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_everyone_lives_in_one_household_and_no_number_comes_twice(seed: int) -> None:
    commune = make_commune(seed, households=200)
    people = commune.people
    assert len(commune.households) == 200
    assert len({person.id for person in people}) == len(people)
    assert all(person.household == home.code for home in commune.households for person in home.people)
    assert {home.village for home in commune.households} <= {village.code for village in commune.villages}
    numbers = [person.personal_number for person in people if person.personal_number]
    assert len(set(numbers)) == len(numbers)
    assert {number[:3] for number in numbers} == {"999"}
    assert all(age(person, commune.year) < 6 for person in people if person.personal_number is None)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_numbers_say_the_sex_and_the_year(seed: int) -> None:
    for person in make_commune(seed, households=60).people:
        if person.personal_number:
            century = {19: 0, 20: 2}[person.birth_date.year // 100] + (person.sex == "female")
            assert person.personal_number[3:6] == f"{century}{person.birth_date.year % 100:02}"
            assert len(person.personal_number) == 12


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_ages_and_names_fit_kinship(seed: int) -> None:
    commune = make_commune(seed, households=100)
    for home in commune.households:
        assert [person.relation for person in home.people].count("head") == 1
        assert home.head is home.people[0]
        assert home.head.birth_date <= date(commune.year - 20, 12, 31)
        assert len({person.full_name for person in home.people}) == len(home.people)
        assert all(
            date(commune.year - 105, 1, 1) < person.birth_date < date(commune.year, 12, 31) for person in home.people
        )
        check_couples_and_children(home)


def check_couples_and_children(home: SampleHousehold) -> None:
    """Who married in is nobody's child here, so only the husband is measured against his parents."""
    lines = [
        ("parent", "head"),
        ("head", "child"),
        ("spouse", "child"),
        ("child", "grandchild"),
        ("child_in_law", "grandchild"),
    ]
    for older, younger in lines:
        for parent in of(home, older):
            assert all(years_between(parent, child) >= 17.9 for child in of(home, younger))
    for couple in (of(home, "head", "spouse"), of(home, "parent")):
        if len(couple) == 2:
            assert {person.sex for person in couple} == {"male", "female"}
            assert couple[0].family != couple[1].family
    children = of(home, "grandchild") or of(home, "child")
    assert {child.family for child in children} <= {home.family}
    births = sorted(child.birth_date for child in children)
    assert all((later - earlier).days > 300 for earlier, later in pairwise(births))


def years_between(older: SamplePerson, younger: SamplePerson) -> float:
    return (younger.birth_date - older.birth_date).days / 365.25


def test_the_commune_has_the_size_and_the_pyramid_asked_for() -> None:
    commune = whole()
    people = commune.people
    ages = [age(person, commune.year) for person in people]
    assert (len(commune.villages), len(commune.households), len(commune.units)) == (20, 5000, 40)
    assert 3.5 <= len(people) / len(commune.households) <= 3.7
    assert 200 <= per_mille((a for a in ages if a < 15), ages) <= 280
    assert 90 <= per_mille((a for a in ages if a >= 60), ages) <= 180
    assert 470 <= per_mille((p for p in people if p.sex == "male"), people) <= 520
    homes = Counter(home.village for home in commune.households)
    assert len(homes) == 20
    assert all(100 <= size <= 450 for size in homes.values())


def test_three_generations_live_together_in_many_homes() -> None:
    homes = whole().households
    three = [home for home in homes if (of(home, "parent") and of(home, "child")) or of(home, "grandchild")]
    assert 150 <= per_mille(three, homes) <= 350
    assert all(of(home, "child_in_law") for home in homes if of(home, "grandchild"))


def test_family_names_come_as_often_as_published() -> None:
    commune = whole()
    kinh = {village.code for village in commune.villages if village.group == "kinh"}
    homes = [home for home in commune.households if home.village in kinh]
    count = Counter(home.family for home in homes)
    for family, published in PUBLISHED.items():
        assert abs(1000 * count[family] / len(homes) - published) < 20, family
    assert len(kinh) == 18


def test_literacy_has_the_published_share_and_stands_only_where_it_is_counted() -> None:
    commune = whole()
    known = [person for person in commune.people if person.literacy is not None]
    assert min(age(person, commune.year) for person in known) == 15
    assert abs(per_mille((p for p in known if p.literacy), known) - 950) <= 7
    old = [person for person in known if age(person, commune.year) >= 60]
    assert per_mille((p for p in old if p.literacy), old) < 900


def test_children_go_to_school_and_only_people_of_15_fill_in_a_sheet() -> None:
    commune = whole()
    primary = [person for person in commune.people if age(person, commune.year) in range(6, 11)]
    assert per_mille((p for p in primary if p.at_school == "primary"), primary) >= 970
    assert {person.sheet is None for person in commune.people if age(person, commune.year) < 15} == {True}
    assert {person.sheet for person in commune.people if age(person, commune.year) >= 15} == set(SHEET_GROUPS)


def test_clans_are_households_of_one_name_and_nobody_belongs_to_two() -> None:
    commune = whole()
    homes = {home.code: home for home in commune.households}
    members = [code for clan in commune.clans for code in clan.households]
    assert 60 <= len(commune.clans) <= 100
    assert len(set(members)) == len(members)
    assert all(homes[code].family == clan.family for clan in commune.clans for code in clan.households)
    assert min(len(clan.households) for clan in commune.clans) >= 10
    assert len({clan.name for clan in commune.clans}) == len(commune.clans)


def test_units_hold_working_people_once_and_schools_their_pupils() -> None:
    commune = whole()
    people = {person.id: person for person in commune.people}
    members = [person for unit in commune.units for person in unit.members]
    learners = [person for unit in commune.units for person in unit.learners]
    assert len(set(members)) == len(members)
    assert len(set(learners)) == len(learners)
    assert all(18 <= age(people[person], commune.year) <= 60 for person in members)
    assert {people[person].at_school for person in learners} == {"primary", "lower_secondary", "upper_secondary"}
    assert {unit.kind for unit in commune.units if unit.learners} == {"school"}
    assert all(unit.members for unit in commune.units)
    assert len({unit.code for unit in commune.units}) == len(commune.units)


def achieves(answers: SampleAnswers) -> bool:
    points = [point for point in answers.points.values() if point is not None]
    return len(points) == 10 and sum(points) >= PASS and min(points) >= FLOOR


@pytest.mark.parametrize("group", SHEET_GROUPS)
def test_complete_sheets_achieve_in_the_reported_share(group: SheetGroup) -> None:
    sheets = [sheet for sheet in whole().answers if sheet.group == group]
    complete = [sheet for sheet in sheets if None not in sheet.points.values()]
    assert abs(per_mille((s for s in complete if achieves(s)), complete) - ACHIEVE_PER_MILLE[group]) <= 45
    assert 40 <= per_mille((s for s in sheets if None in s.points.values()), sheets) <= 110


def test_sheets_hold_ten_answers_in_bounds_one_sheet_a_person_of_the_right_group() -> None:
    commune = whole()
    people = {person.id: person for person in commune.people}
    assert len({sheet.person for sheet in commune.answers}) == len(commune.answers)
    for sheet in commune.answers:
        assert people[sheet.person].sheet == sheet.group
        assert tuple(sheet.points) == INDICATORS
        assert all(point is None or 0 <= point <= 10 for point in sheet.points.values())
    assert 500 <= per_mille(commune.answers, (p for p in commune.people if p.sheet)) <= 750


def test_the_same_seed_gives_the_same_commune_and_another_one_another() -> None:
    assert make_commune(7, households=100) == make_commune(7, households=100)
    assert make_commune(7, households=100) != make_commune(8, households=100)


def test_homes_that_are_not_modelled_are_refused() -> None:
    with pytest.raises(ValueError, match="ede"):
        make_commune(1, households=10, minority="ede")
