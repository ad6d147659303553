"""What is written at the lawyer's desk: texts of law from the first draft to their end, every form of them kept."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.places.models import Place


class Kind(models.TextChoices):
    """What somebody writes; the first three lie over a rubric, the others are one."""

    FILLS = "fills", "điền chỗ trống"
    LOCAL_SET = "local_set", "bộ tiêu chí của địa phương"
    TRANSCRIPTION = "transcription", "chép toàn văn"
    DATED = "dated", "bản mới có ngày hiệu lực"
    CORRECTION = "correction", "đính chính bản đang dùng"


OVERLAYS = frozenset({Kind.FILLS, Kind.LOCAL_SET, Kind.TRANSCRIPTION})


class State(models.TextChoices):
    """How far a text has come."""

    DRAFT = "draft", "bản thảo"
    PUT_FORWARD = "put_forward", "chờ người thứ hai duyệt"
    APPROVED = "approved", "đã duyệt"
    PUBLISHED = "published", "đã ban hành"
    DROPPED = "dropped", "đã bỏ"


def packs_of(*, fictional: bool) -> tuple[str, ...]:
    """The packs of law that real or made-up texts belong to."""
    return ("vn", "demo") if fictional else ("vn",)


class Wording(models.Model):
    """The bytes of one policy file, kept by their hash for ever."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:12]


class LawText(models.Model):
    """One text of law at the desk: a rubric (`target` is the one it follows), or an overlay (`target` lies below it).

    Without a `place` it is for the whole country. `edition` is the number of its last form; whoever changes a text says
    which form they saw. `ended_on` is the first day on which it holds no more: a later text stands in its place,
    or it ends without one, from the day `end_on` that one person asked for and a second approved. Until that day one
    person may ask to undo the end (`undo_asked_by`), and a second agrees.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    policy_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    target = models.CharField(max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fictional = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    put_forward_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)
    end_basis = models.CharField(max_length=400, blank=True)
    end_asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undo_asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undo_basis = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="lawmaking_text_kind"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("put_forward_by")),
                name="lawmaking_second_person_approves",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[State.DRAFT, State.DROPPED], put_forward_by__isnull=True, approved_by__isnull=True
                )
                | Q(state=State.PUT_FORWARD, put_forward_by__isnull=False, approved_by__isnull=True)
                | Q(
                    state__in=[State.APPROVED, State.PUBLISHED],
                    put_forward_by__isnull=False,
                    approved_by__isnull=False,
                ),
                name="lawmaking_state_has_its_people",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED)
                & Q(published_on__isnull=False, published_by__isnull=False, valid_from__isnull=False)
                | ~Q(state=State.PUBLISHED) & Q(published_on__isnull=True, ended_on__isnull=True),
                name="lawmaking_published_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(valid_from__lte=F("ended_on")), name="lawmaking_text_interval"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True, end_asked_by__isnull=True, end_approved_by__isnull=True, end_basis="")
                | Q(state=State.PUBLISHED, end_on__gt=F("valid_from"), end_asked_by__isnull=False) & ~Q(end_basis=""),
                name="lawmaking_end_is_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(end_approved_by__isnull=True)
                | Q(ended_on=F("end_on")) & ~Q(end_approved_by=F("end_asked_by")),
                name="lawmaking_second_person_ends",
            ),
            models.CheckConstraint(
                condition=Q(undo_asked_by__isnull=True, undo_basis="")
                | Q(undo_asked_by__isnull=False, end_approved_by__isnull=False) & ~Q(undo_basis=""),
                name="lawmaking_undo_of_an_end",
            ),
            models.UniqueConstraint(
                fields=["policy_id", "fictional"],
                condition=Q(state=State.PUBLISHED, ended_on__isnull=True),
                name="lawmaking_one_text_of_an_id",
            ),
        ]

    def __str__(self) -> str:
        return self.policy_id

    @property
    def is_overlay(self) -> bool:
        """Whether it lies over a rubric."""
        return self.kind in OVERLAYS

    @property
    def replaces(self) -> bool:
        """Whether it stands in the place of a text with the same id, and says so."""
        return self.kind == Kind.CORRECTION

    @property
    def ends_without_successor(self) -> bool:
        """Whether two people ended it though nothing takes its place."""
        return self.end_approved_by_id is not None and self.ended_on == self.end_on

    @property
    def packs(self) -> tuple[str, ...]:
        """The packs of law that it is written in."""
        return packs_of(fictional=self.fictional)


class Scan(models.Model):
    """The scan of the paper that one form of a text was written from, looked through and kept with it for ever."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    text = models.ForeignKey(LawText, on_delete=models.PROTECT, related_name="scans")
    edition = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "sha256"], name="lawmaking_scan_once")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One form of a text as it was saved: its file, and those of its document and of its cases where it has them."""

    text = models.ForeignKey(LawText, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    law = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cases = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="lawmaking_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} #{self.number}"
