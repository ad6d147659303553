"""Two signers at one moment, two decisions on one achievement, and a process killed while a decision is recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAD = 6  # seconds for both processes to be ready
WRITTEN = ("register_award", "awards_claim", "awards_nomination", "register_notice", "register_decision")


def start(url: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.awards.register.signing_at_once", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out.strip()


def test_one_signer_wins_one_decision_gets_the_achievement_and_a_killed_one_leaves_nothing(shared_url: str) -> None:
    two_signers, one, other, first, second = said(start(shared_url, "make")).split()
    for table in WRITTEN:
        killed = start(shared_url, two_signers, first, 0, table)
        killed.communicate(timeout=300)
        assert killed.returncode == -signal.SIGKILL, table
        assert said(start(shared_url, "look")) == "0 0 0 0 0 0", table
    at = time.time() + LEAD
    told = [said(each) for each in [start(shared_url, two_signers, who, at) for who in (first, second)]]
    assert sorted(told) == ["Q316", "recorded"]
    assert said(start(shared_url, "look")) == "2 2 2 3 1 1"
    at = time.time() + LEAD
    told = [said(each) for each in [start(shared_url, decision, first, at) for decision in (one, other)]]
    assert sorted(told)[1] == "recorded"
    assert sorted(told)[0] in {"Q308", "Q318"}
    assert said(start(shared_url, "look")) == "4 4 4 6 2 2"
