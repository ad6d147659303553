"""Many processes add to one chain at the same moment: every entry is kept, and the chain stays whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.forking import Forked, loaded
from tests.history.at_once import MANY

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def start(shared_url: str) -> Iterator[Callable[..., Forked]]:
    """Starts a process of its own."""
    with loaded("tests.history.at_once", DATABASE_URL=shared_url) as process:
        yield process.start


def test_all_that_add_to_one_chain_at_once_are_kept(start: Callable[..., Forked]) -> None:
    ends = [process.end() for process in [start("add") for _ in range(4)]]
    assert [code for code, _, _ in ends] == [0] * 4, ends
    assert start("tell").said() == f"{4 * MANY} 0"
