"""Many processes add to one chain at the same moment: every entry is kept, and the chain stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.at_once import MANY

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def start(url: str, what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.history.at_once", what]
    environment = {**os.environ, "DATABASE_URL": url}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)


def told(process: subprocess.Popen[str]) -> list[str]:
    with process:
        out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out.splitlines()[-1].split()


def test_all_that_add_to_one_chain_at_once_are_kept(shared_url: str) -> None:
    told(start(shared_url, "make"))
    adding = [start(shared_url, "add") for _ in range(4)]
    ends = [process.communicate(timeout=300) for process in adding]
    assert [process.returncode for process in adding] == [0] * 4, ends
    assert told(start(shared_url, "tell")) == [str(4 * MANY), "0"]
