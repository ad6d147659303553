"""What is proposed for an award, by whom, on which achievements, and what stands in its way.

Luật Thi đua, khen thưởng 06/2022/QH15 knows three subjects: a person, a collective, a household (Điều 2, 3).
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.assessing.models import Recognition
from densach.awards.told_apart import AchievementsApart, NomineesApart  # noqa: F401  - models of this room too
from densach.people.models import Clan, Household, Person, Sex, Unit
from densach.places.models import Line, Organisation, Place


class SubjectKind(models.TextChoices):
    """The subjects that the law commends; a clan or a village is none of them."""

    PERSON = "person", "cá nhân"
    COLLECTIVE = "collective", "tập thể"
    HOUSEHOLD = "household", "hộ gia đình"


class Mode(models.TextChoices):
    """In which way one is commended; from 01/10/2026 (Luật 06/2026/QH16) movement and theme are two."""

    MERIT = "merit", "công trạng"
    MOVEMENT = "movement", "phong trào thi đua theo chuyên đề"
    THEME = "theme", "chuyên đề"
    SUDDEN = "sudden", "đột xuất"
    DEDICATION = "dedication", "quá trình cống hiến"
    SERVICE_YEARS = "service_years", "niên hạn"
    FOREIGN = "foreign", "đối ngoại"
    RESISTANCE = "resistance", "kháng chiến"


class Occasion(models.TextChoices):
    """When the movement commends (Quyết định 1315/QĐ-TTg), and whenever a deed calls for it at once."""

    YEAR = "year", "khen thưởng hằng năm"
    REVIEW_2025 = "review_2025", "sơ kết 2023-2025"
    REVIEW_2030 = "review_2030", "tổng kết 2023-2030"
    AT_ONCE = "at_once", "khen thưởng đột xuất"


class AwardRound(models.Model):
    """A round of commendation (đợt khen thưởng) that the authority of a place holds; a fictional one says MẪU.

    `authority` is a code of the commendation law ("chu-tich-ubnd-cap-xa"); nominations come in from `opens_on` to
    `closes_on`, a day without which the round stays open.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=60)
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    guidance = models.CharField(max_length=300, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    is_fictional = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "authority", "occasion", "year", "name"], name="awards_round_once"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")), name="awards_round_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """The most nominations that a guidance letter (`source`) allows a proposing place; without a row nothing is known.

    No text sets a yearly ceiling; a missing `proposer` stands for every place that proposes.
    """

    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="quotas")
    award = models.CharField(max_length=60)
    subject = models.CharField(max_length=10, choices=SubjectKind.choices, blank=True)
    proposer = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    most = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "award", "subject"], condition=Q(proposer=None), name="awards_quota_for_all_once"
            ),
            models.UniqueConstraint(
                fields=["round", "award", "subject", "proposer"],
                condition=Q(proposer__isnull=False),
                name="awards_quota_of_proposer_once",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="awards_quota_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.most}"


class LeaderLevel(models.TextChoices):
    """How Thông tư 02/2023/TT-BNV counts persons in the statistics of awards."""

    UNKNOWN = "", "chưa ghi"
    MINISTRY = "ministry", "lãnh đạo cấp bộ, cấp tỉnh"
    DEPARTMENT = "department", "lãnh đạo cấp vụ, cấp sở"
    BUSINESS = "business", "doanh nhân"
    OTHER_LEADER = "other_leader", "lãnh đạo khác"
    DIRECT_WORKER = "direct_worker", "người trực tiếp lao động, học tập, công tác"


class Nominee(models.Model):
    """Whom an award is for: a legal subject, linked to the register where it stands in it.

    For a clan or a village `stands_for_clan` or `stands_for_place` says on whose behalf the subject is named, and
    `stated_as` who stated which legal subject that is. `about` is the post, unit or address printed with the name;
    `women` the share of women of a collective, in percent, where it is known.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stands_for_clan = models.ForeignKey(Clan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stands_for_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stated_as = models.CharField(max_length=300, blank=True)
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    leader_level = models.CharField(max_length=20, choices=LeaderLevel.choices, blank=True)
    is_enterprise = models.BooleanField(default=False)
    women = models.PositiveSmallIntegerField(null=True, blank=True)
    in_hard_area = models.BooleanField(null=True, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values) & ~Q(name=""), name="awards_nominee_kind"),
            models.CheckConstraint(
                condition=reduce(
                    or_,
                    (
                        Q(kind=SubjectKind.PERSON, household=None, unit=None, organisation=None),
                        Q(kind=SubjectKind.HOUSEHOLD, person=None, unit=None, organisation=None),
                        Q(kind=SubjectKind.COLLECTIVE, person=None, household=None),
                    ),
                ),
                name="awards_nominee_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(stands_for_clan=None, stands_for_place=None) | ~Q(stated_as=""),
                name="awards_nominee_legal_subject_stated",
            ),
            models.CheckConstraint(condition=Q(women=None) | Q(women__lte=100), name="awards_nominee_women"),
            *(
                models.UniqueConstraint(
                    fields=[link], condition=Q(same_as=None, **{f"{link}__isnull": False}), name=f"awards_one_{link}"
                )
                for link in ("person", "household", "unit", "organisation")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["folded"], name="awards_nominee_folded")]

    def __str__(self) -> str:
        return self.name


class Step(models.TextChoices):
    """How far a nomination has come. What follows the award stands in the register of awards."""

    DRAFT = "draft", "đang soạn"
    SUBMITTED = "submitted", "đã trình"
    RETURNED = "returned", "trả lại để bổ sung"
    ELIGIBLE = "eligible", "đủ điều kiện xét"
    COUNCIL = "council", "đang ở Hội đồng"
    PASSED = "passed", "Hội đồng đồng ý"
    REFUSED = "refused", "không khen thưởng"
    FORWARDED = "forwarded", "đã trình cấp trên"
    AWARDED = "awarded", "đã có quyết định khen thưởng"
    WITHDRAWN = "withdrawn", "đã rút"


ENDED = (Step.REFUSED, Step.AWARDED, Step.WITHDRAWN)


class Regime(models.TextChoices):
    """Which law judges a dossier, by the day the appraising authority received it (Luật 06/2026/QH16, Điều 4)."""

    UNKNOWN = "", "chưa tiếp nhận"
    A = "A", "01/01/2024 - 30/06/2025"
    B = "B", "01/07/2025 - 30/09/2026"
    C = "C", "01/10/2026 - 28/02/2027"
    D = "D", "từ 01/03/2027"


class Nomination(models.Model):
    """One nominee put forward for one award in a round (đề nghị khen thưởng).

    `proposer` is the place whose authority proposes, `line` its line of command, `unit` the unit where one proposes,
    `proposed_by` its words on paper. `received_on` is the day the
    appraising authority received the whole dossier; the law of that day is `regime`. Where the newer law is more
    favourable a person records that choice in `chosen_regime`, with who and why. `branch` is the standard that is
    invoked, a code of the award in the law.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="nominations")
    award = models.CharField(max_length=60)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="nominations")
    mode = models.CharField(max_length=20, choices=Mode.choices)
    branch = models.CharField(max_length=60, blank=True)
    proposer = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=12, choices=Line.choices, default=Line.GOVERNMENT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    citation = models.CharField(max_length=500, blank=True)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.DRAFT)
    version = models.PositiveIntegerField(default=1)
    submitted_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    regime = models.CharField(max_length=1, choices=Regime.choices, blank=True)
    chosen_regime = models.CharField(max_length=1, choices=Regime.choices, blank=True)
    chosen_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen_why = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="awards_nomination_step"),
            models.CheckConstraint(
                condition=Q(received_on=None, regime="") | Q(received_on__isnull=False, regime__in="ABCD"),
                name="awards_nomination_regime_from_its_day",
            ),
            models.CheckConstraint(
                condition=Q(chosen_regime="", chosen_by=None) | Q(chosen_by__isnull=False) & ~Q(chosen_why=""),
                name="awards_nomination_choice_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=[Step.RETURNED, Step.REFUSED, Step.WITHDRAWN]) | ~Q(reason=""),
                name="awards_nomination_ended_with_reason",
            ),
            models.UniqueConstraint(
                fields=["round", "award", "nominee"],
                condition=~Q(step__in=ENDED),
                name="awards_nomination_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "step"], name="awards_nomination_in_round")]

    def __str__(self) -> str:
        return f"{self.nominee} {self.award}"


class Achievement(models.Model):
    """Something a nominee achieved, once for all: one achievement, one award (Luật 06/2022/QH15, Điều 5).

    Taken from a `recognition` or a figure with its trail in `trail`, or written by hand with its `evidence`. `folded`
    is the text without marks, by which likely retypings are found; one that a person found to be the same as another
    says so in `same_as` and bears no claim. `figure` names the figure it was taken from ("CODE place period").
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="achievements")
    text = models.CharField(max_length=1000)
    folded = models.CharField(max_length=1000)
    began_on = models.DateField()
    ended_on = models.DateField()
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    figure = models.CharField(max_length=80, blank=True)
    trail = models.JSONField(default=dict)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="retyped")
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("began_on")) & ~Q(text=""), name="awards_achievement_days"
            ),
            models.UniqueConstraint(
                fields=["nominee", "recognition"],
                condition=Q(recognition__isnull=False),
                name="awards_achievement_of_recognition_once",
            ),
            models.UniqueConstraint(
                fields=["nominee", "figure"], condition=~Q(figure=""), name="awards_achievement_of_figure_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Claim(models.Model):
    """A nomination rests on an achievement; an award consumes it (`consumed_on`), for one award only.

    A cancelled award keeps it consumed until a person decides to free it; then the row says when and why.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="claims")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="claims")
    consumed_on = models.DateField(null=True, blank=True)
    freed_on = models.DateField(null=True, blank=True)
    freed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nomination", "achievement"], name="awards_claim_once"),
            models.UniqueConstraint(
                fields=["achievement"],
                condition=Q(consumed_on__isnull=False, freed_on__isnull=True),
                name="awards_one_achievement_one_award",
            ),
            models.CheckConstraint(
                condition=Q(freed_on=None, freed_why="") | Q(consumed_on__isnull=False) & ~Q(freed_why=""),
                name="awards_freed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.achievement_id}"


class Part(models.Model):
    """A paper of a dossier: made from a template (`content`, the official model as JSON) or handed in as a file."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    file = models.BinaryField(null=True, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    signatures = models.JSONField(default=list)
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nomination", "kind"], condition=Q(replaced_at=None), name="awards_part_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(content="", file__isnull=False) | ~Q(content="") & Q(file=None), name="awards_part_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_made(self) -> bool:
        """Whether it was made from a template, so that it can be written as Word too."""
        return bool(self.content)

    @property
    def ending(self) -> str:
        """The ending of a file that was handed in."""
        return "pdf" if self.media_type == "application/pdf" else "jpg"


class Confirmation(models.Model):
    """A level confirms, or does not, what a report says; each level that submits does (rule R-29)."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="confirmations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nomination", "place"], name="awards_confirmed_once_a_level"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(words=""), name="awards_disagreed_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.agrees}"


class HoldGround(models.TextChoices):
    """Why nobody awards or proposes for the time being (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4)."""

    DISCIPLINE = "discipline", "đang xem xét kỷ luật"
    INSPECTION = "inspection", "thanh tra, kiểm tra, kiểm toán, điều tra có dấu hiệu vi phạm"
    COMPLAINT = "complaint", "khiếu nại, tố cáo đang xác minh"
    PRESS = "press", "báo chí nêu tham nhũng, đang xác minh"
    OTHER = "other", "lý do khác do người có thẩm quyền nêu"


class HoldEnd(models.TextChoices):
    """How a hold ended."""

    NO_VIOLATION = "no_violation", "kết luận không vi phạm"
    VIOLATION = "violation", "kết luận có vi phạm"
    MISTAKEN = "mistaken", "tạm dừng nhầm"


class Hold(models.Model):
    """A time in which nothing is decided for a nominee (tạm dừng xét), in at any step and out at any step.

    After a discipline, `served_on` is the day it was served: achievements count only from then (rule R-14).
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=12, choices=HoldGround.choices)
    basis = models.CharField(max_length=300)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=HoldEnd.choices, blank=True)
    end_basis = models.CharField(max_length=300, blank=True)
    served_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(basis=""), name="awards_hold_has_a_basis"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end="") | Q(ended_on__gte=F("began_on")) & ~Q(end="") & ~Q(end_basis=""),
                name="awards_hold_ends_with_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominee_id} {self.ground}"


class Opinion(models.Model):
    """An opinion of another body that was asked for a nomination (hiệp y), and its answer."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="opinions")
    addressee = models.CharField(max_length=200)
    matter = models.CharField(max_length=500)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on=None, agrees=None) | Q(answered_on__gte=F("asked_on"), agrees__isnull=False),
                name="awards_opinion_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.addressee


class Judged(models.Model):
    """What a person says of a rule that the law known here does not decide; the rule's own finding is never changed."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="judged")
    rule = models.CharField(max_length=10)
    fulfilled = models.BooleanField()
    why = models.CharField(max_length=500)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nomination", "rule"], name="awards_judged_once"),
            models.CheckConstraint(condition=~Q(why=""), name="awards_judged_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.fulfilled}"
