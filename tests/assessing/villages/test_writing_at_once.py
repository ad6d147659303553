"""Four people begin and write the same sheet at the same moment: one is kept, the others are told, none breaks."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SECONDS_TO_LOAD = 20
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


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


def test_one_of_those_who_write_at_once_is_kept_and_the_others_are_told(shared_url: str) -> None:
    round_, person = said(begun(shared_url, "make")).split()
    moment = time.time() + SECONDS_TO_LOAD
    told = [said(one) for one in [begun(shared_url, round_, person, points, moment) for points in (6, 7, 8, 9)]]
    assert told.count("K102") == 3
    [kept] = {*told} - {"K102"}
    assert said(begun(shared_url, "look")) == kept.removeprefix("kept ")
