"""Persons and the groups they belong to: one person, many dated memberships."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from densach.history.intervals import Interval
from densach.places.fields import BinaryText
from densach.places.models import Organisation, OrganisationKind, Place


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
    """How a person lives in a household; who counts as a resident is a choice that no text settles."""

    PERMANENT = "permanent", "Thường trú"
    TEMPORARY = "temporary", "Tạm trú"
    UNKNOWN = "unknown", "Chưa biết"


class StayKind(models.TextChoices):
    """How a person lives away from every household."""

    BOARDING = "boarding", "Ở nội trú, bán trú tại trường"
    AWAY = "away", "Đi làm ăn xa"


class CountedBy(models.TextChoices):
    """Who is counted in a commune: the values of the assumption `residents_counted` of the policy."""

    PERMANENT = "permanent", "người thường trú"
    WHERE_THEY_LIVE = "where_they_live", "người đang ở"
    BOTH = "permanent_and_temporary", "người thường trú và người tạm trú"


class PairState(models.TextChoices):
    """Whether two records that look alike are one person: nobody said yet, yes, no."""

    WAITING = "waiting", "chờ người xem"
    SAME = "same", "là một người"
    DIFFERENT = "different", "là hai người"


class UnitKind(models.TextChoices):
    """What a unit is; some criteria apply by kind."""

    AGENCY = "agency", "Cơ quan"
    SCHOOL = "school", "Cơ sở giáo dục"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
    ARMED_FORCES = "armed_forces", "Đơn vị lực lượng vũ trang"
    OTHER = "other", "Tổ chức khác"


# Which kind of unit an organisation is, for criteria that apply by kind; no text draws these lines (decision 0013).
UNIT_KINDS: dict[OrganisationKind, UnitKind] = {
    OrganisationKind.AGENCY: UnitKind.AGENCY,
    OrganisationKind.PARTY: UnitKind.AGENCY,
    OrganisationKind.FRONT: UnitKind.AGENCY,
    OrganisationKind.ASSOCIATION: UnitKind.OTHER,
    OrganisationKind.PRESCHOOL: UnitKind.SCHOOL,
    OrganisationKind.PRIMARY: UnitKind.SCHOOL,
    OrganisationKind.LOWER_SECONDARY: UnitKind.SCHOOL,
    OrganisationKind.UPPER_SECONDARY: UnitKind.SCHOOL,
    OrganisationKind.SCHOOL: UnitKind.SCHOOL,
    OrganisationKind.LEARNING_CENTRE: UnitKind.SCHOOL,
    OrganisationKind.LIBRARY: UnitKind.OTHER,
    OrganisationKind.ENTERPRISE: UnitKind.ENTERPRISE,
    OrganisationKind.ARMED_FORCES: UnitKind.ARMED_FORCES,
    OrganisationKind.OTHER: UnitKind.OTHER,
}


class Role(models.TextChoices):
    """How a person belongs to a unit."""

    MEMBER = "member", "Thành viên"
    LEARNER = "learner", "Người học"


class Person(models.Model):
    """One record of a person. Name and birth date stand as on the paper, unencrypted, because search needs them.

    The personal number is kept encrypted (`number_cipher`, with the id of its key) and found by `number_hash`.
    `same_as` names the record by which the person is counted, where several turned out to be of one person; it
    never leads to a record that is itself joined to another. `full_name` is the name of today; see `PersonName`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    full_name = models.CharField(max_length=120)
    folded = BinaryText(max_length=120)
    sort = BinaryText(max_length=400)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.UNKNOWN)
    sex = models.CharField(max_length=10, choices=Sex.choices)
    literacy = models.PositiveSmallIntegerField(null=True, blank=True)
    number_cipher = models.BinaryField(null=True, blank=True)
    number_key = models.CharField(max_length=16, blank=True)
    number_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")
    died_on = models.DateField(null=True, blank=True)
    death_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")), name="people_person_not_joined_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True, death_basis="") | (Q(died_on__isnull=False) & ~Q(death_basis="")),
                name="people_person_death_has_a_basis",
            ),
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


class PersonName(models.Model):
    """A name that a person had until the day `valid_to`; without `valid_from` as far back as is known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_names")
    full_name = models.CharField(max_length=120)
    folded = BinaryText(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_name_interval"
            ),
            models.UniqueConstraint(fields=["person", "valid_to"], name="people_name_one_until_a_day"),
            models.CheckConstraint(condition=~Q(basis=""), name="people_name_has_a_basis"),
        ]
        indexes: ClassVar = [models.Index(fields=["folded"], name="people_name_folded")]

    def __str__(self) -> str:
        return self.full_name


class LikelyDuplicate(models.Model):
    """Two records that look as if they were of one person, why, and what a person decided.

    `looked` is the hash of what both records said when a search compared them, empty where only a person did: a pair
    decided `different` comes back only when that changes. Of a pair decided `same`, `joined` is counted as `kept`.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.JSONField()
    looked = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.WAITING)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_pair_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="people_pair_once"),
            models.UniqueConstraint(fields=["joined"], name="people_pair_joined_once"),
            models.CheckConstraint(
                condition=Q(state=PairState.SAME, kept__isnull=False, joined__isnull=False)
                | (~Q(state=PairState.SAME) & Q(kept__isnull=True, joined__isnull=True)),
                name="people_pair_same_names_the_kept",
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.WAITING, decided_at__isnull=True)
                | (~Q(state=PairState.WAITING) & Q(decided_at__isnull=False) & ~Q(decided_why="")),
                name="people_pair_decided_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["first"], condition=Q(state=PairState.WAITING), name="people_pair_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id} {self.state}"


class Household(models.Model):
    """One household (hộ): it stays the same one wherever it lives and whatever its code is (`HouseholdHome`)."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def home(self) -> HouseholdHome:
        """Where it lives, or lived last; where there are many households their homes are read ahead."""
        return max(self.homes.all(), key=lambda row: (row.valid_to is None, row.valid_from))

    def home_on(self, day: date) -> HouseholdHome:
        """Where it lived on a day, or else lives now."""
        return next((row for row in self.homes.all() if row.valid.contains(day)), self.home)


class Clan(models.Model):
    """A clan (dòng họ): households that registered together, not a genealogy."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit (đơn vị) on the commune's territory: agency, school, enterprise, organisation.

    Where it is linked to an `organisation`, its name and kind on a day are those of the organisation.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="people_unit_organisation_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A membership true from one day to before another; the open row has no end."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def valid(self) -> Interval:
        """The days on which it is true."""
        return Interval(self.valid_from, self.valid_to)


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
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)

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
        # The order in which a village reads its households, so that fifty are found without sorting two thousand; the
        # only index of the village, because PostgreSQL would rather take a plain one and sort.
        indexes: ClassVar = [models.Index("village", Length("code"), "code", name="people_homes_in_order")]


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
    """A person has a home in a household: one at a time of each kind, so a permanent and a temporary one at most.

    `source` says where that was read, empty for a row of the register from before sources were kept.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    is_head = models.BooleanField(default=False)
    kind = models.CharField(max_length=10, choices=Residence.choices, default=Residence.UNKNOWN)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="people_in_household_interval",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(valid_to__isnull=True), name="people_in_one_open_home_of_a_kind"
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


class Stay(Membership):
    """A person lives away from every household: boarding at a school, or at work elsewhere.

    `commune` is where that is, as far as it is known; `where` is the place in words, `source` who says so.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    kind = models.CharField(max_length=10, choices=StayKind.choices)
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where = models.CharField(max_length=200)
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_stay_interval"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(valid_to__isnull=True), name="people_stay_one_open_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(where=""), name="people_stay_has_a_source"),
        ]


class ResidentsCounted(Membership):
    """A commune chose who is counted in it, in place of the assumption of the policy."""

    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=30, choices=CountedBy.choices)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_counted_interval"
            ),
            models.UniqueConstraint(
                fields=["commune"], condition=Q(valid_to__isnull=True), name="people_counted_one_open"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=CountedBy.values) & ~Q(source=""), name="people_counted_has_a_source"
            ),
        ]


class CountedAt(Membership):
    """Of a person with several homes, where he or she is counted: chosen by somebody, with its source."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="counted_at")
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="people_counted_at_interval"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="people_counted_at_one_open"
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(chosen_by=""), name="people_counted_at_has_a_source"),
        ]
