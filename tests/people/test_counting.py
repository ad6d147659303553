"""Who is counted where: nobody twice in the country, nobody silently dropped, and by which choice."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.history.domain import Act
from densach.people.counting import Home, Rule, claims, counted_in
from densach.people.models import CountedBy, Person
from densach.people.records import lives
from densach.people.records.choosing import choose_place, choose_rule
from densach.places.domain import add_fictional_commune
from densach.places.models import Place
from densach.policy.assumed import adult_age, assumptions
from densach.problems import Refused
from tests.people.happening import events, first_household, happen
from tests.people.making import NEW_YEAR, enter, family, village
from tests.people.pairing import SAID, join

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
HERE, THERE = 1, 2
CHOICES = list(CountedBy.values)


def rules(here: str, there: str | None = None) -> dict[int, Rule]:
    return {place: Rule(choice, "", "", True) for place, choice in ((HERE, here), (THERE, there or here))}


def home(kind: str, commune: int | None) -> Home:
    return Home(kind, commune, None if kind in {"away", "boarding"} else 7, 1, 1)


TWO_HOMES = [home("permanent", HERE), home("temporary", THERE)]


@pytest.mark.parametrize(
    ("homes", "choice", "expected"),
    [
        ([home("permanent", HERE)], "permanent", {HERE}),
        ([home("permanent", HERE)], "where_they_live", {HERE}),
        ([home("temporary", HERE)], "permanent", set()),  # the permanent home stands in no register of ours
        ([home("temporary", HERE)], "where_they_live", {HERE}),
        ([home("temporary", HERE)], "permanent_and_temporary", {HERE}),
        ([home("unknown", HERE)], "permanent", {HERE}),
        (TWO_HOMES, "permanent", {HERE}),
        (TWO_HOMES, "where_they_live", {THERE}),
        (TWO_HOMES, "permanent_and_temporary", {HERE, THERE}),  # somebody must choose
        ([home("permanent", HERE), home("away", THERE)], "where_they_live", {THERE}),
        ([home("permanent", HERE), home("away", None)], "where_they_live", set()),
        ([home("permanent", HERE), home("away", None)], "permanent", {HERE}),
        ([home("permanent", HERE), home("boarding", THERE)], "where_they_live", {THERE}),
        ([home("permanent", HERE), home("boarding", THERE)], "permanent_and_temporary", {HERE}),
    ],
)
def test_which_communes_count_a_person(homes: list[Home], choice: str, expected: set[int]) -> None:
    assert claims(homes, rules(choice)) == expected


def test_communes_of_different_rules_may_both_count_or_neither() -> None:
    assert claims(TWO_HOMES, rules("permanent", "where_they_live")) == {HERE, THERE}
    assert claims(TWO_HOMES, rules("where_they_live", "permanent")) == set()
    # A choice of one of the homes settles either; a choice of a place without a home settles nothing.
    assert claims(TWO_HOMES, rules("permanent", "where_they_live"), THERE) == {THERE}
    assert claims(TWO_HOMES, rules("where_they_live", "permanent"), HERE) == {HERE}
    assert claims(TWO_HOMES, rules("permanent", "where_they_live"), 9) == {HERE, THERE}


def test_the_policy_and_the_code_know_the_same_choices() -> None:
    assumed = assumptions()["residents_counted"]
    assert [option.value for option in assumed.options] == CHOICES
    assert assumed.value in CHOICES
    assert adult_age() == 18


# From here on with a database.


@pytest.fixture
def other(thai_nguyen: Place, act: Act) -> Place:
    return add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=NEW_YEAR, act=act)


@pytest.fixture
def people(commune: Place, other: Place, act: Act) -> list[Person]:
    """Three people in H1 of the one commune, three in H2 of the other."""
    enter(commune, family(village(commune, act), 1), act)
    enter(other, family(village(other, act, "Thôn Nam"), 2), act)
    return list(Person.objects.order_by("pk"))


def second_home(who: Person, commune: Place) -> None:
    who.households.update(kind="permanent")
    lives.move(who, first_household(commune), on=MAY, kind="temporary", source="khai báo MẪU", act=SAID)


@pytest.mark.django_db
def test_who_has_two_homes_is_counted_where_he_lives_until_somebody_chooses(
    commune: Place, other: Place, people: list[Person]
) -> None:
    who = people[0]
    second_home(who, other)
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.sure, here.elsewhere, there.sure) == (2, {who.pk}, 4)
    assert there.households[who.pk] == first_household(other).pk
    choose_place(who, commune, by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=SAID)
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.sure, here.chosen, there.sure, there.elsewhere) == (3, {who.pk}, 3, {who.pk})
    # The day before, nobody had chosen yet.
    assert counted_in(commune, date(2026, 5, 31)).sure == 2


@pytest.mark.django_db
def test_who_is_counted_by_both_waits_and_is_surely_in_neither(
    commune: Place, other: Place, people: list[Person]
) -> None:
    second_home(people[0], other)
    choose_rule(commune, "permanent", source="NQ 1/MẪU", on=MAY, act=SAID)
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert [each.waiting for each in (here, there)] == [{people[0].pk}] * 2
    assert (here.sure, there.sure) == (2, 3)
    assert here.sentence() == (
        "Tính người thường trú, dù đang ở nơi khác. Xã chọn từ ngày 01/05/2026, nguồn: NQ 1/MẪU. "
        "Người lớn là người từ 18 tuổi, cũng là giả định. "
        "1 người được hai xã cùng tính, đang chờ chọn một nơi."
    )
    assert there.rule.is_assumption
    assert "Đây là giả định từ ngày 26/11/2026" in there.sentence()


@pytest.mark.django_db
def test_who_is_away_is_never_silently_dropped(commune: Place, other: Place, people: list[Person]) -> None:
    gone, boards = people[0], people[2]
    lives.stay(gone, "away", "Bình Dương", commune=None, on=MAY, source="vợ khai", act=SAID)
    lives.stay(boards, "boarding", "Trường nội trú MẪU", commune=other, on=MAY, source="trường", act=SAID)
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.sure, here.nowhere, here.elsewhere) == (1, {gone.pk}, {boards.pk})
    assert (there.sure, there.lodgers) == (4, [boards.pk])
    assert "1 người có nơi ở trong xã mà chưa xã nào tính." in here.sentence()
    lives.end_stay(gone, on=date(2026, 6, 15), act=SAID)
    assert counted_in(commune, date(2026, 6, 15)).nowhere == set()


@pytest.mark.django_db
def test_a_choice_settles_it_where_somebody_only_stays_as_well(
    commune: Place, other: Place, people: list[Person]
) -> None:
    lives.stay(people[2], "boarding", "Trường nội trú MẪU", commune=other, on=MAY, source="trường", act=SAID)
    choose_place(people[2], commune, by="mẹ", source="biên bản MẪU", on=MAY, act=SAID)
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.chosen, here.sure, there.sure, there.elsewhere) == ({people[2].pk}, 3, 3, {people[2].pk})


@pytest.mark.django_db
def test_records_of_one_person_have_their_homes_together(commune: Place, other: Place, people: list[Person]) -> None:
    one, another = people[0], people[3]
    join(one, another)  # a home in each commune, both of unknown kind
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.sure, there.sure, there.elsewhere) == (3, 2, {one.pk})
    # The record joined is the one with a temporary home: the person lives there.
    another.households.update(kind="temporary")
    here, there = counted_in(commune, JUNE), counted_in(other, JUNE)
    assert (here.sure, here.elsewhere, there.sure) == (2, {one.pk}, 3)


@pytest.mark.django_db
def test_what_is_refused(commune: Place, other: Place, people: list[Person]) -> None:
    def codes(call: object) -> list[str]:
        with pytest.raises(Refused) as refused:
            call()  # type: ignore[operator]
        return [problem.code for problem in refused.value.problems]

    who = people[0]
    assert codes(lambda: choose_rule(commune, "permanent", source=" ", on=MAY, act=SAID)) == ["N124"]
    assert codes(lambda: choose_place(who, other, by="a", source="b", on=MAY, act=SAID)) == ["N126"]
    choose_rule(commune, "permanent", source="NQ 1/MẪU", on=MAY, act=SAID)
    assert codes(lambda: choose_rule(commune, "where_they_live", source="b", on=MAY, act=SAID)) == ["N125"]
    choose_rule(commune, "where_they_live", source="NQ 2/MẪU", on=JUNE, act=SAID)
    assert [counted_in(commune, day).rule.source for day in (MAY, JUNE)] == ["NQ 1/MẪU", "NQ 2/MẪU"]


@pytest.mark.django_db
def test_many_people_need_as_many_queries_as_few(commune: Place, other: Place, people: list[Person], act: Act) -> None:
    join(people[0], people[3])
    second_home(people[1], other)
    place = people[0].households.get().household.home.village
    counts = []
    for orders in ((), (11, 12, 13)):
        enter(commune, [line for order in orders for line in family(place, order)], act)
        with CaptureQueriesContext(connection) as queries:
            counted_in(commune, JUNE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


@pytest.mark.slow
@pytest.mark.django_db
def test_nobody_is_counted_twice_and_nobody_is_lost(commune: Place, other: Place, people: list[Person]) -> None:
    places = (commune, other)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(events(6), max_size=8))
    def check(drawn: list[tuple[int, str, int]]) -> None:
        with transaction.atomic():
            for at, event in enumerate(drawn):
                happen(people, places, event, date(2026, 2, 1 + at))
            found = [counted_in(place, JUNE) for place in places]
            counted = Counter(key for each in found for key in {*each.households, *each.lodgers} - each.waiting)
            assert set(counted.values()) <= {1}
            # A person waits in both communes or in neither, and is shown wherever he or she has a home.
            assert found[0].waiting == found[1].waiting
            shown = {key for each in found for key in (*counted, *each.waiting, *each.nowhere)}
            assert shown == {row.pk for row in Person.objects.filter(same_as=None)}
            transaction.set_rollback(True)

    check()
