"""Many processes add to one chain at the same moment: every entry is kept, and the chain stays whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.forking import Forked
from tests.history.at_once import MANY

STARTS = "tests.history.at_once"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_all_that_add_to_one_chain_at_once_are_kept(start: Callable[..., Forked]) -> None:
    ends = [process.end() for process in [start("add") for _ in range(4)]]
    assert [code for code, _, _ in ends] == [0] * 4, ends
    assert start("tell").said() == f"{4 * MANY} 0"
