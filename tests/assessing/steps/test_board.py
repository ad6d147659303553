"""The board of a round: what each step counts, whose it is, what is late; two officers at the same moment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.making import GOOD, YEAR, answer, open_year, run, settle
from tests.authority.roles import TODAY, account, given, viewer

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.steps.models import Step
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=3)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


def counted(round_: Round, *steps: Step) -> list[tuple[int, int]]:
    from densach.assessing.steps.board import board_of

    shown = board_of(round_, TODAY, reported=False)
    return [(shown.of(step).done, shown.of(step).base) for step in steps]


def test_each_step_says_how_many_of_how_many(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.domain import enter_answers, propose_all_met, register
    from densach.assessing.models import Stage
    from densach.assessing.steps.models import Step
    from densach.assessing.titles import BY_MODEL

    steps = (Step.REGISTERING, Step.SELF_ASSESSMENT, Step.CHECKING, Step.JUDGING, Step.LISTING, Step.DECISION)
    assert counted(round_, *steps) == [(0, 3), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    key = BY_MODEL["citizen"].key
    register(round_, BY_MODEL["family"].key, [small.subject("family", "H1")], act=act)
    met, other = (small.subject("citizen", f"Nguyễn Văn Mẫu {order}") for order in (1, 2))
    answer(round_, "citizen", {met: dict(GOOD)}, act)
    register(round_, key, [other], act=act)
    enter_answers(round_, key, Stage.VERIFIED, {met.pk: {}}, act=act)
    assert counted(round_, *steps) == [(1, 3), (1, 3), (1, 1), (0, 3), (0, 0), (0, 0)]
    run(round_, act)
    propose_all_met(round_, key, act=act)
    assert counted(round_, *steps) == [(1, 3), (1, 3), (1, 1), (3, 3), (1, 1), (0, 1)]


def test_a_sheet_that_was_given_back_is_not_checked(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.sheets.domain import begin_sheet, check_sheet, give_back, send_sheet, write_on
    from densach.assessing.sheets.models import Way
    from densach.assessing.steps.models import Step

    subject = small.subject("citizen", "Nguyễn Văn Mẫu 1")
    sheet = begin_sheet(round_, subject, "citizen.qd677", by=None, way=Way.OWN, act=act)
    sheet = send_sheet(write_on(sheet, GOOD, 1, by=None, way=Way.OWN, act=act), 2, act=act)
    sheet = check_sheet(sheet, {}, 3, by=None, note="", act=act)
    assert counted(round_, Step.CHECKING) == [(1, 1)]
    give_back(sheet, 4, by=None, note="Thiếu A2", act=act)
    assert counted(round_, Step.CHECKING) == [(0, 1)]


def test_the_first_step_that_is_not_done_is_next_and_late_is_counted_from_its_own_day(round_: Round, act: Act) -> None:
    from densach.assessing.steps.board import board_of
    from densach.assessing.steps.domain import Plan, close_step, plan_step
    from densach.assessing.steps.models import Step

    plan_step(round_, Step.REGISTERING, Plan(ends=date(2026, 11, 20)), 0, act=act)
    shown = board_of(round_, TODAY, reported=False)
    assert (shown.next, shown.of(Step.REGISTERING).late) == (shown.of(Step.REGISTERING), 6)
    assert [each.stand for each in shown.steps[:3]] == ["late", "waiting", "waiting"]
    close_step(round_, Step.REGISTERING, TODAY, 1, act=act)
    shown = board_of(round_, TODAY, reported=False)
    assert [each.stand for each in shown.steps[:3]] == ["done", "now", "waiting"]


def test_the_head_is_who_was_entered_else_who_holds_the_post_here(
    small: Small, round_: Round, thai_nguyen: Place, act: Act
) -> None:
    from densach.assessing.steps.board import board_of
    from densach.assessing.steps.domain import Plan, plan_step
    from densach.assessing.steps.models import Step
    from densach.places.domain import add_fictional_commune

    elsewhere = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    given(account("can-bo"), Role.COMMUNE_OFFICER, small.place, act)
    given(account("xa-khac"), Role.COMMUNE_LEADER, elsewhere, act)
    plan_step(round_, Step.MEETING, Plan(head="Bà Trần Thị Mẫu"), 0, act=act)
    shown = board_of(round_, TODAY, reported=False)
    steps = (Step.REGISTERING, Step.MEETING, Step.DECISION)
    assert [shown.of(step).heads for step in steps] == [("Người MẪU can-bo",), ("Bà Trần Thị Mẫu",), ()]


def test_two_officers_who_plan_at_the_same_moment_find_out(round_: Round, act: Act) -> None:
    from densach.assessing.steps.domain import Plan, plan_step
    from densach.assessing.steps.models import RoundStep, Step

    plan_step(round_, Step.MEETING, Plan(head="Một"), 0, act=act)
    with pytest.raises(Refused, match="R162"):
        plan_step(round_, Step.MEETING, Plan(head="Hai"), 0, act=act)
    assert RoundStep.objects.get().head == "Một"


def test_what_cannot_be_is_refused(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.steps.domain import Plan, begin_year, plan_step
    from densach.assessing.steps.models import Step

    with pytest.raises(Refused, match="R161"):
        plan_step(round_, Step.MEETING, Plan(begins=date(2026, 5, 2), ends=date(2026, 5, 1)), 0, act=act)
    with pytest.raises(Refused, match="R160"):
        begin_year(small.place, 2024, "vn", act=act)


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.COMMUNE_OFFICER, True), (Role.COMMUNE_LEADER, True), (Role.PARTY_HEAD, False), (Role.AUDITOR, False)],
)
def test_only_those_who_run_or_sign_see_the_rounds_of_their_own_commune(
    small: Small, round_: Round, role: Role, seen: bool, act: Act
) -> None:
    from densach.assessing.steps.access import RUNS, SIGNS, own_round

    who = viewer(role, small.place, act)
    if seen:
        assert own_round(who, f"{YEAR}-mau", RUNS, SIGNS) == round_
    for name in (f"{YEAR}-mau", str(YEAR), "abc") if not seen else (str(YEAR), "2027", "x" * 300):
        with pytest.raises(Refused, match="H103"):
            own_round(who, name, RUNS, SIGNS)


def test_the_log_names_accounts_and_roles_and_holds_nothing_of_other_rounds(
    small: Small, round_: Round, act: Act
) -> None:
    from densach.assessing.steps.domain import Plan, begin_year, plan_step
    from densach.assessing.steps.log import log_of
    from densach.assessing.steps.models import Step
    from tests.authority.roles import NOW

    who = viewer(Role.COMMUNE_OFFICER, small.place, act)
    other = begin_year(small.place, YEAR + 1, "vn", act=act)
    plan_step(other, Step.MEETING, Plan(head="Đợt khác"), 0, act=act)
    plan_step(round_, Step.MEETING, Plan(head="Bà Mẫu"), 0, act=who.act(NOW, "phân công"))
    lines = log_of(round_, "round", 1).lines
    assert [(line.kind, line.event, line.who, line.role, line.why) for line in lines] == [
        ("round_step", "planned", "Người MẪU commune_officer-0", "commune_officer", "phân công"),
        ("round", "opened", "người nhập MẪU", "", "để thử"),
    ]
    assert {change.field: (change.before, change.after) for change in lines[0].changes} == {
        "step": (None, "meeting"),
        "head": (None, "Bà Mẫu"),
    }
