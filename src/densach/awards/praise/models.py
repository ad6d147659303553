"""Good examples (gương tốt): what somebody did, how soon it was praised, where it was honoured and who took it over.

Nothing here is an award: no row, number or word is shared with the register of awards, and no achievement is used up.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.people.models import Household, Person, Unit
from densach.places.models import Line, Place


class Who(models.TextChoices):
    """Whose deed it is."""

    PERSON = "person", "cá nhân"
    HOUSEHOLD = "household", "hộ gia đình"
    GROUP = "group", "tập thể"


class GoodExample(models.Model):
    """A good deed as it was told: whose, what, on which day, and on which day it became known here.

    `place` is where they live or sit; a person, household or unit of the register is linked. `speaks_for` is the person
    by whose consent the story is published: the person, or whoever heads the household; a group needs none.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=10, choices=Who.choices)
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deed = models.CharField(max_length=1000)
    deed_on = models.DateField()
    told_on = models.DateField()
    told_by = models.CharField(max_length=200, blank=True)
    entered_at_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_in_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    line = models.CharField(max_length=12, choices=Line.choices)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_fictional = models.BooleanField(default=False)
    story = models.TextField(blank=True)
    speaks_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(deed="") & Q(told_on__gte=F("deed_on")), name="praise_deed_then_told"
            ),
            models.CheckConstraint(
                condition=Q(who=Who.PERSON, household=None, unit=None)
                | Q(who=Who.HOUSEHOLD, person=None, unit=None)
                | Q(who=Who.GROUP, person=None, household=None),
                name="praise_of_one",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(story="") & (Q(who=Who.GROUP) | Q(speaks_for__isnull=False)),
                name="praise_published_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(entered_at_place=None, entered_in_unit__isnull=False)
                | Q(entered_at_place__isnull=False, entered_in_unit=None),
                name="praise_entered_somewhere",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "deed_on"], name="praise_at_place")]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A letter of praise (thư khen) as it was made: who praises, on which day, and the paper itself (`content`)."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    example = models.ForeignKey(GoodExample, on_delete=models.PROTECT, related_name="letters")
    from_whom = models.CharField(max_length=200)
    on = models.DateField()
    words = models.CharField(max_length=1000)
    content = models.TextField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["example", "from_whom"], name="praise_one_letter_from_each"),
            models.CheckConstraint(condition=~Q(from_whom="") & ~Q(words=""), name="praise_letter_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.from_whom} {self.on}"


class Honouring(models.Model):
    """An event at which a good example was honoured."""

    example = models.ForeignKey(GoodExample, on_delete=models.PROTECT, related_name="honourings")
    event = models.CharField(max_length=200)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["example", "event", "on"], name="praise_honoured_once_an_event"),
            models.CheckConstraint(condition=~Q(event=""), name="praise_honoured_at_an_event"),
        ]

    def __str__(self) -> str:
        return self.event


class Replication(models.Model):
    """Somebody else took a good example over: who, where in words, from which day, and what they do."""

    example = models.ForeignKey(GoodExample, on_delete=models.PROTECT, related_name="replications")
    by = models.CharField(max_length=200)
    on = models.DateField()
    how = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["example", "by"], name="praise_taken_over_once_by_each"),
            models.CheckConstraint(condition=~Q(by=""), name="praise_taken_over_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.by
