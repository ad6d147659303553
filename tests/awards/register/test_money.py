"""Award money and the fund: dated sums with their steps, one payment, balanced books, and what comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.awards.register.fund import Balance
from densach.problems import Refused
from tests.awards.register.making import SIGNED, TODAY, act_at, awarded, open_round

if TYPE_CHECKING:
    from densach.awards.models import AwardRound
    from densach.awards.register.models import Award, Fund
    from densach.awards.register.money import Payment
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(commune: Place) -> AwardRound:
    return open_round(commune)


@pytest.fixture
def fund(commune: Place) -> Fund:
    from densach.awards.register.fund import enter_income, open_fund

    made = open_fund(commune, 2026, 0, "Chuyển từ năm 2025: không", fictional=True, act=act_at(1))
    enter_income(made, 2_000_000, "Dự toán MẪU", on=date(2026, 2, 1), today=TODAY, act=act_at(1))
    return made


def payment(**words: object) -> Payment:
    from densach.awards.register.money import Payment

    said: dict[str, object] = {
        "on": date(2026, 11, 25),
        "receipt": "PC-01",
        "received_by": "Lê Văn MẪU",
        "basis": "Kế toán MẪU",
    }
    return Payment(**said | words)  # type: ignore[arg-type]


def paid(award: Award, fund: Fund, **words: object) -> int:
    from densach.awards.register.money import pay
    from densach.policy.commendation.reading import commendation_law

    return pay(award, fund, payment(**words), commendation_law(), today=TODAY, act=act_at(5)).amount


def books(fund: Fund) -> Balance:
    from densach.awards.register.fund import balance_of
    from densach.awards.register.queries import fund_of

    found = fund_of(fund.place, fund.year, fictional=True)
    assert found is not None
    return balance_of(found)


def refused_with(tried: object, *codes: str) -> None:
    with pytest.raises(Refused) as refused:
        tried()  # type: ignore[operator]
    assert tuple(each.code for each in refused.value.problems) == codes


@pytest.mark.parametrize(
    ("kind", "expected", "steps"),
    [
        ("person", 760_000, [2_530_000, 759_000, 760_000]),
        ("collective", 1_520_000, [2_530_000, 1_518_000, 1_520_000]),
        ("household", 1_140_000, [2_530_000, 759_000, 1_138_500, 1_140_000]),
    ],
)
def test_a_payment_keeps_the_steps_of_its_sum(
    round_: AwardRound, fund: Fund, kind: str, expected: int, steps: list[int]
) -> None:
    from densach.awards.register.models import FundEntry

    award = awarded(round_, "Lê Văn MẪU", kind=kind)[0]
    assert paid(award, fund) == expected
    kept = FundEntry.objects.get(award=award)
    assert [dong for _, _, dong in kept.reckoning["steps"]] == steps
    assert (kept.reckoning["by_hand"], kept.over_why, kept.basis) == (False, "", "Kế toán MẪU")
    assert books(fund) == Balance(0, 2_000_000, 0, expected)


def test_a_sum_on_a_text_not_reread_is_confirmed_by_a_person(round_: AwardRound, fund: Fund) -> None:
    award = awarded(round_, "Lê Văn MẪU")[0]
    refused_with(lambda: paid(award, fund, basis=""), "Q345")


def test_nothing_is_paid_twice_before_the_decision_or_from_another_year(round_: AwardRound, fund: Fund) -> None:
    award, other = awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    paid(award, fund)
    refused_with(lambda: paid(award, fund), "Q333")
    refused_with(lambda: paid(other, fund, on=date(2026, 11, 19)), "Q334")
    refused_with(lambda: paid(other, fund, on=date(2025, 11, 25)), "Q331")
    refused_with(lambda: paid(other, fund, on=date(2026, 11, 27)), "Q331")
    assert books(fund).went == 760_000


def test_beyond_the_fund_it_says_so_and_goes_on_only_with_a_reason(round_: AwardRound, fund: Fund) -> None:
    from densach.awards.register.models import FundEntry

    awards = awarded(round_, "A MẪU", "B MẪU", "C MẪU")
    for each in awards[:2]:
        paid(each, fund, over_why="ghi thừa")
    refused_with(lambda: paid(awards[2], fund), "Q336")
    assert paid(awards[2], fund, over_why="Dự toán bổ sung đang chờ") == 760_000
    assert books(fund).closing == -280_000
    assert list(FundEntry.objects.filter(kind="payment").order_by("pk").values_list("over_why", flat=True)) == [
        "", "", "Dự toán bổ sung đang chờ",
    ]  # fmt: skip


def test_where_the_law_gives_no_sum_a_person_enters_it_with_its_basis(fund: Fund, round_: AwardRound) -> None:
    from densach.awards.register.models import Decision, FundEntry
    from densach.awards.register.money import sum_of
    from densach.policy.commendation.reading import commendation_law

    award = awarded(round_, "Lê Văn MẪU")[0]
    Decision.objects.filter(pk=award.decision_id).update(award="bang_khen_tinh")
    award.refresh_from_db()
    found = sum_of(commendation_law(), award)
    assert (found.dong, found.would_be) == (None, 3_800_000)
    refused_with(lambda: paid(award, fund), "Q335")
    refused_with(lambda: paid(award, fund, amount=500_000, basis=""), "Q335")
    assert paid(award, fund, amount=500_000, basis="Quy chế MẪU số 3") == 500_000
    assert FundEntry.objects.get(award=award).reckoning == {"by_hand": True}


def test_what_another_level_decided_is_not_paid_here(round_: AwardRound, fund: Fund, thai_nguyen: Place) -> None:
    from densach.awards.register.fund import open_fund
    from densach.awards.register.models import Decision

    award = awarded(round_, "Lê Văn MẪU")[0]
    other = open_fund(thai_nguyen, 2026, 5_000_000, "MẪU", fictional=True, act=act_at(1))
    refused_with(lambda: paid(award, other), "Q337")
    Decision.objects.filter(pk=award.decision_id).update(thing=None)
    refused_with(lambda: paid(award, fund), "Q337")


def test_money_of_a_cancelled_award_comes_back_once_and_the_books_balance(round_: AwardRound, fund: Fund) -> None:
    from densach.awards.register.cancelling import CancelOrder, cancel_award
    from densach.awards.register.models import Ground
    from densach.awards.register.money import recover

    award, unpaid = awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    paid(award, fund)
    on = date(2026, 11, 26)
    refused_with(lambda: recover(award, fund, "Phiếu thu", on=on, today=TODAY, act=act_at(6)), "Q338")
    order = CancelOrder(
        number="09/QĐ-UBND", signed=date(2026, 11, 25), ground=Ground.FRAUD, basis="Kết luận MẪU", reason="khai gian"
    )
    for each in (award, unpaid):
        cancel_award(each, order, today=TODAY, act=act_at(6))
    refused_with(lambda: paid(unpaid, fund), "Q332")
    refused_with(lambda: recover(unpaid, fund, "Phiếu thu", on=on, today=TODAY, act=act_at(7)), "Q338")
    recover(award, fund, "Phiếu thu MẪU", on=on, today=TODAY, act=act_at(7))
    refused_with(lambda: recover(award, fund, "Phiếu thu", on=on, today=TODAY, act=act_at(8)), "Q339")
    assert books(fund) == Balance(0, 2_000_000, 760_000, 760_000)
    assert books(fund).closing == 2_000_000


def test_the_part_set_apart_is_shown_of_what_the_fund_was_given() -> None:
    assert Balance(100_001, 900_000, 50_000, 10_000).set_apart == 200_000


def test_a_fund_is_opened_once_a_year_and_its_rows_hold_against_hand_made_ones(fund: Fund, round_: AwardRound) -> None:
    from django.db import IntegrityError, transaction

    from densach.awards.register.fund import open_fund
    from densach.awards.register.models import FundEntry

    refused_with(lambda: open_fund(fund.place, 2026, 1, "MẪU", fictional=True, act=act_at(2)), "Q330")
    award = awarded(round_, "Lê Văn MẪU")[0]
    paid(award, fund)
    row = {"fund": fund, "on": SIGNED, "amount": 1, "basis": "MẪU", "entered_at": act_at(1).at}
    twice = {"kind": "payment", "award": award, "receipt": "x", "received_by": "y"}
    for wrong in (
        twice, {"kind": "income", "amount": 0}, {"kind": "income", "award": award}, {"kind": "recovered"}
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            FundEntry.objects.create(**row | wrong)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("income"), st.integers(1, 3_000_000)),
        st.tuples(st.just("pay"), st.integers(0, 2)),
        st.tuples(st.just("cancel"), st.integers(0, 2)),
        st.tuples(st.just("recover"), st.integers(0, 2)),
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=st.integers(0, 3_000_000), steps=STEPS)
def test_in_whatever_order_opening_and_in_less_out_is_closing(
    commune: Place, opening: int, steps: list[tuple[str, int]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        _play(commune, opening, steps)
        transaction.set_rollback(True)


def _play(commune: Place, opening: int, steps: list[tuple[str, int]]) -> None:
    from densach.awards.register.cancelling import CancelOrder, cancel_award
    from densach.awards.register.fund import enter_income, open_fund
    from densach.awards.register.models import FundEntry, Ground
    from densach.awards.register.money import recover

    fund = open_fund(commune, 2026, opening, "MẪU", fictional=True, act=act_at(1))
    awards = awarded(open_round(commune), "A MẪU", "B MẪU", "C MẪU")
    order = CancelOrder(number="9", signed=TODAY, ground=Ground.FORGED, basis="MẪU", reason="MẪU")
    expected = opening
    done: set[int] = set()
    gone: set[int] = set()
    back: set[int] = set()
    for what, value in steps:
        try:
            if what == "income":
                enter_income(fund, value, "MẪU", on=TODAY, today=TODAY, act=act_at(2))
                expected += value
            elif what == "pay":
                paid(awards[value], fund, on=TODAY)
                assert value not in done | gone
                done.add(value)
                expected -= 760_000
            elif what == "cancel":
                cancel_award(awards[value], order, today=TODAY, act=act_at(3))
                gone.add(value)
            else:
                recover(awards[value], fund, "MẪU", on=TODAY, today=TODAY, act=act_at(4))
                assert value in done & gone - back
                back.add(value)
                expected += 760_000
        except Refused as refusal:
            codes = {each.code for each in refusal.problems}
            if not codes <= {"Q332", "Q333", "Q336", "Q338", "Q339", "Q341"}:
                raise
        assert books(fund).closing == expected
        assert expected >= 0
    assert FundEntry.objects.filter(kind="payment").count() == len(done)
