"""Two at one moment, in two processes: one closes, and one ballot counts, whichever database stands behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def start(url: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.awards.councils.at_once", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out.split()[-1]


def test_one_of_two_closes_and_one_of_two_ballots_counts(shared_url: str) -> None:
    sitting = told(start(shared_url, "make"))
    voting = [start(shared_url, "vote", sitting, 0) for _ in range(3)]
    assert sorted(told(process) for process in voting) == ["Q211", "Q211", "voted"]
    closing = [start(shared_url, "close", sitting, number) for number in (0, 1)]
    codes = sorted(told(process) for process in closing)
    assert codes[1] == "closed"
    assert codes[0] in {"Q204", "Q205"}  # it came too late: the state or the version was another by then
    assert told(start(shared_url, "vote", sitting, 2)) == "Q212"
