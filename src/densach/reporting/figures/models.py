"""Returns (báo cáo) that go up the levels, and the figures that were accepted from them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.places.models import Place


class Indicator(models.Model):
    """A code of the data sets with the small number by which millions of figures name it."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class State(models.TextChoices):
    """How far a return has come; while it is open, nothing is reported."""

    OPEN = "open", "đang ghi"
    PREPARED = "prepared", "chờ người đứng đầu duyệt"
    APPROVED = "approved", "đã duyệt, chờ cấp trên tiếp nhận"
    ACCEPTED = "accepted", "đã tiếp nhận, đã khóa"


class Report(models.Model):
    """One data set of one place for one period: prepared by one, approved by the head, accepted above, then locked.

    `version` grows with every change, so that two people who write at the same moment find out. `sent_on` is the day
    on which it first went up, which a reopening does not change. `note` is why it was given back or opened again.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    dataset = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "place", "period"], name="figures_report_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="figures_report_state"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, prepared_by__isnull=True)
                | ~Q(state=State.OPEN) & Q(prepared_by__isnull=False, prepared_at__isnull=False),
                name="figures_report_prepared_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.OPEN, State.PREPARED], approved_by__isnull=True)
                | Q(state__in=[State.APPROVED, State.ACCEPTED], approved_at__isnull=False, sent_on__isnull=False)
                & ~Q(approved_by=F("prepared_by")),
                name="figures_report_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ACCEPTED)
                | Q(accepted_at__isnull=False) & ~Q(accepted_by=F("approved_by")) & ~Q(accepted_by=F("prepared_by")),
                name="figures_report_accepted_by_another",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["dataset", "period", "state"], name="figures_reports_of_period")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.period} {self.state}"


class Value(models.Model):
    """One number of a return as it stands now; what it was before stands in the log of the return.

    Nothing known is no number, never 0. `computed` is what our own records gave when it was last written; where `value`
    differs, `reason` says why. `note` is what was said of an unusual number.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.BigIntegerField(null=True, blank=True)
    computed = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "indicator"], name="figures_value_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="figures_value_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"


class Origin(models.IntegerChoices):
    """Where an accepted figure comes from."""

    REPORTED = 1, "đơn vị báo cáo"
    COMPUTED = 2, "tính từ sổ của hệ thống"
    CONTRADICTED = 3, "đơn vị báo cáo khác số tính được"


class Figure(models.Model):
    """One accepted figure, on the place that reported it, for ever; the table that every dashboard reads.

    A row is here only while its return is, or was, accepted; a reopened return keeps what was accepted until the next
    time. `value` is the number, of a share its numerator with `base` beside it. `period` is `Period.key`. The rows are
    narrow because the country has millions of them; the second index holds all that an overview reads.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()
    value = models.BigIntegerField()
    base = models.BigIntegerField(null=True, blank=True)
    origin = models.PositiveSmallIntegerField(choices=Origin.choices, default=Origin.REPORTED)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "indicator", "period"], name="figures_figure_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(base__isnull=True) | Q(base__gt=0, base__gte=F("value"))),
                name="figures_figure_of_its_base",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["indicator", "period", "place", "value", "base"], name="figures_overview"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.place_id} {self.period}: {self.value}"


class Quoted(models.Model):
    """A figure that somebody published, as printed: no return, accepted by nobody, and beside ours never added up.

    `base_word` is the base by the name that the source gives it, `none` where it gives none; `said_on` the date as
    exactly as the source has it.
    """

    claim = models.CharField(max_length=60, unique=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=60)
    value = models.BigIntegerField(null=True, blank=True)
    base = models.BigIntegerField(null=True, blank=True)
    base_word = models.CharField(max_length=40)
    said_on = models.CharField(max_length=10)
    source = models.CharField(max_length=400)
    mark = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"{self.claim}: {self.printed}"


class Deadline(models.Model):
    """Before which day those above want a data set for a period from their places, and the text that says so."""

    dataset = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    before = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "place", "period"], name="figures_deadline_once"),
            models.CheckConstraint(condition=~Q(basis=""), name="figures_deadline_by_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.period}: {self.before}"
