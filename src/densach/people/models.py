"""Persons and the groups they belong to: one person, many dated memberships."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.places.fields import BinaryText
from densach.places.models import Place


class Sex(models.TextChoices):
    """As the identity paper says."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Precision(models.TextChoices):
    """How much of a birth date is known."""

    DAY = "day", "ngày"
    YEAR = "year", "năm"
    UNKNOWN = "unknown", "chưa biết"


class Residence(models.TextChoices):
    """How a person lives in the commune; who counts as a resident is a choice that no text settles."""

    PERMANENT = "permanent", "Thường trú"
    TEMPORARY = "temporary", "Tạm trú"
    UNKNOWN = "unknown", "Chưa biết"


class UnitKind(models.TextChoices):
    """What a unit is; some criteria apply by kind."""

    AGENCY = "agency", "Cơ quan"
    SCHOOL = "school", "Cơ sở giáo dục"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
    ARMED_FORCES = "armed_forces", "Đơn vị lực lượng vũ trang"
    OTHER = "other", "Tổ chức khác"


class Role(models.TextChoices):
    """How a person belongs to a unit."""

    MEMBER = "member", "Thành viên"
    LEARNER = "learner", "Người học"


class Person(models.Model):
    """One person. The name stands as on the paper; name and birth date are not encrypted, because search needs them.

    The personal number is kept encrypted (`number_cipher`, with the id of its key) and found by `number_hash`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    full_name = models.CharField(max_length=120)
    folded = BinaryText(max_length=120)
    sort = BinaryText(max_length=400)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.UNKNOWN)
    sex = models.CharField(max_length=10, choices=Sex.choices)
    literacy = models.PositiveSmallIntegerField(null=True, blank=True)
    residence = models.CharField(max_length=10, choices=Residence.choices, default=Residence.UNKNOWN)
    number_cipher = models.BinaryField(null=True, blank=True)
    number_key = models.CharField(max_length=16, blank=True)
    number_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True, birth_precision=Precision.UNKNOWN)
                | Q(birth_date__isnull=False, birth_precision__in=[Precision.DAY, Precision.YEAR]),
                name="people_person_birth_is_as_known",
            ),
            models.CheckConstraint(
                condition=Q(number_hash__isnull=True, number_cipher__isnull=True, number_key="")
                | (Q(number_hash__isnull=False, number_cipher__isnull=False) & ~Q(number_key="")),
                name="people_person_number_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(literacy__isnull=True) | Q(literacy__lte=2), name="people_person_literacy_level"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["folded"], name="people_person_folded")]

    def __str__(self) -> str:
        return self.full_name


class Household(models.Model):
    """One household (hộ): it stays the same one wherever it lives and whatever its code is (`HouseholdHome`)."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return str(self.uid)


class Clan(models.Model):
    """A clan (dòng họ): households that registered together, not a genealogy."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit (đơn vị) on the commune's territory: agency, school, enterprise, organisation."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A membership true from one day to before another; the open row has no end."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class InCommune(Membership):
    """Where something is entered, and under which code of that commune."""

    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class HouseholdHome(InCommune):
    """A household lives in a village of a commune, in one at a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="homes")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_home_interval"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(valid_to__isnull=True), name="people_one_open_home"
            ),
            models.UniqueConstraint(
                fields=["commune", "code"], condition=Q(valid_to__isnull=True), name="people_household_code"
            ),
        ]


class ClanSeat(InCommune):
    """A clan is entered in a commune, in one at a time."""

    clan = models.ForeignKey(Clan, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_clan_seat_interval"
            ),
            models.UniqueConstraint(
                fields=["clan"], condition=Q(valid_to__isnull=True), name="people_one_open_clan_seat"
            ),
            models.UniqueConstraint(
                fields=["commune", "code"], condition=Q(valid_to__isnull=True), name="people_clan_code"
            ),
        ]


class UnitSeat(InCommune):
    """A unit stands on the territory of a commune, of one at a time."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_unit_seat_interval"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="people_one_open_unit_seat"
            ),
            models.UniqueConstraint(
                fields=["commune", "code"], condition=Q(valid_to__isnull=True), name="people_unit_code"
            ),
        ]


class HouseholdMember(Membership):
    """A person lives in a household; in one at a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="people_in_household_interval",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="people_in_one_open_household"
            ),
        ]


class ClanHousehold(Membership):
    """A household belongs to a clan by registration."""

    clan = models.ForeignKey(Clan, on_delete=models.PROTECT, related_name="households")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="clans")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_in_clan_interval"
            ),
            models.UniqueConstraint(
                fields=["clan", "household"], condition=Q(valid_to__isnull=True), name="people_in_clan_once"
            ),
        ]


class UnitMember(Membership):
    """A person works or learns in a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="units")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_in_unit_interval"
            ),
            models.UniqueConstraint(
                fields=["unit", "person", "role"], condition=Q(valid_to__isnull=True), name="people_in_unit_once"
            ),
        ]
