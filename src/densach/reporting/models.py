"""What is said between a commune and those above it about the file of a round; written once, never changed."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.assessing.models import Round
from densach.places.models import Place


class Inquiry(models.Model):
    """Something that an office above asks a commune about its file (hỏi lại); its messages are the thread.

    `due` is a day only where a text gives one, and `due_basis` is that text.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="inquiries")
    asked_from = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    due_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due__isnull=True, due_basis="") | Q(due__isnull=False) & ~Q(due_basis=""),
                name="reporting_inquiry_due_by_a_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Message(models.Model):
    """One thing that was said in a thread, and by whom; whoever asked ends it with a settling word."""

    class Kind(models.TextChoices):
        """What somebody said it for."""

        ASKED = "asked", "hỏi"
        ANSWERED = "answered", "trả lời"
        SETTLED = "settled", "khép lại"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="messages")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inquiry", "order"], name="reporting_message_once"),
            models.CheckConstraint(condition=~Q(text=""), name="reporting_message_says_something"),
        ]
        ordering: ClassVar = ["inquiry", "order"]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class Opinion(models.Model):
    """What an office above says of the file of a round: that it agrees, sends it back or up, or withdraws what it said.

    A file goes up by the leader of its province; the ministry agrees to it or asks the province to look again.
    `seal` is that of the verdict it speaks of. It is no recognition: only the act of a competent office is one.
    """

    class Kind(models.TextChoices):
        """What the office says."""

        VERIFIED = "verified", "đã kiểm tra, đồng ý"
        APPROVED = "approved", "lãnh đạo đồng ý"
        SENT_BACK = "sent_back", "gửi lại"
        WITHDRAWN = "withdrawn", "rút lại ý kiến"
        FORWARDED = "forwarded", "trình Bộ"
        AGREED = "agreed", "Bộ nhất trí"
        RETURNED = "returned", "Bộ đề nghị tỉnh xem lại"
        TAKEN_BACK = "taken_back", "Bộ rút lại ý kiến"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="opinions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(blank=True)
    seal = models.CharField(max_length=80)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "order"], name="reporting_opinion_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["verified", "approved", "forwarded", "agreed"]) | ~Q(reason=""),
                name="reporting_opinion_has_a_reason",
            ),
        ]
        ordering: ClassVar = ["round", "order"]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"
