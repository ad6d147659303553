"""Consents on paper: what a sheet says, of its day, with where it lies; an older sheet overtakes no later word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from densach.problems import Refused
from tests.assessing.privacy.making import child_of, head_of_first, named, says
from tests.people.making import enter, family, village

if TYPE_CHECKING:
    from densach.assessing.privacy.models import ConsentAct
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
SIGNED = date(2026, 11, 20)


@pytest.fixture
def head(commune: Place, act: Act) -> Person:
    enter(commune, family(village(commune, act), 1), act)
    return head_of_first()


def sheet(signed_on: date = SIGNED, kept_at: str = "Cặp MẪU, nhà văn hóa thôn") -> Any:
    from densach.assessing.privacy.papers import Sheet

    return Sheet(signed_on=signed_on, kept_at=kept_at, by=None, role="village_head")


def enters(person: Person, act: Act, says: dict[str, bool], giver: str = "self", **paper: Any) -> list[ConsentAct]:
    from densach.assessing.privacy.models import Giver
    from densach.assessing.privacy.papers import enter_sheet

    return enter_sheet(person, says, Giver(giver), sheet(**paper), today=TODAY, act=act)


def stands(person: Person, purpose: str = "chapter_check") -> str:
    from densach.assessing.privacy.queries import acts_of
    from densach.assessing.privacy.standing import standings

    return standings(acts_of(person), person, TODAY)[purpose].stand


def refusal(*arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as told:
        enters(*arguments, **named)
    return [each.code for each in told.value.problems]


def test_a_sheet_is_kept_with_its_day_where_it_lies_and_who_entered_it(head: Person, act: Act) -> None:
    from densach.history.models import Entry

    made = enters(head, act, {"chapter_check": True, "publish_decision": False})
    assert [(row.purpose, row.given, row.signed_on, row.said_on) for row in made] == [
        ("chapter_check", True, SIGNED, SIGNED), ("publish_decision", False, SIGNED, SIGNED)
    ]  # fmt: skip
    assert {(row.how, row.paper, row.kept_at, row.role) for row in made} == {
        ("paper", "Phiếu đồng ý ký ngày 20/11/2026", "Cặp MẪU, nhà văn hóa thôn", "village_head")
    }
    assert (stands(head), stands(head, "publish_decision"), stands(head, "publish_praise")) == (
        "given", "withdrawn", "never"
    )  # fmt: skip
    logged = Entry.objects.filter(kind="personal_data").order_by("pk").values_list("after", flat=True)
    assert all('"signed_on":"2026-11-20"' in each.replace(" ", "") for each in logged)


def test_what_cannot_be_a_sheet_is_refused(head: Person, act: Act) -> None:
    said = {"chapter_check": True}
    assert refusal(head, act, {}) == ["U162"]
    assert refusal(head, act, said, signed_on=date(2026, 11, 27)) == ["U163"]
    assert refusal(head, act, said, kept_at="  ") == ["U164"]
    assert refusal(head, act, said, kept_at="x" * 201) == ["U164"]
    assert refusal(head, act, {"recognise": True}) == ["U153"]
    assert refusal(head, act, said, giver="representative") == ["U154"]
    assert stands(head) == "never"


def test_nothing_of_a_sheet_is_kept_where_one_word_is_refused(head: Person, act: Act) -> None:
    child = child_of(head)
    assert refusal(child, act, {"chapter_check": True, "publish_praise": True}, giver="representative") == ["U155"]
    assert stands(child) == "never"
    enters(child, act, {"chapter_check": True, "publish_praise": True}, giver="both")
    assert (stands(child), stands(child, "publish_praise")) == ("given", "given")


def test_an_older_sheet_overtakes_no_later_word(head: Person, act: Act) -> None:
    from densach.assessing.privacy.consenting import withdraw_consent

    enters(head, act, {"chapter_check": True}, signed_on=date(2025, 12, 1))
    withdraw_consent(head, "chapter_check", says(), on=TODAY, act=act)  # by account, on 01/01/2026 as the act has it
    assert refusal(head, act, {"chapter_check": True}, signed_on=date(2025, 12, 31)) == ["U165"]
    assert stands(head) == "withdrawn"
    enters(head, act, {"chapter_check": True})
    assert stands(head) == "given"
    assert refusal(head, act, {"chapter_check": False}, signed_on=date(2026, 11, 19)) == ["U165"]


def test_what_was_copied_by_mistake_is_crossed_out_and_what_was_said_before_holds(head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct
    from densach.assessing.privacy.papers import cross_out
    from densach.assessing.privacy.queries import acts_written_of
    from densach.assessing.privacy.standing import who_agreed

    [yes] = enters(head, act, {"chapter_check": True}, signed_on=date(2026, 11, 1))
    [no] = enters(head, act, {"chapter_check": False})
    with pytest.raises(Refused, match="U167"):
        cross_out(head, yes, "không phải dòng sau cùng", by=None, act=act)
    with pytest.raises(Refused, match="U166"):
        cross_out(head, no, " ", by=None, act=act)
    assert cross_out(head, no, "Ghi nhầm dòng của người khác", by=None, act=act).crossed_out_at is not None
    assert cross_out(head, no, "lần nữa", by=None, act=act).crossed_out_why == "Ghi nhầm dòng của người khác"
    assert (stands(head), who_agreed([head.pk], "chapter_check", TODAY)) == ("given", {head.pk})
    cross_out(head, yes, "Nhầm cả dòng này", by=None, act=act)
    assert stands(head) == "never"
    [again] = enters(head, act, {"chapter_check": True})
    assert (again.number, ConsentAct.objects.count(), len(acts_written_of(head))) == (3, 3, 3)


def test_what_was_said_by_account_or_erased_data_is_not_crossed_out(head: Person, act: Act) -> None:
    from densach.assessing.privacy.consenting import give_consent
    from densach.assessing.privacy.papers import cross_out

    mine = give_consent(head, "chapter_check", says(), on=TODAY, act=act)
    [gone] = enters(head, act, {"fairness": False})
    for row in (mine, gone):
        with pytest.raises(Refused, match="U167"):
            cross_out(head, row, "nhầm", by=None, act=act)


def test_one_sheet_of_a_household_is_entered_whole_or_not_at_all(head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct, Giver
    from densach.assessing.privacy.papers import Said, enter_household

    wife, child = named("Trần Thị Mẫu 1"), child_of(head)
    said = [
        Said(head, Giver.SELF, {"chapter_check": True}),
        Said(wife, Giver.SELF, {}),
        Said(child, Giver.REPRESENTATIVE, {"publish_praise": True}),
    ]
    with pytest.raises(Refused) as told:
        enter_household(said, sheet(), today=TODAY, act=act)
    assert [(each.code, each.where) for each in told.value.problems] == [("U155", str(child.uid))]
    assert ConsentAct.objects.count() == 0
    assert enter_household(said[:2], sheet(), today=TODAY, act=act) == 1
    with pytest.raises(Refused, match="U162"):
        enter_household(said[1:2], sheet(), today=TODAY, act=act)


def test_the_sheet_of_the_village_asks_nothing_that_neighbours_must_not_see() -> None:
    from densach.assessing.privacy.papers import said_on_sheets

    assert [purpose.id for purpose in said_on_sheets()] == [
        "chapter_check", "publish_decision", "publish_praise", "certificate_name"
    ]  # fmt: skip
