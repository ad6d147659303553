"""What makes a self-assessment a dossier: who assessed, what their meeting agreed, and its way through the portal."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.assessing.sheets.models import Sheet
from densach.people.models import Clan, Household, Unit


class TeamMember(models.Model):
    """Somebody in the Tổ đánh giá of a unit, by a decision of its head, from a day to before another.

    Thông tư 24/2023/TT-BGDĐT lets the head set it up; who and how many belong to it was not read, so nothing is asked
    but a name.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="team")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    duty = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=60)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="dossiers_team_interval"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(decision=""), name="dossiers_team_by_a_decision"),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(valid_to__isnull=True), name="dossiers_in_team_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def belongs_on(self, day: date) -> bool:
        """Whether the member is in the team on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Dossier(models.Model):
    """What goes with a sheet that a unit or a commune sends: letterhead, meeting, and its stand at the State's portal.

    `version` grows with every change, so that two people who write at the same moment find out. `symbol` is the
    abbreviation in the number of its papers, `seat` the place before their date, `head` the office that signs.
    """

    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="dossier")
    version = models.PositiveIntegerField(default=1)
    parent = models.CharField(max_length=200, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    head = models.CharField(max_length=120, blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_where = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    discussion = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    portal_code = models.CharField(max_length=60, blank=True)
    received_on = models.DateField(null=True, blank=True)
    receipt = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(portal_code="") | Q(received_on__isnull=True, receipt=""),
                name="dossiers_received_under_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.portal_code or f"{self.sheet_id}"


class Vote(models.Model):
    """What one member of the team said at the meeting: for, against, or neither, and in words or points why."""

    class Says(models.TextChoices):
        """How a member voted."""

        AGREES = "agrees", "đồng ý"
        DISAGREES = "disagrees", "không đồng ý"
        ABSTAINS = "abstains", "ý kiến khác"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=10, choices=Says.choices)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "member"], name="dossiers_vote_once"),
            models.CheckConstraint(condition=Q(says__in=["agrees", "disagrees", "abstains"]), name="dossiers_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.says}"


class Enrolment(models.Model):
    """A family asked to register with a clan: it waits for the household to say yes, or rests on a paper of its own.

    `paper` is the number and day of a written consent; without one only the household itself lets it in.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "chờ hộ trả lời"
        JOINED = "joined", "đã vào dòng họ"
        DECLINED = "declined", "hộ không nhận"
        LEFT = "left", "đã ra khỏi dòng họ"

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    clan = models.ForeignKey(Clan, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    paper = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField()
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clan", "household"],
                condition=Q(state__in=["waiting", "joined"]),
                name="dossiers_enrolled_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(answered_on__isnull=False), name="dossiers_answered_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | (Q(left_on__isnull=False) & ~Q(why="")), name="dossiers_left_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clan_id} {self.household_id} {self.state}"
