"""What is kept ready of accepted figures, so that a dashboard of millions of them need not add them up.

Nothing here is a source: every row can be worked out anew from figures and places, and `densach figures check` does.
Only what the public was told once (`KeptHidden`, `OnceTold`) is not worked out anew: it is kept because it was told.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from densach.places.fields import BinaryText
from densach.places.models import Level, Place
from densach.reporting.figures.models import Indicator


class Standing(models.Model):
    """Where a commune of any time stands on today's map: in which areas wholly, and in which with a part of it.

    Wholly in a commune and in a province where it can be said, else in the country.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="standings", db_index=False)
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=10, choices=Level.choices)
    whole = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "area"], name="sums_standing_once")]
        indexes: ClassVar = [models.Index(fields=["area", "whole", "place"], name="sums_standing_in_area")]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.area_id}"


class KeptSum(models.Model):
    """The sum of an indicator over the communes of a province, on the map of its period or on today's.

    On today's map the area of what lies whole in no one province is the country, so that all rows of an indicator
    together are the sum of the country, and no two acceptances in different provinces write the same row.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()
    todays_map = models.BooleanField()
    fictional = models.BooleanField()
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.BigIntegerField()
    base = models.BigIntegerField(null=True, blank=True)
    communes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "period", "todays_map", "fictional", "area"], name="sums_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}: {self.value}"


class KeptCount(models.Model):
    """How many communes a province has on the map of a period; on that of today under the period 0."""

    period = models.PositiveIntegerField()
    fictional = models.BooleanField()
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    communes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "fictional", "area"], name="sums_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.area_id}: {self.communes}"


class KeptHidden(models.Model):
    """To what the public is held in a table of people, for ever; with an empty path, that a table has small counts.

    What was hidden once stays so, or two releases would give it away. Where a change may not be seen yet
    (`sums.holding`), the public is told so much `less` of every sum that the place is in, and of so many communes less.
    `own` rows are of the table of what provinces report themselves, of which the country's targets are sums.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()
    fictional = models.BooleanField()
    own = models.BooleanField(default=False)
    path = BinaryText(max_length=120, blank=True)
    hides = models.BooleanField(default=True)
    less = models.BigIntegerField(default=0)
    less_base = models.BigIntegerField(default=0)
    less_communes = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "period", "fictional", "own", "path"], name="sums_hidden_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.path}"


class OnceTold(models.Model):
    """A number of a place that the public was told before a correction: whoever kept that page still has it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "indicator", "period", "value"], name="sums_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.place_id} {self.period}: {self.value}"


class KeptPeriod(models.Model):
    """That the sums of a period are kept, and by which map: they hold only while the map has the same mark.

    The period 0 speaks of where communes stand on today's map.
    """

    period = models.PositiveIntegerField(primary_key=True)
    mark = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.period} {self.mark}"
