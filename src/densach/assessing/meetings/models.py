"""The meeting that looks at the results: who came, its agenda, where people decide otherwise, the minutes."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.assessing.models import Round, Subject


class Meeting(models.Model):
    """One meeting of a round. `present` and `absent` hold a member a line, name and post; `agenda` the keys of titles.

    `minutes` is the official paper as it was drawn up, kept when the meeting ends (`closed_at`) and not changed since.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    begins = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120)
    secretary = models.CharField(max_length=120)
    present = models.TextField()
    absent = models.TextField(blank=True)
    agenda = models.JSONField(default=list)
    discussion = models.TextField(blank=True)
    agreed = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(chair="") & ~Q(secretary="") & ~Q(present=""), name="meetings_meeting_has_people"
            ),
            models.CheckConstraint(
                condition=Q(minutes="", closed_at__isnull=True) | (~Q(minutes="") & Q(closed_at__isnull=False)),
                name="meetings_minutes_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"

    @property
    def is_closed(self) -> bool:
        """Whether it ended and its minutes are kept."""
        return self.closed_at is not None


class Otherwise(models.Model):
    """One subject for whom the meeting decides against the verdict: proposed though not met, or left out though met."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="otherwise")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)
    proposed = models.BooleanField()
    level = models.CharField(max_length=20, blank=True)
    reason = models.TextField()
    scorer = models.CharField(max_length=200)
    paper_sheet = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "subject", "title_key"], name="meetings_decided_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(scorer=""), name="meetings_decided_with_reason"),
        ]

    def __str__(self) -> str:
        return self.reason
