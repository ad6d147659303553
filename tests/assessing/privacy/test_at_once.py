"""Several processes speak about one person at the same moment: one request, and consents in an unbroken order."""

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
PROCESSES, TURNS = 3, 5
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that real processes share."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'speaking.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE speaking")
        try:
            yield urlsplit(server)._replace(path="/speaking").geturl()
        finally:
            connection.execute("DROP DATABASE speaking WITH (FORCE)")


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


def test_nothing_is_doubled_and_nothing_lost(url: str) -> None:
    said_by(start(url, "make"))
    asked = [said_by(process) for process in [start(url, TURNS) for _ in range(PROCESSES)]]
    assert len({key for each in asked for key in each}) == 1
    rows = said_by(start(url, "told"))
    numbers, given = [row // 2 for row in rows], [row % 2 for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert given == [1, 0] * (len(rows) // 2)
    assert len(rows) >= 2 * TURNS
