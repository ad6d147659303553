"""Evidence (minh chứng) that was added to a sheet: what is known of each file; its content stands in the vault."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.assessing.sheets.models import Sheet


class KeptFile(models.Model):
    """What is known of a photo or PDF whose content stands in the vault.

    `sha256` is that of the file as it was sent; `key` names the key that the content is encrypted with. The name of
    the file is not kept, because people are named in it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on a page."""
        return self.media_type.startswith("image/")


class Evidence(KeptFile):
    """One photo or PDF for one indicator of a sheet.

    `fingerprint` is 64 bits of the picture in hexadecimal, empty without one: with the hash it tells whether it was
    used before (`measures.reuse`).
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="evidence")
    indicator = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "indicator", "sha256"], name="evidence_once_for_an_indicator"),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(key=""), name="evidence_is_kept_whole"),
        ]
        indexes: ClassVar = [models.Index(fields=["sha256"], name="evidence_used_before")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.uid}"
