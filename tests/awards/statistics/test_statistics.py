"""Awards counted by the dimensions of Thông tư 02/2023/TT-BNV, and groups with base, interval and differences."""

from __future__ import annotations

import pytest

from densach.awards.statistics.counting import COLUMNS, Given, Line, table_of
from densach.awards.statistics.fairness import Put, Share, fairness_of, gap_of
from densach.awards.statistics.workbook import difference_words, ratio_words

FIRM = Given("giay_khen_xa", "movement", "collective", True, "")
TEAM = Given("giay_khen_xa", "movement", "collective", False, "")
HOME = Given("giay_khen_xa", "sudden", "household", False, "")
WORKER = Given("giay_khen_xa", "movement", "person", False, "direct_worker")
SOMEBODY = Given("bang_khen_tinh", "merit", "person", False, "")


def counts(line: Line) -> dict[str, int]:
    return {column: count for column, count in zip(COLUMNS, line.counts, strict=True) if count}


def test_a_form_has_its_total_and_then_its_modes() -> None:
    lines = table_of([FIRM, TEAM, HOME, WORKER, SOMEBODY])
    assert [(each.award, each.mode) for each in lines] == [
        ("bang_khen_tinh", ""), ("bang_khen_tinh", "merit"),
        ("giay_khen_xa", ""), ("giay_khen_xa", "movement"), ("giay_khen_xa", "sudden"),
    ]  # fmt: skip
    assert counts(lines[0]) == {"total": 1, "person": 1, "level_unknown": 1}
    assert counts(lines[2]) == {
        "total": 4, "collective": 2, "enterprise": 1, "household": 1, "person": 1, "direct_worker": 1,
    }  # fmt: skip
    assert counts(lines[4]) == {"total": 1, "household": 1}
    assert table_of([]) == []


def put(subject: str = "person", sex: str = "", *, passed: bool = False, hard: bool | None = None) -> Put:
    return Put(subject, sex, "", hard, passed, passed)


def test_a_group_has_its_base_and_whoever_is_not_known_is_counted_apart() -> None:
    rows = [
        put(sex="female", passed=True), put(sex="female"), put(sex="male", passed=True), put(sex="male", passed=True),
        put(), put("household", hard=True),
    ]  # fmt: skip
    found = {each.key: each for each in fairness_of(rows)}
    women = found["women"]
    assert (women.nominated, women.passed, women.unknown) == (Share(2, 4), Share(1, 3), 1)
    assert (women.passing.group, women.passing.others) == (Share(1, 2), Share(2, 2))
    assert found["households"].nominated == Share(1, 6)
    assert (found["hard_areas"].nominated, found["hard_areas"].unknown) == (Share(1, 1), 5)
    assert found["direct_workers"].nominated == Share(0, 0)
    assert found["direct_workers"].nominated.estimate is None


def test_differences_are_absolute_and_relative_with_their_interval() -> None:
    gap = gap_of(Share(30, 100), Share(60, 100))
    assert gap.absolute is not None
    assert gap.relative is not None
    assert gap.absolute.value == pytest.approx(-0.3)
    assert gap.relative.value == pytest.approx(0.5)
    # by hand from Wilson's limits: 0.2189 to 0.3958, and 0.5020 to 0.6906
    assert (gap.absolute.low, gap.absolute.high) == pytest.approx((-0.4216, -0.1630), abs=1e-4)
    assert difference_words(gap) == "-30,00 điểm % (-42,16 đến -16,29)"
    assert ratio_words(gap).startswith("0,50 (")


def test_nothing_is_compared_with_nobody() -> None:
    gap = gap_of(Share(1, 2), Share(0, 0))
    assert (difference_words(gap), ratio_words(gap)) == ("chưa có số liệu", "chưa có số liệu")
    assert gap_of(Share(1, 2), Share(0, 2)).relative is None
