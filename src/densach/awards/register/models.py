"""What follows a nomination: the decision, the award in the register, what was told, handed over, re-issued, cancelled.

An award is never deleted and its number never given again (Luật 06/2022/QH15, Điều 93; Nghị định 98/2023/NĐ-CP,
Điều 104): a cancelled one stays with the act that cancelled it.
"""

from __future__ import annotations

from typing import ClassVar, NoReturn, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from densach.accounts.models import Account
from densach.assessing.signing.models import BY_EYE, Likeness
from densach.awards.models import AwardRound, Mode, Nomination, Nominee, SubjectKind
from densach.places.models import Place

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class Kept(models.QuerySet[_Row_co]):
    """Rows that are never deleted."""

    def delete(self) -> NoReturn:
        """A register loses no row."""
        raise TypeError("a register loses no row")


class KeptRow(models.Model):
    """A row that is never deleted."""

    objects = Kept.as_manager()

    class Meta:
        abstract = True

    def delete(self, *_args: object, **_words: object) -> NoReturn:
        """A register loses no row."""
        raise TypeError("a register loses no row")


class Decision(KeptRow):
    """A decision on one award of a round: numbered and kept for signing, then recorded as signed, then published.

    `place` and `authority` decide and `office_title` is the words for it on the day of signing. Where another office
    decided, it numbered for itself, its decision came here on `came_on`, and there is no `thing`, the identity of the
    kept paper. `without_council` says why the authority decides without the council, where no text asks for it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="decisions")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    award = models.CharField(max_length=60)
    award_name = models.CharField(max_length=200)
    authority = models.CharField(max_length=60)
    office_title = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    came_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=300)
    power = models.CharField(max_length=300, blank=True)
    without_council = models.CharField(max_length=300, blank=True)
    thing = models.UUIDField(null=True, blank=True)
    prepared_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "authority", "number"],
                condition=Q(dropped_at=None),
                name="register_decision_number_once",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(recorded_at__isnull=False), name="register_published_once_signed"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_why="")
                | Q(dropped_at__isnull=False, recorded_at=None) & ~Q(dropped_why=""),
                name="register_dropped_before_signed",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(basis=""), name="register_decision_numbered"),
            models.CheckConstraint(
                condition=Q(came_on=None) | Q(came_on__gte=F("signed_on")), name="register_came_once_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Listed(models.Model):
    """A row of the list of a decision, as it was frozen when the decision was prepared.

    `ordinal` is the number in the decision, which is the number of the golden book (số sổ vàng). A nomination stands on
    one list only, until the decision was dropped before it was signed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="listed")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    for_what = models.TextField()
    dropped = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "ordinal"], name="register_ordinal_once"),
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(dropped=False), name="register_nomination_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.name}"


class SignedFile(models.Model):
    """A signed PDF as it was sent, with what it says of its signatures and how it compares with the prepared one."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    likeness = models.CharField(max_length=5, choices=Likeness.choices)
    signatures = models.JSONField()
    differs = models.JSONField(default=list)
    compared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "sha256"], name="register_file_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits_for_eyes(self) -> bool:
        """Whether somebody still has to compare it."""
        return self.likeness in BY_EYE and self.compared_at is None


class Award(KeptRow):
    """A row of the register: one recipient of one decision, under the ordinal that is also the number of the book."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    ordinal = models.PositiveIntegerField()
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="award_row")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    mode = models.CharField(max_length=20, choices=Mode.choices)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    for_what = models.TextField()
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    items = models.CharField(max_length=200, blank=True)
    items_given_on = models.DateField(null=True, blank=True)
    items_received_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "ordinal"], name="register_number_never_reused"),
            models.CheckConstraint(
                condition=Q(period_from=None, period_to=None) | Q(period_to__gte=F("period_from")),
                name="register_award_period",
            ),
            models.CheckConstraint(
                condition=Q(items_given_on=None, items_received_by="")
                | Q(items_given_on__isnull=False) & ~Q(items_received_by="") & ~Q(items=""),
                name="register_items_received",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["folded"], name="register_award_folded")]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.name}"


class Ground(models.TextChoices):
    """Why an award is cancelled, and its items and money taken back (Luật 06/2022/QH15, Điều 93)."""

    FRAUD = "fraud", "gian dối trong việc kê khai thành tích"
    FORGED = "forged", "xác nhận sai sự thật, hồ sơ giả"
    AGAINST_LAW = "against_law", "thẩm định, xét khen thưởng trái quy định của pháp luật"
    LATER_VIOLATION = "later_violation", "có kết luận, bản án về vi phạm trong thời gian tính thành tích"


class Cancelling(KeptRow):
    """The later decision that cancels an award; what is to come back, and the day it came."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="cancelling")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    office_title = models.CharField(max_length=200)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000)
    items_due = models.BooleanField()
    items_back_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(basis="") & ~Q(reason="") & Q(ground__in=Ground.values),
                name="register_cancelled_by_an_act",
            ),
            models.CheckConstraint(
                condition=Q(items_back_on=None) | Q(items_due=True, items_back_on__gte=F("signed_on")),
                name="register_items_back",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Reissue(KeptRow):
    """A certificate issued again: why, under which old number, by which day, and the day it was.

    Without `days` nobody here knows a time limit; then `due_on` is empty and the pages say so.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reissues")
    asked_on = models.DateField()
    reason = models.CharField(max_length=300)
    old_number = models.CharField(max_length=120)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    days_source = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(issued_on=None), name="register_one_reissue_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(old_number=""), name="register_reissue_has_a_reason"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(issued_on__gte=F("asked_on")), name="register_reissue_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.asked_on}"


class Notice(models.Model):
    """Who is to be told of a decision: the place that proposed, or a recipient; and the day and way they were told."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notices")
    proposer = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    addressee = models.CharField(max_length=300)
    told_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "addressee"], condition=Q(award=None), name="register_told_once"
            ),
            models.UniqueConstraint(fields=["award"], name="register_recipient_told_once"),
            models.CheckConstraint(
                condition=Q(told_on=None, how="") | Q(told_on__isnull=False) & ~Q(how=""), name="register_told_how"
            ),
        ]

    def __str__(self) -> str:
        return self.addressee


class Printer(models.Model):
    """A printer of a place, and how far it pulls paper askew: tenths of a millimetre to the right and downwards."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    right = models.SmallIntegerField(default=0)
    down = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "name"], name="register_printer_once"),
            models.CheckConstraint(
                condition=Q(right__range=(-200, 200), down__range=(-200, 200)), name="register_printer_offset"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Fund(models.Model):
    """The emulation fund (quỹ thi đua, khen thưởng) of an authority in a year; sums are whole đồng."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    opening = models.PositiveBigIntegerField()
    opening_basis = models.CharField(max_length=300)
    is_fictional = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year", "is_fictional"], name="register_fund_once"),
            models.CheckConstraint(condition=~Q(opening_basis=""), name="register_fund_opening_has_a_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class EntryKind(models.TextChoices):
    """What an entry of the fund does."""

    INCOME = "income", "thu"
    PAYMENT = "payment", "chi tiền thưởng"
    RECOVERED = "recovered", "thu hồi tiền thưởng"


class FundEntry(KeptRow):
    """Money that came into the fund or went out of it; an entry is never changed.

    A payment says in `reckoning` how its sum came about: base salary of the day of the decision, multiple, rounding and
    their sources, or that a person entered it. `over_why` says why more was paid than the fund held.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    on = models.DateField()
    amount = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=300)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    payment = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="recovery")
    receipt = models.CharField(max_length=60, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    reckoning = models.JSONField(default=dict)
    over_why = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(basis=""), name="register_entry_of_something"),
            models.UniqueConstraint(fields=["award"], condition=Q(kind="payment"), name="register_no_award_paid_twice"),
            models.CheckConstraint(
                condition=Q(kind="income", award=None, payment=None)
                | Q(kind="payment", award__isnull=False, payment=None) & ~Q(receipt="") & ~Q(received_by="")
                | Q(kind="recovered", award__isnull=False, payment__isnull=False),
                name="register_entry_is_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "on"], name="register_entry_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
