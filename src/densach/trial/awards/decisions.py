"""The commune's decisions: one is signed, published and partly paid, one waits for its signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from densach.awards.models import Nomination
from densach.awards.register.access import awards_in, notices_in
from densach.awards.register.fund import enter_income, open_fund
from densach.awards.register.handing import hand_over, tell
from densach.awards.register.models import Decision, Fund
from densach.awards.register.money import Payment, pay
from densach.awards.register.paper import Order
from densach.awards.register.preparing import prepare_decision
from densach.awards.register.signing import publish, record_signed
from densach.policy.commendation.reading import commendation_law
from densach.trial.awards.hands import account_called, morning, viewer_on

SIGNED, PREPARED = date(2026, 4, 6), date(2026, 4, 8)
FUNDED, PAID = date(2026, 1, 20), date(2026, 4, 15)
ON_THE_FIRST, ON_THE_SECOND, PAID_SO_FAR = 6, 2, 5  # of the nine that passed; one waits for a decision
BASIS = "Biên bản họp Hội đồng Thi đua - Khen thưởng xã ngày 27/03/2026 (MẪU)"
SIGNER = "Nguyễn Thị Mẫu"
OPENING, INCOME = 3_200_000, 40_000_000
OFFICER, LEADER = "thi-dua-xa", "lanh-dao-xa"


def decide(passed: Sequence[Nomination]) -> None:
    """Both decisions, then the fund of the year, out of which some of those awarded are paid."""
    second = passed[ON_THE_FIRST : ON_THE_FIRST + ON_THE_SECOND]
    signed = _signed(_prepared(passed[:ON_THE_FIRST], SIGNED))
    _prepared(second, PREPARED)
    _pay(signed, _fund())


def _prepared(chosen: Sequence[Nomination], on: date) -> Decision:
    order = Order(signed=on, basis=BASIS, signer=SIGNER)
    act = viewer_on(OFFICER, on).act(morning(on))
    first = chosen[0]
    return prepare_decision(
        first.round, first.award, [each.uid for each in chosen], order, commendation_law(), today=on, act=act
    )


def _signed(decision: Decision) -> Decision:
    """Signed on paper, recorded and published by the leader; those awarded are told."""
    act = viewer_on(LEADER, SIGNED).act(morning(SIGNED))
    signed = record_signed(decision, account_called(LEADER), act=act)
    for notice in notices_in(signed):
        tell(signed, notice.uid, "gửi bản giấy (MẪU)", on=SIGNED, today=SIGNED, act=act)
    return publish(signed, act=act)


def _fund() -> Fund:
    officer = viewer_on(OFFICER, FUNDED)
    assert officer.place is not None  # noqa: S101  - an officer of a place
    act = officer.act(morning(FUNDED))
    fund = open_fund(officer.place, FUNDED.year, OPENING, "Số dư MẪU năm 2025 chuyển sang", fictional=True, act=act)
    enter_income(fund, INCOME, "Dự toán MẪU năm 2026", on=FUNDED, today=FUNDED, act=act)
    return fund


def _pay(decision: Decision, fund: Fund) -> None:
    """The first of the list are handed their certificates and paid what the law gives; the others wait."""
    act = viewer_on(OFFICER, PAID).act(morning(PAID))
    for award in awards_in(decision)[:PAID_SO_FAR]:
        hand_over(award, award.items, award.name, on=PAID, today=PAID, act=act)
        payment = Payment(on=PAID, receipt=f"PC-MẪU-{award.ordinal:02}", received_by=award.name)
        pay(award, fund, payment, commendation_law(), today=PAID, act=act)
