"""Holds, confirmations, opinions, and what a person decides where the law is not known."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.awards.access import levels_of, log_of
from densach.awards.choosing import choose_regime, judge_by_person
from densach.awards.consulting import answer_opinion, ask_opinion, confirm
from densach.awards.domain import find_eligible, give_back, move, receive, submit
from densach.awards.holding import Ended, enter_hold, leave_hold
from densach.awards.judging import judgement_of
from densach.awards.models import HoldEnd, HoldGround, Judged, Regime, Step
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.awards.dossier.making import Desk, desk, eligible, household, opened, put_forward, submitted, written

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
BASIS = "Thông báo thụ lý MẪU số 05"


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def test_a_hold_stops_what_considers_and_is_left_by_a_paper(here: Desk) -> None:
    made = eligible(here)
    hears = viewer(Role.CASE_OFFICER, here.small.place, here.act)
    hold = enter_hold(hears, made, HoldGround.COMPLAINT, BASIS, TODAY, at=NOW)
    with pytest.raises(Refused) as refusal:
        move(made, Step.COUNCIL, made.version, act=here.act)
    assert codes(refusal) == ["Q111"]
    assert "Điều 4 khoản 4" in refusal.value.problems[0].sentence("why", "vi")
    made.refresh_from_db()
    assert made.step == Step.ELIGIBLE
    with pytest.raises(Refused) as again:
        put_forward(here.head, opened(here.officer, name="Đợt hai (MẪU)"), household(here))
    assert codes(again) == ["Q111"]
    with pytest.raises(Refused) as unfounded:
        leave_hold(hears, made, hold.uid, Ended(end=HoldEnd.NO_VIOLATION, basis="", on=TODAY), at=NOW)
    assert codes(unfounded) == ["Q125"]
    left = Ended(end=HoldEnd.NO_VIOLATION, basis="Kết luận MẪU số 07", on=TODAY)
    leave_hold(hears, made, hold.uid, left, at=NOW)
    assert move(made, Step.COUNCIL, made.version, act=here.act).step == Step.COUNCIL
    with pytest.raises(Refused) as gone:
        leave_hold(hears, made, hold.uid, left, at=NOW)
    assert codes(gone) == ["H103"]


def test_under_a_hold_a_dossier_can_be_given_back(here: Desk) -> None:
    made = submitted(here)
    enter_hold(here.officer, made, HoldGround.PRESS, BASIS, TODAY, at=NOW)
    assert give_back(here.officer, made, made.version, "Chờ kết luận", at=NOW).step == Step.RETURNED


def test_a_hold_begins_by_a_paper_and_by_those_who_may(here: Desk) -> None:
    made = submitted(here)
    with pytest.raises(Refused) as refusal:
        enter_hold(here.officer, made, HoldGround.PRESS, "", TODAY, at=NOW)
    assert codes(refusal) == ["Q125"]
    with pytest.raises(Refused) as tomorrow:
        enter_hold(here.officer, made, HoldGround.PRESS, BASIS, date(2026, 11, 27), at=NOW)
    assert codes(tomorrow) == ["Q126"]
    with pytest.raises(Refused) as other:
        enter_hold(here.head, made, HoldGround.PRESS, BASIS, TODAY, at=NOW)
    assert codes(other) == ["H103"]


def test_each_level_confirms_once(here: Desk) -> None:
    made = submitted(here)
    assert [row.name for row in levels_of(made, here.officer)] == ["Thôn Đoài", "Xã MẪU Đèn Sách"]
    assert confirm(here.head, made, "", agrees=True, at=NOW).place == here.small.village
    with pytest.raises(Refused) as silent:
        confirm(here.officer, made, "", agrees=False, at=NOW)
    assert codes(silent) == ["Q127"]
    assert confirm(here.officer, made, "Đúng như báo cáo", agrees=True, at=NOW).place == here.small.place
    with pytest.raises(Refused) as twice:
        confirm(here.officer, made, "Thật ra chưa đúng", agrees=False, at=NOW)
    assert codes(twice) == ["Q128"]
    with pytest.raises(Refused) as outside:
        confirm(viewer(Role.ASSOCIATION_OFFICER, here.small.place, here.act), made, "", agrees=True, at=NOW)
    assert codes(outside) == ["H103"]


def test_an_opinion_is_asked_and_answered_once(here: Desk) -> None:
    made = submitted(here)
    with pytest.raises(Refused) as refusal:
        ask_opinion(here.officer, made, "Công an xã MẪU", " ", at=NOW)
    assert codes(refusal) == ["Q129"]
    asked = ask_opinion(here.officer, made, "Công an xã MẪU", "Chấp hành pháp luật", at=NOW)
    with pytest.raises(Refused) as before:
        answer_opinion(here.officer, made, asked.uid, "", date(2026, 11, 1), agrees=True, at=NOW)
    assert codes(before) == ["Q126"]
    answer_opinion(here.officer, made, asked.uid, "Không có ý kiến khác", TODAY, agrees=True, at=NOW)
    with pytest.raises(Refused) as twice:
        answer_opinion(here.officer, made, asked.uid, "", TODAY, agrees=True, at=NOW)
    assert codes(twice) == ["Q133"]


def test_between_two_laws_a_person_records_the_choice(here: Desk) -> None:
    made = receive(here.officer, submitted(here), date(2026, 3, 15), at=NOW)
    with pytest.raises(Refused) as silent:
        choose_regime(here.officer, made, Regime.C, "", at=NOW)
    assert codes(silent) == ["Q131"]
    chosen = choose_regime(here.officer, made, Regime.B, "Luật mới chưa có văn bản đọc được", at=NOW)
    assert (chosen.regime, chosen.chosen_regime, chosen.chosen_by) == ("B", "B", here.officer.account)
    for none in (Regime.A, Regime.D, Regime.UNKNOWN):
        with pytest.raises(Refused) as refusal:
            choose_regime(here.officer, made, none, "vì", at=NOW)
        assert codes(refusal) == ["Q134"]


def test_a_dossier_of_todays_law_has_no_choice(here: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        choose_regime(here.officer, eligible(here), Regime.B, "vì", at=NOW)
    assert codes(refusal) == ["Q134"]


def test_a_person_says_what_the_law_does_not(here: Desk) -> None:
    made = eligible(here)
    rule = "TC"
    with pytest.raises(Refused) as unknown:
        judge_by_person(here.officer, made, ["R-99"], "vì", fulfilled=True, at=NOW)
    assert codes(unknown) == ["H103"]
    judge_by_person(here.officer, made, [rule], "Không ai trong nhà bị xem xét", fulfilled=True, at=NOW)
    judge_by_person(here.officer, made, [rule], "Có một người đang bị xem xét", fulfilled=False, at=NOW)
    assert Judged.objects.get(nomination=made, rule=rule).fulfilled is False


def test_findings_of_one_cause_are_answered_together_each_in_its_own_entry(here: Desk) -> None:
    made = eligible(here)
    found = judgement_of(made, here.officer)
    assert found is not None
    together = next(row for row in found.waiting if row.is_by_old_text)
    assert together.left == len(together.said) > 5
    alone = next(row for row in found.waiting if not row.is_by_old_text)
    with pytest.raises(Refused) as nothing:
        judge_by_person(here.officer, made, [], "vì", fulfilled=True, at=NOW)
    assert codes(nothing) == ["Q227"]
    with pytest.raises(Refused) as mixed:
        judge_by_person(here.officer, made, [together.unanswered[0], alone.unanswered[0]], "vì", fulfilled=True, at=NOW)
    assert codes(mixed) == ["Q228"]
    assert not Judged.objects.filter(nomination=made).exists()
    rules, why = together.unanswered, "Đã đối chiếu từng điều với Luật 06/2026, không đổi"
    judge_by_person(here.officer, made, rules, why, fulfilled=True, at=NOW)
    entries = [each for each in log_of(made) if each.event == "judged"]
    assert [json.loads(each.after)["rule"] for each in entries] == list(rules)
    assert {(each.who, each.why) for each in entries} == {(here.officer.act(NOW).who, why)}
    again = judgement_of(made, here.officer)
    assert again is not None
    assert [row.left for row in again.waiting if row.is_by_old_text] == [0]
    assert not set(rules) & set(again.outcome.open)
    judge_by_person(here.officer, made, rules[:1], "Xem lại: không đạt", fulfilled=False, at=NOW)
    assert dict(Judged.objects.values_list("rule", "why"))[rules[1]] == why
    assert Judged.objects.filter(nomination=made, fulfilled=False).values_list("rule", flat=True).get() == rules[0]


def test_used_words_are_kept_whole(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    written(here.head, made, "Dòng một\x00\u200b  hai")
    sent = submit(here.head, made, made.version, at=NOW)
    assert find_eligible(here.officer, receive(here.officer, sent, TODAY, at=NOW), sent.version + 1, at=NOW)
    assert sent.claims.get().achievement.text == "Dòng một hai"
