"""Tokens by which a program of an office acts for an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account


class Token(models.Model):
    """A secret that stands for an account until a day; of the secret only a hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="api_token_interval"),
        ]

    def __str__(self) -> str:
        return self.name
