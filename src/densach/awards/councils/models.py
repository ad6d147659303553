"""A council (Hội đồng Thi đua - Khen thưởng), its sittings, and ballots that lead from no row to a voter.

A secret ballot stands in two kinds of row that share nothing but the item: a `Turn` says that a seat has voted, a
`Slot` holds a choice. docs/secret-ballot.md says why no order, key, time or row version joins them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.awards.models import AwardRound, Nomination
from densach.places.models import Place


class Seated(models.TextChoices):
    """As what somebody sits in a council."""

    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch Hội đồng"
    SECRETARY = "secretary", "Ủy viên, thư ký Hội đồng"
    MEMBER = "member", "Ủy viên Hội đồng"


PRESIDES = (Seated.CHAIR, Seated.VICE_CHAIR)


class Counted(models.TextChoices):
    """Of whom a majority is counted, as the council's own regulation has it; no text that was read says it."""

    UNKNOWN = "", "chưa biết"
    MEMBERS = "members", "tổng số thành viên"
    TAKING_PART = "taking_part", "số thành viên dự họp và gửi ý kiến bằng văn bản"


class Regulated(models.Model):
    """What a council's regulation says of quorum and majority, each only with the text (`_source`) that says it."""

    quorum_top = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_bottom = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_source = models.CharField(max_length=300, blank=True)
    majority_of = models.CharField(max_length=12, choices=Counted.choices, blank=True)
    majority_source = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quorum_top=None, quorum_bottom=None, quorum_source="")
                | Q(quorum_top__gte=1, quorum_bottom__gte=F("quorum_top")) & ~Q(quorum_source=""),
                name="councils_%(class)s_quorum_with_source",
            ),
            models.CheckConstraint(
                condition=Q(majority_of="", majority_source="") | ~Q(majority_of="") & ~Q(majority_source=""),
                name="councils_%(class)s_majority_with_source",
            ),
        ]

    @property
    def quorum(self) -> Fraction | None:
        """The share of the members that has to be present; unknown where no text was stated."""
        return Fraction(self.quorum_top, self.quorum_bottom) if self.quorum_top and self.quorum_bottom else None


class Council(Regulated):
    """The council of a place, by the decision (`basis`) that founds it.

    `interest_abstains` is rule R-36, an inference: whoever declares an interest does not vote. A council may say
    otherwise; then the declaration is only written down.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    interest_abstains = models.BooleanField(default=True)
    is_fictional = models.BooleanField(default=False)

    class Meta(Regulated.Meta):
        abstract = False
        constraints: ClassVar = [
            *Regulated.Meta.constraints,
            models.CheckConstraint(condition=~Q(basis="") & ~Q(name=""), name="councils_council_has_a_basis"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="councils_council_interval"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who sits in a council from a day to before another; `title` is the post outside the council."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    seated = models.CharField(max_length=12, choices=Seated.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seated__in=Seated.values), name="councils_member_seated"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="councils_member_interval"
            ),
            models.UniqueConstraint(
                fields=["council", "account"], condition=Q(valid_to=None), name="councils_member_once"
            ),
            models.UniqueConstraint(
                fields=["council"], condition=Q(valid_to=None, seated=Seated.CHAIR), name="councils_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.seated}"


class State(models.TextChoices):
    """How far a sitting has come."""

    PREPARED = "prepared", "đang chuẩn bị"
    OPEN = "open", "đang bỏ phiếu"
    COUNTED = "counted", "đã kiểm phiếu"
    ENDED = "ended", "đã kết thúc"


class Sitting(Regulated):
    """One sitting (phiên họp) on nominations of a round. `base` is all members of its day, present or not.

    `minutes` and `count_paper` are official papers as they stood at the end, and do not change after it. `key` names
    the key that seals secret choices until they are counted.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sittings")
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    begins = models.CharField(max_length=20, blank=True)
    where = models.CharField(max_length=200, blank=True)
    is_secret = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    base = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.CharField(max_length=40, blank=True)
    discussion = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    count_paper = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Regulated.Meta):
        abstract = False
        constraints: ClassVar = [
            *Regulated.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=State.values), name="councils_sitting_state"),
            models.CheckConstraint(
                condition=Q(state=State.PREPARED, base=None)
                | ~Q(state=State.PREPARED) & Q(base__gte=1, quorum_top__isnull=False),
                name="councils_sitting_opened_with_base_and_quorum",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED) & ~Q(minutes="") & ~Q(count_paper="")
                | ~Q(state=State.ENDED) & Q(minutes="", count_paper=""),
                name="councils_sitting_minutes_at_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Attendance(models.TextChoices):
    """Whether a member came; an absent one may still vote in writing (rule R-34)."""

    UNKNOWN = "", "chưa điểm danh"
    PRESENT = "present", "có mặt"
    WRITING = "writing", "vắng mặt, có ý kiến bằng văn bản"
    ABSENT = "absent", "vắng mặt"


class Seat(models.Model):
    """A member at one sitting, in the post of that day."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seated = models.CharField(max_length=12, choices=Seated.choices)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "member"], name="councils_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.attendance}"


class Result(models.TextChoices):
    """What came out for a nomination."""

    OPEN = "", "chưa có kết quả"
    PASSED = "passed", "đồng ý"
    REFUSED = "refused", "không đồng ý"
    TIED = "tied", "bằng phiếu ở chỉ tiêu"


class Item(models.Model):
    """A nomination on the agenda, and how its ballots came out; `needed` agreeing ones carry it.

    `voted` is counted from the turns, the other numbers from the slots: the database refuses a count in which the two
    differ. `unused` are slots of members entitled who did not vote.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    entitled = models.PositiveSmallIntegerField(default=0)
    voted = models.PositiveSmallIntegerField(default=0)
    agreed = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    blank = models.PositiveSmallIntegerField(default=0)
    unused = models.PositiveSmallIntegerField(default=0)
    needed = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    why = models.CharField(max_length=500, blank=True)
    is_moved = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "nomination"], name="councils_item_once"),
            models.UniqueConstraint(fields=["sitting", "position"], name="councils_item_position"),
            models.CheckConstraint(
                condition=Q(result="", voted=0, agreed=0, against=0, blank=0, unused=0)
                | Q(
                    result__in=[Result.PASSED, Result.REFUSED, Result.TIED],
                    voted=F("agreed") + F("against") + F("blank"),
                    entitled=F("voted") + F("unused"),
                ),
                name="councils_item_counts_add_up",
            ),
            models.CheckConstraint(condition=Q(result="") | ~Q(why=""), name="councils_item_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["sitting", "result"], name="councils_item_results")]

    def __str__(self) -> str:
        return f"{self.position} {self.nomination}"


class Choice(models.TextChoices):
    """What a ballot says."""

    FOR = "for", "Đồng ý"
    AGAINST = "against", "Không đồng ý"
    BLANK = "blank", "Phiếu trắng"


class Slot(models.Model):
    """A place for one choice of a secret ballot, made before the voting begins; it knows neither voter nor time.

    While the voting lasts all slots of an item are `sealed`, the empty ones too, and each vote shuffles and seals all
    of them anew; at the count they are opened together, in an order drawn by lot.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="slots")
    sealed = models.BinaryField(null=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sealed__isnull=False, choice="") | Q(sealed__isnull=True),
                name="councils_slot_sealed_or_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"


class Turn(models.Model):
    """A seat had its turn at an item: it voted, or declared an interest; a seat has one turn at an item.

    Whoever must abstain cannot have voted. Of a secret ballot the choice is never here. `paper` names the paper on
    which an absent member voted openly.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="turns")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="turns")
    has_voted = models.BooleanField()
    must_abstain = models.BooleanField(default=False)
    is_secret = models.BooleanField()
    in_writing = models.BooleanField(default=False)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    interest = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "seat"], name="councils_turn_once"),
            models.CheckConstraint(condition=Q(is_secret=False) | Q(choice="", paper=""), name="councils_turn_secret"),
            models.CheckConstraint(
                condition=Q(has_voted=False, choice="") & ~Q(interest="")
                | Q(has_voted=True, must_abstain=False, is_secret=True)
                | Q(has_voted=True, must_abstain=False, is_secret=False, choice__in=Choice.values),
                name="councils_turn_votes_or_abstains",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.seat_id}"


class Note(models.Model):
    """What a member keeps for themselves about a file: a score and some words; nobody else reads it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="notes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "seat"], name="councils_note_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="councils_note_score"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
