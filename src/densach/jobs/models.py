"""Work that is done in the background: what was asked for, who does it now, how it ended, and the files it needs."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    """Where a job stands: `failed` was refused with its reasons, `given_up` broke down too often."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given_up"


OPEN = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """One piece of work; `arguments` hold ids and texts, never the bytes of a file.

    `attempts` counts how often a worker took it: the number of the last attempt is the only one that may end the job.
    `handed_back` counts the attempts that a worker gave back because it was asked to stop: no fault of the job.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=120)
    asked_by_uid = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_back = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="jobs_job_state"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until__isnull=True)),
                name="jobs_job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(finished_at__isnull=False)),
                name="jobs_job_finished_once_ended",
            ),
            models.CheckConstraint(condition=Q(handed_back__lte=F("attempts")), name="jobs_job_handed_back"),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=OPEN), name="jobs_job_one_open_of_a_key"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="jobs_job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Role(models.TextChoices):
    """Whether a file was given with the job or made by it."""

    GIVEN = "given"
    MADE = "made"


class JobFile(models.Model):
    """A file that belongs to a job; its bytes stand at `path` below the work folder, their hash and size here."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(max_length=5, choices=Role.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=400, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="jobs_file_role"),
        ]

    def __str__(self) -> str:
        return self.name
