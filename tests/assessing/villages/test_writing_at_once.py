"""Four people begin and write the same sheet at the same moment: one is kept, the others are told, none breaks."""

from __future__ import annotations

import os
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
SECONDS_TO_LOAD = 20
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that real processes share: a test's own transaction would hide its rows from them."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'sheets.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE sheets")
        try:
            yield urlsplit(server)._replace(path="/sheets").geturl()
        finally:
            connection.execute("DROP DATABASE sheets WITH (FORCE)")


def begun(url: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.assessing.villages.writing_at_once", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out.strip()


def test_one_of_those_who_write_at_once_is_kept_and_the_others_are_told(url: str) -> None:
    round_, person = said(begun(url, "make")).split()
    moment = time.time() + SECONDS_TO_LOAD
    told = [said(one) for one in [begun(url, round_, person, points, moment) for points in (6, 7, 8, 9)]]
    assert told.count("K102") == 3
    [kept] = {*told} - {"K102"}
    assert said(begun(url, "look")) == kept.removeprefix("kept ")
