"""The drawing of a target: everything stands where its number says, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import viewer
from tests.reporting.targets.making import RISING, accepted, entered, progress

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def test_dots_path_goal_and_forecast_stand_at_their_numbers(commune: Place, act: Act) -> None:
    # Years 2021 to 2030 lie from 26 to 314, 32 apart; 0 to 100 % from 160 up to 26, 1.34 for each percent.
    from densach.web.targets.drawing import drawing_of

    accepted(commune, RISING)
    drawing = drawing_of(progress(entered(viewer(Role.COMMUNE_LEADER, commune, act))))
    assert drawing is not None
    assert drawing.years == ((2021, 26), (2025, 154), (2030, 314))
    assert [(dot.x, dot.y) for dot in drawing.dots] == [(26, 106), (58, 100), (90, 92), (122, 88), (154, 80)]
    assert drawing.start is not None
    assert (drawing.start.x, drawing.start.y) == (26, 106)
    assert (drawing.goal.x, drawing.goal.y) == (314, 53)
    assert drawing.forecast is not None
    assert (drawing.forecast.spot.y, drawing.forecast.low, drawing.forecast.high) == (47, 55, 39)
    assert drawing.goal_word == 53 + 20
    assert drawing.forecast.word == (302, 51)
    assert not drawing.is_under


def test_a_place_behind_has_its_number_under_the_dot_and_the_goal_s_word_over_the_bar(commune: Place, act: Act) -> None:
    from densach.web.targets.drawing import drawing_of

    accepted(commune, {2022: 400, 2023: 410, 2024: 405, 2025: 420})
    drawing = drawing_of(progress(entered(viewer(Role.COMMUNE_LEADER, commune, act))))
    assert drawing is not None
    assert drawing.is_under
    assert drawing.goal_word == drawing.goal.y - 12


def test_without_a_figure_or_a_goal_nothing_is_drawn(commune: Place, act: Act) -> None:
    from densach.web.targets.drawing import drawing_of

    target = entered(viewer(Role.COMMUNE_LEADER, commune, act))
    assert drawing_of(progress(target)) is None
    accepted(commune, RISING)
    target.value = None
    assert drawing_of(progress(target)) is None
