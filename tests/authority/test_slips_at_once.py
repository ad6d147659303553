"""Several people use one slip at the same moment: one wins, and nothing of the others is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 4
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


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


def test_one_of_several_at_the_same_moment_wins(shared_url: str) -> None:
    uid = told(start(shared_url))
    taking = [start(shared_url, uid, f"nguoi-{order}") for order in range(AT_ONCE)]
    outcomes = sorted(told(process) for process in taking)
    assert outcomes[: AT_ONCE - 1] == ["U121"] * (AT_ONCE - 1)
    assert outcomes[-1].startswith("nguoi-")
