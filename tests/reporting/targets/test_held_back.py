"""What provinces report themselves: of the country's target, read on any two days, nothing small comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import viewer
from tests.reporting.below import country, real
from tests.reporting.dashboards.test_releases_beside_each_other import MANY, family_target, take
from tests.reporting.figures.making import MODELS, NOW, Hands, of, up_to
from tests.reporting.reviews.test_reviews import seen
from tests.reporting.targets.making import entered

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def told() -> tuple[int, int | None, int] | None:
    """The latest sum of the country's target for everybody: recognised, of how many, of how many provinces."""
    latest = family_target().latest
    return (latest.value, latest.base, latest.counted) if latest else None


def summed(act: Act) -> int:
    """What the provinces now report together, as the ministry sees it."""
    from densach.reporting.targets.access import see_national

    rows = see_national(viewer(Role.MINISTRY_OFFICER, country(), act)).rows
    latest = next(row.latest for row in rows if row.target.indicator == "MODEL_FAMILY_OF_ALL")
    assert latest is not None
    return latest.value


@pytest.fixture
def ha_noi() -> Place:
    return real("01")


def test_a_province_that_corrects_by_few_tells_nobody_how_few(thai_nguyen: Place, ha_noi: Place, act: Act) -> None:
    take(thai_nguyen, MANY)
    take(ha_noi, MANY | {"RECOGNISED": 77})
    assert told() == (177, 800, 2)
    take(thai_nguyen, MANY | {"RECOGNISED": 102})
    assert summed(act) == 179
    assert told() == (177, 800, 2)
    take(thai_nguyen, MANY | {"RECOGNISED": 110, "TOTAL": 403})  # 3 people more in the base
    assert told() == (177, 800, 2)
    take(thai_nguyen, MANY | {"RECOGNISED": 110, "TOTAL": 410})
    assert told() == (187, 810, 2)
    take(thai_nguyen, MANY | {"RECOGNISED": 103, "TOTAL": 410})  # 7 fewer than yesterday, 3 more than at first
    assert told() == (187, 810, 2)


def test_a_province_of_few_is_left_out_and_the_others_stay_public(thai_nguyen: Place, ha_noi: Place, act: Act) -> None:
    take(ha_noi, MANY | {"RECOGNISED": 77})
    take(thai_nguyen, MANY | {"RECOGNISED": 3})
    assert (summed(act), told()) == (80, (77, 400, 1))
    take(thai_nguyen, MANY | {"RECOGNISED": 50})
    assert told() == (127, 800, 2)


def test_a_province_that_adds_up_a_commune_not_told_yet_is_not_told_either(thai_nguyen: Place) -> None:
    first, few, late = (real(code) for code in ("05443", "05455", "05467"))
    take(first, MANY)
    take(thai_nguyen, MANY)
    take(few, MANY | {"RECOGNISED": 3})
    assert told() is None
    take(thai_nguyen, {"TOTAL": 800, "REGISTERED": 600, "ASSESSED": 400, "RECOGNISED": 103})
    take(late, MANY | {"RECOGNISED": 80})
    assert told() == (100, 400, 1)  # 103 beside the 100 that the dashboards told would tell the commune's 3
    take(thai_nguyen, {"TOTAL": 1200, "REGISTERED": 900, "ASSESSED": 600, "RECOGNISED": 183})
    assert told() == (183, 1200, 1)


def test_a_return_of_a_province_is_held_back_where_it_is_accepted(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.figures import domain

    hands, which = Hands(thai_nguyen, country(), act), of(thai_nguyen, MODELS)
    up_to(hands, which, {"MODEL_FAMILY_TOTAL": 1000, "MODEL_FAMILY_RECOGNISED": 600})
    domain.reopen(hands.receiver, which, "Đếm lại MẪU", at=NOW)
    up_to(hands, which, {"MODEL_FAMILY_RECOGNISED": 598})
    assert (summed(act), told()) == (598, (600, 1000, 1))


def test_no_data_set_is_reported_by_the_country() -> None:
    from densach.policy.reported import datasets

    assert {level for each in datasets().values() for level in each.levels} == {"commune", "province"}


def test_a_review_prints_no_figure_of_a_target_that_is_held_back(thai_nguyen: Place, commune: Place, act: Act) -> None:
    for place, leader, officer in (
        (thai_nguyen, Role.PROVINCE_LEADER, Role.PROVINCE_OFFICER),
        (commune, Role.COMMUNE_LEADER, Role.COMMUNE_OFFICER),
    ):
        entered(viewer(leader, place, act), owner=leader)
        who = viewer(officer, place, act)
        hidden = []
        for recognised in (100, 102, 110):
            take(place, MANY | {"RECOGNISED": recognised}, 2026)
            hidden += [each.hidden for each in seen(who, place).gathered.aims]
        assert hidden == [False, True, False]
