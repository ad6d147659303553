"""The sheet on which a subject assesses itself: written, sent, checked or given back."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.assessing.models import Round, Subject


class State(models.TextChoices):
    """How far a sheet has come."""

    WRITING = "writing", "đang ghi"
    SENT = "sent", "đã gửi, chờ kiểm tra"
    CHECKED = "checked", "đã kiểm tra"
    GIVEN_BACK = "given_back", "trả lại để bổ sung"


class Way(models.TextChoices):
    """Who wrote it down: the subject itself, somebody for it, or somebody from its paper."""

    OWN = "own", "tự ghi"
    HELPED = "helped", "người khác ghi giúp"
    PAPER = "paper", "chép từ phiếu giấy"


class Sheet(models.Model):
    """One subject's self-assessment for one title in one round.

    `draft` holds what is written so far, as facts by id; what was sent and what was checked are rows of `Answers`.
    `version` grows with every change, so that two people who write at the same moment find out. `note` is what the
    checker says, and is needed to give it back.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WRITING)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.OWN)
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "subject", "title_key"], name="sheets_sheet_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="sheets_state"),
            models.CheckConstraint(
                condition=Q(state=State.WRITING) | Q(sent_at__isnull=False), name="sheets_sent_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WRITING, State.SENT]) | Q(checked_at__isnull=False),
                name="sheets_checked_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(state=State.GIVEN_BACK) | ~Q(note=""), name="sheets_given_back_why"),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) | Q(checked_at__gte=F("sent_at")), name="sheets_checked_once_sent"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "title_key", "state"], name="sheets_of_round")]

    def __str__(self) -> str:
        return f"{self.title_key} {self.state}"
