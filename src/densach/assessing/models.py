"""The yearly round: who registered, what was said and checked, what the law gives, and what people decided.

A computed verdict (`Assessment`) and a legal recognition (`Recognition`) are never the same row.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.authority.models import LocalDecision
from densach.people.models import Clan, Household, Person, Unit
from densach.places.models import Place


class Kind(models.TextChoices):
    """What can be assessed."""

    PERSON = "person", "người"
    HOUSEHOLD = "household", "hộ"
    CLAN = "clan", "dòng họ"
    UNIT = "unit", "đơn vị"
    PLACE = "place", "đơn vị hành chính, thôn"


KINDS: tuple[str, ...] = tuple(Kind.values)


class Stage(models.TextChoices):
    """Who says it: the subject itself, or those who verify."""

    SELF = "self", "tự đánh giá"
    VERIFIED = "verified", "kiểm tra"


class Verdict(models.TextChoices):
    """What the law as we know it gives."""

    MET = "met", "đạt"
    UNMET = "unmet", "chưa đạt"
    UNKNOWN = "unknown", "chưa xác định"
    NOT_APPLICABLE = "not_applicable", "không áp dụng"


class PolicyVersion(models.Model):
    """The bytes of one policy file, kept by their hash for as long as a receipt names them."""

    digest = models.CharField(max_length=64, primary_key=True)
    policy_id = models.CharField(max_length=80)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.policy_id} {self.digest[:12]}"


class Round(models.Model):
    """One year of one place under one reading of the law (`packs`); a fictional one never mixes with real ones."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    packs = models.CharField(max_length=20, default="vn")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year", "packs"], name="assessing_round_once"),
            models.CheckConstraint(condition=Q(year__gte=2014, year__lte=2100), name="assessing_round_year"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.year}"

    @property
    def is_fictional(self) -> bool:
        """Whether the fictional pack takes part: then every page says MẪU."""
        return "demo" in self.packs.split(",")


class Subject(models.Model):
    """Someone or something that is assessed: exactly one of the five. `pseudonym` stands for it in receipts."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    pseudonym = models.UUIDField(default=uuid4, unique=True, null=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="subject")
    household = models.OneToOneField(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="subject")
    clan = models.OneToOneField(Clan, on_delete=models.PROTECT, null=True, blank=True, related_name="subject")
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="subject")
    place = models.OneToOneField(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="subject")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(kind=kind, **{f"{other}__isnull": other != kind for other in KINDS}) for kind in KINDS)
                ),
                name="assessing_subject_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class InRound(models.Model):
    """A row about one subject and one title in one round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    title_key = models.CharField(max_length=60)

    class Meta:
        abstract = True


class Registration(InRound):
    """The subject said at the beginning of the year that it wants to be assessed for the title."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "subject", "title_key"], name="assessing_registered_once"),
        ]


class Answers(InRound):
    """The facts that people gave, as facts by id; a fact that is absent is not known."""

    stage = models.CharField(max_length=10, choices=Stage.choices)
    facts = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "subject", "title_key", "stage"], name="assessing_answers_once"),
        ]


class Assessment(InRound):
    """What the law as we know it gives for the facts, with its sealed receipt."""

    rubric = models.CharField(max_length=80)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    level = models.CharField(max_length=20, blank=True)
    points_low = models.IntegerField(null=True, blank=True)
    points_high = models.IntegerField(null=True, blank=True)
    seal = models.CharField(max_length=80)
    receipt = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "subject", "title_key"], name="assessing_assessed_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="assessing_verdict"),
            models.CheckConstraint(
                condition=Q(points_low__isnull=True)
                | Q(points_high__isnull=True)
                | Q(points_low__lte=F("points_high")),
                name="assessing_points_interval",
            ),
        ]


class Proposal(InRound):
    """A subject on the recognition list of a round, with what was computed when it was put there."""

    level = models.CharField(max_length=20, blank=True)
    computed = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    scorer = models.CharField(max_length=200, blank=True)
    paper_sheet = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "subject", "title_key"], name="assessing_proposed_once"),
            models.CheckConstraint(
                condition=Q(computed=Verdict.MET) | (~Q(reason="") & ~Q(scorer="")),
                name="assessing_proposed_by_people_with_reason",
            ),
        ]


class FormerProposal(models.Model):
    """A row that was taken off the recognition list of a round, by the key that its log goes by."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    key = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.key}"


class RecognitionAct(models.Model):
    """A legal act: number, date, the office that signed under the name of its day, and the papers it rests on.

    `fictional` says that it rests on the fictional pack; no round that goes by the real law alone ever counts it.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    office = models.CharField(max_length=80, blank=True)
    office_title = models.CharField(max_length=200)
    local_decision = models.ForeignKey(LocalDecision, on_delete=models.PROTECT, null=True, blank=True)
    basis = models.CharField(max_length=300)
    fictional = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number", "signed_on", "fictional"], name="assessing_act_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(basis=""), name="assessing_act_has_papers"),
            models.CheckConstraint(
                condition=~Q(office="") | Q(local_decision__isnull=False), name="assessing_act_has_an_office"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Recognition(models.Model):
    """One subject recognised by an act. `valid_from` and `valid_to` are empty where no text says them.

    `computed` is what the law gave at that time, empty for acts from before this product. People may decide while it
    is not *met*: then `decided_by_people` says so, with the reason, the scorer and the paper sheet.
    """

    act = models.ForeignKey(RecognitionAct, on_delete=models.PROTECT, related_name="recognitions")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="recognitions")
    title_key = models.CharField(max_length=60)
    level = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    computed = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    decided_by_people = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    scorer = models.CharField(max_length=200, blank=True)
    paper_sheet = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "subject", "title_key"], name="assessing_recognised_once_by_act"),
            models.CheckConstraint(
                condition=Q(computed=Verdict.MET, decided_by_people=False)
                | Q(decided_by_people=True) & ~Q(reason="") & ~Q(scorer="") & ~Q(computed=Verdict.MET),
                name="assessing_people_decide_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="assessing_recognition_interval",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["title_key", "year"], name="assessing_title_year")]


class NamedInAct(models.Model):
    """Whom an act names, in its own words and by the names of its day; kept when it is signed and never rewritten.

    `place` is the smallest place that is known of: the village or the commune of the address, or the recognised place.
    """

    recognition = models.OneToOneField(Recognition, on_delete=models.PROTECT, related_name="named")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=400, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="assessing_named_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Correction(models.Model):
    """An act that corrects (đính chính) the name in an earlier one; the earlier act stays as it was signed."""

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="corrections")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    office = models.CharField(max_length=80, blank=True)
    office_title = models.CharField(max_length=200)
    local_decision = models.ForeignKey(LocalDecision, on_delete=models.PROTECT, null=True, blank=True)
    was = models.CharField(max_length=200)
    now = models.CharField(max_length=200)
    why = models.TextField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recognition", "number", "signed_on"], name="assessing_correction_once"),
            models.CheckConstraint(
                condition=~Q(was=F("now")) & ~Q(now="") & ~Q(number="") & ~Q(why="") & ~Q(basis=""),
                name="assessing_correction_has_words_and_papers",
            ),
            models.CheckConstraint(
                condition=~Q(office="") | Q(local_decision__isnull=False), name="assessing_correction_has_an_office"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Printing(models.Model):
    """One printing of certificates, made whole; until its file is `written`, the same command writes it again."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title_key = models.CharField(max_length=60)
    fictional = models.BooleanField(default=False)
    printed_on = models.DateField()
    printed_by = models.CharField(max_length=150)
    written = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "year", "title_key"], name="assessing_printing_of")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_specimen(self) -> bool:
        """Whether the place or the law is made up: then every page says MẪU."""
        return self.fictional or self.place.fictional


class Certificate(models.Model):
    """One printed certificate: its number in the book, and its words as they stand on paper (`words`, by part).

    `code` is chance, tells nothing of anybody, and finds the certificate; a reprint keeps the serial of the first
    print. `correction` is the one whose name it carries.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="certificates")
    printing = models.ForeignKey(Printing, on_delete=models.PROTECT, related_name="certificates")
    serial = models.PositiveIntegerField()
    serial_year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16, unique=True)
    reprint = models.BooleanField(default=False)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.JSONField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recognition"], condition=Q(reprint=False), name="assessing_printed_first_once"
            ),
            models.UniqueConstraint(fields=["printing", "recognition"], name="assessing_printed_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_by=""),
                name="assessing_withdrawn_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial:05}"


class ColumnMapping(models.Model):
    """How a person confirmed the columns of a sheet: used again for the same headings from the same sender.

    `signature` is the hash of the headings in their places; `sender` is empty for the commune as a whole; `columns`
    holds the meaning of each column by its letters.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120, blank=True)
    signature = models.CharField(max_length=64)
    form = models.CharField(max_length=60)
    columns = models.JSONField()
    confirmed_by = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "sender", "signature"], name="assessing_mapping_once"),
        ]
