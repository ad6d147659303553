"""Who may act here, who signs where the law names nobody, and the numbers that are given to what offices issue."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.authority.roles import Over, Role
from densach.history.intervals import Interval
from densach.people.models import Clan, Household, Person, Unit
from densach.places.models import Line, Place, PlacePeriod


class Grant(models.Model):
    """A role given to an account over one place, household, clan, unit or person, from a day to before another.

    It always ends by itself. `given_by` is empty only where nobody could give it yet: the first account of an
    installation, and what people take up about themselves with a slip of paper. `basis` is the text it rests on.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    line = models.CharField(max_length=20, choices=Line.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clan = models.ForeignKey(Clan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(max_length=300)
    place_now: PlacePeriod | None = None  # what the place is on the day that the roles are asked for
    in_demonstration: bool | None = None  # whether made-up places are shown here, asked along with the roles

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="authority_grant_interval"),
            models.CheckConstraint(condition=~Q(basis=""), name="authority_grant_cites"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="authority_grant_role"),
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{other}__isnull": other != over for other in Over}) for over in Over)),
                name="authority_grant_over_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "valid_to"], name="authority_grant_of")]

    def __str__(self) -> str:
        return f"{self.role} {self.uid}"

    @property
    def over(self) -> Over:
        """What kind of thing it is held over."""
        return next(over for over in Over if getattr(self, f"{over}_id") is not None)

    @property
    def valid(self) -> Interval | None:
        """The days on which it holds; none where it was taken back on its first day."""
        return Interval(self.valid_from, self.valid_to) if self.valid_from < self.valid_to else None


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


class KeptPaper(models.Model):
    """The copy of a numbered paper that stays with the clerk (bản lưu): printed again, it says what was issued.

    `matter` is the file (hồ sơ) that it belongs to, `name` what it is called in there.
    """

    number = models.OneToOneField(IssuedNumber, on_delete=models.PROTECT, related_name="paper")
    matter = models.UUIDField(db_index=True)
    name = models.CharField(max_length=80)
    content = models.TextField()

    def __str__(self) -> str:
        return self.name
