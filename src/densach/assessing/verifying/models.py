"""The second look: a random sample of the files of a title, what was found in each, and leads that say where to look.

How many files are drawn and how sure one wants to be is the commune's own choice, kept with its reason: no text says.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.assessing.models import Round, Subject
from densach.places.models import Place


class Draw(models.Model):
    """One sample of the files of a title, in the whole commune or in one village (`village`).

    `listed` are the files that it is drawn from, one pseudonym a line, fixed before there is a `seed`; `size` is
    how many are drawn by now, after `looks` drawings, and 0 before the first; `bad_known` how many were bad
    when it was widened last. `returns_at` bad files of one village send the village back. `covers_all` says that so
    many were bad that every file must be looked through.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    listed = models.TextField()
    population = models.PositiveIntegerField()
    most_bad = models.PositiveIntegerField()
    confidence = models.PositiveSmallIntegerField()
    returns_at = models.PositiveSmallIntegerField()
    reason = models.TextField()
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seed = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    bad_known = models.PositiveIntegerField(default=0)
    covers_all = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(confidence__gte=50, confidence__lte=99), name="verifying_confidence"),
            models.CheckConstraint(condition=Q(returns_at__gte=1) & ~Q(reason=""), name="verifying_chosen_why"),
            models.CheckConstraint(
                condition=Q(seed="", size=0, looks=0) | (~Q(seed="") & Q(looks__gte=1)), name="verifying_drawn_by_seed"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "title_key"], name="verifying_of_round")]

    def __str__(self) -> str:
        return f"{self.title_key} {self.uid}"

    @property
    def surely(self) -> int:
        """The confidence over all drawings together: each further one may err half as often as the one before."""
        return self.confidence if self.looks < 2 else 2 * self.confidence - 100

    @property
    def is_drawn(self) -> bool:
        """Whether the seed was chosen, and with it the files."""
        return bool(self.seed)


class Origin(models.TextChoices):
    """Why a file is looked through again; only what was drawn counts in what the sample proves."""

    DRAWN = "drawn", "bốc thăm"
    LEAD = "lead", "có dấu hiệu cần xem"


class Found(models.TextChoices):
    """What the second look found."""

    AGREES = "agrees", "đúng"
    DIFFERS = "differs", "sai khác"


class DrawnFile(models.Model):
    """One file of a sample: in which drawing it came (`look`), and what was found, with what differs and why."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="files")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.DRAWN)
    look = models.PositiveSmallIntegerField(default=1)
    found = models.CharField(max_length=7, choices=Found.choices, blank=True)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "subject", "origin"], name="verifying_drawn_once"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="verifying_origin"),
            models.CheckConstraint(
                condition=Q(found="", looked_at__isnull=True)
                | Q(found=Found.AGREES, looked_at__isnull=False)
                | (Q(found=Found.DIFFERS, looked_at__isnull=False) & ~Q(what="") & ~Q(why="")),
                name="verifying_found_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.found}"


class Returned(models.Model):
    """A village sent back to its chapter, because so many of its files were found bad; once for each sample."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="returned")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    bad = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "village"], name="verifying_returned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.bad}"


class Stand(models.TextChoices):
    """What became of a lead."""

    OPEN = "open", "chưa xem"
    TAKEN = "taken", "đã đưa vào xem lại"
    DISMISSED = "dismissed", "đã bỏ qua"


class Lead(models.Model):
    """Where to look, and by which numbers: no finding, private to who runs the round, and dismissed with a reason.

    `digest` tells leads of one title apart, so that one found again is the same one.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    group = models.CharField(max_length=200, blank=True)
    subjects = models.ManyToManyField(Subject, related_name="+")
    numbers = models.JSONField()
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    stand = models.CharField(max_length=9, choices=Stand.choices, default=Stand.OPEN)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "title_key", "digest"], name="verifying_lead_once"),
            models.CheckConstraint(condition=Q(stand__in=Stand.values), name="verifying_stand"),
            models.CheckConstraint(condition=~Q(stand=Stand.DISMISSED) | ~Q(reason=""), name="verifying_dismissed_why"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def kind_key(self) -> str:
        """The kind as sentences are named after it."""
        return self.kind.replace("-", "_")
