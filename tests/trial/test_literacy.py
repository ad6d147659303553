"""The one cascade that was read whole runs from persons to a province, and what is not recorded is not a nought."""

from __future__ import annotations

import re
from functools import cache

import pytest

from densach.sample.commune import make_commune
from tests.assessing.making import library

LINE = re.compile(
    r"(?P<name>.+?): (?P<verdict>đạt|chưa đạt|chưa xác định)(?: mức độ (?P<level>[12]))?(?: \((?P<counts>.*)\))?"
)


@cache
def story() -> list[re.Match[str]]:
    from densach.trial.literacy import literacy_story

    first, *lines = literacy_story(library())
    assert first == "MẪU – KHÔNG CÓ GIÁ TRỊ. Người và đơn vị đều hư cấu."
    found = [LINE.fullmatch(line.strip()) for line in lines]
    assert all(found)
    return [row for row in found if row]


def named(word: str) -> list[re.Match[str]]:
    return [row for row in story() if row["name"].startswith(word)]


def test_a_hundred_communes_ten_districts_and_a_province_are_judged() -> None:
    assert [len(named(word)) for word in ("Xã MẪU", "Huyện MẪU", "Tỉnh MẪU")] == [100, 10, 1]


@pytest.mark.parametrize(("district", "at"), [(1, 1), (4, 7), (10, 10)])
def test_the_counts_of_a_commune_are_those_of_its_people(district: int, at: int) -> None:
    from densach.trial.literacy import HOUSEHOLDS, YEAR

    people = make_commune(100 * district + at, households=HOUSEHOLDS, year=YEAR).people

    def counted(low: int, high: int, level: int) -> tuple[int, str]:
        inside = [person.literacy for person in people if low <= YEAR - person.birth_date.year <= high]
        sure = sum(known is not None and known >= level for known in inside)
        most = sure + inside.count(None)
        return len(inside), str(sure) if sure == most else f"{sure}–{most}"

    (young, literate1), (all_, literate2) = counted(15, 35, 1), counted(15, 60, 2)
    row = next(row for row in named("Xã MẪU") if row["name"] == f"Xã MẪU {district}.{at}")
    assert row["counts"] == (
        f"persons_15_35 {young}, literate1_15_35 {literate1}, persons_15_60 {all_}, literate2_15_60 {literate2}"
    )


def nine_tenths(whole: str, ends: str) -> bool | None:
    """Whether a share is at least 90 % surely, surely not, or perhaps."""
    low, high = (10 * int(end) >= 9 * int(whole) for end in (ends.split("–") * 2)[:2])
    return True if low else None if high else False


def test_a_commune_is_decided_only_where_both_ends_agree() -> None:
    verdicts = {True: "đạt", None: "chưa xác định", False: "chưa đạt"}
    said = set()
    for row in named("Xã MẪU"):
        numbers = [part.rsplit(" ", 1)[1] for part in row["counts"].split(", ")]
        levels = [nine_tenths(*numbers[:2]), nine_tenths(*numbers[2:])]
        reached = True if True in levels else None if None in levels else False
        assert row["verdict"] == verdicts[reached], row[0]
        said.add(row["verdict"])
    assert "chưa xác định" in said
