"""Who may act, where the law names nobody, and the numbers that are given to what offices issue."""

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


class NumberBook(models.Model):
    """One year's numbers of one series of one issuing body: the clerk's register of documents (sổ văn bản đi).

    `body` is the abbreviation of the body as it stands in the symbol ("UBND"), or the key of an office; `last_used` is
    the last number that was given on paper before the book was opened here. Made-up papers have books of their own.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=80)
    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    fictional = models.BooleanField(default=False)
    last_used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "body", "series", "year", "fictional"], name="authority_number_book_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.series} {self.year}"


class IssuedNumber(models.Model):
    """One number that was given: on which day, for what, and the lasting identity of that thing where it has one.

    A number is never given back: where its paper was cancelled it stays, with the reason in `cancelled`.
    """

    book = models.ForeignKey(NumberBook, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    on = models.DateField()
    what = models.CharField(max_length=200)
    thing = models.UUIDField(null=True, blank=True)
    cancelled = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "number"], name="authority_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(what=""), name="authority_number_is_for_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["thing"], name="authority_number_thing")]

    def __str__(self) -> str:
        return f"{self.number:02}"
