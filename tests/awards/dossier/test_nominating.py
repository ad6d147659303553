"""Putting forward: by whom, for whom, when, and what is refused with its article and leaves its trace."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.awards.access import Wanted, log_of, nomination_of, nominations_in, round_of
from densach.awards.domain import find_eligible, give_back, move, receive, submit, withdraw
from densach.awards.models import AwardRound, Mode, Nomination, Occasion, Step, SubjectKind
from densach.awards.moving import MOVES
from densach.history.models import Entry
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.awards.dossier.making import (
    AWARD,
    Desk,
    desk,
    eligible,
    household,
    opened,
    put_forward,
    submitted,
    typed,
    written,
)
from tests.people.making import NEW_YEAR
from tests.reporting.below import another

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def refused_of(kind: str, uid: object) -> list[dict[str, object]]:
    rows = Entry.objects.filter(kind=kind, object_id=str(uid), event="refused").order_by("sequence")
    return [json.loads(row.after) for row in rows]


def test_from_the_village_to_eligible(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    assert (made.step, made.proposer, made.proposed_by) == (Step.DRAFT, here.small.village, "Thôn Đoài")
    written(here.head, made)
    sent = submit(here.head, made, made.version, at=NOW)
    assert (sent.step, sent.submitted_on, sent.received_on, sent.regime) == (Step.SUBMITTED, TODAY, None, "")
    came = receive(here.officer, sent, date(2026, 3, 15), at=NOW)
    assert (came.received_on, came.regime, came.step) == (date(2026, 3, 15), "B", Step.SUBMITTED)
    ready = find_eligible(here.officer, came, came.version, at=NOW)
    assert ready.step == Step.ELIGIBLE
    assert [row.event for row in log_of(ready)] == ["put_forward", "claimed", "moved", "received", "moved"]


def test_the_register_finds_a_household_once(here: Desk) -> None:
    assert household(here) == household(here)
    assert household(here).about.startswith("Thôn Đoài, xã MẪU Đèn Sách")


def test_nobody_nominates_twice_and_the_attempt_is_kept(here: Desk) -> None:
    put_forward(here.head, here.round, household(here))
    with pytest.raises(Refused) as refusal:
        put_forward(here.head, here.round, household(here))
    assert codes(refusal) == ["Q109"]
    assert Nomination.objects.count() == 1
    [kept] = refused_of("award_round", here.round.uid)
    assert kept["codes"] == ["Q109"]


def test_a_village_has_no_power_to_propose_to_the_prime_minister(here: Desk, thai_nguyen: Place, act: Act) -> None:
    officer = viewer(Role.EMULATION_OFFICER, thai_nguyen, act)
    review = opened(officer, Occasion.REVIEW_2025, name="Sơ kết 2023-2025")
    with pytest.raises(Refused) as refusal:
        put_forward(here.head, review, household(here), "bang_khen_thu_tuong")
    assert codes(refusal) == ["Q105"]
    assert "Điều 83" in refusal.value.problems[0].sentence("why", "vi")
    assert not Nomination.objects.exists()
    own = put_forward(officer, review, typed(officer, "Trần Thị Thử"), "bang_khen_thu_tuong")
    assert own.proposer == thai_nguyen


def test_an_award_of_the_prime_minister_waits_for_a_review(thai_nguyen: Place, act: Act) -> None:
    officer = viewer(Role.EMULATION_OFFICER, thai_nguyen, act)
    with pytest.raises(Refused) as refusal:
        put_forward(officer, opened(officer), typed(officer, "Trần Thị Thử"), "bang_khen_thu_tuong")
    assert codes(refusal) == ["Q103"]


def test_whoever_may_not_nominate_is_told_nothing(here: Desk, commune: Place, act: Act) -> None:
    for role in (Role.COMMUNE_LEADER, Role.COUNCIL_MEMBER, Role.CENTRE_DIRECTOR):
        with pytest.raises(Refused) as refusal:
            put_forward(viewer(role, commune, act), here.round, household(here))
        assert codes(refusal) == ["H103"]


def test_a_round_has_its_days(here: Desk) -> None:
    over = opened(here.officer, name="Đợt đã hết (MẪU)", closes_on=date(2026, 11, 25))
    with pytest.raises(Refused) as refusal:
        put_forward(here.head, over, household(here))
    assert codes(refusal) == ["Q110"]
    made = put_forward(here.head, here.round, household(here))
    written(here.head, made)
    AwardRound.objects.filter(pk=here.round.pk).update(closes_on=date(2026, 11, 25))
    with pytest.raises(Refused) as late:
        submit(here.head, made, made.version, at=NOW)
    assert codes(late) == ["Q110"]
    made.refresh_from_db()
    assert made.step == Step.DRAFT
    assert refused_of("nomination", made.uid) == [{"codes": ["Q110"], "tried": "submitted"}]


def test_a_clan_needs_its_legal_subject(here: Desk) -> None:
    from densach.awards.candidates.finding import find_candidates
    from densach.awards.nominees import nominee_from_register

    officer = here.officer
    [clan] = [each for each in find_candidates(officer, "nguyen mau", fictional=True) if each.what == "clan"]
    with pytest.raises(Refused) as refusal:
        nominee_from_register(clan, act=here.act)
    assert codes(refusal) == ["Q106"]
    stated = nominee_from_register(clan, stated=SubjectKind.COLLECTIVE, stated_as="Hội đồng gia tộc", act=here.act)
    again = nominee_from_register(clan, stated=SubjectKind.COLLECTIVE, stated_as="Hội đồng gia tộc", act=here.act)
    assert stated == again
    assert (stated.kind, stated.stands_for_clan_id) == ("collective", clan.thing.pk)


def test_a_dissolved_unit_is_not_put_forward(here: Desk) -> None:
    from densach.awards.candidates.finding import find_candidates
    from densach.awards.nominees import nominee_from_register
    from densach.people.models import UnitSeat

    [unit] = [each for each in find_candidates(here.officer, "truong", fictional=True) if each.what == "unit"]
    nominee = nominee_from_register(unit, act=here.act)
    made = put_forward(here.officer, here.round, nominee)
    written(here.officer, made)
    UnitSeat.objects.filter(unit=unit.thing.pk).update(valid_to=date(2026, 6, 1))
    with pytest.raises(Refused) as again:
        put_forward(here.officer, opened(here.officer, name="Đợt hai (MẪU)"), nominee)
    with pytest.raises(Refused) as sent:
        submit(here.officer, made, made.version, at=NOW)
    assert codes(again) == codes(sent) == ["Q108"]


def test_a_dossier_is_whole_before_it_goes(here: Desk) -> None:
    from densach.awards.domain import write

    made = put_forward(here.head, here.round, household(here))
    write(here.head, made, citation="", mode=Mode(made.mode), branch="", at=NOW)
    with pytest.raises(Refused) as refusal:
        submit(here.head, made, made.version, at=NOW)
    assert codes(refusal) == ["Q116", "Q117"]


def test_a_step_goes_only_where_the_table_says(here: Desk) -> None:
    made = submitted(here)
    for to in set(Step) - set(MOVES[Step.SUBMITTED]):
        with pytest.raises(Refused) as refusal:
            move(made, to, made.version, reason="vì", act=here.act)
        assert codes(refusal) == ["Q113"]
    with pytest.raises(Refused) as stale:
        move(made, Step.RETURNED, made.version - 1, reason="vì", act=here.act)
    assert codes(stale) == ["Q114"]
    with pytest.raises(Refused) as silent:
        give_back(here.officer, made, made.version, "  ", at=NOW)
    assert codes(silent) == ["Q115"]
    with pytest.raises(Refused) as early:
        find_eligible(here.officer, made, made.version, at=NOW)
    assert codes(early) == ["Q121"]


def test_a_returned_dossier_is_written_on_and_sent_again(here: Desk) -> None:
    made = submitted(here)
    with pytest.raises(Refused) as refusal:
        written(here.head, made)
    assert codes(refusal) == ["Q122"]
    back = give_back(here.officer, made, made.version, "Thiếu xác nhận của thôn", at=NOW)
    written(here.head, back, "Con học hết phổ thông (MẪU)")
    again = submit(here.head, back, back.version, at=NOW)
    assert (again.step, again.reason) == (Step.SUBMITTED, "")


def test_the_proposer_takes_back_and_nobody_else(here: Desk) -> None:
    made = submitted(here)
    with pytest.raises(Refused) as refusal:
        withdraw(here.officer, made, made.version, "Không phải việc của mình", at=NOW)
    assert codes(refusal) == ["H103"]
    gone = withdraw(here.head, made, made.version, "Gia đình xin thôi", at=NOW)
    assert gone.step == Step.WITHDRAWN
    assert put_forward(here.head, here.round, household(here)).step == Step.DRAFT


def test_the_day_of_receipt_lies_where_it_can(here: Desk) -> None:
    made = submitted(here)
    with pytest.raises(Refused) as refusal:
        receive(here.officer, made, date(2026, 11, 27), at=NOW)
    assert codes(refusal) == ["Q118"]
    with pytest.raises(Refused) as before:
        receive(here.officer, made, date(2023, 12, 31), at=NOW)
    assert codes(before) == ["Q401"]


def test_a_registered_quota_is_held_and_none_is_invented(here: Desk) -> None:
    from densach.awards.rounds import Allowed, set_quota

    first, second = submitted(here), put_forward(here.head, here.round, household(here, "Nguyễn Văn Mẫu 2"))
    written(here.head, second)
    allowed = Allowed(award=AWARD, most=1, source="Công văn MẪU số 12")
    set_quota(here.officer, here.round, allowed, at=NOW)
    with pytest.raises(Refused) as refusal:
        submit(here.head, second, second.version, at=NOW)
    assert codes(refusal) == ["Q120"]
    withdraw(here.head, first, first.version, "Nhường gia đình khác", at=NOW)
    assert submit(here.head, second, second.version, at=NOW).step == Step.SUBMITTED
    with pytest.raises(Refused) as unsourced:
        set_quota(here.officer, here.round, Allowed(award=AWARD, most=3, source=" "), at=NOW)
    assert codes(unsourced) == ["Q104"]


def test_the_neighbour_sees_nothing(here: Desk, thai_nguyen: Place, act: Act) -> None:
    small = another(thai_nguyen, 7, act)
    there = desk(small.place, act, small)
    mine, theirs = submitted(here), submitted(there, household(there, "Nguyễn Văn Mẫu 700"))
    for who, own, other in ((here.head, mine, theirs), (here.officer, mine, theirs)):
        assert nomination_of(who, own.uid) == own
        with pytest.raises(Refused) as refusal:
            nomination_of(who, other.uid)
        assert codes(refusal) == ["H103"]
        assert [row.uid for row in nominations_in(who, None, Wanted()).rows] == [own.uid]
        with pytest.raises(Refused) as outside:
            round_of(who, there.round.uid)
        assert codes(outside) == ["H103"]


def test_a_draft_is_seen_by_its_proposer_alone(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    assert nominations_in(here.head, None, Wanted()).count == 1
    other = viewer(Role.EMULATION_OFFICER, here.small.place, here.act)
    other_line = viewer(Role.ASSOCIATION_OFFICER, here.small.place, here.act)
    hears = viewer(Role.CASE_OFFICER, here.small.place, here.act)
    assert nominations_in(other, None, Wanted()).count == 1  # it lies in the place in whose name this role proposes
    for who in (other_line, hears):
        assert nominations_in(who, None, Wanted()).count == 0
        with pytest.raises(Refused):
            nomination_of(who, made.uid)


def test_a_list_is_narrowed(here: Desk) -> None:
    made = eligible(here)
    put_forward(here.head, here.round, household(here, "Nguyễn Văn Mẫu 2"))
    found = nominations_in(here.officer, here.round, Wanted(text="mau 1"))
    assert ([row.uid for row in found.rows], found.steps) == ([made.uid], {"eligible": 1})
    assert nominations_in(here.officer, None, Wanted(step="draft")).count == 1
    assert nominations_in(here.officer, None, Wanted(award="bang_khen_tinh")).count == 0


def test_a_province_does_not_read_the_rounds_of_its_communes(here: Desk, thai_nguyen: Place, act: Act) -> None:
    made = submitted(here)
    above = viewer(Role.EMULATION_OFFICER, thai_nguyen, act)
    assert nominations_in(above, None, Wanted()).count == 0
    with pytest.raises(Refused):
        receive(above, made, NEW_YEAR, at=NOW)
