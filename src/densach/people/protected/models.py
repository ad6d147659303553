"""What of a person neighbours never see: ethnic group, poverty, disability; a dated row for each time it is said."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from densach.accounts.models import Account
from densach.people.models import Person


class Kind(models.TextChoices):
    """What is said of somebody."""

    ETHNICITY = "ethnicity", "Dân tộc"
    POVERTY = "poverty", "Hộ nghèo, hộ cận nghèo"
    DISABILITY = "disability", "Khuyết tật"


class Basis(models.TextChoices):
    """On what it may be kept: the person agreed, or a text gives an office the duty."""

    CONSENT = "consent", "đồng ý"
    DUTY = "duty", "nhiệm vụ theo văn bản"


class EnteredAs(models.TextChoices):
    """Who said it: the person, who stands for a child, or an officer from a paper."""

    SELF = "self", "chính người ấy"
    REPRESENTATIVE = "representative", "người đại diện"
    OFFICER = "officer", "cán bộ"


class ProtectedFact(models.Model):
    """One protected fact of a person. A later one ends the one before; none is overwritten.

    The value, its source and the text it rests on are encrypted as one (`cipher`, with the id of its key), for the
    name of a paper tells as much as the value. Once it is erased the row stays without them.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protected_facts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    cipher = models.BinaryField(null=True, blank=True)
    key = models.CharField(max_length=16, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_as = models.CharField(max_length=16, choices=EnteredAs.choices)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ended_at__isnull=True), name="protected_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(cipher__isnull=False, erased_at__isnull=True) & ~Q(key="")
                | Q(cipher__isnull=True, erased_at__isnull=False, key=""),
                name="protected_sealed_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(ended_at__isnull=False), name="protected_erased_has_ended"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & Q(basis__in=Basis.values) & Q(entered_as__in=EnteredAs.values),
                name="protected_words",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.CONSENT) | Q(entered_as=EnteredAs.OFFICER), name="protected_duty_is_an_officers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
