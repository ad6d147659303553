"""Two signers at one moment, two decisions on one achievement, and a process killed while a decision is recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.conftest import WANTED

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAD = 6  # seconds for both processes to be ready
WRITTEN = ("register_award", "awards_claim", "awards_nomination", "register_notice", "register_decision")


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that real processes share."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'signing.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE signing")
        try:
            yield urlsplit(server)._replace(path="/signing").geturl()
        finally:
            connection.execute("DROP DATABASE signing WITH (FORCE)")


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


def test_one_signer_wins_one_decision_gets_the_achievement_and_a_killed_one_leaves_nothing(url: str) -> None:
    two_signers, one, other, first, second = said(start(url, "make")).split()
    for table in WRITTEN:
        killed = start(url, two_signers, first, 0, table)
        killed.communicate(timeout=300)
        assert killed.returncode == -signal.SIGKILL, table
        assert said(start(url, "look")) == "0 0 0 0 0 0", table
    at = time.time() + LEAD
    told = [said(each) for each in [start(url, two_signers, who, at) for who in (first, second)]]
    assert sorted(told) == ["Q316", "recorded"]
    assert said(start(url, "look")) == "2 2 2 3 1 1"
    at = time.time() + LEAD
    told = [said(each) for each in [start(url, decision, first, at) for decision in (one, other)]]
    assert sorted(told)[1] == "recorded"
    assert sorted(told)[0] in {"Q308", "Q318"}
    assert said(start(url, "look")) == "4 4 4 6 2 2"
