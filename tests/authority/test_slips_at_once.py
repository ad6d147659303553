"""Several people use one slip at the same moment: one wins, and nothing of the others is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.forking import Forked

AT_ONCE = 4
STARTS = "tests.authority.slipping"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_one_of_several_at_the_same_moment_wins(start: Callable[..., Forked]) -> None:
    uid = start().said()
    taking = [start(uid, f"nguoi-{order}") for order in range(AT_ONCE)]
    outcomes = sorted(process.said() for process in taking)
    assert outcomes[: AT_ONCE - 1] == ["U121"] * (AT_ONCE - 1)
    assert outcomes[-1].startswith("nguoi-")
