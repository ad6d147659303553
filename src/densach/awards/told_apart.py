"""What a person told apart, so that it is not shown again as likely the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class ToldApart(models.Model):
    """A person looked at two things that seem to be one, and said that they are two."""

    why = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        abstract = True


class NomineesApart(ToldApart):
    """Two nominees that are alike and not the same."""

    one = models.ForeignKey("awards.Nominee", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("awards.Nominee", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="awards_nominees_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")) & ~Q(why=""), name="awards_nominees_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class AchievementsApart(ToldApart):
    """Two achievements that read alike and are not the same."""

    one = models.ForeignKey("awards.Achievement", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("awards.Achievement", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="awards_achievements_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")) & ~Q(why=""), name="awards_achievements_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
