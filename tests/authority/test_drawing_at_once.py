"""Several processes draw at once, some roll back, one is killed: the numbers given are exactly 1 to n."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.forking import Forked

PROCESSES, TURNS, ROLLED_BACK_EVERY = 4, 25, 5
STARTS = "tests.authority.drawing"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def numbers_of(process: Forked) -> list[int]:
    return [int(line) for line in process.said().split()]


def test_processes_at_once_and_rollbacks_leave_no_gap_and_no_double(start: Callable[..., Forked]) -> None:
    (place,) = numbers_of(start("make"))
    drawing = [start(place, TURNS, ROLLED_BACK_EVERY) for _ in range(PROCESSES)]
    given = [numbers_of(process) for process in drawing]
    assert all(numbers == sorted(numbers) for numbers in given)
    kept = PROCESSES * (TURNS - TURNS // ROLLED_BACK_EVERY)
    assert sorted(number for numbers in given for number in numbers) == list(range(1, kept + 1))


def test_a_process_killed_before_it_commits_leaves_no_gap(start: Callable[..., Forked]) -> None:
    (place,) = numbers_of(start("make"))
    assert numbers_of(start(place, 2, 100)) == [1, 2]
    killed = start(place, 1, 100, "kill")
    assert killed.end()[:2] == (-signal.SIGKILL, "")
    assert numbers_of(start(place, 2, 100)) == [3, 4]
