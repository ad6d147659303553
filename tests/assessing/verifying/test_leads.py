"""Leads: found once, dismissed with a reason, taken beside a sample that they do not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.assessing.titles import BY_MODEL
from densach.problems import Refused
from tests.assessing.making import GOOD, YEAR, adults, answer, library, open_year, run, settle
from tests.people.making import enter, family, village

if TYPE_CHECKING:
    from pathlib import Path

    from densach.assessing.models import Round, Subject
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
TITLE = BY_MODEL["citizen"]
Facts = dict[str, int | bool | str]
AT_THE_MARK = GOOD | {"a1": 0, "a2": 8}


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=20)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    """Forty adults of whom each has just the points that are needed."""
    opened = open_year(small, act, "vn,demo")
    answer(opened, "citizen", {subject: dict(AT_THE_MARK) for subject in adults(small)}, act)
    run(opened, act)
    return opened


def found(round_: Round, act: Act) -> int:
    from densach.assessing.verifying.finding import find_leads

    return find_leads(round_, TITLE, library("vn", "demo"), act=act)


def test_those_exactly_at_the_mark_are_a_lead_once(round_: Round, act: Act) -> None:
    from densach.assessing.verifying.models import Lead

    assert [found(round_, act), found(round_, act)] == [1, 0]
    lead = Lead.objects.get()
    assert (lead.kind, lead.group, lead.numbers) == ("at-the-mark", "Thôn Đoài", {"exactly": "40", "above": "0"})
    assert lead.subjects.count() == 40


def test_equal_sheets_of_one_village_are_a_lead(small: Small, act: Act) -> None:
    from densach.assessing.domain import subjects_for
    from densach.assessing.models import Kind
    from densach.assessing.verifying.models import Lead
    from densach.people.queries import open_members

    other = village(small.place, act, "Thôn Nghè")
    enter(small.place, [line for order in range(21, 31) for line in family(other, order)], act)
    opened = open_year(small, act)
    everyone = [row.person_id for row in open_members(small.place)]
    alike = {name: place % 7 for place, name in enumerate(GOOD)}
    said: dict[Subject, Facts] = {}
    for place, subject in enumerate(subjects_for(Kind.PERSON, everyone).values()):
        said[subject] = {**alike, **({} if place >= 60 else {"a1": place % 9, "b1": place // 9})}
    answer(opened, "citizen", said, act)
    assert found(opened, act) == 1
    assert (Lead.objects.get().kind, Lead.objects.get().group) == ("identical", "Thôn Nghè")


def test_sheets_that_two_villages_alone_share_are_a_lead_about_those_they_stand_for(small: Small, act: Act) -> None:
    from densach.assessing.domain import subjects_for
    from densach.assessing.models import Kind
    from densach.assessing.verifying.models import Lead
    from densach.people.queries import open_members

    other = village(small.place, act, "Thôn Nghè")
    enter(small.place, [line for order in range(21, 31) for line in family(other, order)], act)
    opened = open_year(small, act)
    everyone = [row.person_id for row in open_members(small.place)]
    said: dict[Subject, Facts] = {}
    for place, subject in enumerate(subjects_for(Kind.PERSON, everyone).values()):
        at = place - 60 if 60 <= place < 68 else place  # eight of the second village are those of the first
        said[subject] = {**GOOD, "a1": at % 9, "b1": at // 9}
    answer(opened, "citizen", said, act)
    assert found(opened, act) == 1
    lead = Lead.objects.get()
    assert (lead.kind, lead.group, lead.subjects.count()) == ("copied", "Thôn Nghè – Thôn Đoài", 16)
    assert lead.numbers["shared"] == "8"


def test_a_sudden_jump_since_last_year_is_a_lead(commune: Place, act: Act) -> None:
    from densach.assessing.domain import open_round
    from densach.assessing.verifying.models import Lead

    small = settle(commune, act, households=20)
    points: dict[Subject, Facts] = {subject: dict(GOOD) for subject in adults(small)}
    poor: dict[Subject, Facts] = {
        subject: {**GOOD, "a1": place % 5, "a2": 0, "b1": 0} for place, subject in enumerate(points)
    }
    before = open_year(small, act, "vn,demo")
    answer(before, "citizen", poor, act)
    run(before, act)
    after = open_round(small.place, YEAR + 1, "vn,demo", act=act)
    answer(after, "citizen", points, act)
    run(after, act)
    found(after, act)
    jump = Lead.objects.get(kind="jump")
    assert jump.numbers == {"before": "0", "base_before": "40", "now": "40", "base_now": "40", "change": "1"}


def test_a_lead_is_dismissed_with_a_reason_and_once(round_: Round, act: Act) -> None:
    from densach.assessing.verifying.finding import dismiss_lead
    from densach.assessing.verifying.models import Lead

    found(round_, act)
    lead = Lead.objects.get()
    with pytest.raises(Refused, match="R175"):
        dismiss_lead(lead, " ", act=act)
    dismiss_lead(lead, "thôn chấm chung một buổi", act=act)
    with pytest.raises(Refused, match="R176"):
        dismiss_lead(lead, "lần nữa", act=act)
    lead.refresh_from_db()
    assert (lead.stand, lead.reason) == ("dismissed", "thôn chấm chung một buổi")
    assert found(round_, act) == 0


def test_the_files_of_a_lead_are_no_part_of_the_sample(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.domain import enter_answers
    from densach.assessing.models import Stage
    from densach.assessing.verifying.domain import Choice, draw_sample, fix_list, proof_of
    from densach.assessing.verifying.finding import take_lead
    from densach.assessing.verifying.models import DrawnFile, Lead

    found(round_, act)
    enter_answers(round_, TITLE.key, Stage.VERIFIED, {subject.pk: {} for subject in adults(small)}, act=act)
    choice = Choice(percent=20, confidence=95, returns_at=3, reason="xã MẪU tự chọn")
    draw = draw_sample(fix_list(round_, TITLE.key, None, choice, by=None, act=act), "1", act=act)
    before = proof_of(draw)
    assert take_lead(Lead.objects.get(), draw, act=act) == 40 - before.drawn
    assert proof_of(draw) == before
    assert DrawnFile.objects.filter(draw=draw).count() == 40


def test_one_photo_under_two_households_is_a_lead_and_under_one_is_none(
    commune: Place, act: Act, tmp_path: Path
) -> None:
    from densach.assessing.verifying.access import lead_in
    from densach.assessing.verifying.finding import dismiss_lead
    from densach.assessing.verifying.models import Lead
    from tests.assessing.evidence.making import added
    from tests.assessing.sheets.making import begun, send

    small = settle(commune, act, households=3)
    opened = open_year(small, act, "vn,demo")

    def proved(name: str, order: int) -> None:
        sheet = begun(opened, small.subject("citizen", name), act)
        added(sheet, tmp_path, act, order)
        send(sheet, act)

    proved("Nguyễn Văn Mẫu 1", 1)
    proved("Trần Thị Mẫu 1", 1)
    proved("Nguyễn Văn Mẫu 3", 20)
    unsent = begun(opened, small.subject("citizen", "Trần Thị Mẫu 3"), act)
    added(unsent, tmp_path, act, 1)
    assert found(opened, act) == 0
    proved("Nguyễn Văn Mẫu 2", 1)
    assert [found(opened, act), found(opened, act)] == [1, 0]
    lead = Lead.objects.get()
    assert (lead.kind, lead.numbers) == ("evidence-reused", {"pieces": "3", "files": "1", "distance": "0"})
    seen = lead_in(opened, lead.uid)
    assert sorted(about.name for _, about in seen.pieces) == ["Nguyễn Văn Mẫu 1", "Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 1"]
    dismiss_lead(lead, "Ảnh lớp học chung của thôn", act=act)
    assert [found(opened, act), Lead.objects.get().stand] == [0, "dismissed"]
