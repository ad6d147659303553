"""Scans of the sheets on which people consented: what is known of each; its content stands in the vault."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.assessing.evidence.models import KeptFile
from densach.assessing.privacy.models import ConsentAct
from densach.people.models import Household


class ConsentScan(KeptFile):
    """A photo or PDF of the sheet that a household signed, with the words on it that it shows.

    It is kept as the words are: withdrawing adds a word and takes nothing away. A scan of the wrong paper is crossed
    out; it stays as a row that says so.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    proves = models.ManyToManyField(ConsentAct, related_name="scans")
    added_as = models.CharField(max_length=30, blank=True)
    crossed_out_at = models.DateTimeField(null=True, blank=True)
    crossed_out_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    crossed_out_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(key=""), name="scans_is_kept_whole"),
            models.CheckConstraint(
                condition=Q(crossed_out_at__isnull=True, crossed_out_why="")
                | Q(crossed_out_at__isnull=False) & ~Q(crossed_out_why=""),
                name="scans_crossed_out_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.uid}"
