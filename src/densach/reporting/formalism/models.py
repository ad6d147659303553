"""Leads about communes, private to the province that verifies them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.places.models import Place


class Stand(models.TextChoices):
    """What became of a lead."""

    OPEN = "open", "chưa xem"
    DISMISSED = "dismissed", "đã bỏ qua"


class CommuneLead(models.Model):
    """Where to look in a commune's numbers of a year: no finding, and dismissed with a reason.

    `about` names the models or villages that it is about; `numbers` are those that made it a lead. One that is found
    again is the same one, so what was dismissed stays so.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=60, blank=True)
    numbers = models.JSONField()
    found_at = models.DateTimeField()
    stand = models.CharField(max_length=9, choices=Stand.choices, default=Stand.OPEN)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year", "kind", "about"], name="formalism_lead_once"),
            models.CheckConstraint(condition=Q(stand__in=Stand.values), name="formalism_stand"),
            models.CheckConstraint(condition=~Q(stand=Stand.DISMISSED) | ~Q(reason=""), name="formalism_dismissed_why"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year} {self.kind}"
