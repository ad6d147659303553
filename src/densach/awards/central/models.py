"""The export package of a list of nominations, and the answers of the centre.

The system for dossiers to the Prime Minister belongs to the Ministry of Home Affairs (Quyết định 311/QĐ-BNV): what is
kept here is what a person took there, byte for byte, and what that person read there.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.awards.models import AwardRound, Nomination


class Package(models.Model):
    """One archive with the papers of some nominations of a round for one award, and the manifest that lists them.

    `word` is what a person answers for where the law of the day was not read; `sent_on` the day on which it was handed
    in at the centre. One that was not sent can be set aside, with why.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="packages")
    award = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    manifest = models.TextField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    word = models.CharField(max_length=500, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="central_package_number_once"),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_why="")
                | Q(dropped_at__isnull=False, sent_on=None) & ~Q(dropped_why=""),
                name="central_dropped_before_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Packed(models.Model):
    """A nomination in a package; in one package at a time, until it came back or the package was set aside."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="packed")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField()
    out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "ordinal"], name="central_packed_ordinal_once"),
            models.UniqueConstraint(fields=["package", "nomination"], name="central_packed_once"),
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(out=False), name="central_in_one_package_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.ordinal}"


class Answer(models.TextChoices):
    """What the centre said: of the whole package, or of one nomination."""

    ACCEPTED = "accepted", "đã tiếp nhận"
    ASKING = "asking", "đang lấy ý kiến cơ quan liên quan"
    AGREED = "agreed", "đã có đủ ý kiến đồng ý"
    RETURNED = "returned", "trả lại"
    DECIDED = "decided", "đã có quyết định khen thưởng"
    NOT_AWARDED = "not_awarded", "không khen thưởng"


OF_THE_WHOLE = (Answer.ACCEPTED, Answer.ASKING, Answer.AGREED)
OF_ONE = (Answer.RETURNED, Answer.DECIDED, Answer.NOT_AWARDED)


class Receipt(models.Model):
    """An answer of the centre as somebody entered it: its number, its own day and the day it came here.

    One that was entered wrongly is taken back with why, and stays. `left_version` is the version in which it left the
    nomination that it moved, so that whatever happened to it since is seen.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="receipts")
    packed = models.ForeignKey(Packed, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts")
    answer = models.CharField(max_length=12, choices=Answer.choices)
    number = models.CharField(max_length=80)
    on = models.DateField()
    came_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    left_version = models.PositiveIntegerField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["package", "answer"],
                condition=Q(packed=None, taken_back_at=None),
                name="central_answered_once_in_whole",
            ),
            models.UniqueConstraint(
                fields=["packed"],
                condition=Q(packed__isnull=False, taken_back_at=None),
                name="central_answered_once_for_one",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why=""),
                name="central_answer_taken_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(packed=None, answer__in=OF_THE_WHOLE) | Q(packed__isnull=False, answer__in=OF_ONE),
                name="central_answer_of_whole_or_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & Q(came_on__gte=F("on")), name="central_answer_came_with_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[Answer.RETURNED, Answer.NOT_AWARDED]) | ~Q(reason=""),
                name="central_answer_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.number}"
