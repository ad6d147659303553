"""Award money: its sum with the steps that led to it, paid from the fund once, and recovered where it is due back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import transaction

from densach.awards.attempts import keeping_attempts
from densach.awards.register import queries
from densach.awards.register.fund import balance_of, refuse_other_days
from densach.awards.register.models import Award, EntryKind, Fund, FundEntry
from densach.formats.vietnamese import format_number
from densach.history.domain import Act, Happening, record
from densach.policy.commendation.model import CommendationLaw, SubjectKind
from densach.policy.commendation.money import Sum, sum_for
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What is written when award money is paid: the day, the receipt, who received it.

    Where the law that we have gives no sum, `amount` is entered by a person with its `basis`. `over_why` says why more
    is paid than the fund holds.
    """

    on: date
    receipt: str
    received_by: str
    amount: int | None = None
    basis: str = ""
    over_why: str = ""


def sum_of(law: CommendationLaw, award: Award) -> Sum:
    """What goes with an award by the base salary of the day of its decision, or why that is not known."""
    kind = cast(SubjectKind, award.kind)  # the model holds no other
    return sum_for(law, award.decision.award, kind, award.decision.signed_on)


def pay(award: Award, fund: Fund, payment: Payment, law: CommendationLaw, *, today: date, act: Act) -> FundEntry:
    """Pay an award out of the fund of its place, once.

    Refused for one that was cancelled (Q332) or paid (Q333) or that another level decided (Q337), for a day before the
    decision (Q334) or of another year (Q331), without a sum and its basis where the law gives none (Q335), without
    a basis where the text was not re-read for that day (Q345), and beyond what the fund holds unless somebody says why
    (Q336).
    """
    with keeping_attempts("award", award.uid, "pay", act), transaction.atomic():
        refuse_other_days(fund, payment.on, today)
        books, now = queries.fund_for_update(fund), queries.award_for_update(award)
        _refuse(now, books, payment)
        amount, basis, reckoning = _reckoned(law, now, payment)
        left = balance_of(books).closing
        if amount > left and not payment.over_why.strip():
            raise Refused(problem("Q336", fund.year, sum=format_number(amount), left=format_number(left)))
        entry = FundEntry.objects.create(
            fund=books,
            kind=EntryKind.PAYMENT,
            on=payment.on,
            amount=amount,
            basis=basis,
            award=now,
            receipt=payment.receipt,
            received_by=payment.received_by,
            reckoning=reckoning,
            over_why=payment.over_why.strip() if amount > left else "",
            entered_at=act.at,
        )
        record(_happening(now, "paid", {"amount": amount, "on": payment.on, "receipt": payment.receipt}), act)
        return entry


def recover(award: Award, fund: Fund, basis: str, *, on: date, today: date, act: Act) -> FundEntry:
    """Enter that the money of a cancelled award came back, whole; refused if it was not due (Q338) or came (Q339)."""
    refuse_other_days(fund, on, today)
    with transaction.atomic():
        books, now = queries.fund_for_update(fund), queries.award_for_update(award)
        payment, cancelled = queries.payment_of(now), queries.cancelling_of(now)
        if payment is None or cancelled is None or on < cancelled.signed_on:
            raise Refused(problem("Q338", now.uid))
        if queries.recovery_of(payment) is not None:
            raise Refused(problem("Q339", now.uid))
        entry = FundEntry.objects.create(
            fund=books,
            kind=EntryKind.RECOVERED,
            on=on,
            amount=payment.amount,
            basis=basis,
            award=now,
            payment=payment,
            entered_at=act.at,
        )
        record(_happening(now, "money_recovered", {"amount": entry.amount, "on": on, "basis": basis}), act)
        return entry


def _refuse(award: Award, fund: Fund, payment: Payment) -> None:
    if award.decision.thing is None or fund.place_id != award.decision.place_id:
        raise Refused(problem("Q337", award.uid, office=award.decision.office_title))
    if queries.cancelling_of(award) is not None:
        raise Refused(problem("Q332", award.uid))
    known = queries.payment_of(award)
    if known is not None:
        raise Refused(problem("Q333", award.uid, receipt=known.receipt, on=known.on.strftime("%d/%m/%Y")))
    if payment.on < award.decision.signed_on:
        raise Refused(problem("Q334", payment.on.isoformat(), on=award.decision.signed_on.strftime("%d/%m/%Y")))


def _reckoned(law: CommendationLaw, award: Award, payment: Payment) -> tuple[int, str, dict[str, Any]]:
    found, basis = sum_of(law, award), payment.basis.strip()
    if payment.amount is not None:
        if not basis:
            raise Refused(problem("Q335", "basis"))
        return payment.amount, basis, {"by_hand": True}
    if found.dong is None:
        raise Refused(problem("Q335", "amount"))
    if found.needs_person and not basis:
        raise Refused(problem("Q345", "basis"))
    steps = [[each.words.vi, each.words.en, int(each.dong)] for each in found.steps]
    said = "; ".join(f"{each.words.vi}: {format_number(int(each.dong))} đồng" for each in found.steps)
    return found.dong, basis or said[:300], {"by_hand": False, "steps": steps, "mark": found.mark}


def _happening(award: Award, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="award", object_id=award.uid, event=event, after=after)
