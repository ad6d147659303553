"""What can happen to a job: asked for once, taken by one, ended by the last attempt only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from densach.problems import problem
from tests.jobs.making import LATER, NOW, SOMEBODY_ELSE, asked, must_take, row, taken

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_the_same_sent_twice_is_one_job_until_it_has_ended() -> None:
    from densach.jobs.domain import finish

    first = asked("a")
    assert asked("a") == first
    attempt = must_take()
    assert asked("a") == first
    with transaction.atomic():
        finish(attempt, {}, [], NOW)
    assert asked("a") != first


def test_the_same_key_of_another_asker_or_another_key_is_another_job() -> None:
    jobs = {asked("a").pk, asked("a", uid=SOMEBODY_ELSE).pk, asked("a", uid=None).pk, asked("b").pk}
    assert len(jobs) == 4


def test_arguments_hold_what_can_be_written_down_and_nothing_else() -> None:
    from densach.jobs.domain import ask_for
    from tests.jobs.making import KIND, asker

    with pytest.raises(TypeError):
        ask_for(KIND, {"file": b"bytes"}, key="a", asker=asker(), now=NOW)


def test_who_waits_longest_is_taken_first_and_nobody_twice() -> None:
    second = asked("b", now=NOW)
    first = asked("a", now=NOW - timedelta(seconds=1))
    assert [must_take().uid, must_take().uid] == [first.uid, second.uid]
    assert taken() is None


def test_a_worker_takes_only_what_it_can_do() -> None:
    from densach.jobs.domain import take_next

    asked()
    assert take_next("máy 1", {"khác"}, NOW) is None


def test_a_lease_that_ran_out_is_taken_with_the_next_number() -> None:
    job = asked()
    assert must_take().attempt == 1
    assert taken(LATER - timedelta(seconds=2)) is None
    again = must_take(LATER)
    assert (again.uid, again.attempt) == (job.uid, 2)


def test_a_heartbeat_makes_the_lease_longer_and_says_how_far_it_is() -> None:
    from densach.jobs.domain import Progress, keep_alive

    job = asked()
    keep_alive(must_take(), Progress("reading", 3, 10), NOW + timedelta(seconds=20))
    assert taken(LATER) is None
    now = row(job)
    assert (now.step, now.done, now.total) == ("reading", 3, 10)


def test_who_comes_late_ends_nothing() -> None:
    from densach.jobs.domain import LeaseLost, Progress, break_down, fail, finish, hand_back, keep_alive
    from densach.jobs.models import State

    job = asked()
    late = must_take()
    now = must_take(LATER)

    def finish_late() -> None:
        with transaction.atomic():
            asked("what the late one wrote")
            finish(late, {"by": "late"}, [], LATER)

    for end in (
        finish_late,
        lambda: fail(late, [problem("J102", "tep")], [], LATER),
        lambda: break_down(late, LATER),
        lambda: hand_back(late, LATER),
        lambda: keep_alive(late, Progress(), LATER),
    ):
        with pytest.raises(LeaseLost):
            end()
    assert (row(job).state, row(job).attempts) == (State.RUNNING, 2)
    assert taken(LATER) is None  # what the late one wrote was rolled back with its end
    with transaction.atomic():
        finish(now, {"by": "the last"}, [], LATER)
    assert row(job).result == {"by": "the last"}


def test_what_has_ended_is_not_ended_again() -> None:
    from densach.jobs.domain import LeaseLost, finish

    asked()
    attempt = must_take()
    with transaction.atomic():
        finish(attempt, {}, [], NOW)
    with pytest.raises(LeaseLost), transaction.atomic():
        finish(attempt, {}, [], NOW)
    assert taken(LATER) is None


def test_a_job_is_finished_only_inside_the_transaction_of_its_work() -> None:
    from densach.jobs.domain import finish

    asked()
    attempt = must_take()
    with ThreadPoolExecutor(1) as elsewhere:  # a thread has a connection of its own, outside the test's transaction
        ended = elsewhere.submit(finish, attempt, {}, [], NOW)
    with pytest.raises(transaction.TransactionManagementError):
        ended.result()


def test_what_was_lost_three_times_is_given_up_with_the_reason() -> None:
    from densach.jobs.models import State

    job = asked()
    for turn in range(3):
        assert must_take(NOW + timedelta(minutes=turn)).attempt == turn + 1
    assert taken(NOW + timedelta(minutes=3)) is None
    given_up = row(job)
    assert (given_up.state, given_up.lease_until) == (State.GIVEN_UP, None)
    assert given_up.problems == [{"code": "J101", "where": "", "words": {"count": "3"}}]


def test_what_broke_down_is_tried_again_after_a_pause_and_given_up_the_third_time() -> None:
    from densach.jobs.domain import break_down
    from densach.jobs.models import State

    job = asked()
    for turn in range(3):
        now = NOW + timedelta(seconds=11 * turn)
        break_down(must_take(now), now)
        assert taken(now) is None
    assert row(job).state == State.GIVEN_UP


def test_what_is_handed_back_waits_no_time_and_was_no_breakdown() -> None:
    from densach.jobs.domain import break_down, hand_back
    from densach.jobs.models import State

    job = asked()
    for turn in range(5):
        attempt = must_take()
        assert attempt.attempt == turn + 1
        hand_back(attempt, NOW)
    break_down(must_take(), NOW)
    assert row(job).state == State.WAITING


def test_the_log_tells_who_asked_and_how_it_ended() -> None:
    from densach.history.queries import chain_of
    from densach.jobs.domain import fail

    job = asked()
    fail(must_take(), [problem("J102", "tep")], [], LATER)
    log = chain_of("job", str(job.uid)).values_list("who", "event", "why")
    assert list(log) == [("người MẪU", "asked", "thu"), ("người MẪU", "failed", "thu")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "xong"},
        {"state": "running"},
        {"lease_until": NOW},
        {"state": "done"},
        {"finished_at": NOW},
        {"handed_back": 1},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    from densach.jobs.models import Job

    job = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)


def test_looking_for_work_where_there_is_none_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert taken() is None
