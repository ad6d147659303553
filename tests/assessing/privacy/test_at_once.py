"""Several processes speak about one person at the same moment: one request, and consents in an unbroken order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, TURNS = 3, 5
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def start(url: str, word: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.assessing.privacy.speaking", str(word)]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said_by(process: subprocess.Popen[str]) -> list[int]:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return [int(line) for line in out.split()]


def test_nothing_is_doubled_and_nothing_lost(shared_url: str) -> None:
    said_by(start(shared_url, "make"))
    asked = [said_by(process) for process in [start(shared_url, TURNS) for _ in range(PROCESSES)]]
    assert len({key for each in asked for key in each}) == 1
    rows = said_by(start(shared_url, "told"))
    numbers, given = [row // 2 for row in rows], [row % 2 for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert given == [1, 0] * (len(rows) // 2)
    assert len(rows) >= 2 * TURNS
