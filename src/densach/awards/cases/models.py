"""A complaint or a denunciation, and apart from it, encrypted, what it says and who brought it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.awards.models import Hold, HoldEnd, Nomination
from densach.places.models import Place


class CaseKind(models.TextChoices):
    """What was handed in: one's own matter (Luật Khiếu nại), or somebody else's wrong (Luật Tố cáo)."""

    COMPLAINT = "complaint", "khiếu nại"
    DENUNCIATION = "denunciation", "tố cáo"


class How(models.TextChoices):
    """In which way it came in."""

    IN_PERSON = "in_person", "trực tiếp"
    POST = "post", "qua bưu chính"
    ONLINE = "online", "trực tuyến"


class State(models.TextChoices):
    """How far a case has come."""

    RECEIVED = "received", "đã tiếp nhận"
    VERIFYING = "verifying", "đang xác minh"
    ANSWERED = "answered", "đã trả lời"
    CLOSED = "closed", "đã đóng"


class Case(models.Model):
    """A complaint or denunciation about commendation; what it says is a row of its own (`CaseText`).

    `nomination` is what it is about, where that is known; verifying opens `hold` on its nominee, the answer ends it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    assigned_to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=HoldEnd.choices, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="cases_case_state"),
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="", answer="")
                | Q(answered_on__gte=F("received_on")) & ~Q(outcome="") & ~Q(basis="") & ~Q(answer=""),
                name="cases_case_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED) | Q(answered_on__isnull=False), name="cases_case_answered"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(answered_on__isnull=False) | ~Q(closed_why=""),
                name="cases_case_closed_with_answer_or_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "-id"], name="cases_case_at_place")]

    def __str__(self) -> str:
        return str(self.uid)


class Sealed(models.Model):
    """Something of a case, encrypted and bound to it; in a table of its own, so that no list can carry it along."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    cipher = models.BinaryField()
    key = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Informant(Sealed):
    """Who brought a case."""


class CaseText(Sealed):
    """What a case says."""
