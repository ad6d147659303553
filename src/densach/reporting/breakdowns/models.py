"""What is kept of the learning citizens of a commune's year by village, sex and age: counts, and no person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from densach.places.models import Place


class Breakdown(models.Model):
    """The adults of a commune's year, counted once so that two looks at the register cannot be held against each other.

    `counts` holds village, sex, age, outcome and how many; `hidden` names each cell, totals included, that the public
    does not see. `units` are the commune and its villages, the commune first. `residence` and `residence_hidden` are
    the same by the way somebody lives there. `protected` holds by kind what the protected room told of groups, and
    whether enough is said to speak of them; small counts never leave that room.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    fictional = models.BooleanField()
    judged_on = models.DateField()
    counted_at = models.DateTimeField()
    who_counted = models.TextField()
    units = models.JSONField()
    counts = models.JSONField()
    hidden = models.JSONField()
    residence = models.JSONField(default=list)
    residence_hidden = models.JSONField(default=list)
    protected = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "year"], name="breakdowns_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year}"
