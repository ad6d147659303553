"""Two at one moment, in two processes: one closes, and one ballot counts, whichever database stands behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.conftest import WANTED

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that real processes share."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'council.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE council_at_once")
        try:
            yield urlsplit(server)._replace(path="/council_at_once").geturl()
        finally:
            connection.execute("DROP DATABASE council_at_once WITH (FORCE)")


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


def test_one_of_two_closes_and_one_of_two_ballots_counts(url: str) -> None:
    sitting = told(start(url, "make"))
    voting = [start(url, "vote", sitting, 0) for _ in range(3)]
    assert sorted(told(process) for process in voting) == ["Q211", "Q211", "voted"]
    closing = [start(url, "close", sitting, number) for number in (0, 1)]
    codes = sorted(told(process) for process in closing)
    assert codes[1] == "closed"
    assert codes[0] in {"Q204", "Q205"}  # it came too late: the state or the version was another by then
    assert told(start(url, "vote", sitting, 2)) == "Q212"
