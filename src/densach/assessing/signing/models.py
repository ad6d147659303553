"""From the prepared decision to the signed one: what was prepared, the file that came back, and what was withdrawn."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.assessing.models import Recognition, RecognitionAct, Round


class Prepared(models.Model):
    """A decision that was numbered and kept for signing; `decisions` freezes whom it recognises, as it was listed then.

    `thing` finds the kept paper. `act` is the signed act once it is recorded, `published_at` when its page was opened.
    One that was cancelled before it was signed stays with the reason, and its number is never given again.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    office = models.CharField(max_length=80, blank=True)
    basis = models.CharField(max_length=300)
    thing = models.UUIDField(null=True, blank=True)
    decisions = models.JSONField()
    prepared_at = models.DateTimeField()
    act = models.OneToOneField(RecognitionAct, on_delete=models.PROTECT, null=True, blank=True, related_name="prepared")
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "title_key"],
                condition=Q(act__isnull=True, cancelled_at__isnull=True),
                name="signing_one_waits_for_signing",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(act__isnull=False), name="signing_published_once_signed"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_why="")
                | Q(cancelled_at__isnull=False, act__isnull=True) & ~Q(cancelled_why=""),
                name="signing_cancelled_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Likeness(models.TextChoices):
    """How the file that came back compares with the one that was prepared."""

    SAME = "same", "đúng tệp đã chuẩn bị"
    ADDED = "added", "đúng tệp đã chuẩn bị, có thêm chữ ký số"
    WORDS = "words", "tệp khác, lời văn giống hệt"
    APART = "apart", "tệp khác, lời văn khác"
    BLANK = "blank", "bản quét, không đọc được chữ"
    OTHER = "other", "không phải tệp đã chuẩn bị"


BY_EYE = (Likeness.APART, Likeness.BLANK)  # somebody has to compare these and say so before the act is recorded


class SignedPaper(models.Model):
    """The signed PDF as it was sent, never changed; `signatures` is what it says of its signatures, as data.

    `differs` are the differences in words, where it is another file; `compared_at` when somebody said that they had
    compared both with their own eyes.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    prepared = models.ForeignKey(Prepared, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    likeness = models.CharField(max_length=5, choices=Likeness.choices)
    signatures = models.JSONField()
    differs = models.JSONField(default=list)
    compared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prepared", "sha256"], name="signing_paper_once"),
            models.CheckConstraint(condition=Q(likeness__in=Likeness.values), name="signing_likeness"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits_for_eyes(self) -> bool:
        """Whether somebody still has to compare it."""
        return self.likeness in BY_EYE and self.compared_at is None


class Withdrawal(models.Model):
    """A later act takes a recognition back, with its reason; the recognition stays as it was signed."""

    recognition = models.OneToOneField(Recognition, on_delete=models.PROTECT, related_name="withdrawal")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    office_title = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(basis="") & ~Q(reason=""), name="signing_withdrawn_by_an_act"
            ),
        ]

    def __str__(self) -> str:
        return self.number
