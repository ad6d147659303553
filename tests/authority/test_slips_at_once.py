"""Several people use one slip at the same moment: one wins, and nothing of the others is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.forking import Forked, loaded

AT_ONCE = 4
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def start(shared_url: str) -> Iterator[Callable[..., Forked]]:
    """Starts a process of its own."""
    with loaded("tests.authority.slipping", DATABASE_URL=shared_url) as process:
        yield process.start


def test_one_of_several_at_the_same_moment_wins(start: Callable[..., Forked]) -> None:
    uid = start().said()
    taking = [start(uid, f"nguoi-{order}") for order in range(AT_ONCE)]
    outcomes = sorted(process.said() for process in taking)
    assert outcomes[: AT_ONCE - 1] == ["U121"] * (AT_ONCE - 1)
    assert outcomes[-1].startswith("nguoi-")
