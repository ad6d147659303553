"""A draft is put aside and taken up again, a scan is kept with it, and law ends by two people without a successor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.evidence.making import photo
from tests.authority.roles import NOW, TODAY, viewer
from tests.formats.signing import paper
from tests.lawmaking.writing import HOLE, UNIT, VALID_FROM, beginning, filled, published

if TYPE_CHECKING:
    from collections.abc import Callable

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.lawmaking.models import LawText
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
END = date(2027, 3, 1)
BASIS = "Điều 2 Quyết định MẪU bãi bỏ"


@pytest.fixture
def writer(thai_nguyen: Place, act: Act) -> Viewer:
    return viewer(Role.RUBRIC_EDITOR, thai_nguyen, act)


@pytest.fixture
def second(thai_nguyen: Place, act: Act) -> Viewer:
    return viewer(Role.RUBRIC_EDITOR, thai_nguyen, act)


@pytest.fixture
def law(writer: Viewer, second: Viewer) -> LawText:
    return published(writer, second, beginning())


def refusal(event: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as told:
        event(*arguments, **named)
    return told.value.problems[0].code


def value_on(day: date) -> object:
    from densach.lawmaking.standing import library_for

    rubric = library_for(("vn",), TODAY).rubric(UNIT, day, "19").rubric
    found = (i for c in rubric.criteria for i in c.indicators for t in i.levels.values() if t.hole == HOLE)
    return next(found).levels[2].value


def events(viewer: Viewer, text: LawText) -> list[str]:
    from densach.lawmaking.access import log_of

    return [step.entry.event for step in log_of(viewer, text.uid)]


def test_law_ends_once_a_second_person_agrees(writer: Viewer, second: Viewer, law: LawText) -> None:
    from densach.lawmaking.domain import approve_end, ask_end

    last = END - timedelta(days=1)
    asked = ask_end(writer, law.uid, END, BASIS, at=NOW)
    assert (value_on(last), value_on(END), asked.ended_on) == ("95%", "95%", None)
    assert refusal(approve_end, writer, law.uid, at=NOW) == "P227"
    ended = approve_end(second, law.uid, at=NOW)
    assert (value_on(last), value_on(END), ended.ended_on) == ("95%", "unknown", END)
    assert events(writer, law)[-2:] == ["end_asked", "end_approved"]
    assert refusal(ask_end, writer, law.uid, END, BASIS, at=NOW) == "P224"


def test_asking_for_an_end_can_be_taken_back(writer: Viewer, second: Viewer, law: LawText) -> None:
    from densach.lawmaking.domain import approve_end, ask_end, leave_end

    ask_end(writer, law.uid, END, BASIS, at=NOW)
    left = leave_end(second, law.uid, at=NOW)
    assert (left.end_on, left.end_asked_by, left.end_basis) == (None, None, "")
    assert refusal(approve_end, second, law.uid, at=NOW) == "P226"
    assert refusal(ask_end, writer, law.uid, VALID_FROM, BASIS, at=NOW) == "P225"
    assert value_on(END) == "95%"


def test_an_end_is_undone_by_two_people_until_its_day(writer: Viewer, second: Viewer, law: LawText) -> None:
    from densach.lawmaking.domain import approve_end, approve_undo, ask_end, ask_undo, leave_undo

    why = "Ghi nhầm ngày (MẪU)"
    assert refusal(ask_undo, writer, law.uid, why, at=NOW) == "P229"
    ask_end(writer, law.uid, END, BASIS, at=NOW)
    assert refusal(ask_undo, writer, law.uid, why, at=NOW) == "P229"
    approve_end(second, law.uid, at=NOW)
    assert refusal(approve_undo, second, law.uid, at=NOW) == "P235"
    ask_undo(second, law.uid, why, at=NOW)
    assert refusal(ask_undo, writer, law.uid, why, at=NOW) == "P229"
    assert leave_undo(writer, law.uid, at=NOW).undo_asked_by is None
    ask_undo(second, law.uid, why, at=NOW)
    assert refusal(approve_undo, second, law.uid, at=NOW) == "P227"
    assert value_on(END) == "unknown"
    kept = approve_undo(writer, law.uid, at=NOW)
    assert (value_on(END), kept.ended_on, kept.end_on, kept.end_basis, kept.undo_basis) == ("95%", None, None, "", "")
    assert events(writer, law)[-3:] == ["undo_left", "undo_asked", "undo_approved"]
    assert ask_end(writer, law.uid, END, BASIS, at=NOW).end_on == END


def test_an_end_whose_day_has_come_is_not_undone(writer: Viewer, second: Viewer) -> None:
    from dataclasses import replace

    from densach.lawmaking.domain import approve_end, approve_undo, ask_end, ask_undo

    law = published(writer, second, beginning(filled(valid_from="2026-01-01"), valid_from="2026-01-01"), past=True)
    ask_end(writer, law.uid, date(2026, 11, 27), BASIS, at=NOW)
    approve_end(second, law.uid, at=NOW)
    ask_undo(writer, law.uid, "Nhầm", at=NOW)
    tomorrow = replace(second, today=date(2026, 11, 27))
    assert refusal(approve_undo, tomorrow, law.uid, at=NOW) == "P234"
    approve_undo(second, law.uid, at=NOW)


def test_what_a_later_text_ended_is_not_undone(writer: Viewer, second: Viewer, law: LawText) -> None:
    from densach.lawmaking.domain import ask_undo

    published(writer, second, beginning(filled("97%", valid_from="2027-01-01"), valid_from="2027-01-01"))
    assert refusal(ask_undo, writer, law.uid, "Muốn bản cũ", at=NOW) == "P229"


def test_a_successor_takes_an_end_that_was_only_asked_for_with_it(writer: Viewer, second: Viewer, law: LawText) -> None:
    from densach.lawmaking.access import the_text
    from densach.lawmaking.domain import ask_end

    ask_end(writer, law.uid, END, BASIS, at=NOW)
    published(writer, second, beginning(filled("97%", valid_from="2027-01-01"), valid_from="2027-01-01"))
    row = the_text(writer, law.uid)
    assert (row.ended_on, row.end_on, value_on(END)) == (date(2027, 1, 1), None, "97%")


def test_a_draft_is_put_aside_and_taken_up_as_it_was(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.domain import begin, drop, put_forward, take_up

    text = begin(writer, beginning(), at=NOW)
    assert drop(second, text.uid, at=NOW).state == "dropped"
    assert refusal(put_forward, writer, text.uid, seen=1, at=NOW) == "P182"
    assert take_up(writer, text.uid, at=NOW).state == "draft"
    assert put_forward(writer, text.uid, seen=1, at=NOW).edition == 1
    assert refusal(drop, writer, text.uid, at=NOW) == "P182"
    assert events(writer, text) == ["begun", "dropped", "taken_up", "put_forward"]


def test_a_scan_stays_with_the_form_it_was_sent_for(writer: Viewer) -> None:
    from densach.formats.pictures import check_evidence
    from densach.lawmaking.access import scans_of, see_text, the_scan
    from densach.lawmaking.domain import begin, keep_scan

    text = begin(writer, beginning(), at=NOW)
    sent = check_evidence("quyet-dinh.pdf", paper())
    kept = keep_scan(writer, text.uid, "quyet-dinh.pdf", sent, at=NOW)
    assert keep_scan(writer, text.uid, "lan-hai.pdf", sent, at=NOW) == kept
    assert [(one.name, one.edition, one.pages) for one in scans_of(see_text(writer, text.uid))] == [
        ("quyet-dinh.pdf", 1, 1)
    ]
    assert bytes(the_scan(writer, text.uid, kept.uid).content) == sent.content
    assert refusal(keep_scan, writer, text.uid, "a.jpg", check_evidence("a.jpg", photo(1)), at=NOW) == "P223"


def test_another_desk_reaches_none_of_it(writer: Viewer, law: LawText, act: Act) -> None:
    from densach.lawmaking.domain import ask_end, begin, drop, leave_end, take_up
    from densach.places.lookup import get_place

    stranger = viewer(Role.RUBRIC_EDITOR, get_place("01", TODAY).place, act)
    text = begin(writer, beginning(filled(valid_from="2027-05-01"), valid_from="2027-05-01"), at=NOW)
    assert refusal(ask_end, stranger, law.uid, END, BASIS, at=NOW) == "H103"
    assert [refusal(step, stranger, text.uid, at=NOW) for step in (drop, take_up, leave_end)] == ["H103"] * 3
