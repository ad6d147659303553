"""Two at one moment, in two processes: one closes, and one ballot counts, whichever database stands behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.forking import Forked

STARTS = "tests.awards.councils.at_once"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_one_of_two_closes_and_one_of_two_ballots_counts(start: Callable[..., Forked]) -> None:
    sitting = start("make").said()
    voting = [start("vote", sitting, 0) for _ in range(3)]
    assert sorted(process.said() for process in voting) == ["Q211", "Q211", "voted"]
    closing = [start("close", sitting, number) for number in (0, 1)]
    codes = sorted(process.said() for process in closing)
    assert codes[1] == "closed"
    assert codes[0] in {"Q204", "Q205"}  # it came too late: the state or the version was another by then
    assert start("vote", sitting, 2).said() == "Q212"
