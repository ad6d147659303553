"""Decisions of a place on who acts, where the law names nobody: entered by an administrator, with their citation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from densach.places.models import Place


class LocalDecision(models.Model):
    """A local text that gives the power to recognise one title in one place, where the law leaves a gap."""

    title_key = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    office_title = models.CharField(max_length=200)
    citation = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="authority_local_interval"
            ),
            models.CheckConstraint(condition=~Q(citation=""), name="authority_local_cites"),
            models.UniqueConstraint(
                fields=["title_key", "place"], condition=Q(valid_to__isnull=True), name="authority_local_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_title} ({self.citation})"
