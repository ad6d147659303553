"""Sittings from the first seat to the last vote: what is counted, who may not vote, what a refusal leaves behind."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from densach.problems import Refused
from tests.authority.roles import TODAY
from tests.awards.councils.making import (
    FLAG,
    KEYS,
    begin,
    closed,
    council_of,
    ended,
    fresh,
    items_of,
    nominate,
    opened,
    prepared,
    regulation,
    vote,
)

if TYPE_CHECKING:
    from densach.awards.councils.models import Sitting
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def numbers(sitting: Sitting) -> list[tuple[int, ...]]:
    """Entitled, voted, for, against, blank, unused and needed of each item."""
    return [
        (item.entitled, item.voted, item.agreed, item.against, item.blank, item.unused, item.needed)
        for item in items_of(sitting)
    ]


def results(sitting: Sitting) -> list[str]:
    return [item.result for item in items_of(sitting)]


def log_of(sitting: Sitting) -> list[tuple[str, dict[str, object]]]:
    from densach.history.models import Entry

    found = Entry.objects.filter(kind="sitting", object_id=str(sitting.pk)).order_by("sequence")
    return [(entry.event, json.loads(entry.after or "{}")) for entry in found]


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.problems[0].code


@pytest.mark.parametrize("secret", [True, False])
def test_ballots_are_counted_and_move_the_nominations(commune: Place, act: Act, *, secret: bool) -> None:
    bench = council_of(commune, act, members=5)
    sitting = opened(bench, act, secret=secret, writing=(3,), absent=(4,))
    first, second = items_of(sitting)
    vote(bench, sitting, 0, "for", act=act)
    vote(bench, sitting, 1, "for", act=act)
    vote(bench, sitting, 2, "for", act=act, items=[first])
    vote(bench, sitting, 2, "against", act=act, items=[second])
    vote(bench, sitting, 3, "blank", act=act, items=[first])
    sitting = closed(bench, sitting, act)
    assert numbers(sitting) == [(5, 4, 3, 0, 1, 1, 3), (5, 3, 2, 1, 0, 2, 3)]
    assert results(sitting) == ["passed", "refused"]
    sitting = ended(bench, sitting, act)
    steps = [(item.nomination.step, item.nomination.reason) for item in items_of(sitting)]
    why = "Không đủ phiếu: 2 phiếu đồng ý, cần ít nhất 3 (Quy chế MẪU, Điều 6)"
    assert [step for step, _ in steps] == ["passed", "refused"]
    assert steps[1][1] == why


def test_a_share_that_the_law_names_is_of_all_members_and_no_other_is_made_up(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=5)
    nominate(bench.round, 1, award=FLAG, first=50)
    sitting = opened(bench, act, count=1, absent=(4,))
    for number in range(3):
        vote(bench, sitting, number, "for", act=act)
    sitting = closed(bench, sitting, act)
    assert {(item.nomination.award, item.needed, item.result) for item in items_of(sitting)} == {
        ("giay_khen_xa", 3, "passed"),
        (FLAG, 4, "refused"),
    }


def test_a_majority_of_those_who_take_part(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=5)
    sitting = opened(bench, act, count=1, absent=(3, 4), regulation=regulation(majority_of="taking_part"))
    vote(bench, sitting, 0, "for", act=act)
    vote(bench, sitting, 1, "for", act=act)
    assert numbers(closed(bench, sitting, act)) == [(5, 2, 2, 0, 0, 3, 2)]


@pytest.mark.parametrize(("absent", "code"), [((2, 3), "Q207"), ((3,), "")])
def test_the_quorum_is_a_fraction_of_all_members(commune: Place, act: Act, absent: tuple[int, ...], code: str) -> None:
    bench = council_of(commune, act, members=4)
    sitting = prepared(bench, act, regulation=regulation(2, 3))
    if not code:
        assert begin(bench, sitting, act, absent=absent).base == 4
        return
    with pytest.raises(Refused) as refusal:
        begin(bench, sitting, act, absent=absent)
    assert code_of(refusal) == code
    assert fresh(sitting).state == "prepared"


def test_what_no_text_says_is_asked_for_and_never_made_up(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, known=False)
    sitting = prepared(bench, act)
    with pytest.raises(Refused) as refusal:
        begin(bench, sitting, act)
    assert code_of(refusal) == "Q206"
    from densach.awards.councils.domain import Planned, Regulation, write_sitting

    half = Regulation(quorum_top=2, quorum_bottom=3, quorum_source="Quyết định 86/2025/QĐ-UBND MẪU, Điều 8")
    now = fresh(sitting)
    write_sitting(now, Planned(held_on=TODAY, is_secret=True, regulation=half), now.version, act=act)
    with pytest.raises(Refused) as refusal:
        begin(bench, fresh(sitting), act)
    assert code_of(refusal) == "Q208"


def test_voting_twice_is_refused_with_the_article_and_logged(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = opened(bench, act)
    first, second = items_of(sitting)
    vote(bench, sitting, 0, "for", act=act, items=[first])
    with pytest.raises(Refused) as refusal:
        vote(bench, sitting, 0, "against", act=act)  # the second item too, which must not be written
    assert code_of(refusal) == "Q211"
    assert "Điều 90; Quyết định MẪU số 05/QĐ-UBND" in refusal.value.problems[0].told()
    assert log_of(sitting)[-1] == ("refused", {"tried": "vote", "codes": ["Q211"]})
    vote(bench, sitting, 0, "blank", act=act, items=[second])
    assert [row[:6] for row in numbers(closed(bench, sitting, act))] == [(3, 1, 1, 0, 0, 2), (3, 1, 0, 0, 1, 2)]


def test_voting_before_and_after_is_refused_and_logged(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    with pytest.raises(Refused) as refusal:
        vote(bench, sitting, 0, "for", act=act)
    assert code_of(refusal) == "Q212"
    sitting = closed(bench, begin(bench, sitting, act), act)
    before = numbers(sitting)
    with pytest.raises(Refused) as refusal:
        vote(bench, sitting, 1, "for", act=act)
    assert code_of(refusal) == "Q212"
    assert "đã kiểm phiếu" in refusal.value.problems[0].told()
    assert numbers(sitting) == before
    assert [event for event, _ in log_of(sitting)].count("refused") == 2


def test_who_is_absent_does_not_vote_unless_in_writing(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=4)
    sitting = opened(bench, act, writing=(2,), absent=(3,))
    with pytest.raises(Refused) as refusal:
        vote(bench, sitting, 3, "for", act=act)
    assert code_of(refusal) == "Q214"
    assert vote(bench, sitting, 2, "for", act=act) == 2


def test_who_declared_an_interest_does_not_vote_and_the_database_says_so_too(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Turn
    from densach.awards.councils.voting import declare_interest

    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    first, second = items_of(sitting)
    declare_interest(sitting, bench.seat(sitting, 1), first.uid, "Em ruột", keys=KEYS, act=act)
    sitting = begin(bench, sitting, act)
    declare_interest(sitting, bench.seat(sitting, 2), second.uid, "Cùng đơn vị", keys=KEYS, act=act)
    assert [(item.entitled, item.slots.count()) for item in items_of(sitting)] == [(2, 2), (2, 2)]
    with pytest.raises(Refused) as refusal:
        vote(bench, sitting, 1, "for", act=act)
    assert code_of(refusal) == "Q213"
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(item=first, seat=bench.seat(sitting, 1), has_voted=True, is_secret=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(item=first, must_abstain=True).update(has_voted=True)
    vote(bench, sitting, 0, "for", act=act)
    vote(bench, sitting, 1, "for", act=act, items=[second])
    assert [row[:6] for row in numbers(closed(bench, sitting, act))] == [(2, 1, 1, 0, 0, 1), (2, 2, 2, 0, 0, 0)]


def test_a_council_may_let_whoever_declared_an_interest_vote(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Turn
    from densach.awards.councils.voting import declare_interest

    bench = council_of(commune, act, abstains=False)
    sitting = opened(bench, act, count=1, secret=False)
    [item] = items_of(sitting)
    declare_interest(sitting, bench.seat(sitting, 1), item.uid, "Em ruột", keys=KEYS, act=act)
    vote(bench, sitting, 1, "for", act=act)
    turn = Turn.objects.get()
    assert (turn.interest, turn.has_voted, turn.choice) == ("Em ruột", True, "for")


def test_a_paper_ballot_is_entered_openly_only(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Choice, Turn
    from densach.awards.councils.voting import cast

    bench = council_of(commune, act)
    for secret, writing, code in ((True, (2,), "Q220"), (False, (), "Q220"), (False, (2,), "")):
        sitting = opened(bench, act, secret=secret, writing=writing, count=1)
        [item] = items_of(sitting)
        seat, said = bench.seat(sitting, 2), {item.uid: Choice.AGAINST}
        if code:
            with pytest.raises(Refused) as refusal:
                cast(sitting, seat, said, keys=KEYS, act=act, paper="Phiếu MẪU số 1")
            assert code_of(refusal) == code
        else:
            cast(sitting, seat, said, keys=KEYS, act=act, paper="Phiếu MẪU số 1")
            assert Turn.objects.get().paper == "Phiếu MẪU số 1"


def test_a_member_who_left_has_no_seat_and_the_base_is_that_of_the_day(commune: Place, act: Act) -> None:
    from densach.awards.councils.domain import end_term, keep_note
    from densach.awards.councils.models import Member
    from densach.awards.councils.voting import declare_interest

    bench = council_of(commune, act, members=4)
    member = Member.objects.get(account=bench.accounts[3])
    sitting = prepared(bench, act)
    [first, _] = items_of(sitting)
    declare_interest(sitting, bench.seat(sitting, 3), first.uid, "Em ruột", keys=KEYS, act=act)
    keep_note(sitting, bench.seat(sitting, 3), first.uid, 70, "")
    end_term(bench.council, member.uid, on=TODAY, act=act)
    bench.accounts.pop()
    assert begin(bench, sitting, act).base == 3
    assert [item.entitled for item in items_of(sitting)] == [3, 3]


def test_only_a_chair_who_came_leads(commune: Place, act: Act) -> None:
    from densach.awards.councils.counting import close_voting

    bench = council_of(commune, act)
    sitting = opened(bench, act, writing=(0,))  # the vice chair opened it
    for number in (0, 2):
        with pytest.raises(Refused) as refusal:
            close_voting(sitting, bench.seat(sitting, number), sitting.version, keys=KEYS, act=act)
        assert code_of(refusal) == "Q219"
    assert fresh(sitting).state == "open"


def test_the_second_who_closes_is_refused_and_nothing_changes(commune: Place, act: Act) -> None:
    from densach.awards.councils.counting import close_voting

    bench = council_of(commune, act)
    sitting = opened(bench, act)
    vote(bench, sitting, 0, "for", act=act)
    vote(bench, sitting, 1, "for", act=act)
    old = fresh(sitting)
    counted = closed(bench, sitting, act)
    with pytest.raises(Refused) as refusal:
        close_voting(old, bench.seat(old, 1), old.version, keys=KEYS, act=act)
    assert code_of(refusal) == "Q205"
    assert (fresh(sitting).version, results(sitting)) == (counted.version, ["passed", "passed"])
    assert log_of(sitting)[-1] == ("refused", {"tried": "close", "codes": ["Q205"]})


def test_a_sitting_is_not_opened_before_its_day(commune: Place, act: Act) -> None:
    from densach.awards.councils.voting import open_voting

    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    with pytest.raises(Refused) as refusal:
        open_voting(sitting, bench.seat(sitting, 0), sitting.version, keys=KEYS, today=date(2026, 11, 1), act=act)
    assert code_of(refusal) == "Q219"  # nobody is marked present yet
    from densach.awards.councils.domain import mark_attendance

    mark_attendance(sitting, {bench.seat(sitting, 0).uid: "present"}, sitting.version, act=act)
    now = fresh(sitting)
    for day, code in ((date(2026, 11, 1), "Q225"), (TODAY, "Q210")):
        with pytest.raises(Refused) as refusal:
            open_voting(now, bench.seat(now, 0), now.version, keys=KEYS, today=day, act=act)
        assert code_of(refusal) == code


def test_under_hold_a_nomination_stays_until_the_hold_ends(commune: Place, act: Act) -> None:
    from densach.awards.councils.counting import move_on
    from densach.awards.models import Hold

    bench = council_of(commune, act)
    sitting = opened(bench, act)
    for number in (0, 1):
        vote(bench, sitting, number, "for", act=act)
    held = items_of(sitting)[0].nomination.nominee
    hold = Hold.objects.create(nominee=held, ground="complaint", basis="Đơn MẪU", began_on=TODAY)
    sitting = ended(bench, closed(bench, sitting, act), act)
    assert [(item.result, item.nomination.step) for item in items_of(sitting)] == [
        ("passed", "council"),
        ("passed", "passed"),
    ]
    assert move_on(sitting, act=act) == 0
    hold.ended_on, hold.end, hold.end_basis = TODAY, "no_violation", "Kết luận MẪU"
    hold.save()
    assert move_on(sitting, act=act) == 1
    assert {item.nomination.step for item in items_of(sitting)} == {"passed"}


def test_only_eligible_nominations_of_the_round_come_on_the_agenda_and_come_off_again(commune: Place, act: Act) -> None:
    from densach.awards.councils.domain import put_on_agenda, take_off
    from densach.awards.models import Hold, Nomination

    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    draft, held, fine = nominate(bench.round, 3, first=10)
    Nomination.objects.filter(pk=draft.pk).update(step="draft")
    Hold.objects.create(nominee=held.nominee, ground="press", basis="Báo MẪU", began_on=TODAY)
    uids = [draft.uid, held.uid, fine.uid]
    assert put_on_agenda(sitting, uids, act=act) == (1, 1)
    assert [item.nomination_id for item in items_of(sitting)][-1] == fine.pk
    take_off(sitting, items_of(sitting)[-1].uid, act=act)
    assert Nomination.objects.get(pk=fine.pk).step == "eligible"
    assert len(items_of(sitting)) == 2
