"""Jobs of a made-up kind, and workers that stand still in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from densach.jobs.domain import Asker, Taken
    from densach.jobs.models import Job
    from densach.jobs.tasks import Handler
    from densach.jobs.worker import Worker

KIND = "thu"
NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)
SOMEBODY, SOMEBODY_ELSE = UUID(int=1), UUID(int=2)
LATER = NOW + timedelta(seconds=31)  # when a lease that was taken NOW has run out


def asker(uid: UUID | None = SOMEBODY) -> Asker:
    from densach.jobs.domain import Asker

    return Asker("người MẪU", uid)


def asked(key: str = "a", *, uid: UUID | None = SOMEBODY, now: datetime = NOW, **files: bytes) -> Job:
    """A job that waits, with files by their name."""
    from densach.jobs.domain import ask_for

    given = [(f"{name}.txt", [content]) for name, content in files.items()]
    return ask_for(KIND, {"key": key}, key=key, asker=asker(uid), now=now, given=given)


def taken(now: datetime = NOW, worker: str = "máy 1") -> Taken | None:
    """The next job, taken."""
    from densach.jobs.domain import take_next

    return take_next(worker, {KIND}, now)


def must_take(now: datetime = NOW) -> Taken:
    found = taken(now)
    assert found is not None
    return found


def row(job: Job) -> Job:
    """The job as it stands now."""
    from densach.jobs.models import Job

    return Job.objects.get(pk=job.pk)


def worker(handler: Handler, now: datetime = NOW, **more: Any) -> Worker:
    """A worker that knows one kind of work."""
    from densach.jobs.worker import Worker

    table: Mapping[str, Handler] = {KIND: handler}
    return Worker("máy 1", table, lambda: now, **more)
