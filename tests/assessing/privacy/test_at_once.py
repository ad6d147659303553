"""Several processes speak about one person at the same moment: one request, and consents in an unbroken order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.forking import Forked

PROCESSES, TURNS = 3, 5
STARTS = "tests.assessing.privacy.speaking"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def said_by(process: Forked) -> list[int]:
    return [int(line) for line in process.said().split()]


def test_nothing_is_doubled_and_nothing_lost(start: Callable[..., Forked]) -> None:
    said_by(start("make"))
    asked = [said_by(process) for process in [start(TURNS) for _ in range(PROCESSES)]]
    assert len({key for each in asked for key in each}) == 1
    rows = said_by(start("told"))
    numbers, given = [row // 2 for row in rows], [row % 2 for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert given == [1, 0] * (len(rows) // 2)
    assert len(rows) >= 2 * TURNS
