"""Two signers at one moment, two decisions on one achievement, and a process killed while a decision is recorded."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests.forking import Forked

STARTS = "tests.awards.register.signing_at_once"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAD = 1  # seconds for both processes to be there
WRITTEN = ("register_award", "awards_claim", "awards_nomination", "register_notice", "register_decision")


def test_one_signer_wins_one_decision_gets_the_achievement_and_a_killed_one_leaves_nothing(
    start: Callable[..., Forked],
) -> None:
    two_signers, one, other, first, second = start("make").said().split()
    for table in WRITTEN:
        assert start(two_signers, first, 0, table).end()[0] == -signal.SIGKILL, table
        assert start("look").said() == "0 0 0 0 0 0", table
    at = time.time() + LEAD
    told = [each.said() for each in [start(two_signers, who, at) for who in (first, second)]]
    assert sorted(told) == ["Q316", "recorded"]
    assert start("look").said() == "2 2 2 3 1 1"
    at = time.time() + LEAD
    told = [each.said() for each in [start(decision, first, at) for decision in (one, other)]]
    assert sorted(told)[1] == "recorded"
    assert sorted(told)[0] in {"Q308", "Q318"}
    assert start("look").said() == "4 4 4 6 2 2"
