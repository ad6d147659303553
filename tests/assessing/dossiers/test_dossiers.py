"""A dossier of a unit: its team, its meeting, the portal, what is counted for it, and the papers that come of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.dossiers.making import ALL_YES, DISTRICT, MEMBERS, PROVINCE, begun_dossier, named, the_unit
from tests.assessing.making import library, open_year, settle
from tests.authority.roles import TODAY, viewer

if TYPE_CHECKING:
    from densach.assessing.dossiers.access import Seen
    from densach.assessing.models import Round
    from densach.assessing.sheets.models import Sheet
    from densach.formats.official.model import Official
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


def sent(sheet: Sheet, act: Act) -> Sheet:
    from densach.assessing.sheets.domain import write_on
    from densach.assessing.sheets.judging import send_and_judge
    from densach.assessing.sheets.models import Way

    kept = write_on(sheet, ALL_YES, sheet.version, by=None, way=Way.OWN, act=act)
    return send_and_judge(kept, kept.version, library(*sheet.round.packs.split(",")), act=act)


def seen_by_head(small: Small, sheet: Sheet, act: Act) -> Seen:
    from densach.assessing.dossiers.access import see_dossier

    return see_dossier(viewer(Role.UNIT_HEAD, the_unit(small), act), sheet.uid)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def words_of(paper: Official) -> str:
    from densach.formats.official.model import Paragraph, Table

    said = [each.text for each in paper.blocks if isinstance(each, Paragraph)]
    return " ".join(
        [*said, *(cell for each in paper.blocks if isinstance(each, Table) for row in each.rows for cell in row)]
    )


def test_members_are_named_by_a_decision_and_leave(small: Small, act: Act) -> None:
    from densach.assessing.dossiers.domain import name_member, release_member
    from densach.history.domain import verify_chain

    unit = the_unit(small)
    member = name_member(unit, named(), act=act)
    with pytest.raises(Refused) as twice:
        name_member(unit, named("lê thị mẫu"), act=act)
    with pytest.raises(Refused) as early:
        name_member(unit, named(MEMBERS[1], valid_from=date(2026, 8, 31)), act=act)
    gone = release_member(member, date(2026, 10, 1), act=act)
    with pytest.raises(Refused) as again:
        release_member(member, date(2026, 10, 2), act=act)
    assert [code_of(each) for each in (twice, early, again)] == ["K173", "K172", "K174"]
    assert [gone.belongs_on(date(2026, *day)) for day in ((8, 31), (9, 1), (9, 30), (10, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    name_member(unit, named(valid_from=date(2026, 11, 1)), act=act)
    assert verify_chain("team_member", member.pk) == []


def test_a_meeting_keeps_each_vote_and_stands_in_the_minutes(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.dossiers.domain import Meeting, Says, hold_meeting, name_member
    from densach.reporting.papers.naming import MINUTES, SETTING_UP
    from densach.reporting.papers.of_dossier import paper_of

    sheet = begun_dossier(round_, small, act)
    day = date(2026, 11, 20)
    with pytest.raises(Refused) as nobody:
        hold_meeting(sheet, Meeting(met_on=day), 0, TODAY, act=act)
    members = [name_member(the_unit(small), named(name), act=act) for name in MEMBERS]
    with pytest.raises(Refused) as to_come:
        hold_meeting(sheet, Meeting(met_on=date(2026, 12, 1)), 0, TODAY, act=act)
    said = [(Says.AGREES, ""), (Says.AGREES, ""), (Says.DISAGREES, "xem lại 1.3")]
    votes = {member.pk: vote for member, vote in zip(members, said, strict=True)}
    hold_meeting(sheet, Meeting(met_on=day, chair=MEMBERS[0], conclusion="Đề nghị", votes=votes), 0, TODAY, act=act)
    with pytest.raises(Refused) as older:
        hold_meeting(sheet, Meeting(met_on=day), 0, TODAY, act=act)
    assert [code_of(each) for each in (nobody, to_come, older)] == ["K177", "K175", "K171"]
    seen = seen_by_head(small, sheet, act)
    assert (seen.dossier.version, seen.agrees, len(seen.votes)) == (1, 2, 3)
    minutes = words_of(paper_of(seen, MINUTES, library("vn", "demo"), TODAY))
    assert "Số người đồng ý: 2 trên 3 người dự họp." in minutes
    assert f"3 {MEMBERS[2]} không đồng ý xem lại 1.3" in minutes
    deciding = paper_of(seen, SETTING_UP, library("vn", "demo"), TODAY)
    assert (MEMBERS[1] in words_of(deciding), deciding.draft) == (True, "")


def test_the_portal_gives_a_code_before_a_receipt(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.dossiers.domain import Portal, enter_portal

    sheet = begun_dossier(round_, small, act)
    wrong = (Portal(receipt="123"), Portal(portal_code="G01", received_on=date(2027, 1, 2)))
    for given, code in zip(wrong, ("K176", "K175"), strict=True):
        with pytest.raises(Refused) as refused:
            enter_portal(sheet, given, 0, TODAY, act=act)
        assert code_of(refused) == code
    kept = enter_portal(sheet, Portal(portal_code="G01.899", received_on=TODAY, receipt="7"), 0, TODAY, act=act)
    with pytest.raises(Refused) as older:
        enter_portal(sheet, Portal(portal_code="G02"), 0, TODAY, act=act)
    assert (str(kept), kept.version, code_of(older)) == ("G01.899", 1, "K171")


def test_what_the_records_count_is_filled_in_with_its_trail(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.dossiers.trail import trail_of
    from densach.reporting.papers.of_dossier import case_of_dossier, judge_of_dossier

    sheet = begun_dossier(round_, small, act)
    seen = seen_by_head(small, sheet, act)
    before = case_of_dossier(seen, library("vn", "demo"))
    assert (before.facts["members"], "yearly_plan" in before.facts) == (2, False)
    trail = trail_of(sheet, judge_of_dossier(seen, library("vn", "demo")).rubric, seen.judged)
    assert (sorted(trail.facts), trail.on) == (["members", "members_citizens"], date(2026, 12, 31))
    assert trail.counted_at == act.at
    after = case_of_dossier(seen_by_head(small, sent(sheet, act), act), library("vn", "demo"))
    assert (after.facts["members"], after.facts["yearly_plan"], after.judgement.verdict) == (2, True, "unknown")


def test_the_papers_are_those_that_the_circular_lists(small: Small, round_: Round, act: Act) -> None:
    from densach.reporting.papers.of_dossier import judge_of_dossier, papers_asked, working_day_notes

    seen = {key: seen_by_head(small, begun_dossier(round_, small, act, key), act) for key in (DISTRICT, PROVINCE)}
    rubric = judge_of_dossier(seen[DISTRICT], library("vn", "demo")).rubric
    asked = papers_asked(rubric)
    assert [(each.statement.value, each.name, each.statement.mark) for each in asked] == [
        ("Tờ trình đề nghị đánh giá, công nhận", "to-trinh", "read"),
        ("Báo cáo tự đánh giá", "bao-cao-tu-danh-gia", "read"),
        ("Bản tổng hợp kết quả tiêu chí, chỉ tiêu", "ban-tong-hop", "read"),
        ("Quyết định công nhận", "", "read"),
    ]
    assert working_day_notes(rubric) == ("Bình Phước ghi thời gian giải quyết 45 ngày làm việc.",)
    assert [
        each.statement.mark for each in papers_asked(judge_of_dossier(seen[PROVINCE], library("vn", "demo")).rubric)
    ] == ["secondary"] * 4


def test_two_who_begin_the_same_dossier_have_one(small: Small, round_: Round, act: Act) -> None:
    first, second = (begun_dossier(round_, small, act) for _ in range(2))
    assert first == second
