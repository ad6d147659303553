"""All that can happen to a job: asked for, taken, kept alive, ended one way or another, and forgotten.

A worker holds a job by a lease. When the lease runs out, because the worker was killed or its machine stopped, the
next worker takes the job with the next attempt number. Whatever ends an attempt asks in the same transaction whether
its number is still the last one, so a worker that comes back from the dead cannot end what another has taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from densach.history.domain import Act, Happening, canonical, record
from densach.jobs import files, queries
from densach.jobs.models import Job, JobFile, State
from densach.problems import Problem, problem

LEASE = timedelta(seconds=30)  # many heartbeats long, so that a slow disk loses no job; how long a killed one waits
MOST_BREAKDOWNS = 3  # what broke down three times breaks down again, and would keep others waiting
PAUSE = timedelta(seconds=10)  # a full disk or a database that restarts needs a moment
# A week covers somebody who was away for some days. Registers hold names and numbers of people: no longer than that.
KEPT = timedelta(days=7)
_LONG_NUMBER = re.compile(r"\d{6,}(\d{3})")  # nine digits or more, as the numbers of people have

Arguments = dict[str, Any]
Given = Iterable[tuple[str, Iterable[bytes]]]


class LeaseLost(Exception):  # noqa: N818  - it is an answer: another attempt has the job, this one must not go on
    """The job belongs to another attempt, or has ended."""


@dataclass(frozen=True)
class Asker:
    """Who asks for a job: as the log names them (`who` of an act), and the uid of the account where there is one."""

    name: str
    uid: UUID | None = None


@dataclass(frozen=True)
class Taken:
    """One attempt at a job: what a worker needs to do it and to prove later that it still holds it."""

    uid: UUID
    kind: str
    arguments: Arguments
    asker: Asker
    attempt: int


@dataclass(frozen=True)
class Progress:
    """How far an attempt is: the key of the sentence that names the step, and how much of it is done (0: unknown)."""

    step: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Ended:
    """How an attempt ends: the state, what it found out, the problems that were told, and the files it made."""

    state: State
    said: Mapping[str, Any]
    problems: Sequence[Problem] = ()
    made: Sequence[files.KeptFile] = ()


def ask_for(kind: str, arguments: Arguments, *, key: str, asker: Asker, now: datetime, given: Given = ()) -> Job:
    """Ask for work to be done; the same asker with the same key, while it waits or runs, gets the same job.

    `given` are the names and the bytes of the files it needs; they stand on the disk before the job can be seen.
    """
    canonical(arguments)  # a TypeError for what is no text, number, list or map
    own_key = f"{asker.uid or asker.name}/{key}"
    known = queries.open_job(kind, own_key)
    if known is not None:
        return known
    uid = uuid4()
    kept = [files.keep_given(uid, name, pieces) for name, pieces in given]
    about = {"kind": kind, "arguments": arguments, "key": own_key, "not_before": now}
    job = Job(uid=uid, asked_by=asker.name, asked_by_uid=asker.uid, asked_at=now, **about)
    entered = _enter(job, kept, now)
    if entered.uid != uid:
        files.discard(uid)
    return entered


def take_next(worker: str, kinds: Collection[str], now: datetime) -> Taken | None:
    """Take the job that has waited longest, or one whose worker was lost; None where there is nothing to do.

    What was lost too often is given up (J101) on the way.
    """
    if not queries.is_any_due(kinds, now):
        return None
    with transaction.atomic():
        for lost in queries.worn_out_for_update(now, MOST_BREAKDOWNS):
            _end(lost, _given_up(), now)
        job = queries.next_for_update(kinds, now)
        return None if job is None else _take(job, worker, now)


def keep_alive(taken: Taken, progress: Progress, now: datetime) -> None:
    """Say that an attempt goes on and how far it is; raises LeaseLost where it is the last one no more."""
    if not queries.attempt(taken.uid, taken.attempt).update(lease_until=now + LEASE, **vars(progress)):
        raise LeaseLost


def finish(taken: Taken, said: Mapping[str, Any], made: Sequence[files.KeptFile], now: datetime) -> None:
    """End a job that was done; belongs in the transaction of what it wrote, as the last thing in it.

    Raises LeaseLost, which rolls that transaction back, where the attempt is the last one no more.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a job is finished inside the transaction of its work")
    _end(_held(taken), Ended(State.DONE, said, made=made), now)


def fail(taken: Taken, problems: Sequence[Problem], made: Sequence[files.KeptFile], now: datetime) -> None:
    """End a job that was refused, with the reasons: the same again would be refused again."""
    with transaction.atomic():
        _end(_held(taken), Ended(State.FAILED, {}, problems, made), now)


def break_down(taken: Taken, now: datetime) -> None:
    """An attempt came to grief by a fault of ours or of the machine: it is tried again, or given up (J101)."""
    with transaction.atomic():
        job = _held(taken)
        if job.attempts - job.handed_back >= MOST_BREAKDOWNS:
            _end(job, _given_up(), now)
        else:
            _wait_again(job, now + PAUSE)


def hand_back(taken: Taken, now: datetime) -> None:
    """A worker that must stop gives its job to the next one at once."""
    with transaction.atomic():
        job = _held(taken)
        job.handed_back += 1
        _wait_again(job, now)


def forget(now: datetime) -> int:
    """Forget the files of jobs that ended a week ago and the problems that quote them; how many jobs.

    The rows go first and the files after, so that no row ever promises a file that is gone.
    """
    with transaction.atomic():
        old = queries.ended_before(now - KEPT)
        queries.files_of_jobs(old).delete()
        count = old.update(problems=[], forgotten_at=now)
    files.sweep(queries.uids_with_files(), now)
    return count


def _enter(job: Job, kept: Sequence[files.KeptFile], now: datetime) -> Job:
    """Enter a job with its files, unless another process was first."""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            JobFile.objects.bulk_create(each.row_of(job) for each in kept)
            _log(job, "asked", now)
    except IntegrityError:
        first = queries.open_job(job.kind, job.key)
        if first is None:  # the other one has ended since
            return _enter(job, kept, now)
        return first
    return job


def _take(job: Job, worker: str, now: datetime) -> Taken:
    job.state, job.worker, job.attempts = State.RUNNING, worker, job.attempts + 1
    job.lease_until = now + LEASE
    job.step, job.done, job.total = "", 0, 0
    job.save(update_fields=["state", "worker", "attempts", "lease_until", "step", "done", "total"])
    return Taken(job.uid, job.kind, job.arguments, Asker(job.asked_by, job.asked_by_uid), job.attempts)


def _held(taken: Taken) -> Job:
    job = queries.attempt_for_update(taken.uid, taken.attempt)
    if job is None:
        raise LeaseLost
    return job


def _end(job: Job, ended: Ended, now: datetime) -> None:
    job.state, job.lease_until, job.finished_at = ended.state, None, now
    job.result = dict(ended.said)
    job.problems = [_written(each) for each in ended.problems]
    job.save(update_fields=["state", "lease_until", "finished_at", "result", "problems"])
    JobFile.objects.bulk_create(each.row_of(job) for each in ended.made)
    _log(job, ended.state, now)


def _written(found: Problem) -> dict[str, Any]:
    """A problem without the numbers that it quotes: they may be a person's, and the cell they stand in is named."""
    words = {name: _LONG_NUMBER.sub(r"•••\1", word) for name, word in found.words.items()}
    return {"code": found.code, "where": found.where, "words": words}


def _given_up() -> Ended:
    return Ended(State.GIVEN_UP, {}, [problem("J101", "", count=MOST_BREAKDOWNS)])


def _wait_again(job: Job, since: datetime) -> None:
    job.state, job.lease_until, job.not_before = State.WAITING, None, since
    job.save(update_fields=["state", "lease_until", "not_before", "handed_back"])


def _log(job: Job, event: str, now: datetime) -> None:
    act = Act(who=job.asked_by, at=now, why=job.kind)
    record(Happening(kind="job", object_id=job.uid, event=event, after={"attempts": job.attempts}), act)
