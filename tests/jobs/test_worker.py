"""What a worker makes of what its handlers do."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from densach.problems import Refused, problem
from tests.jobs.making import NOW, SOMEBODY, asked, must_take, row, worker

pytestmark = pytest.mark.django_db


def test_it_does_all_that_is_due_and_keeps_what_was_found_out() -> None:
    from densach.jobs.tasks import Result, Task

    def handler(task: Task) -> Result:
        return Result({"key": task.arguments["key"]})

    jobs = [asked("a"), asked("b"), asked("c", now=NOW + timedelta(minutes=1))]
    assert worker(handler).drain() == 2
    assert [(row(job).state, row(job).result) for job in jobs] == [
        ("done", {"key": "a"}),
        ("done", {"key": "b"}),
        ("waiting", {}),
    ]


def test_a_refusal_ends_the_job_with_its_problems_and_undoes_what_was_written() -> None:
    from django.db import transaction

    from densach.jobs.tasks import Result, Task

    def handler(_: Task) -> Result:
        with transaction.atomic():
            asked("written")
            raise Refused(problem("J102", "so.xlsx"))

    job = asked("a")
    assert worker(handler).drain() == 1
    assert (row(job).state, row(job).problems) == ("failed", [{"code": "J102", "where": "so.xlsx", "words": {}}])


def test_a_number_of_a_person_that_a_problem_quotes_is_not_kept() -> None:
    from densach.jobs.domain import fail

    job = asked("a")
    words = {"title_vi": "Năm 2026", "value": "số 999080000001, 123456789 và 12345678"}
    fail(must_take(), [problem("F102", "Sổ!F7", **words)], [], NOW)
    assert row(job).problems[0]["words"] == words | {"value": "số •••001, •••789 và 12345678"}


def test_a_fault_of_ours_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    from densach.jobs.tasks import Result, Task

    def handler(_: Task) -> Result:
        raise ZeroDivisionError

    job = asked("a")
    with caplog.at_level(logging.ERROR):
        worker(handler).drain()
    assert (row(job).state, row(job).not_before) == ("waiting", NOW + timedelta(seconds=10))
    assert "ZeroDivisionError" in caplog.text


def test_a_sign_of_progress_ends_an_attempt_that_lost_its_job_or_whose_worker_must_stop() -> None:
    from densach.jobs.domain import LeaseLost
    from densach.jobs.tasks import Stopping, Task
    from densach.jobs.worker import PATIENCE, Asked

    asked()
    ending = Asked()
    task = Task(must_take(), lambda: NOW, ending)
    task.tell("reading", 1, 2)
    ending.ask()
    task.tell("reading", 2, 2)
    assert ending.since is not None
    ending.since -= PATIENCE + 1
    with pytest.raises(Stopping):
        task.tell("reading", 2, 2)
    task.is_lost = True
    with pytest.raises(LeaseLost):
        task.tell("reading", 2, 2)


def test_asked_to_stop_it_takes_nothing_more() -> None:
    from densach.jobs.tasks import Result
    from densach.jobs.worker import Asked

    asked()
    gone = Asked(is_left=lambda: True)
    worker(lambda _: Result(), ending=gone).work()
    assert worker(lambda _: Result(), ending=gone).drain() == 0
    assert must_take().attempt == 1


def test_while_the_work_holds_the_database_the_slate_says_how_far_it_is() -> None:
    from densach.jobs.access import see_job
    from densach.jobs.domain import Progress, keep_alive
    from densach.jobs.files import note_progress

    job = asked()
    attempt = must_take()
    keep_alive(attempt, Progress("checking", 10, 10), NOW)
    note_progress(job.uid, 1, "loading", 3, 10)
    seen = see_job(SOMEBODY, job.uid)
    assert (seen.step, seen.done, seen.left) == ("loading", 3, 7)
    note_progress(job.uid, 2, "loading", 9, 10)  # of an attempt that is not the last one
    seen = see_job(SOMEBODY, job.uid)
    assert (seen.step, seen.done, seen.left) == ("checking", 10, 0)
