"""A slip of paper: whoever holds it and knows the year of birth takes up one role, once."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.authority.roles import Role
from densach.people.models import Household, Person


class Slip(models.Model):
    """One slip, for a person about themselves or for the head of a household; of its code only a hash is kept.

    `holder` is who it is meant for, whose year of birth is the second thing to know. A slip is open until it is used
    or ended; one that is made again ends the one before, which may be lost.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    role = models.CharField(max_length=30, choices=Role.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    valid_to = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role=Role.CITIZEN, person__isnull=False, household__isnull=True)
                | Q(role=Role.HOUSEHOLD_HEAD, person__isnull=True, household__isnull=False),
                name="slips_slip_over_what_its_role_is",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="slips_slip_used_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="slips_one_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="slips_one_of_a_household",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number on the paper, by which the basis of the role names it."""
        return f"{self.made_at.year}-{self.pk:06}"

    @property
    def thing(self) -> Person | Household:
        """What the role is held over."""
        thing = self.person or self.household
        assert thing is not None  # noqa: S101  - the database holds the constraint
        return thing
