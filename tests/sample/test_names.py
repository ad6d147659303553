"""Names look like names of their group, sex and generation; numbers can be nobody's."""

from __future__ import annotations

from collections import Counter
from random import Random
from unicodedata import normalize

import pytest

from densach.sample.names import NumberMaker, Sex, draw_family, draw_name, groups, is_matrilineal

PUBLISHED = {"Nguyễn": 384, "Trần": 121, "Lê": 95, "Phạm": 70, "Hoàng": 51, "Phan": 45, "Vũ": 39, "Đặng": 21, "Bùi": 20}
SEXES: tuple[Sex, ...] = ("male", "female")


def test_family_names_come_as_often_as_published() -> None:
    random = Random(1)  # noqa: S311  - made-up people need no secret
    drawn = Counter(draw_family(random) for _ in range(50_000))
    for family, per_mille in PUBLISHED.items():
        assert abs(drawn[family] * 1000 / 50_000 - per_mille) < 6, family


def test_the_south_says_huynh_and_vo() -> None:
    random = Random(1)  # noqa: S311
    drawn = {draw_family(random, region="south") for _ in range(3_000)}
    assert {"Huỳnh", "Võ"} <= drawn
    assert not {"Hoàng", "Vũ"} & drawn


@pytest.mark.parametrize("group", groups())
@pytest.mark.parametrize("sex", SEXES)
def test_every_name_is_clean_and_carries_its_family(group: str, sex: Sex) -> None:
    random = Random(2)  # noqa: S311
    for born in (1930, 1970, 1995, 2015) * 50:
        family = draw_family(random, group)
        name = draw_name(random, family, sex, born, group)
        assert name == normalize("NFC", " ".join(name.split()))
        assert name.endswith(f" {family}") if is_matrilineal(group) else name.startswith(f"{family} ")
        assert len(name.split()) >= 2


def test_ede_men_and_women_are_told_apart_by_their_first_word() -> None:
    random = Random(3)  # noqa: S311
    assert {draw_name(random, "Niê", "male", 1980, "ede").split()[0] for _ in range(100)} == {"Y"}
    assert {draw_name(random, "Niê", "female", 1980, "ede").split()[0] for _ in range(100)} == {"H’"}


def test_thi_grows_rare_from_one_generation_to_the_next() -> None:
    random = Random(4)  # noqa: S311
    shares = [
        sum(" Thị " in draw_name(random, "Lê", "female", born) for _ in range(2_000))
        for born in (1940, 1975, 1995, 2015)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 1_600
    assert shares[3] < 400


def test_names_are_many() -> None:
    random = Random(5)  # noqa: S311
    names = {
        draw_name(random, draw_family(random), sex, born)
        for born in range(1930, 2025)
        for sex in SEXES
        for _ in range(50)
    }
    assert len(names) > 6_000  # of 9,500 drawn


@pytest.mark.parametrize(
    ("sex", "born", "start"),
    [("male", 1980, "999080"), ("female", 1980, "999180"), ("male", 2005, "999205"), ("female", 2000, "999300")],
)
def test_a_number_says_sex_and_year_and_comes_once(sex: Sex, born: int, start: str) -> None:
    maker = NumberMaker(Random(6))  # noqa: S311
    numbers = [maker.draw(sex, born) for _ in range(5_000)]
    assert {number[:6] for number in numbers} == {start}
    assert {len(number) for number in numbers} == {12}
    assert len(set(numbers)) == 5_000


def test_the_same_seed_gives_the_same_names() -> None:
    def drawn(seed: int) -> list[str]:
        random = Random(seed)  # noqa: S311
        return [draw_name(random, draw_family(random), "female", 1980) for _ in range(20)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
