"""What is kept beside an act of a year before that people typed: its scan, and the lines that name nobody yet."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.assessing.models import RecognitionAct


class TypedList(models.Model):
    """The list of a typed act: how many of its lines were entered by now, and those that were left, one a line."""

    act = models.OneToOneField(RecognitionAct, on_delete=models.PROTECT, related_name="typed_list")
    entered = models.PositiveIntegerField()
    left_over = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.act_id}"


class ScanFile(models.Model):
    """A scan (bản quét) of a signed act, drawn or written anew as it was taken in, never changed since."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    act = models.ForeignKey(RecognitionAct, on_delete=models.PROTECT, related_name="scan_files")
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "sha256"], name="past_scan_once"),
            models.CheckConstraint(condition=~Q(sha256=""), name="past_scan_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.uid}"

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on a page."""
        return self.media_type.startswith("image/")
