"""One person, several records: found, decided by a person, undone; nothing of either history is moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from densach.history.domain import Act, verify_chain
from densach.people.domain import Entered, Resident
from densach.people.models import HouseholdMember, LikelyDuplicate, Person
from densach.people.records.merging import (
    Waiting,
    decide_different,
    decide_same,
    find_likely,
    put_forward,
    undo_same,
)
from densach.people.records.queries import pairs_waiting
from densach.places.domain import add_fictional_commune
from densach.places.models import Place
from densach.problems import Refused
from tests.people.making import KEYS, NEW_YEAR, enter, number, village
from tests.people.pairing import SAID

TODAY = date(2026, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def doai(commune: Place, act: Act) -> Place:
    return village(commune, act)


def hoa(village: Place, household: str = "H1", **other: object) -> Resident:
    base = Resident(household=household, village=village, full_name="Nguyễn Thị Hòa", sex="female", birth="1980-05-12")
    return replace(base, **other)  # type: ignore[arg-type]


def search(commune: Place) -> Waiting:
    return find_likely(commune, today=TODAY, keys=KEYS, act=SAID)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def persons() -> list[Person]:
    return list(Person.objects.order_by("pk"))


def test_a_pair_waits_once_and_the_reasons_stand_beside_it(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [hoa(doai), hoa(doai, "H2", full_name="Nguyễn Thị Hoà", birth="1980-12-05")], act)
    assert (search(commune), search(commune)) == (Waiting(1, 1), Waiting(0, 1))
    pair = LikelyDuplicate.objects.get()
    assert pair.why == {
        "name": "same",
        "birth": "swapped",
        "where": "commune",
        "same_sex": True,
        "number": "same_or_missing",
    }
    assert verify_chain("pair", pair.pk) == []


def test_different_numbers_are_different_people_unless_one_is_a_slip(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [hoa(doai, number=number(12)), hoa(doai, "H2", number=number(47))], act)
    assert search(commune) == Waiting(0, 0)
    enter(commune, [hoa(doai, "H3", number=number(21))], act)  # 12 and 21
    assert search(commune) == Waiting(1, 1)


def test_a_namesake_in_another_commune_of_the_province_is_found(
    thai_nguyen: Place, commune: Place, doai: Place, act: Act
) -> None:
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=NEW_YEAR, act=act)
    enter(commune, [hoa(doai)], act)
    enter(other, [hoa(village(other, act)), hoa(village(other, act, "Thôn Nam"), "H2", birth="1981")], act)
    assert search(commune) == Waiting(1, 1)
    assert [pair.why["where"] for pair in pairs_waiting(other)] == ["province"]


def test_who_is_decided_to_be_different_comes_back_only_if_a_record_changes(
    commune: Place, doai: Place, act: Act
) -> None:
    enter(commune, [hoa(doai), hoa(doai, "H2")], act)
    search(commune)
    decide_different(LikelyDuplicate.objects.get().pk, act=SAID)
    assert search(commune) == Waiting(0, 0)
    enter(commune, [hoa(doai, number=number(1))], act)
    assert search(commune) == Waiting(1, 1)
    pair = LikelyDuplicate.objects.get()
    assert (pair.state, pair.decided_why) == ("waiting", "")


def test_two_records_that_no_search_finds_alike_are_put_forward_by_a_person(
    commune: Place, doai: Place, act: Act
) -> None:
    enter(commune, [hoa(doai), hoa(doai, "H2", full_name="Ngô Hạnh", birth="1971")], act)
    assert search(commune) == Waiting(0, 0)
    first, second = persons()
    pair = put_forward(second, first, act=SAID)
    assert put_forward(first, second, act=act) == pair
    assert [(row.first_id, row.second_id, row.why) for row in pairs_waiting(commune)] == [
        (first.pk, second.pk, {"held": "đã hỏi tại nhà"})
    ]
    decide_different(pair.pk, act=SAID)
    assert search(commune) == Waiting(0, 0)
    assert put_forward(first, second, act=SAID).state == "waiting"
    decide_same(pair.pk, first, act=SAID)
    with pytest.raises(Refused) as refused:
        put_forward(second, first, act=SAID)
    assert codes(refused) == ["N129"]
    undo_same(pair.pk, act=SAID)
    assert [row.pk for row in pairs_waiting(commune)] == [pair.pk]
    assert verify_chain("pair", pair.pk) == []


def test_a_pair_put_forward_has_two_records_and_a_reason(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [hoa(doai), hoa(doai, "H2", full_name="Ngô Hạnh")], act)
    first, second = persons()
    for other, said, code in ((first, SAID, "N129"), (second, replace(SAID, why=" "), "N106")):
        with pytest.raises(Refused) as refused:
            put_forward(first, other, act=said)
        assert codes(refused) == [code]
    assert list(LikelyDuplicate.objects.all()) == []


def test_the_joined_record_keeps_all_it_had(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [hoa(doai), hoa(doai, "H2")], act)
    search(commune)
    first, second = persons()
    homes = list(HouseholdMember.objects.order_by("pk").values())
    pair = decide_same(LikelyDuplicate.objects.get().pk, second, act=SAID)
    assert [row.same_as_id for row in persons()] == [second.pk, None]
    assert (pair.kept_id, pair.joined_id, pair.decided_by) == (second.pk, first.pk, "bà Tư MẪU")
    assert list(HouseholdMember.objects.order_by("pk").values()) == homes
    undo_same(pair.pk, act=SAID)
    assert [row.same_as_id for row in persons()] == [None, None]
    assert [pair.state for pair in pairs_waiting(commune)] == ["waiting"]
    assert verify_chain("person", first.pk) == []


def three(commune: Place, doai: Place, act: Act) -> tuple[Person, Person, Person]:
    enter(commune, [hoa(doai), hoa(doai, "H2"), hoa(doai, "H3")], act)
    assert search(commune) == Waiting(3, 3)
    first, second, third = persons()
    return first, second, third


def pair_between(one: Person, other: Person) -> int:
    return LikelyDuplicate.objects.get(first=min(one.pk, other.pk), second=max(one.pk, other.pk)).pk


@pytest.mark.parametrize("first_undone", [0, 1])
def test_chains_are_flat_and_come_apart_as_they_were_joined(
    commune: Place, doai: Place, act: Act, first_undone: int
) -> None:
    one, two, three_ = three(commune, doai, act)
    low, high = pair_between(one, two), pair_between(two, three_)
    decide_same(low, two, act=SAID)  # one is counted as two
    decide_same(high, three_, act=SAID)  # and two as three
    assert [row.same_as_id for row in persons()] == [three_.pk, three_.pk, None]
    # The third pair is of one person now, and waits for nobody.
    assert list(pairs_waiting(commune)) == []
    undo_same((low, high)[first_undone], act=SAID)
    left = [[None, three_.pk, None], [two.pk, None, None]]
    assert [row.same_as_id for row in persons()] == left[first_undone]
    undo_same((low, high)[1 - first_undone], act=SAID)
    assert [row.same_as_id for row in persons()] == [None, None, None]


def test_a_pair_of_which_one_was_joined_to_a_third_joins_all_three(commune: Place, doai: Place, act: Act) -> None:
    one, two, three_ = three(commune, doai, act)
    decide_same(pair_between(one, two), one, act=SAID)
    with pytest.raises(Refused) as refused:
        decide_same(pair_between(two, three_), two, act=SAID)  # two is counted as one already
    assert codes(refused) == ["N107"]
    decide_same(pair_between(two, three_), one, act=SAID)
    assert [row.same_as_id for row in persons()] == [None, one.pk, one.pk]
    with pytest.raises(Refused) as refused:
        decide_same(pair_between(one, three_), one, act=SAID)
    assert codes(refused) == ["N105"]


def test_what_is_refused(commune: Place, doai: Place, act: Act) -> None:
    one, two, three_ = three(commune, doai, act)
    pair = pair_between(one, two)
    silent = replace(SAID, why=" ")
    calls: list[tuple[Callable[[], object], str]] = [
        (lambda: decide_different(0, act=SAID), "N104"),
        (lambda: decide_different(pair, act=silent), "N106"),
        (lambda: decide_same(pair, three_, act=SAID), "N107"),
        (lambda: undo_same(pair, act=SAID), "N109"),
    ]
    for call, code in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert codes(refused) == [code]
    decide_different(pair, act=SAID)
    with pytest.raises(Refused) as refused:
        decide_same(pair, one, act=SAID)
    assert codes(refused) == ["N105"]


def test_the_register_finds_the_record_that_is_kept(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [hoa(doai, number=number(12)), hoa(doai, "H2", number=number(21))], act)
    search(commune)
    first = persons()[0]
    decide_same(LikelyDuplicate.objects.get().pk, first, act=SAID)
    # A line with the other number is about the one person, and moves nobody's number.
    assert enter(commune, [hoa(doai, number=number(21), literacy=2)], act) == Entered(0, 1, 0)
    kept, joined = persons()
    assert (kept.literacy, joined.literacy) == (2, None)
    assert (kept.number_hash, joined.number_hash) == (KEYS.hash(number(12)), KEYS.hash(number(21)))
    # A register that still has both lines leaves both records as they are.
    both = [hoa(doai, number=number(12), literacy=2), hoa(doai, "H2", number=number(21))]
    assert enter(commune, both, act) == Entered(0, 0, 2)
