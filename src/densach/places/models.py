"""Places: an identity that never changes, and dated rows for everything that does."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.history.intervals import Interval
from densach.places.fields import BinaryText


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

    def __str__(self) -> str:
        return str(self.uid)


class PlacePeriod(models.Model):
    """What a place was called, where it stood and which code it had, from one day to before another.

    `path` lists the places above it and itself, "1/25/1207/": what lies inside a place begins with its path.
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


def bare_name(name: str, unit_type: str) -> str:
    """A name without its type; unchanged where it does not begin with it."""
    starts = bool(unit_type) and name.lower().startswith(unit_type + " ")
    return name[len(unit_type) + 1 :] if starts else name
