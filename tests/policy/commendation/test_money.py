"""Award money: the printed table, the known traps, what is not known, and several things won at one time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest

from densach.policy.commendation.model import SubjectKind
from densach.policy.commendation.money import Won, payable, rounded_up, sum_for
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused

LAW = commendation_law()
OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)
# award, subject, at the base of 2,340,000, at the base of 2,530,000, whether the multiple is switched on
TABLE = [
    ("bang_khen_thu_tuong", "person", 8_190_000, 8_860_000, False),
    ("bang_khen_thu_tuong", "collective", 16_380_000, 17_710_000, True),
    ("bang_khen_thu_tuong", "household", 12_290_000, 13_290_000, False),
    ("bang_khen_tinh", "person", 3_510_000, 3_800_000, False),
    ("bang_khen_tinh", "collective", 7_020_000, 7_590_000, True),
    ("bang_khen_tinh", "household", 5_270_000, 5_700_000, False),
    ("giay_khen_xa", "person", 710_000, 760_000, True),
    ("giay_khen_xa", "collective", 1_410_000, 1_520_000, True),
    ("giay_khen_xa", "household", 1_060_000, 1_140_000, True),
]


@pytest.mark.parametrize(("award", "subject", "old", "new", "on"), TABLE)
def test_the_printed_table(award: str, subject: str, old: int, new: int, on: bool) -> None:
    for day, dong in ((date(2025, 7, 1), old), (OLD, old), (NEW, new), (date(2026, 9, 30), new)):
        found = sum_for(LAW, award, cast(SubjectKind, subject), day)
        assert (found.dong, found.would_be) == ((dong, None) if on else (None, dong))
        assert (found.reason is None) is on


@pytest.mark.parametrize(("award", "subject", "old", "new", "on"), TABLE)
def test_the_multiples_of_the_decree_before_are_not_held(
    award: str,
    subject: str,
    old: int,
    new: int,  # noqa: ARG001
    on: bool,  # noqa: ARG001
) -> None:
    found = sum_for(LAW, award, cast(SubjectKind, subject), date(2024, 7, 1))
    assert (found.dong, found.would_be) == (None, old)


def test_the_sum_that_articles_print_is_not_rounded() -> None:
    found = sum_for(LAW, "giay_khen_xa", "person", OLD)
    assert [step.dong for step in found.steps] == [Decimal(2_340_000), Decimal("702000.0"), Decimal(710_000)]


def test_a_household_is_rounded_once_not_twice() -> None:
    found = sum_for(LAW, "giay_khen_xa", "household", OLD)
    assert [int(step.dong) for step in found.steps] == [2_340_000, 702_000, 1_053_000, 1_060_000]
    twice = rounded_up(rounded_up(Decimal(702_000), 10_000) * Decimal("1.5"), 10_000)
    assert (found.dong, int(twice)) == (1_060_000, 1_070_000)


def test_a_sum_is_as_sure_as_the_least_sure_of_its_parts() -> None:
    assert sum_for(LAW, "giay_khen_xa", "collective", OLD).mark == "read"
    assert sum_for(LAW, "giay_khen_xa", "collective", NEW).mark == "secondary"
    assert sum_for(LAW, "bang_khen_thu_tuong", "household", NEW).mark == "inferred"


def test_from_the_amended_law_on_a_person_confirms_the_sum() -> None:
    found = sum_for(LAW, "giay_khen_xa", "collective", date(2026, 10, 1))
    assert (found.dong, found.needs_person) == (1_520_000, True)
    assert found.reason is not None
    assert "chưa đối chiếu với Luật 06/2026" in found.reason.vi


@pytest.mark.parametrize(
    ("award", "subject", "day", "said"),
    [
        ("giay_khen_xa", "person", date(2024, 6, 30), "mức lương cơ sở"),
        ("giay_khen_xa", "person", date(2027, 3, 1), "hệ số có hiệu lực"),
        ("bang_khen_thu_tuong", "person", NEW, "mới suy ra"),
        ("bang_khen_doan_the_tw", "collective", NEW, "mới suy ra"),
        ("giay_khen_doanh_nghiep_htx", "person", NEW, "quỹ riêng"),
        ("gia_dinh_van_hoa", "household", NEW, "hệ số của hình thức này"),
        ("co_thi_dua_bo_tinh_chuyen_de", "person", NEW, "hệ số của hình thức này"),
    ],
)
def test_what_is_not_known_is_no_sum(award: str, subject: Any, day: date, said: str) -> None:
    found = sum_for(LAW, award, subject, day)
    assert found.dong is None
    assert found.reason is not None
    assert said in found.reason.vi


def test_flags() -> None:
    assert sum_for(LAW, "co_thi_dua_bo_tinh_chuyen_de", "collective", NEW).dong == 20_240_000
    assert sum_for(LAW, "co_thi_dua_chinh_phu_chuyen_de", "collective", NEW).dong == 30_360_000


def test_an_award_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        sum_for(LAW, "cong_nhan", "household", NEW)
    assert [each.code for each in refused.value.problems] == ["Q402"]


def title(period: str, dong: int) -> Won:
    return Won("danh_hieu", "title", period, f"{period} {dong}", dong)


def form(period: str, achievement: str) -> Won:
    return Won("giay_khen_xa", "form", period, achievement, 760_000)


@pytest.mark.parametrize(
    ("together", "paid"),
    [
        ([title("2025", 100), title("2025", 200)], [False, True]),
        ([title("2025", 200), title("2025", 200)], [True, False]),
        ([title("2024", 100), title("2025", 200)], [True, True]),
        ([form("2024", "a"), form("2025", "b")], [True, True]),
        ([form("2025", "a"), form("2025", "b")], [None, None]),
        ([form("2024", "a"), form("2025", "a")], [None, None]),
        ([title("2025", 100), form("2025", "a")], [True, True]),
    ],
)
def test_several_things_won_at_one_time(together: list[Won], paid: list[bool | None]) -> None:
    assert [each.is_paid for each in payable(together)] == paid
