"""Four people begin and write the same sheet at the same moment: one is kept, the others are told, none breaks."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.forking import Forked

LEAD = 1  # seconds for all processes to be there
STARTS = "tests.assessing.villages.writing_at_once"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_one_of_those_who_write_at_once_is_kept_and_the_others_are_told(start: Callable[..., Forked]) -> None:
    round_, person = start("make").said().split()
    moment = time.time() + LEAD
    told = [one.said() for one in [start(round_, person, points, moment) for points in (6, 7, 8, 9)]]
    assert told.count("K102") == 3
    [kept] = {*told} - {"K102"}
    assert start("look").said() == kept.removeprefix("kept ")
