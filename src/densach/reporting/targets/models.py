"""Targets (mục tiêu): what a level sets out to reach by a year, who answers for it, and by which text."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.authority.roles import Role
from densach.places.models import Place
from densach.rules.model import Mark

WHOLE = 10_000  # a share is held in hundredths of a percent, so 100 % is this


class Unit(models.TextChoices):
    """What the number of a target is: a share of its base in hundredths of a percent, or a count."""

    SHARE = "share", "%"
    COUNT = "count", "số lượng"


class Target(models.Model):
    """One target of a place as it was set on a day; a later wording is another row of the same `series`.

    `national` is the id of the policy's target that it holds, empty for one that was entered here. Nothing known is no
    number, never 0: a goal that no text seen gives, and a baseline that nobody counted. `owner` is the head who answers
    for it, empty where no text names one. `parent` is the target above under which it was set; where it aims lower,
    `lower_because` says why. `base_ended` is the day on which what the share is taken of ceased to exist.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    series = models.UUIDField(default=uuid4, editable=False, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    national = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    year = models.PositiveSmallIntegerField()
    value = models.BigIntegerField(null=True, blank=True)
    base = models.CharField(max_length=300, blank=True)
    base_ended = models.DateField(null=True, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    citation = models.CharField(max_length=300)
    mark = models.CharField(max_length=10)
    baseline = models.BigIntegerField(null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_source = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=30, choices=Role.choices, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lower_because = models.CharField(max_length=500, blank=True)
    set_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="targets_unit"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0) & (Q(unit=Unit.COUNT) | Q(value__lte=WHOLE)),
                name="targets_value_of_its_unit",
            ),
            models.CheckConstraint(condition=~Q(citation="") & ~Q(title=""), name="targets_cites"),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_year__isnull=True, baseline_source="")
                | Q(baseline__gte=0, baseline_year__lt=F("year")) & ~Q(baseline_source=""),
                name="targets_baseline_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | Q(ended_on__gte=F("set_on")) & ~Q(ended_because=""),
                name="targets_end_has_a_reason",
            ),
            models.UniqueConstraint(fields=["series"], condition=Q(ended_on__isnull=True), name="targets_one_open"),
            models.UniqueConstraint(
                fields=["national", "year"],
                condition=Q(ended_on__isnull=True) & ~Q(national=""),
                name="targets_national_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "ended_on"], name="targets_of_place")]

    def __str__(self) -> str:
        return f"{self.title} {self.year}: {self.value}"

    @property
    def is_made_up(self) -> bool:
        """Whether it was made up for a demonstration."""
        return self.mark == FICTIONAL


FICTIONAL: Mark = "fictional"
