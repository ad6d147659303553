"""What people say about their own data: consents given and withdrawn, and requests with their clock."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from densach.accounts.models import Account
from densach.people.models import Person
from densach.places.models import Place

CHAPTER_CHECK = "chapter_check"  # of purposes.yaml: that the association looks at somebody's sheets and scores them


class Giver(models.TextChoices):
    """Whose word it is: the person's, the one's who stands for a child, or of both together."""

    SELF = "self", "chính người ấy"
    REPRESENTATIVE = "representative", "người đại diện"
    BOTH = "both", "trẻ và người đại diện"


class How(models.TextChoices):
    """How it was said."""

    ACCOUNT = "account", "bằng tài khoản"
    PAPER = "paper", "trên giấy"


class Said(models.Model):
    """Something that somebody said of a person's data, by an account or on a paper with its number."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    giver = models.CharField(max_length=16, choices=Giver.choices)
    how = models.CharField(max_length=8, choices=How.choices)
    paper = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True


class ConsentAct(Said):
    """One time a consent was given or withdrawn for one purpose; rows are only added, the last one holds.

    `words` is what was agreed to, as it was shown, so that it can be proved. Of a paper `signed_on` is the day on it
    and `kept_at` where it lies. What was copied by mistake is crossed out: it stays to be read and says nothing.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    given = models.BooleanField()
    words = models.TextField()
    signed_on = models.DateField(null=True, blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    crossed_out_at = models.DateTimeField(null=True, blank=True)
    crossed_out_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    crossed_out_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "purpose", "number"], name="privacy_consent_in_order"),
            models.CheckConstraint(
                condition=Q(how=How.PAPER) | Q(signed_on__isnull=True, kept_at=""), name="privacy_consent_day_of_paper"
            ),
            models.CheckConstraint(
                condition=Q(crossed_out_at__isnull=True, crossed_out_why="")
                | Q(crossed_out_at__isnull=False, how=How.PAPER) & ~Q(crossed_out_why=""),
                name="privacy_consent_crossed_out_why",
            ),
            models.CheckConstraint(
                condition=Q(how=How.PAPER) & ~Q(paper="") | Q(how=How.ACCOUNT, paper=""), name="privacy_consent_paper"
            ),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(words=""), name="privacy_consent_can_be_proved"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"

    @property
    def said_on(self) -> date:
        """The day on which it was said: of a paper the day on it, else that of the entry."""
        return self.signed_on or localdate(self.at)


class State(models.TextChoices):
    """How far a request has come."""

    WAITING = "waiting", "chờ tiếp nhận"
    RECEIVED = "received", "đã tiếp nhận"
    DONE = "done", "đã làm"
    PARTLY = "partly", "đã làm một phần"
    REFUSED = "refused", "không làm được"


OPEN = (State.WAITING, State.RECEIVED)


class DataRequest(Said):
    """Something that is asked about a person's data, the commune it was sent to, and by which days it is due.

    `about` names the field or the purposes it is about, `wanted` what shall stand there. The days due are those of
    the law of the day of asking; the last day named still counts.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    asked = models.TextField(blank=True)
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField()
    answer_by = models.DateField()
    settle_by = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    received_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    cites = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "about"], condition=Q(state__in=OPEN), name="privacy_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(how=How.PAPER) & ~Q(paper="") | Q(how=How.ACCOUNT, paper=""), name="privacy_request_paper"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, settled_on__isnull=True) | Q(settled_on__isnull=False),
                name="privacy_request_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | ~Q(reason=""), name="privacy_request_settled_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on")) & Q(settle_by__gte=F("asked_on")),
                name="privacy_request_due_later",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["commune", "state", "settle_by"], name="privacy_request_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Message(models.Model):
    """A sentence in the thread of a request."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="privacy_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.at:%Y-%m-%d %H:%M}"
