"""The words that people wrote for a review of their place; its figures are never kept here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from densach.accounts.models import Account
from densach.places.models import Place


class Line(models.TextChoices):
    """In whose name a review is written: the authority of the place, or the association for promoting education."""

    GOVERNMENT = "government", "Ủy ban nhân dân"
    ASSOCIATION = "association", "Hội Khuyến học"


class Draft(models.Model):
    """The words of one review of a place in one line, by section; `version` counts how often they were kept."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=12, choices=Line.choices)
    review = models.CharField(max_length=20)
    words = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "line", "review"], name="reviews_one_draft"),
            models.CheckConstraint(condition=models.Q(line__in=Line.values), name="reviews_line"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.line} {self.review}"
