"""Reading jobs and their files."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from densach.jobs.models import OPEN, Job, JobFile, Role, State


def open_job(kind: str, key: str) -> Job | None:
    """The job of a key that waits or runs."""
    return Job.objects.filter(kind=kind, key=key, state__in=OPEN).first()


def is_any_due(kinds: Collection[str], now: datetime) -> bool:
    """Whether something could be taken or given up; reads without a lock, so that idle workers disturb nobody."""
    return (_due(kinds, now) | _lost(now)).exists()


def next_for_update(kinds: Collection[str], now: datetime) -> Job | None:
    """The job that has waited longest, locked; PostgreSQL passes over those that another worker is just taking."""
    rows = _due(kinds, now).order_by("not_before", "pk")
    return rows.select_for_update(skip_locked=True).first()


def worn_out_for_update(now: datetime, most: int) -> list[Job]:
    """The jobs whose worker was lost and which may not be tried again, locked."""
    worn_out = _lost(now).filter(attempts__gte=F("handed_back") + most)
    return list(worn_out.order_by("pk").select_for_update(skip_locked=True))


def attempt(uid: UUID, number: int) -> QuerySet[Job]:
    """One job while one attempt at it is the last one and still runs; empty as soon as it is not."""
    return Job.objects.filter(uid=uid, attempts=number, state=State.RUNNING)


def attempt_for_update(uid: UUID, number: int) -> Job | None:
    """The same, locked."""
    return attempt(uid, number).select_for_update().first()


def job_of(asked_by_uid: UUID, uid: UUID) -> Job | None:
    """A job, for the one who asked for it."""
    return Job.objects.filter(uid=uid, asked_by_uid=asked_by_uid).first()


def jobs_of(asked_by_uid: UUID, start: int, end: int) -> list[Job]:
    """Some of the jobs that one person asked for, the latest first, with their files."""
    rows = Job.objects.filter(asked_by_uid=asked_by_uid).order_by("-asked_at", "-pk")
    return list(rows.prefetch_related(Prefetch("files", JobFile.objects.order_by("pk")))[start:end])


def files_of(uid: UUID, role: Role) -> list[JobFile]:
    """The files given with a job or made by it, in their order."""
    return list(JobFile.objects.filter(job__uid=uid, role=role).order_by("pk"))


def file_of(asked_by_uid: UUID, uid: UUID, file_uid: UUID) -> JobFile | None:
    """One file that a job made, for the one who asked for the job."""
    rows = JobFile.objects.filter(uid=file_uid, job__uid=uid, job__asked_by_uid=asked_by_uid, role=Role.MADE)
    return rows.first()


def ended_before(time: datetime) -> QuerySet[Job]:
    """The jobs that ended before a time and whose files and problems are still kept."""
    return Job.objects.filter(finished_at__lt=time, forgotten_at__isnull=True)


def files_of_jobs(jobs: QuerySet[Job]) -> QuerySet[JobFile]:
    """All files of some jobs."""
    return JobFile.objects.filter(job__in=jobs)


def uids_with_files() -> set[str]:
    """The jobs that own files, as their folders are named."""
    return {str(uid) for uid in JobFile.objects.values_list("job__uid", flat=True).distinct()}


def _due(kinds: Collection[str], now: datetime) -> QuerySet[Job]:
    waiting = Q(state=State.WAITING, not_before__lte=now)
    return Job.objects.filter(waiting | Q(state=State.RUNNING, lease_until__lt=now), kind__in=kinds)


def _lost(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=State.RUNNING, lease_until__lt=now)
