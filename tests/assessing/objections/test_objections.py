"""An objection is made once at a time, answered with a reason, gone on with; only those concerned find it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.making import open_year, settle
from tests.assessing.privacy.making import agree
from tests.assessing.sheets.making import begun, sent
from tests.authority.roles import viewer

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.objections.models import Objection
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
HEAD = "Nguyễn Văn Mẫu 1"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act)


@pytest.fixture
def sheet(small: Small, round_: Round, act: Act) -> Sheet:
    return sent(round_, small.subject("citizen", HEAD), act)


def made(sheet: Sheet, act: Act, about: str = "verdict", text: str = "Đã học một lớp") -> Objection:
    from densach.assessing.objections.domain import make_objection
    from densach.assessing.objections.models import About

    return make_objection(sheet, About(about), asks="Xem lại mục a2", text=text, by=None, act=act)


def test_it_is_answered_with_a_reason_gone_on_with_and_nothing_written_is_lost(sheet: Sheet, act: Act) -> None:
    from densach.assessing.objections.domain import answer_objection, write_again
    from densach.assessing.objections.models import Outcome, Said
    from densach.history.models import Entry

    objection = made(sheet, act)
    with pytest.raises(Refused, match="K120"):
        answer_objection(objection, Outcome.ACCEPTED, " ", by=None, act=act)
    answered = answer_objection(objection, Outcome.NOT_ACCEPTED, "Chưa thấy giấy của lớp", by=None, act=act)
    assert answered.state == "answered"
    with pytest.raises(Refused, match="K124"):
        answer_objection(objection, Outcome.ACCEPTED, "Đúng", by=None, act=act)
    assert write_again(objection, "Gửi kèm ảnh giấy", by=None, act=act).state == "open"
    rows = Said.objects.order_by("pk").values_list("text", "outcome")
    assert list(rows) == [
        ("Đã học một lớp", ""),
        ("Chưa thấy giấy của lớp", "not_accepted"),
        ("Gửi kèm ảnh giấy", ""),
    ]
    events = Entry.objects.filter(kind="objection").order_by("sequence").values_list("event", flat=True)
    assert list(events) == ["made", "answered", "continued"]


def test_one_waits_at_a_time_about_one_thing(sheet: Sheet, act: Act) -> None:
    from densach.assessing.objections.domain import answer_objection, write_again
    from densach.assessing.objections.models import Objection, Outcome

    first = made(sheet, act)
    with pytest.raises(Refused, match="K123"):
        made(sheet, act)
    answer_objection(first, Outcome.PARTLY, "Xem lại a2", by=None, act=act)
    second = made(sheet, act)
    with pytest.raises(Refused, match="K123"):
        write_again(first, "Còn nữa", by=None, act=act)
    assert list(Objection.objects.order_by("pk").values_list("state", flat=True)) == ["answered", "open"]
    assert second.uid != first.uid


def test_of_two_made_at_the_same_moment_one_is_kept(sheet: Sheet, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    from densach.assessing.objections import domain

    made(sheet, act)
    monkeypatch.setattr(domain, "open_objection", lambda _sheet, _about: None)  # as the other saw it, a moment before
    with pytest.raises(Refused, match="K123"):
        made(sheet, act)


@pytest.mark.parametrize(("asks", "text"), [("", "x"), (" ", "x"), ("x", "  ")])
def test_it_says_what_is_asked_and_why(sheet: Sheet, act: Act, asks: str, text: str) -> None:
    from densach.assessing.objections.domain import make_objection
    from densach.assessing.objections.models import About

    with pytest.raises(Refused, match="K120"):
        make_objection(sheet, About.VERDICT, asks=asks, text=text, by=None, act=act)


def test_there_must_be_something_to_object_to(small: Small, round_: Round, sheet: Sheet, act: Act) -> None:
    from densach.assessing.domain import propose_all_met

    with pytest.raises(Refused, match="K121"):
        made(begun(round_, small.subject("citizen", "Trần Thị Mẫu 1"), act), act)
    with pytest.raises(Refused, match="K122"):
        made(sheet, act, "left_off")
    other = sent(round_, small.subject("citizen", "Nguyễn Văn Mẫu 2"), act, {"a1": 2})
    propose_all_met(round_, "citizen.qd677", act=act)
    with pytest.raises(Refused, match="K122"):
        made(sheet, act, "left_off")
    assert made(other, act, "left_off").about == "left_off"


@pytest.mark.parametrize(
    ("role", "over", "reads", "answers"),
    [
        (Role.CITIZEN, "self", True, False),
        (Role.CITIZEN, "neighbour", False, False),
        (Role.HOUSEHOLD_HEAD, "home", True, False),
        (Role.VILLAGE_HEAD, "village", False, False),
        (Role.CHAPTER_OFFICER, "village", False, False),
        (Role.COMMUNE_OFFICER, "commune", True, True),
        (Role.COMMUNE_LEADER, "commune", False, False),
        (Role.PROVINCE_OFFICER, "province", False, False),
        (Role.ADMINISTRATOR, "commune", False, False),
    ],
)
def test_only_those_concerned_find_it(
    role: Role, over: str, reads: bool, answers: bool, sheet: Sheet, small: Small, act: Act
) -> None:
    from densach.assessing.objections.access import (
        may_answer,
        objection_to_read,
        objections_to_read,
        waiting_to_answer,
    )
    from densach.places.lookup import get_place

    things = {
        "self": small.subject("citizen", HEAD).person,
        "neighbour": small.subject("citizen", "Trần Thị Mẫu 2").person,
        "home": small.subject("family", "H1").household,
        "village": small.village,
        "commune": small.place,
        "province": get_place("19", date(2026, 1, 1)).place,
    }
    objection, thing = made(sheet, act), things[over]
    agree(act)
    assert thing is not None
    looking = viewer(role, thing, act)
    assert (len(objections_to_read(looking, sheet)), waiting_to_answer(looking)) == (int(reads), int(answers))
    if reads:
        assert may_answer(looking, objection_to_read(looking, objection.uid)) is answers
    else:
        with pytest.raises(Refused, match="H103"):
            objection_to_read(looking, objection.uid)
