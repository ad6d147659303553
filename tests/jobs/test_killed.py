"""Workers as real processes that are killed, stopped and too many: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.forking import Forked, Loaded, loaded
from tests.jobs.working import POINTS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@dataclass(frozen=True)
class House:
    """A database and a work folder that real processes share."""

    loaded: Loaded

    def start(self, *words: object) -> Forked:
        return self.loaded.start(*words)

    def run(self, *words: object) -> list[str]:
        return self.start(*words).said().splitlines()


@pytest.fixture
def house(shared_url: str, tmp_path: Path) -> Iterator[House]:
    with loaded("tests.jobs.working", DATABASE_URL=shared_url, DENSACH_HOME=str(tmp_path)) as process:
        yield House(process)


def test_killed_at_any_point_nothing_is_lost_and_nothing_done_twice(house: House) -> None:
    house.run("make", len(POINTS))
    for turn, point in enumerate(POINTS):
        code, _, err = house.start("work", f"{point}@{turn:03}", 60 * turn).end()
        assert code == -signal.SIGKILL, err
    house.run("work", "", 60 * len(POINTS))
    jobs = [line.split() for line in house.run("show")]
    assert [job[1] for job in jobs] == ["done"] * len(POINTS)
    assert [job[4:] for job in jobs] == [["1", "1"]] * len(POINTS)


def test_killed_from_outside_at_random_moments(house: House) -> None:
    count, chance = 80, random.Random(5)  # noqa: S311  - moments, not secrets; six workers do not come to the end
    house.run("make", count)
    for turn in range(6):
        worker = house.start("work", "slow:0.05", 60 * turn)
        worker.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.6))
        worker.send(signal.SIGKILL)
        worker.end()
    house.run("work", "", 60 * 6)
    jobs = [line.split() for line in house.run("show")]
    assert len(jobs) == count
    assert {(state, files, entries) for _, state, _, _, files, entries in jobs} == {("done", "1", "1")}


def test_workers_at_once_never_do_the_same_job(house: House) -> None:
    house.run("make", 24)
    workers = [house.start("work", "slow:0.1", 0) for _ in range(3)]
    ends = [worker.end() for worker in workers]
    assert [code for code, _, _ in ends] == [0, 0, 0], ends
    jobs = [line.split(maxsplit=1)[1] for line in house.run("show")]
    assert jobs == ["done 1 0 1 1"] * 24


def test_a_worker_that_slept_too_long_does_not_write_what_another_has_done(house: House) -> None:
    house.run("make", 1)
    late = house.start("work", "stop@000", 0)
    late.wait_until_stopped()
    house.run("work", "", 60)
    assert house.run("show") == ["000 done 2 0 1 1"]
    late.send(signal.SIGCONT)
    code, _, said = late.end()
    assert (code, "attempt 1 was too late" in said) == (0, True)
    assert house.run("show") == ["000 done 2 0 1 1"]


@pytest.mark.parametrize(("seconds", "left"), [(2, "000 done 1 0 1 1"), (60, "000 waiting 1 1 0 0")])
def test_asked_to_stop_it_finishes_what_is_short_and_hands_back_what_is_long(
    house: House, seconds: int, left: str
) -> None:
    house.run("make", 2)
    worker = house.start("work", f"slow:{seconds}", 0)
    worker.stdout.readline()
    worker.send(signal.SIGTERM)
    assert worker.end()[0] == 0
    assert house.run("show") == [left, "001 waiting 0 0 0 0"]
    house.run("work", "", 1)
    assert [line.split()[1] for line in house.run("show")] == ["done", "done"]


def test_a_long_job_is_kept_alive_so_that_no_other_takes_it(house: House) -> None:
    house.run("make", 1)
    busy = house.start("work", "slow:9", 0)
    busy.stdout.readline()
    time.sleep(5)
    # The lease of the start has less than 25 seconds left; that of the last heartbeat has almost 28.
    assert house.run("work", "", 26) == ["0"]
    busy.said()
    assert house.run("show") == ["000 done 1 0 1 1"]
