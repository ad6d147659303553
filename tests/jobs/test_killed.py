"""Workers as real processes that are killed, stopped and too many: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.jobs.working import POINTS

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@dataclass(frozen=True)
class House:
    """A database and a work folder that real processes share."""

    url: str
    folder: Path

    def start(self, *words: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.jobs.working", *map(str, words)]
        environment = {**os.environ, "DATABASE_URL": self.url, "DENSACH_HOME": str(self.folder)}
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *words: object) -> list[str]:
        out, err = (process := self.start(*words)).communicate(timeout=120)
        assert process.returncode == 0, err
        return out.splitlines()


@pytest.fixture
def house(shared_url: str, tmp_path: Path) -> House:
    return House(shared_url, tmp_path)


def test_killed_at_any_point_nothing_is_lost_and_nothing_done_twice(house: House) -> None:
    house.run("make", len(POINTS))
    for turn, point in enumerate(POINTS):
        killed = house.start("work", f"{point}@{turn:03}", 60 * turn)
        _, err = killed.communicate(timeout=120)
        assert killed.returncode == -signal.SIGKILL, err
    house.run("work", "", 60 * len(POINTS))
    jobs = [line.split() for line in house.run("show")]
    assert [job[1] for job in jobs] == ["done"] * len(POINTS)
    assert [job[4:] for job in jobs] == [["1", "1"]] * len(POINTS)


def test_killed_from_outside_at_random_moments(house: House) -> None:
    count, chance = 30, random.Random(5)  # noqa: S311  - moments, not secrets
    house.run("make", count)
    for turn in range(6):
        worker = house.start("work", "slow:0.05", 60 * turn)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.6))
        worker.kill()
        worker.communicate()
    house.run("work", "", 60 * 6)
    jobs = [line.split() for line in house.run("show")]
    assert len(jobs) == count
    assert {(state, files, entries) for _, state, _, _, files, entries in jobs} == {("done", "1", "1")}


def test_workers_at_once_never_do_the_same_job(house: House) -> None:
    house.run("make", 24)
    workers = [house.start("work", "slow:0.1", 0) for _ in range(3)]
    outs = [worker.communicate(timeout=300) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], outs
    jobs = [line.split(maxsplit=1)[1] for line in house.run("show")]
    assert jobs == ["done 1 0 1 1"] * 24


def test_a_worker_that_slept_too_long_does_not_write_what_another_has_done(house: House) -> None:
    house.run("make", 1)
    late = house.start("work", "stop@000", 0)
    os.waitpid(late.pid, os.WUNTRACED)
    house.run("work", "", 60)
    assert house.run("show") == ["000 done 2 0 1 1"]
    late.send_signal(signal.SIGCONT)
    _, said = late.communicate(timeout=60)
    assert (late.returncode, "attempt 1 was too late" in said) == (0, True)
    assert house.run("show") == ["000 done 2 0 1 1"]


@pytest.mark.parametrize(("seconds", "left"), [(2, "000 done 1 0 1 1"), (60, "000 waiting 1 1 0 0")])
def test_asked_to_stop_it_finishes_what_is_short_and_hands_back_what_is_long(
    house: House, seconds: int, left: str
) -> None:
    house.run("make", 2)
    worker = house.start("work", f"slow:{seconds}", 0)
    assert worker.stdout is not None
    worker.stdout.readline()
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    worker.communicate()
    assert house.run("show") == [left, "001 waiting 0 0 0 0"]
    house.run("work", "", 1)
    assert [line.split()[1] for line in house.run("show")] == ["done", "done"]


def test_a_long_job_is_kept_alive_so_that_no_other_takes_it(house: House) -> None:
    house.run("make", 1)
    busy = house.start("work", "slow:9", 0)
    assert busy.stdout is not None
    busy.stdout.readline()
    time.sleep(5)
    # The lease of the start has less than 25 seconds left; that of the last heartbeat has almost 28.
    assert house.run("work", "", 26) == ["0"]
    busy.communicate(timeout=60)
    assert house.run("show") == ["000 done 1 0 1 1"]
