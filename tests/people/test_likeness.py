"""Which records look alike: worked cases, and blocks against all with all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.formats.vietnamese import fold
from densach.people.numbers import differ_by_a_slip
from densach.people.records.likeness import RARE, Record, likely_pairs, without_other_people

BORN = date(1980, 5, 12)


def record(order: int, name: str = "Nguyễn Thị Hòa", birth: date | None = BORN, **other: object) -> Record:
    made = Record(
        id=order,
        kept=order,
        full_name=name,
        folded=fold(name),
        birth=birth,
        only_year=False,
        sex="female",
        number_hash=None,
        households=frozenset({order}),
        communes=frozenset({1}),
        areas=frozenset({1}),
        provinces=frozenset({7}),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def elsewhere(commune: int, *areas: int, province: int = 7) -> dict[str, object]:
    places = {"communes": frozenset({commune}), "areas": frozenset({commune, *areas})}
    return {**places, "provinces": frozenset({province})}


def found(*records: Record) -> list[tuple[int, int]]:
    return [(pair.first.id, pair.second.id) for pair in likely_pairs(records)]


YEAR = {"birth": date(1980, 1, 1), "only_year": True}
OTHER_COMMUNE = elsewhere(2)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({}, True),
        ({"name": "Nguyễn Thị Hoà"}, True),  # the tone stands elsewhere
        ({"name": "NGUYEN THI HOA"}, True),  # no marks at all
        ({"name": "Nguyễn Thị Hoa"}, True),  # one mark is missing
        ({"name": "Nguyễn Thị Hóa"}, True),  # marks differ, but the day is the same
        ({"name": "Nguyễn Thị Hóa", "birth": date(1980, 5, 13)}, False),
        ({"name": "Nguyễn Thị Hoan"}, False),
        ({"birth": date(1980, 12, 5)}, True),  # day and month exchanged
        ({"birth": date(1980, 5, 13)}, True),
        ({"birth": date(1960, 5, 12)}, True),
        ({"birth": date(1981, 5, 13)}, False),
        ({"birth": date(1980, 12, 5), "sex": "male"}, False),
        ({"sex": "male"}, True),
        (YEAR, True),
        ({**YEAR, "birth": date(1981, 1, 1)}, False),
        ({**YEAR, "sex": "male"}, False),
        ({"birth": None}, False),
        ({"birth": None, "households": frozenset({1})}, True),
        (OTHER_COMMUNE, True),  # the name is rare in the province
        ({**OTHER_COMMUNE, **YEAR}, False),
        ({**elsewhere(2, 1), **YEAR}, True),  # a commune whose land is in ours today
        (elsewhere(2, province=8), False),
    ],
)  # fmt: skip
def test_what_is_enough_to_ask_somebody(other: dict[str, object], alike: bool) -> None:
    assert found(record(1), record(2, **other)) == ([(1, 2)] if alike else [])  # type: ignore[arg-type]


def test_a_d_for_a_d_with_a_stroke_is_a_mark_left_out() -> None:
    (pair,) = likely_pairs([record(1, "Đặng Văn Dũng"), record(2, "Dặng Văn Dũng", date(1980, 12, 5))])
    assert pair.why.as_data() == {
        "name": "marks_missing",
        "birth": "swapped",
        "where": "commune",
        "same_sex": True,
        "number": "same_or_missing",
    }


def test_a_common_name_in_the_province_is_a_coincidence() -> None:
    crowd = [record(order, **elsewhere(order)) for order in range(1, RARE + 2)]  # type: ignore[arg-type]
    assert found(*crowd[:RARE]) != []
    assert found(*crowd) == []


def test_two_numbers_are_two_people_unless_one_is_a_slip() -> None:
    pairs = list(likely_pairs([record(1, number_hash="a"), record(2, number_hash="b")]))
    assert [pair.why.number for pair in pairs] == ["differ"]
    assert list(without_other_people(pairs, ())) == []
    assert list(without_other_people(pairs, {(1, 2)})) == pairs


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ("019080000124", True),  # one digit
        ("019080000132", True),  # neighbours exchanged
        ("019080000145", False),
        ("019080000321", False),
        ("019080000123", False),
    ],
)
def test_a_slip_is_one_digit_or_two_neighbours(other: str, slip: bool) -> None:
    assert differ_by_a_slip("019080000123", other) == slip


def test_records_of_one_person_are_not_compared_and_stand_for_it() -> None:
    joined = record(2, kept=1)
    assert found(record(1), joined) == []
    ((pair),) = likely_pairs([joined, record(3)])
    assert (pair.first.kept, pair.second.kept) == (1, 3)


def test_a_decision_stands_while_both_say_the_same() -> None:
    def looked(**other: object) -> str:
        (pair,) = likely_pairs([record(1), record(2, **other)])  # type: ignore[arg-type]
        return pair.looked

    assert looked() == looked(households=frozenset({9}))  # who moves is still the same person
    assert len({looked(), looked(sex="male"), looked(name="Nguyễn Thị Hoa"), looked(number_hash="c")}) == 4


NAMES = st.sampled_from(["Lê Văn An", "Le Van An", "Lê Vân An", "Trần Thị Hoà", "Trần Thị Hòa"])
DAYS = st.one_of(
    st.none(), st.builds(date, st.integers(1978, 1981), st.integers(1, 12), st.integers(1, 12))
)  # fmt: skip
ROWS = st.lists(
    st.tuples(NAMES, DAYS, st.booleans(), st.sampled_from(["male", "female"]), st.integers(1, 3), st.integers(1, 6)),
    max_size=RARE,
)


@given(ROWS)
def test_blocks_lose_no_pair_and_say_each_once(rows: list[tuple[str, date | None, bool, str, int, int]]) -> None:
    records = [
        record(
            at,
            name,
            birth.replace(month=1, day=1) if birth and year else birth,
            only_year=birth is not None and year,
            sex=sex,
            households=frozenset({household}),
            **elsewhere(commune),
        )
        for at, (name, birth, year, sex, commune, household) in enumerate(rows)
    ]
    one_by_one = [pair for two in combinations(records, 2) for pair in found(*two)]
    assert sorted(found(*records)) == sorted(one_by_one)
