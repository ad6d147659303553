"""Several people use one slip at the same moment: one wins, and nothing of the others is kept."""

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

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 4
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that real processes share: a test's own transaction would hide its rows from them."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'slips.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE slips")
        try:
            yield urlsplit(server)._replace(path="/slips").geturl()
        finally:
            connection.execute("DROP DATABASE slips WITH (FORCE)")


def start(url: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.authority.slipping", *words]
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out.strip()


def test_one_of_several_at_the_same_moment_wins(url: str) -> None:
    uid = told(start(url))
    taking = [start(url, uid, f"nguoi-{order}") for order in range(AT_ONCE)]
    outcomes = sorted(told(process) for process in taking)
    assert outcomes[: AT_ONCE - 1] == ["U121"] * (AT_ONCE - 1)
    assert outcomes[-1].startswith("nguoi-")
