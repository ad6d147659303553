"""What may be seen of jobs: each by the one who asked for it; to all others it is as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from densach.jobs import files, queries
from densach.jobs.models import OPEN, Job, JobFile, Role, State
from densach.problems import Problem, Refused, problem

A_PAGE = 30


@dataclass(frozen=True)
class SeenJob:
    """A job for its page: where it stands, how far it is, and what came of it.

    `forgotten` when its files and problems are kept no more.
    """

    uid: UUID
    kind: str
    arguments: dict[str, Any]
    state: str
    asked_at: datetime
    step: str
    done: int
    total: int
    result: dict[str, Any]
    problems: tuple[Problem, ...]
    files: tuple[JobFile, ...]
    forgotten: bool

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN

    @property
    def left(self) -> int:
        """How much of the step is left to do."""
        return max(0, self.total - self.done)


@dataclass(frozen=True)
class ListedJob:
    """A job as a line of a list, with the name of the file that came with it and when it ended."""

    seen: SeenJob
    given: str
    finished_at: datetime | None


@dataclass(frozen=True)
class JobList:
    """Some jobs of one person, the latest first, and where the page before and the one after begin."""

    jobs: tuple[ListedJob, ...]
    previous: int | None
    next: int | None

    @property
    def is_open(self) -> bool:
        """Whether one of them still waits or runs."""
        return any(each.seen.is_open for each in self.jobs)


def see_jobs(asked_by_uid: UUID, start: int) -> JobList:
    """The jobs that one person asked for, in two queries."""
    rows = queries.jobs_of(asked_by_uid, start, start + A_PAGE + 1)
    previous = max(0, start - A_PAGE) if start else None
    return JobList(tuple(map(_listed, rows[:A_PAGE])), previous, start + A_PAGE if len(rows) > A_PAGE else None)


def see_job(asked_by_uid: UUID, uid: UUID) -> SeenJob:
    """A job with all that its page shows (two queries); refused (H103) to everybody but the one who asked for it."""
    job = queries.job_of(asked_by_uid, uid)
    if job is None:
        raise Refused(problem("H103", uid))
    return _seen(job, tuple(queries.files_of(uid, Role.MADE)))


def _listed(job: Job) -> ListedJob:
    every = list(job.files.all())
    given = next((file.name for file in every if file.role == Role.GIVEN), "")
    made = tuple(file for file in every if file.role == Role.MADE)
    return ListedJob(_seen(job, made), given, job.finished_at)


def _seen(job: Job, made: tuple[JobFile, ...]) -> SeenJob:
    step, done, total = _progress(job)
    return SeenJob(
        uid=job.uid,
        kind=job.kind,
        arguments=job.arguments,
        state=job.state,
        asked_at=job.asked_at,
        step=step,
        done=done,
        total=total,
        result=job.result,
        problems=tuple(Problem(**each) for each in job.problems),
        files=made,
        forgotten=job.forgotten_at is not None,
    )


def open_made_file(asked_by_uid: UUID, uid: UUID, file_uid: UUID) -> tuple[str, Path]:
    """The name and place of a file that a job made; refused (H103) as above, and (J102) where its bytes are gone."""
    file = queries.file_of(asked_by_uid, uid, file_uid)
    if file is None:
        raise Refused(problem("H103", uid))
    return file.name, files.whole(file)


def open_given_file(asked_by_uid: UUID, uid: UUID) -> tuple[str, Path]:
    """The name and place of the file that came with a job; refused as above, also where it was forgotten."""
    if queries.job_of(asked_by_uid, uid) is None:
        raise Refused(problem("H103", uid))
    for file in queries.files_of(uid, Role.GIVEN):
        return file.name, files.whole(file)
    raise Refused(problem("J102", uid))


def _progress(job: Job) -> tuple[str, int, int]:
    """The slate speaks while the work itself holds the database, then the row."""
    noted = files.noted_progress(job.uid, job.attempts) if job.state == State.RUNNING else None
    return noted or (job.step, job.done, job.total)
