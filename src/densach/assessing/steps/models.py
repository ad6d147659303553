"""The steps of a commune's round: planned days, the accountable head, whether people said it is done; and what is
known of the years before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from densach.assessing.models import RecognitionAct, Round
from densach.places.models import Place


class Step(models.TextChoices):
    """What is done in a round, in its order; the order is our own reading of the work, no text lists it so."""

    REGISTERING = "registering", "Đăng ký"
    SELF_ASSESSMENT = "self_assessment", "Tự đánh giá"
    CHECKING = "checking", "Chi hội kiểm tra"
    SAMPLING = "sampling", "Bốc thăm kiểm tra lại"
    JUDGING = "judging", "Kết luận"
    MEETING = "meeting", "Họp và lập biên bản"
    LISTING = "listing", "Lập danh sách đề nghị"
    DECISION = "decision", "Ra quyết định"
    CERTIFICATES = "certificates", "In giấy chứng nhận"
    REPORT = "report", "Báo cáo cấp trên"


class RoundStep(models.Model):
    """What a commune planned and said of one step of one round; a step without a row was not planned yet.

    The days are the commune's own, for no text gives them. `head` is who answers for it, by name; `version` grows with
    every change, so that two officers who write at the same moment find out.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step.choices)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    head = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "step"], name="steps_step_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="steps_step"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="steps_begin_before_they_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.round_id}"


class NotAssessed(models.Model):
    """A year before, for which nothing is recorded here, and why: it is shown as not assessed, never as nought."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year"], name="steps_not_assessed_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="steps_not_assessed_why"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class ActScan(models.Model):
    """Under which number the scan (bản quét) of a signed act is kept in the commune's archive."""

    act = models.OneToOneField(RecognitionAct, on_delete=models.PROTECT, related_name="scan")
    number = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(number=""), name="steps_scan_has_a_number")]

    def __str__(self) -> str:
        return self.number
