"""Places: an identity that never changes, and dated rows for everything that does."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.history.intervals import Interval
from densach.places.fields import BinaryText
from densach.rules.model import MARKS


class Kind(models.TextChoices):
    """What a place is for good: an administrative unit, or a village, which the law does not call one."""

    UNIT = "unit", "đơn vị hành chính"
    VILLAGE = "village", "thôn, tổ dân phố"


class Level(models.TextChoices):
    """Where a place stands; the district level ended on 01/07/2025."""

    COUNTRY = "country", "cả nước"
    PROVINCE = "province", "cấp tỉnh"
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"
    VILLAGE = "village", "thôn, tổ dân phố"


class CodeList(models.Model):
    """A list of codes and the days on which we know the country by it; without `known_to` until a next list.

    `checked_on` is the last day on which the list was compared with its publisher, `digest` the shipped data;
    `units_older` says that the first day of the list is only the first we can speak of, not the first of its units.
    """

    key = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=120)
    known_from = models.DateField()
    known_to = models.DateField(null=True, blank=True)
    checked_on = models.DateField()
    fictional = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    units_older = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(known_to__isnull=True) | Q(known_from__lt=F("known_to")), name="places_list_interval"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def known(self) -> Interval:
        """The days for which the list speaks."""
        return Interval(self.known_from, self.known_to)


class Place(models.Model):
    """One place for ever; `uid` is its name between databases, `fictional` marks one made up for demonstrations."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    fictional = models.BooleanField(default=False)

    class Meta:
        # Every page asks whether there is a made-up place; without these few entries it would read all the real ones.
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(fictional=True), name="places_made_up")]

    def __str__(self) -> str:
        return str(self.uid)


class PlacePeriod(models.Model):
    """What a place was called, where it stood and which code it had, from one day to before another.

    `path` lists the places above it and itself, "1/25/1207/": what lies inside a place begins with its path.
    `confirmed_on` is an earlier day of which a compared list (`confirmed_by`) says the same; `began_on` the day before
    which the place was surely another thing. Neither makes the row true before `valid_from`.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="periods")
    level = models.CharField(max_length=10, choices=Level.choices)
    type = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=10, blank=True)
    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = BinaryText(max_length=120)
    folded = BinaryText(max_length=120)
    sort = BinaryText(max_length=400)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="places_period_interval"
            ),
            models.CheckConstraint(
                condition=Q(code="", code_list__isnull=True) | (~Q(code="") & Q(code_list__isnull=False)),
                name="places_period_code_names_its_list",
            ),
            models.CheckConstraint(
                condition=Q(level="country", parent__isnull=True) | (~Q(level="country") & Q(parent__isnull=False)),
                name="places_period_only_country_is_top",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="places_period_level"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(valid_to__isnull=True), name="places_period_one_open"
            ),
            models.UniqueConstraint(
                fields=["code", "code_list", "level"],
                condition=Q(valid_to__isnull=True, code_list__isnull=False),
                name="places_period_one_open_code",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(valid_to__isnull=True, level="village"),
                name="places_period_one_open_village_name",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path"], name="places_period_path"),
            models.Index(fields=["code"], name="places_period_code"),
            models.Index(
                fields=["valid_from", "valid_to", "level", "id"],
                condition=~Q(level="village"),
                name="places_period_units",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def valid(self) -> Interval:
        """The days of which this row speaks."""
        return Interval(self.valid_from, self.valid_to)

    @property
    def short_name(self) -> str:
        """The name without the type it begins with: `Ba Đình` for `Phường Ba Đình`."""
        return bare_name(self.name, self.type)


class Lineage(models.Model):
    """What became of a place: from a day on, all (`whole`) or a part of the old one belongs to the new one.

    `share_permille` is the part of the people of the old place, with `share_basis` saying who counted it; None is
    unknown.
    """

    old = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="later")
    new = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="earlier")
    on = models.DateField()
    whole = models.BooleanField()
    share_permille = models.PositiveIntegerField(null=True, blank=True)
    share_basis = models.CharField(max_length=200, blank=True)
    legal_act = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="places_lineage_once"),
            models.UniqueConstraint(fields=["old"], condition=Q(whole=True), name="places_lineage_one_whole"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="places_lineage_of_another"),
            models.CheckConstraint(
                condition=Q(share_permille__isnull=True, share_basis="")
                | (Q(share_permille__isnull=False, share_permille__lte=1000) & ~Q(share_basis="")),
                name="places_lineage_share_has_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class OrganisationKind(models.TextChoices):
    """What an organisation is; of which kinds the law speaks is in docs/organisations.md."""

    AGENCY = "agency", "Cơ quan nhà nước"
    PARTY = "party", "Cơ quan của Đảng"
    FRONT = "front", "Mặt trận Tổ quốc"
    ASSOCIATION = "association", "Hội, đoàn thể"
    PRESCHOOL = "preschool", "Trường mầm non"
    PRIMARY = "primary", "Trường tiểu học"
    LOWER_SECONDARY = "lower_secondary", "Trường trung học cơ sở"
    UPPER_SECONDARY = "upper_secondary", "Trường trung học phổ thông"
    SCHOOL = "school", "Cơ sở giáo dục khác"
    LEARNING_CENTRE = "learning_centre", "Trung tâm học tập cộng đồng"
    LIBRARY = "library", "Thư viện"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
    ARMED_FORCES = "armed_forces", "Đơn vị lực lượng vũ trang"
    OTHER = "other", "Tổ chức khác"


class Line(models.TextChoices):
    """A line of command; an organisation has at most one superior in each on a day."""

    GOVERNMENT = "government", "chính quyền"
    PARTY = "party", "cấp ủy"
    FRONT = "front", "Mặt trận"
    ASSOCIATION = "association", "Hội Khuyến học"
    SECTOR = "sector", "ngành dọc"


class Organisation(models.Model):
    """One organisation for ever, like a place; `fictional` marks one made up for demonstrations."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    fictional = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.uid)


class OrganisationPeriod(models.Model):
    """What an organisation was called, what it was and where it had its seat, from one day to before another.

    Without a `seat` it is not known where it was. `body` names the body of its seat that it is, such as the Sở GDĐT of
    a province; empty for all others.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    seat = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=40, blank=True)
    folded = BinaryText(max_length=400)
    sort = BinaryText(max_length=800)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="places_organisation_interval",
            ),
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="places_organisation_mark"),
            models.CheckConstraint(condition=~Q(source=""), name="places_organisation_source"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="places_organisation_one_open"
            ),
            models.UniqueConstraint(
                fields=["body", "seat"],
                condition=Q(valid_to__isnull=True) & ~Q(body=""),
                name="places_organisation_one_open_body",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["folded"], name="places_organisation_folded")]

    def __str__(self) -> str:
        return self.name

    @property
    def valid(self) -> Interval:
        """The days of which this row speaks."""
        return Interval(self.valid_from, self.valid_to)


class OrganisationLineage(models.Model):
    """What became of an organisation: from a day on, all (`whole`) or a part of the old one is in the new one."""

    old = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="later")
    new = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="earlier")
    on = models.DateField()
    whole = models.BooleanField()
    legal_act = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="places_organisation_lineage_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(whole=True), name="places_organisation_lineage_one_whole"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="places_organisation_lineage_of_another"),
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="places_organisation_lineage_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Subordination(models.Model):
    """Who stands above an organisation in a line: another organisation, or the body `body` of a `place`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="superiors")
    line = models.CharField(max_length=12, choices=Line.choices)
    superior = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="subordinates"
    )
    body = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="places_subordination_interval",
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=False, body="", place__isnull=True)
                | (Q(superior__isnull=True, place__isnull=False) & ~Q(body="")),
                name="places_subordination_one_superior",
            ),
            models.CheckConstraint(condition=~Q(organisation=F("superior")), name="places_subordination_of_another"),
            models.CheckConstraint(condition=Q(line__in=Line.values), name="places_subordination_line"),
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="places_subordination_mark"),
            models.UniqueConstraint(
                fields=["organisation", "line"],
                condition=Q(valid_to__isnull=True),
                name="places_subordination_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} ← {self.superior_id or self.body}"

    @property
    def valid(self) -> Interval:
        """The days of which this row speaks."""
        return Interval(self.valid_from, self.valid_to)


class NameQuestion(models.Model):
    """Two villages of one name came into one commune: the name proposed for one of them, until people answer.

    Until then the village goes by the name proposed. `answer` is the name that people gave, `cites` the text it
    rests on.
    """

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    old_name = models.CharField(max_length=120)
    proposed = models.CharField(max_length=120)
    asked_for = models.DateField()
    answer = models.CharField(max_length=120, blank=True)
    cites = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["village", "commune"], name="places_name_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", cites="") | (~Q(answer="") & ~Q(cites="")), name="places_name_answer_cites"
            ),
        ]

    def __str__(self) -> str:
        return self.proposed


class AreaFamily(models.TextChoices):
    """Kinds of area that exclude each other: a commune is of at most one kind of a family on a day."""

    REGION = "region", "xã khu vực I, II, III"
    BORDER = "border", "xã biên giới"
    ISLAND = "island", "xã đảo"


class AreaKind(models.TextChoices):
    """What a list calls a commune; which communes are one says only a decision of the State, never this software."""

    REGION_1 = "region_1", "xã khu vực I"
    REGION_2 = "region_2", "xã khu vực II"
    REGION_3 = "region_3", "xã khu vực III"
    BORDER = "border", "xã biên giới"
    ISLAND = "island", "xã đảo"

    @property
    def family(self) -> AreaFamily:
        """The family it belongs to."""
        return AreaFamily.REGION if self.value.startswith("region_") else AreaFamily(self.value)


class AreaList(models.Model):
    """A list of communes of some kinds of area, and the text it is from; one list is one act.

    It speaks from `valid_from` to before `valid_to`, of the communes of its first day. `digest` is that of all it says.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    issuer = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    entered_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="places_area_list_interval"
            ),
            models.CheckConstraint(
                condition=Q(mark__in=MARKS) & ~Q(number="") & ~Q(issuer=""), name="places_area_list_has_its_text"
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=Q(taken_back_at__isnull=True), name="places_area_list_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AreaPeriod(models.Model):
    """What a list says of a commune and a family of kinds from a day on; without a `kind` that it is none of them.

    What the list says is never changed. `said_on` is its first day, `closed_on` that of the next list about the same
    commune and family, which ends this row; `taken_back` that of a list which was taken back nothing holds.
    """

    area_list = models.ForeignKey(AreaList, on_delete=models.PROTECT, related_name="periods")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="area_periods")
    family = models.CharField(max_length=10, choices=AreaFamily.choices)
    kind = models.CharField(max_length=10, choices=AreaKind.choices, blank=True)
    said_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    taken_back = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="places_area_interval"
            ),
            models.CheckConstraint(
                condition=Q(kind="", family__in=AreaFamily.values)
                | Q(family="region", kind__startswith="region_")
                | (Q(kind=F("family")) & ~Q(family="region")),
                name="places_area_kind_of_its_family",
            ),
            models.UniqueConstraint(
                fields=["place", "family", "said_on", "valid_from"],
                condition=Q(taken_back=False),
                name="places_area_one_list_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.kind or self.family}"


def bare_name(name: str, unit_type: str) -> str:
    """A name without its type; unchanged where it does not begin with it."""
    starts = bool(unit_type) and name.lower().startswith(unit_type + " ")
    return name[len(unit_type) + 1 :] if starts else name
