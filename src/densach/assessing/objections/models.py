"""An objection (khiếu nại, ý kiến) to what came out for a sheet, and everything that was written about it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.assessing.sheets.models import Sheet


class About(models.TextChoices):
    """What somebody objects to."""

    VERDICT = "verdict", "kết quả của phiếu"
    LEFT_OFF = "left_off", "không có tên trong danh sách đề nghị"


class State(models.TextChoices):
    """Whether the commune has answered what was written last."""

    OPEN = "open", "chờ trả lời"
    ANSWERED = "answered", "đã trả lời"


class Outcome(models.TextChoices):
    """What an answer says of what is asked for."""

    ACCEPTED = "accepted", "chấp nhận"
    PARTLY = "partly", "chấp nhận một phần"
    NOT_ACCEPTED = "not_accepted", "không chấp nhận"


class Objection(models.Model):
    """One objection to one thing about a sheet; of each thing at most one is open at a time."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="objections")
    about = models.CharField(max_length=10, choices=About.choices)
    asks = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "about"], condition=Q(state=State.OPEN), name="objections_one_open_about_a_thing"
            ),
            models.CheckConstraint(
                condition=Q(about__in=About.values) & Q(state__in=State.values), name="objections_known_words"
            ),
            models.CheckConstraint(condition=~Q(asks=""), name="objections_asks_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.state}"


class Said(models.Model):
    """What was written in an objection: by those who object, or as the answer of the commune with its `outcome`.

    Nothing that was written is changed or deleted.
    """

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="said")
    text = models.TextField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="objections_said_something"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="objections_known_outcome"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
