"""Sheets are written for others, sent where they are complete, and scored with a reason where they are corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from densach.problems import Refused
from tests.assessing.making import GOOD, library, verdicts
from tests.assessing.villages.making import Working, working

if TYPE_CHECKING:
    from densach.assessing.sheets.models import Sheet
    from densach.assessing.villages.domain import Score
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Văn Mẫu 1"


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    return working(commune, act)


def write(made: Working, act: Act, answers: dict[str, Any], version: int = 0) -> Sheet | None:
    from densach.assessing.sheets.models import Way
    from densach.assessing.villages.domain import Writing, write_for
    from densach.assessing.villages.rubrics import CITIZEN

    person = made.small.subject("citizen", NAME).person_id
    assert person is not None
    writing = Writing(answers=answers, version=version, way=Way.PAPER, by=None)
    return write_for(made.round, CITIZEN, person, writing, act=act)


def found(sheet: Sheet, other: dict[str, int], note: str) -> Score:
    from densach.assessing.villages.domain import Score

    return Score(facts=GOOD | other, version=sheet.version, note=note, by=None)


def test_the_first_writing_begins_the_sheet_and_the_next_goes_on(made: Working, act: Act) -> None:
    sheet = write(made, act, {"a1": 7, "a2": None})
    assert sheet is not None
    assert (sheet.draft, sheet.way, sheet.version) == ({"a1": 7}, "paper", 2)
    again = write(made, act, {"a1": None, "a2": 0}, sheet.version)
    assert again is not None
    assert (again.pk, again.draft, again.version) == (sheet.pk, {"a2": 0}, 3)


def test_nothing_is_begun_where_nothing_is_written(made: Working, act: Act) -> None:
    from densach.assessing.models import Registration

    assert write(made, act, {"a1": None, "a2": None}) is None
    assert Registration.objects.count() == 0


def test_who_did_not_see_what_another_wrote_is_refused(made: Working, act: Act) -> None:
    write(made, act, {"a1": 7})
    for version in (0, 1, 99):
        with pytest.raises(Refused, match="K102"):
            write(made, act, {"a1": 3}, version)


def test_sheets_are_sent_each_by_itself(made: Working, act: Act) -> None:
    from densach.assessing.villages.domain import send_complete

    whole = made.sheet(NAME, GOOD, act)
    moved = made.sheet("Nguyễn Văn Mẫu 2", GOOD, act)
    moved.version = 1
    sent, problems = send_complete([whole, moved], library(), act=act)
    assert (sent, [each.code for each in problems]) == (1, ["K102"])
    states = []
    for sheet in (whole, moved):
        sheet.refresh_from_db()
        states.append(sheet.state)
    assert states == ["sent", "writing"]


def test_a_correction_needs_a_reason_and_agreeing_needs_none(made: Working, act: Act) -> None:
    from densach.assessing.models import Answers
    from densach.assessing.villages.domain import score

    sheet = made.sheet(NAME, GOOD, act, to="sent")
    with pytest.raises(Refused, match="K140"):
        score(sheet, found(sheet, {"a1": 4}, "  "), library(), act=act)
    sheet = score(sheet, found(sheet, {}, ""), library(), act=act)
    assert verdicts(made.round, "citizen") == {sheet.subject_id: "met"}
    sheet = score(sheet, found(sheet, {"a1": 4}, "Chưa thấy sách báo"), library(), act=act)
    assert verdicts(made.round, "citizen") == {sheet.subject_id: "unmet"}
    assert (sheet.state, sheet.note) == ("checked", "Chưa thấy sách báo")
    assert dict(Answers.objects.values_list("stage", "facts")) == {"self": GOOD, "verified": GOOD | {"a1": 4}}
