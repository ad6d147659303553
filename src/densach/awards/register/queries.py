"""Reading decisions, the register, the fund and what hangs on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from densach.awards.models import Achievement, AwardRound, Claim, Hold, Nomination, Nominee, Step, SubjectKind
from densach.awards.register.models import (
    Award,
    Cancelling,
    Decision,
    EntryKind,
    Fund,
    FundEntry,
    Listed,
    Notice,
    Printer,
    Reissue,
    SignedFile,
)
from densach.formats.vietnamese import fold
from densach.places.models import Place


@dataclass(frozen=True)
class Waiting:
    """Nominations of a round for one award that wait for a decision, counted by how far they have come.

    Those under a hold are counted apart, whatever their step: nothing is decided for them while it stands.
    """

    round: AwardRound
    award: str
    passed: int
    eligible: int
    forwarded: int
    held: int


def rounds_deciding(place: int) -> list[AwardRound]:
    """The rounds of a place, the latest first."""
    return list(AwardRound.objects.filter(place=place).select_related("place").order_by("-year", "-pk"))


def waiting_in(place: int) -> list[Waiting]:
    """What waits for a decision in the rounds of a place, by round and award."""
    rounds = {row.pk: row for row in rounds_deciding(place)}
    steps = (Step.PASSED, Step.ELIGIBLE, Step.FORWARDED)
    passed, eligible, forwarded = (Count("pk", filter=Q(step=step, held=False)) for step in steps)
    rows = _unlisted().filter(round__in=rounds.keys(), step__in=steps)
    rows = rows.alias(root=Coalesce("nominee__same_as", "nominee")).alias(held=Exists(_holds_on(OuterRef("root"))))
    found = rows.order_by("-round__year", "award").values_list("round", "award")
    held = Count("pk", filter=Q(held=True))
    counted = found.annotate(passed=passed, eligible=eligible, forwarded=forwarded, standing=held)
    return [Waiting(rounds[key], award, *counts) for key, award, *counts in counted]


def round_of(place: int, uid: UUID) -> AwardRound | None:
    """A round of a place."""
    return AwardRound.objects.filter(place=place, uid=uid).select_related("place").first()


def candidates(
    round_: AwardRound, award: str, steps: Collection[str], most: int, only: Collection[UUID] | None = None
) -> list[Nomination]:
    """The nominations for an award at some steps that no decision lists, persons first, by name; at most so many."""
    rows = _unlisted().filter(round=round_, award=award, step__in=steps)
    rows = rows if only is None else rows.filter(uid__in=only)
    kinds = Case(*(When(nominee__kind=kind, then=place) for place, kind in enumerate(SubjectKind)), default=9)
    found = rows.select_related("nominee", "proposer").prefetch_related("claims__achievement")
    return list(found.order_by(kinds, "nominee__folded", "pk")[:most])


def _unlisted() -> QuerySet[Nomination]:
    standing = Listed.objects.filter(dropped=False).values("nomination")
    return Nomination.objects.exclude(pk__in=standing)


def held_among(nominees: Collection[int]) -> list[Hold]:
    """The holds that stand on some nominees, or on those they were joined with, the earliest first."""
    rows = Hold.objects.filter(ended_on=None).filter(Q(nominee__in=nominees) | Q(nominee__same_as__in=nominees))
    return list(rows.select_related("nominee").order_by("began_on", "pk"))


def _holds_on(root: OuterRef) -> QuerySet[Hold]:
    """The holds that stand on whichever records of one nominee."""
    return Hold.objects.filter(Q(nominee=root) | Q(nominee__same_as=root), ended_on=None)


def used_among(nominations: Collection[int]) -> list[Claim]:
    """The claims by which an achievement of some nominations was already used for another award."""
    wanted = Claim.objects.filter(nomination__in=nominations).values("achievement")
    rows = Claim.objects.filter(achievement__in=wanted, consumed_on__isnull=False, freed_on=None)
    return list(rows.exclude(nomination__in=nominations).select_related("achievement", "nomination__nominee"))


def shared_among(nominations: Collection[int]) -> list[Achievement]:
    """The achievements that more than one of some nominations rest on."""
    rows = Achievement.objects.filter(claims__nomination__in=nominations)
    return list(rows.annotate(times=Count("claims")).filter(times__gt=1).select_related("nominee"))


def lock_achievements(nominations: Collection[int]) -> None:
    """Lock the achievements of some nominations until the transaction ends, always in one order."""
    keys = Claim.objects.filter(nomination__in=nominations).values("achievement")
    list(Achievement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def consume_claims(nominations: Collection[int], on: date) -> int:
    """Use the achievements of some nominations up; how many claims."""
    return Claim.objects.filter(nomination__in=nominations).update(consumed_on=on)


def decisions_of(places: Collection[int]) -> list[Decision]:
    """The decisions of some places, the latest first."""
    rows = Decision.objects.filter(place__in=places).select_related("round").order_by("-signed_on", "-pk")
    return list(rows.annotate(count=Count("listed"))[:200])


def decision_of(places: Collection[int], uid: UUID) -> Decision | None:
    """One decision of some places."""
    return Decision.objects.filter(place__in=places, uid=uid).select_related("round", "place", "recorded_by").first()


def decision_for_update(decision: Decision) -> Decision:
    """The same as it is now, locked until the transaction ends."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("round", "place", "recorded_by")
    return rows.get(pk=decision.pk)


def decision_published(uid: UUID) -> Decision | None:
    """A decision that was published."""
    return Decision.objects.filter(uid=uid, published_at__isnull=False).select_related("round", "place").first()


def number_is_known(place: Place, authority: str, number: str) -> bool:
    """Whether an authority's decision of this number is kept already."""
    return Decision.objects.filter(place=place, authority=authority, number=number, dropped_at=None).exists()


def listed_in(decision: Decision) -> list[Listed]:
    """The list of a decision in its order."""
    rows = Listed.objects.filter(decision=decision).select_related("nomination__nominee", "nomination__proposer")
    return list(rows.prefetch_related("nomination__claims__achievement").order_by("ordinal"))


def lists_with(nominations: Collection[int]) -> dict[int, Listed]:
    """By nomination its row on the list of a decision, with the decision and the award that came of it."""
    rows = Listed.objects.filter(nomination__in=nominations, dropped=False)
    return {row.nomination_id: row for row in rows.select_related("decision", "nomination__award_row")}


def drop_listed(decision: Decision) -> None:
    """Take everybody off the list of a decision that will not be signed."""
    Listed.objects.filter(decision=decision).update(dropped=True)


def files_of(decision: Decision) -> list[SignedFile]:
    """The files that came back, without their bytes."""
    return list(SignedFile.objects.filter(decision=decision).defer("content").order_by("pk"))


def file_of(decision: Decision, uid: UUID) -> SignedFile | None:
    """One file that came back."""
    return SignedFile.objects.filter(decision=decision, uid=uid).first()


def file_for_update(file: SignedFile) -> SignedFile:
    """The same file as it is now, locked until the transaction ends."""
    rows = SignedFile.objects.select_for_update(of=("self",)).select_related("decision").defer("content")
    return rows.get(pk=file.pk)


def in_register(places: Collection[int], text: str = "", year: int | None = None) -> QuerySet[Award]:
    """The register of some places, the latest decision first; by a part of a name, a number of a decision, a year."""
    rows = Award.objects.filter(decision__place__in=places)
    if year is not None:
        rows = rows.filter(decision__signed_on__year=year)
    if text:
        rows = rows.filter(Q(folded__contains=fold(text)) | Q(decision__number__icontains=text))
    return rows.select_related("decision__round", "cancelling").order_by("-decision__signed_on", "-decision", "ordinal")


def with_money(rows: QuerySet[Award]) -> QuerySet[Award]:
    """The same rows with what was paid and what came back of it."""
    paid, back = (
        FundEntry.objects.filter(award=OuterRef("pk"), kind=kind).values("amount")[:1]
        for kind in (EntryKind.PAYMENT, EntryKind.RECOVERED)
    )
    return rows.annotate(paid=Subquery(paid), back=Subquery(back))


def years_in(places: Collection[int]) -> list[int]:
    """The years of which the register holds something, the latest first."""
    days = Award.objects.filter(decision__place__in=places).dates("decision__signed_on", "year", order="DESC")
    return [day.year for day in days]


def award_of(places: Collection[int], uid: UUID) -> Award | None:
    """One award of the register of some places."""
    rows = Award.objects.filter(decision__place__in=places, uid=uid)
    related = ("decision__round", "decision__place", "nomination__proposer", "nominee", "cancelling")
    return rows.select_related(*related).first()


def award_for_update(award: Award) -> Award:
    """The same as it is now, locked until the transaction ends."""
    rows = Award.objects.select_for_update(of=("self",)).select_related("decision__round", "decision__place", "nominee")
    return rows.get(pk=award.pk)


def awards_of_decision(decision: Decision) -> list[Award]:
    """The awards of a decision in their order."""
    rows = Award.objects.filter(decision=decision).select_related("cancelling", "decision__round", "decision__place")
    return list(rows.order_by("ordinal"))


def counts_of_decision(decision: Decision) -> dict[str, int]:
    """How many a decision awards, by kind of subject."""
    return dict(Award.objects.filter(decision=decision).values_list("kind").annotate(count=Count("pk")))


def collectives_of(decision: Decision, most: int) -> list[str]:
    """The collectives that a decision awards and that were not cancelled since."""
    rows = Award.objects.filter(decision=decision, kind="collective", cancelling=None).order_by("ordinal")
    return list(rows.values_list("name", flat=True)[:most])


def others_of(award: Award, places: Collection[int]) -> list[Award]:
    """The other awards of the same recipient: of these places, or of others once they were published.

    One recipient is every nominee that was joined with this one, and every record of the same person.
    """
    root = award.nominee.same_as_id or award.nominee_id
    same = Q(pk=root) | Q(same_as=root)
    if award.nominee.person_id:
        person = award.nominee.person
        kept = person.same_as_id or person.pk if person else 0
        same |= Q(person=kept) | Q(person__same_as=kept)
    mine = Nominee.objects.filter(same).values("pk")
    seen = Q(decision__place__in=places) | Q(decision__published_at__isnull=False)
    rows = Award.objects.filter(seen, nominee__in=mine).exclude(pk=award.pk)
    return list(rows.select_related("decision", "cancelling").order_by("-decision__signed_on", "-pk"))


def achievements_of(award: Award) -> list[Claim]:
    """The achievements that an award used, and whether they were set free since."""
    return list(Claim.objects.filter(nomination=award.nomination_id).select_related("achievement").order_by("pk"))


def claim_for_update(award: Award, achievement: UUID) -> Claim | None:
    """The claim of an award on one achievement, locked until the transaction ends."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("achievement")
    return rows.filter(nomination=award.nomination_id, achievement__uid=achievement).first()


def cancelling_of(award: Award) -> Cancelling | None:
    """The act that cancelled an award."""
    return Cancelling.objects.filter(award=award).first()


def cancelling_for_update(award: Award) -> Cancelling | None:
    """The same, locked until the transaction ends."""
    return Cancelling.objects.select_for_update().filter(award=award).first()


def reissues_of(award: Award) -> list[Reissue]:
    """The times that the certificate of an award was asked for again, the latest first."""
    return list(Reissue.objects.filter(award=award).order_by("-pk"))


def reissuing_among(awards: Collection[int]) -> set[int]:
    """Those of some awards whose certificate is being issued again."""
    return set(Reissue.objects.filter(award__in=awards, issued_on=None).values_list("award", flat=True))


def open_reissue(award: Award) -> Reissue | None:
    """The one that waits, locked until the transaction ends."""
    return Reissue.objects.select_for_update().filter(award=award, issued_on=None).first()


def notices_of(decision: Decision) -> list[Notice]:
    """Who is to be told of a decision: proposers first, then recipients in their order."""
    rows = Notice.objects.filter(decision=decision).select_related("award")
    return sorted(rows, key=lambda row: (row.award is not None, row.award.ordinal if row.award else 0, row.addressee))


def notice_for_update(decision: Decision, uid: UUID) -> Notice | None:
    """One notice of a decision, locked until the transaction ends."""
    return Notice.objects.select_for_update(of=("self",)).filter(decision=decision, uid=uid).first()


def notices_to(place: Place) -> list[Notice]:
    """What a place that proposed is told, the latest first."""
    rows = Notice.objects.filter(proposer=place, decision__recorded_at__isnull=False)
    found = rows.select_related("decision__round", "decision__place")
    return list(found.order_by("-decision__signed_on", "-pk")[:200])


def printers_of(place: Place) -> list[Printer]:
    """The printers of a place."""
    return list(Printer.objects.filter(place=place).order_by("name"))


def funds_of(place: Place) -> list[Fund]:
    """The funds of a place with their sums, the latest year first."""
    return list(_with_sums(Fund.objects.filter(place=place)).order_by("-year", "is_fictional"))


def fund_of(place: Place, year: int, *, fictional: bool) -> Fund | None:
    """The fund of a year with its sums."""
    return _with_sums(Fund.objects.filter(place=place, year=year, is_fictional=fictional)).first()


def fund_for_update(fund: Fund) -> Fund:
    """The same, locked until the transaction ends, so that two payments never both see the same money."""
    Fund.objects.select_for_update().get(pk=fund.pk)
    return _with_sums(Fund.objects.filter(pk=fund.pk)).get()


def _with_sums(funds: QuerySet[Fund]) -> QuerySet[Fund]:
    sums = {
        name: Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), 0)
        for name, kind in (("came", "income"), ("went", "payment"), ("returned", "recovered"))
    }
    return funds.annotate(**sums)


def entries_in(fund: Fund, first: int, count: int) -> list[FundEntry]:
    """Some entries of a fund, the latest first."""
    rows = FundEntry.objects.filter(fund=fund).select_related("award__decision").order_by("-on", "-pk")
    return list(rows[first : first + count])


def entries_of(award: Award) -> list[FundEntry]:
    """What was paid for an award, and what came back."""
    return list(FundEntry.objects.filter(award=award).select_related("fund").order_by("pk"))


def payment_of(award: Award) -> FundEntry | None:
    """The payment of an award."""
    return FundEntry.objects.filter(award=award, kind=EntryKind.PAYMENT).select_related("fund").first()


def recovery_of(payment: FundEntry) -> FundEntry | None:
    """What came back of a payment."""
    return FundEntry.objects.filter(payment=payment).first()
