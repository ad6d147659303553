"""A meeting decides against verdicts with reasons, ends with minutes that stay, and makes the lists of its agenda."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.problems import Refused
from tests.assessing.making import GOOD, POOR, answer, open_year, run, settle

if TYPE_CHECKING:
    from densach.assessing.meetings.models import Meeting
    from densach.assessing.models import Round, Subject
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
CITIZEN = "citizen.qd677"
PEOPLE = {"chair": "Bà Chủ Tọa Mẫu", "secretary": "Ông Thư Ký Mẫu", "present": "Bà Chủ Tọa Mẫu, chủ tịch\nÔng Hai Mẫu"}


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    opened = open_year(small, act, "vn,demo")
    answer(opened, "citizen", {met(small): dict(GOOD), unmet(small): dict(POOR)}, act)
    run(opened, act)
    return opened


@pytest.fixture
def meeting(round_: Round, act: Act) -> Meeting:
    return held(round_, act)


def met(small: Small) -> Subject:
    return small.subject("citizen", "Nguyễn Văn Mẫu 1")


def unmet(small: Small) -> Subject:
    return small.subject("citizen", "Nguyễn Văn Mẫu 2")


def held(round_: Round, act: Act, **more: object) -> Meeting:
    from densach.assessing.meetings.domain import Held, hold_meeting

    said = {"held_on": date(2026, 11, 20), "agenda": (CITIZEN,), **PEOPLE, **more}
    return hold_meeting(round_, Held(**said), act=act)  # type: ignore[arg-type]


def decide(meeting: Meeting, subject: Subject, act: Act, *, proposed: bool, reason: str = "họp xét") -> None:
    from densach.assessing.meetings.domain import Said, decide_otherwise

    said = Said(proposed=proposed, reason=reason, scorer="Ban MẪU", paper_sheet="P-07")
    decide_otherwise(meeting, subject, CITIZEN, said, act=act)


def close(meeting: Meeting, act: Act) -> Meeting:
    from densach.assessing.meetings.access import see_meeting
    from densach.assessing.meetings.domain import close_meeting
    from densach.formats.official.keeping import kept_text
    from densach.reporting.papers.meeting_minutes import meeting_minutes

    return close_meeting(meeting, kept_text(meeting_minutes(see_meeting(meeting))), meeting.version, act=act)


def listed() -> list[tuple[int, str, str]]:
    from densach.assessing.models import Proposal

    return list(Proposal.objects.order_by("subject").values_list("subject", "reason", "paper_sheet"))


def test_who_is_met_and_whom_the_meeting_proposes_come_onto_the_list(small: Small, meeting: Meeting, act: Act) -> None:
    decide(meeting, unmet(small), act, proposed=True)
    assert listed() == []
    close(meeting, act)
    assert listed() == [(met(small).pk, "", ""), (unmet(small).pk, "họp xét", "P-07")]


def test_whom_the_meeting_leaves_out_stays_out_when_the_list_is_made_again(
    small: Small, round_: Round, meeting: Meeting, act: Act
) -> None:
    from densach.assessing.meetings.domain import make_list

    make_list(round_, CITIZEN, act=act)
    assert listed() == [(met(small).pk, "", "")]
    decide(meeting, met(small), act, proposed=False, reason="chưa có mặt tại địa phương")
    close(meeting, act)
    assert make_list(round_, CITIZEN, act=act) == 0
    assert listed() == []


def test_the_minutes_say_who_came_what_came_out_and_what_was_decided_and_stay(
    small: Small, meeting: Meeting, act: Act
) -> None:
    from densach.assessing.meetings.domain import Held, write_meeting
    from densach.formats.official.keeping import read_kept
    from densach.formats.official.model import Paragraph, Table

    decide(meeting, unmet(small), act, proposed=True)
    closed = close(meeting, act)
    paper = read_kept(closed.minutes)
    said = " ".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    assert "Ông Hai Mẫu" in said
    assert "Công dân học tập. Kết luận tính theo quy định đọc được: 1 đạt, 1 chưa đạt." in said
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.rows[0][1:4] == ("Nguyễn Văn Mẫu 2", "Thôn Đoài", "đề nghị công nhận")
    assert (paper.fictional, paper.reference.number) == (True, None)
    change = Held(held_on=date(2026, 11, 21), agenda=(CITIZEN,), **PEOPLE)  # type: ignore[arg-type]
    for attempt in (
        lambda: write_meeting(closed, change, closed.version, act=act),
        lambda: decide(closed, met(small), act, proposed=False),
        lambda: close(closed, act),
    ):
        with pytest.raises(Refused, match="R203"):
            attempt()


def test_what_cannot_be_is_refused(small: Small, round_: Round, meeting: Meeting, act: Act) -> None:
    for wrong, code in (({"agenda": ()}, "R202"), ({"agreed": 3}, "R201")):
        with pytest.raises(Refused, match=code):
            held(round_, act, **wrong)
    with pytest.raises(Refused, match="R205"):
        decide(meeting, unmet(small), act, proposed=True, reason=" ")
    for subject, proposed in ((met(small), True), (unmet(small), False)):
        with pytest.raises(Refused, match="R207"):
            decide(meeting, subject, act, proposed=proposed)
    other = held(round_, act, agenda=("family.qd387",))
    with pytest.raises(Refused, match="R206"):
        decide(other, unmet(small), act, proposed=True)


def test_two_who_write_at_the_same_moment_find_out(meeting: Meeting, act: Act) -> None:
    from densach.assessing.meetings.domain import Held, write_meeting

    first = Held(held_on=date(2026, 11, 21), agenda=(CITIZEN,), **PEOPLE)  # type: ignore[arg-type]
    write_meeting(meeting, first, 1, act=act)
    with pytest.raises(Refused, match="R204"):
        write_meeting(meeting, first, 1, act=act)
