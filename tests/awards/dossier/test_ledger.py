"""The ledger: one achievement, one award; facts with one tap and their trail; retypings shown to a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.awards.domain import submit, withdraw
from densach.awards.ledger import (
    Written,
    claim,
    consume,
    lines_for,
    offers_for,
    take,
    unclaim,
    write_achievement,
)
from densach.awards.models import Achievement, Claim, Nomination, SubjectKind
from densach.awards.retypings import join_retyped, tell_retyped_apart
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY
from tests.awards.dossier.making import (
    Desk,
    desk,
    household,
    opened,
    put_forward,
    recognised,
    submitted,
    typed,
    written,
)

if TYPE_CHECKING:
    from densach.awards.models import AwardRound
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


@pytest.fixture
def later(here: Desk) -> AwardRound:
    return opened(here.officer, name="Đợt hai (MẪU)")


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def test_a_recognised_result_is_taken_with_one_tap_and_its_trail(here: Desk) -> None:
    row = recognised(here.small)
    made = put_forward(here.head, here.round, household(here))
    [offer] = offers_for(made)
    took = take(here.head, made, offer.key, at=NOW)
    assert took.text == "Được công nhận Gia đình học tập năm 2025 (Quyết định số 21/QĐ-UBND ngày 20/01/2026)"
    assert (took.recognition_id, took.trail["number"], took.trail["office"]) == (
        row.pk,
        "21/QĐ-UBND",
        "Chủ tịch Ủy ban nhân dân xã MẪU",
    )
    assert take(here.head, made, offer.key, at=NOW) == took
    assert Claim.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        take(here.head, made, "recognition:999999", at=NOW)
    assert codes(refusal) == ["H103"]


def test_a_recognition_of_another_kind_or_household_is_not_offered(here: Desk) -> None:
    recognised(here.small, fictional=False)
    recognised(here.small, "H2")
    assert offers_for(put_forward(here.head, here.round, household(here))) == []


def test_an_accepted_figure_is_taken_for_the_village_it_speaks_of(here: Desk) -> None:
    from densach.awards.candidates.finding import find_candidates
    from densach.awards.nominees import nominee_from_register
    from densach.reporting.figures.models import Figure
    from densach.reporting.figures.queries import indicator_keys

    code = "MODEL_FAMILY_OF_ALL"
    keys = indicator_keys([code])
    Figure.objects.create(place=here.small.place, indicator_id=keys[code], period=20250, value=2012, base=4106)
    [commune] = [each for each in find_candidates(here.officer, "den sach", fictional=True) if each.what == "place"]
    said = {"stated": SubjectKind.COLLECTIVE, "stated_as": "Nhân dân và cán bộ xã MẪU"}
    made = put_forward(here.officer, here.round, nominee_from_register(commune, act=here.act, **said))  # type: ignore[arg-type]
    [offer] = offers_for(made)
    took = take(here.officer, made, offer.key, at=NOW)
    assert "2012 trên 4106 (2025)" in took.text
    assert took.trail == {
        "indicator": code,
        "period": "2025",
        "value": 2012,
        "base": 4106,
        "report": "",
        "place": here.small.place.pk,
    }


def awarded(nomination: Nomination, act: Act) -> None:
    """What a signed decision does to the ledger."""
    consume(nomination, TODAY, act=act)


def test_an_award_uses_up_what_a_withdrawn_nomination_does_not(here: Desk, later: AwardRound) -> None:
    gone = submitted(here)
    uid = gone.claims.get().achievement.uid
    withdraw(here.head, gone, gone.version, "Gia đình xin thôi", at=NOW)
    second = put_forward(here.head, here.round, household(here))
    claim(here.head, second, uid, at=NOW)
    awarded(submit(here.head, second, second.version, at=NOW), here.act)
    third = put_forward(here.head, later, household(here))
    with pytest.raises(Refused) as refusal:
        claim(here.head, third, uid, at=NOW)
    assert codes(refusal) == ["Q112"]
    assert "Điều 5 khoản 2 điểm c" in refusal.value.problems[0].sentence("why", "vi")
    written(here.head, third, "Mở lớp đọc sách cho trẻ trong thôn (MẪU)")
    assert submit(here.head, third, third.version, at=NOW).step == "submitted"


def test_two_decisions_never_count_one_achievement(here: Desk, later: AwardRound) -> None:
    first = submitted(here)
    uid = first.claims.get().achievement.uid
    other = put_forward(here.head, later, household(here))
    claim(here.head, other, uid, at=NOW)
    awarded(first, here.act)
    with pytest.raises(Refused) as refusal:
        consume(other, TODAY, act=here.act)
    assert codes(refusal) == ["Q112"]
    with pytest.raises(Refused) as late:
        submit(here.head, other, other.version, at=NOW)
    assert codes(late) == ["Q112"]
    assert Claim.objects.filter(consumed_on__isnull=False).count() == 1
    assert [line.used_by for line in lines_for(other)] == [first]


def test_a_claim_is_let_go(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    uid = written(here.head, made)
    unclaim(here.head, made, uid, at=NOW)
    assert [(line.claimed, line.achievement.uid) for line in lines_for(made)] == [(False, uid)]


@pytest.mark.parametrize(
    ("began", "ended"),
    [(date(2025, 2, 1), date(2025, 1, 1)), (date(2026, 1, 1), date(2026, 12, 31)), (date(1900, 1, 1), TODAY)],
)
def test_days_that_cannot_be_are_refused(here: Desk, began: date, ended: date) -> None:
    made = put_forward(here.head, here.round, household(here))
    with pytest.raises(Refused) as refusal:
        write_achievement(here.head, made, Written(text="Việc MẪU", began_on=began, ended_on=ended), at=NOW)
    assert codes(refusal) == ["Q123"]
    assert not Achievement.objects.exists()


def test_a_retyping_is_shown_and_a_person_says_what_it_is(here: Desk, later: AwardRound) -> None:
    made = put_forward(here.head, here.round, household(here))
    first = written(here.head, made, "Cả nhà tham gia học tập suốt đời ở thôn")
    second = written(here.head, made, "CẢ NHÀ THAM GIA HỌC TẬP SUỐT ĐỜI Ở THÔN ĐOÀI")
    third = written(here.head, made, "Hiến đất mở rộng nhà văn hóa")
    alike = {line.achievement.uid: [each.uid for each in line.alike] for line in lines_for(made)}
    assert alike == {first: [second], second: [first], third: []}
    with pytest.raises(Refused) as silent:
        join_retyped(here.head, made, first, second, " ", at=NOW)
    assert codes(silent) == ["Q131"]
    join_retyped(here.head, made, first, second, "Ghi hai lần", at=NOW)
    assert {line.achievement.uid for line in lines_for(made)} == {first, third}
    assert made.claims.count() == 2
    awarded(submit(here.head, made, made.version, at=NOW), here.act)
    other = put_forward(here.head, later, household(here))
    with pytest.raises(Refused) as used:
        claim(here.head, other, second, at=NOW)
    assert codes(used) == ["Q112"]


def test_two_that_read_alike_may_be_two(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    first, second = (written(here.head, made, f"Đạt giải Nhất cuộc thi đọc sách lần {order}") for order in ("1", "2"))
    tell_retyped_apart(here.head, made, first, second, "Hai cuộc thi khác nhau", at=NOW)
    assert all(line.alike == () for line in lines_for(made))


def test_joined_nominees_share_their_ledger(here: Desk, later: AwardRound) -> None:
    from densach.awards.nominees import join, likely_same, pairs_to_look_at

    registered, by_hand = household(here), typed(here.head, "Hộ Nguyen Van Mau 1", "household")
    assert likely_same(by_hand, {here.small.village.pk}) == [registered]
    [pair] = pairs_to_look_at(here.officer)
    assert ({pair.one, pair.other}, pair.why) == ({registered, by_hand}, ("name", "place"))
    made = put_forward(here.head, here.round, by_hand)
    uid = written(here.head, made)
    join(here.officer, registered, by_hand, "Cùng một hộ", at=NOW)
    assert pairs_to_look_at(here.officer) == []
    with pytest.raises(Refused) as twice:
        put_forward(here.head, here.round, registered)
    assert codes(twice) == ["Q109"]
    awarded(submit(here.head, made, made.version, at=NOW), here.act)
    with pytest.raises(Refused) as used:
        claim(here.head, put_forward(here.head, later, registered), uid, at=NOW)
    assert codes(used) == ["Q112"]


def test_nominees_told_apart_are_shown_no_more(here: Desk) -> None:
    from densach.awards.nominees import join, pairs_to_look_at, tell_apart

    one, other = typed(here.head, "Lê Văn Thử"), typed(here.officer, "Lê Văn Thử")
    with pytest.raises(Refused) as outside:
        join(here.head, one, other, "Một người", at=NOW)
    assert codes(outside) == ["H103"]
    tell_apart(here.officer, one, other, "Hai người khác nhau", at=NOW)
    assert pairs_to_look_at(here.officer) == []
    young, old = (typed(here.head, "Phạm Thị Thử", born_on=date(year, 5, 1)) for year in (1990, 1950))
    assert young != old
    assert pairs_to_look_at(here.officer) == []
