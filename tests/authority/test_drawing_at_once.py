"""Several processes draw at once, some roll back, one is killed: the numbers given are exactly 1 to n."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, TURNS, ROLLED_BACK_EVERY = 4, 25, 5
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def start(url: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.authority.drawing", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def numbers_of(process: subprocess.Popen[str]) -> list[int]:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return [int(line) for line in out.split()]


def test_processes_at_once_and_rollbacks_leave_no_gap_and_no_double(shared_url: str) -> None:
    (place,) = numbers_of(start(shared_url, "make"))
    drawing = [start(shared_url, place, TURNS, ROLLED_BACK_EVERY) for _ in range(PROCESSES)]
    given = [numbers_of(process) for process in drawing]
    assert all(numbers == sorted(numbers) for numbers in given)
    kept = PROCESSES * (TURNS - TURNS // ROLLED_BACK_EVERY)
    assert sorted(number for numbers in given for number in numbers) == list(range(1, kept + 1))


def test_a_process_killed_before_it_commits_leaves_no_gap(shared_url: str) -> None:
    (place,) = numbers_of(start(shared_url, "make"))
    assert numbers_of(start(shared_url, place, 2, 100)) == [1, 2]
    killed = start(shared_url, place, 1, 100, "kill")
    out, _ = killed.communicate(timeout=300)
    assert (killed.returncode, out) == (-signal.SIGKILL, "")
    assert numbers_of(start(shared_url, place, 2, 100)) == [3, 4]
