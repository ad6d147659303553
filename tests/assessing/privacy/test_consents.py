"""Consents: the last word holds, a withdrawal acts at once, a child's is its representative's until the birthday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from densach.problems import Refused
from tests.assessing.privacy.making import child_of, head_of_first, says
from tests.people.making import enter, family, village

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def head(commune: Place, act: Act) -> Person:
    enter(commune, family(village(commune, act), 1), act)
    return head_of_first()


def give(person: Person, act: Act, purpose: str = "certificate_name", on: date = TODAY, **said: Any) -> Any:
    from densach.assessing.privacy.consenting import give_consent

    return give_consent(person, purpose, says(**said), on=on, act=act)


def withdraw(person: Person, act: Act, purpose: str = "certificate_name", **said: Any) -> Any:
    from densach.assessing.privacy.consenting import withdraw_consent

    return withdraw_consent(person, purpose, says(**said), on=TODAY, act=act)


def stand(person: Person, purpose: str = "certificate_name", on: date = TODAY) -> str:
    from densach.assessing.privacy.queries import acts_of
    from densach.assessing.privacy.standing import standings

    return standings(acts_of(person), person, on)[purpose].stand


def test_the_last_word_holds_and_no_row_is_overwritten(head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct
    from densach.assessing.privacy.standing import who_agreed

    assert stand(head) == "never"
    give(head, act)
    give(head, act)
    assert (stand(head), who_agreed([head.pk], "certificate_name", TODAY)) == ("given", {head.pk})
    withdraw(head, act)
    withdraw(head, act)
    assert (stand(head), who_agreed([head.pk], "certificate_name", TODAY)) == ("withdrawn", set())
    give(head, act, paper="Giấy MẪU số 5")
    rows = ConsentAct.objects.order_by("number").values_list("number", "given", "how", "paper")
    assert list(rows) == [
        (1, True, "account", ""), (2, False, "account", ""), (3, True, "paper", "Giấy MẪU số 5")
    ]  # fmt: skip
    assert all(row.words.startswith("Hiện đủ họ tên") for row in ConsentAct.objects.all())


def test_a_duty_of_the_state_is_no_matter_of_consent(head: Person, act: Act) -> None:
    with pytest.raises(Refused, match="U153"):
        give(head, act, "recognise")
    with pytest.raises(Refused, match="H103"):
        withdraw(head, act, "khong-co")


@pytest.mark.parametrize(
    ("purpose", "said", "code"),
    [("fairness", {"giver": "self"}, "U154"), ("fairness", {"giver": "representative"}, None),
     ("certificate_name", {"giver": "representative"}, "U155"), ("certificate_name", {"giver": "both"}, "U155"),
     ("certificate_name", {"giver": "representative", "paper": "Giấy 1"}, "U155"),
     ("certificate_name", {"giver": "both", "paper": "Giấy 1"}, None)],
)  # fmt: skip
def test_a_child_of_seven_agrees_too_where_it_is_published(
    head: Person, act: Act, purpose: str, said: dict[str, Any], code: str | None
) -> None:
    child = child_of(head)  # born 05/09/2015
    if code:
        with pytest.raises(Refused, match=code):
            give(child, act, purpose, **said)
    else:
        give(child, act, purpose, **said)
        assert stand(child, purpose) == "given"


def test_below_seven_the_representative_alone_speaks(head: Person, act: Act) -> None:
    child = child_of(head)
    with pytest.raises(Refused, match="U155"):
        give(child, act, on=date(2022, 9, 5), giver="representative")  # the seventh birthday
    give(child, act, on=date(2022, 9, 4), giver="representative")
    assert stand(child) == "given"


def test_what_was_said_for_a_child_ends_on_the_eighteenth_birthday(head: Person, act: Act) -> None:
    child = child_of(head)
    give(child, act, "fairness", giver="representative")
    assert [stand(child, "fairness", date(2033, 9, day)) for day in (4, 5)] == ["given", "lapsed"]
    with pytest.raises(Refused, match="U154"):
        give(child, act, "fairness", on=date(2033, 9, 5), giver="representative")
    give(child, act, "fairness", on=date(2033, 9, 5), giver="self")
    assert stand(child, "fairness", date(2040, 1, 1)) == "given"


def test_nobody_speaks_for_a_grown_person(head: Person, act: Act) -> None:
    with pytest.raises(Refused, match="U154"):
        give(head, act, giver="representative")


def test_without_a_birth_date_nothing_is_published_on_one_word(head: Person, act: Act) -> None:
    head.birth_date, head.birth_precision = None, "unknown"
    head.save()
    with pytest.raises(Refused, match="U155"):
        give(head, act)
    give(head, act, "chapter_check")
    assert stand(head, "chapter_check") == "given"


def test_withdrawing_erases_what_rested_on_it(head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct
    from densach.authority.roles import Role
    from densach.history.models import Entry
    from densach.people.protected.queries import kept_facts
    from tests.authority.roles import account, given
    from tests.people.test_protected import say

    mine = account("mau.mot")
    mine.phone, mine.email = "+84900000001", "mau@example.vn"
    mine.save()
    given(mine, Role.CITIZEN, head, act)
    give(head, act, "fairness")
    say(head, act)
    withdraw(head, act, "fairness")
    withdraw(head, act, "contact")
    mine.refresh_from_db()
    assert [mine.phone, mine.email] == [None, ""]
    assert kept_facts(head, ["consent"], ["ethnicity"]) == []
    assert ConsentAct.objects.filter(given=False).count() == 2
    assert "+84900000001" not in "".join(entry.after + entry.before for entry in Entry.objects.all())


def test_the_association_opens_the_sheet_of_whoever_said_yes_alone(commune: Place, act: Act) -> None:
    from densach.assessing.sheets.access import may_check, may_write
    from densach.authority.roles import Role
    from tests.assessing.making import settle
    from tests.authority.roles import viewer

    small = settle(commune, act)
    person = head_of_first()
    chapter = viewer(Role.CHAPTER_OFFICER, small.village, act)
    officer = viewer(Role.COMMUNE_OFFICER, small.place, act)
    home = small.subject("family", "H1").household
    assert home is not None

    def opens() -> list[bool]:
        return [may(who, thing) for who in (chapter, officer) for may in (may_check, may_write) for thing in things]

    things = (person, home)
    for change, is_open in ((None, False), (give, True), (withdraw, False), (give, True)):
        if change is not None:
            change(person, act, "chapter_check")
        assert opens() == [is_open] * 4 + [True] * 4, change
    rows = person.households.all()
    rows.update(is_head=False)  # nobody speaks for the household, so nobody agreed
    assert [may_check(who, home) for who in (chapter, officer)] == [False, True]


def test_of_a_child_the_representatives_word_opens_the_sheet_until_the_child_is_grown(commune: Place, act: Act) -> None:
    from densach.assessing.privacy.association import is_closed_to
    from densach.assessing.privacy.queries import open_to_association
    from densach.assessing.sheets.models import Sheet
    from densach.authority.roles import Role
    from tests.assessing.making import open_year, settle
    from tests.assessing.sheets.making import sent
    from tests.authority.roles import viewer

    small = settle(commune, act)
    child = child_of(head_of_first())
    sent(open_year(small, act), small.subject("citizen", child.full_name), act)
    give(child, act, "chapter_check", giver="representative")
    chapter = viewer(Role.CHAPTER_OFFICER, small.village, act)
    days = [date(2033, 9, 4), date(2033, 9, 5)]
    assert [is_closed_to(replace(chapter, today=day), child) for day in days] == [False, True]
    assert [Sheet.objects.filter(open_to_association(day)).count() for day in days] == [1, 0]


def test_the_chapter_is_not_given_the_sheet_of_whoever_did_not_agree(commune: Place, act: Act) -> None:
    from densach.assessing.sheets.domain import begin_sheet, send_sheet, write_on
    from densach.assessing.sheets.models import Way
    from densach.assessing.villages.access import Next, sheet_checked, sheet_next, village_seen
    from densach.authority.roles import Role
    from tests.assessing.making import GOOD, open_year, settle
    from tests.assessing.villages.making import law_of
    from tests.authority.roles import viewer

    small = settle(commune, act)
    person = head_of_first()
    round_, subject = open_year(small, act), small.subject("citizen", person.full_name)
    sheet = begin_sheet(round_, subject, "citizen.qd677", by=None, way=Way.OWN, act=act)
    sheet = send_sheet(write_on(sheet, GOOD, 1, by=None, way=Way.OWN, act=act), 2, act=act)
    seen = [
        village_seen(viewer(role, place, act), small.village.uid, law_of)
        for role, place in ((Role.CHAPTER_OFFICER, small.village), (Role.COMMUNE_OFFICER, small.place))
    ]
    for change, given in ((None, None), (give, Next(sheet.uid, 1)), (withdraw, None)):
        if change is not None:
            change(person, act, "chapter_check")
        assert [sheet_next(village) for village in seen] == [given, Next(sheet.uid, 1)]
        if given is None:
            with pytest.raises(Refused, match="H103"):
                sheet_checked(seen[0], sheet.uid)


def test_the_state_is_given_first_what_nobody_else_may_open(commune: Place, act: Act) -> None:
    """Three people sent a sheet one after another; the second said nothing: the commune's officer begins with hers."""
    from densach.assessing.steps.board import board_of
    from densach.assessing.villages.access import Next, sheet_next, states_counted, village_seen, villages_seen
    from densach.authority.roles import Role
    from tests.assessing.making import GOOD
    from tests.assessing.privacy.making import agree
    from tests.assessing.villages.making import law_of, working
    from tests.authority.roles import viewer

    made = working(commune, act)
    names = ("Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Văn Mẫu 2")
    sheets = [made.sheet(name, GOOD, act, to="sent") for name in names]
    agree(act, names[1])
    officer = viewer(Role.COMMUNE_OFFICER, made.small.place, act)
    villages = [
        village_seen(who, made.small.village.uid, law_of)
        for who in (officer, viewer(Role.CHAPTER_OFFICER, made.small.village, act))
    ]
    found = [sheet_next(village) for village in villages]
    assert found == [Next(sheets[1].uid, 3), Next(sheets[0].uid, 2)]
    assert [states_counted(village) for village in villages] == [{"sent": 3}, {"sent": 2}]
    assert [(row.period.name, row.for_state) for row in villages_seen(officer)] == [("Thôn Đoài", 1), ("Thôn Đông", 0)]
    assert board_of(made.round, TODAY, reported=False).for_state == 1


def test_a_pile_of_sheets_is_entered_as_each_alone(head: Person, act: Act) -> None:
    """One word that was said before stays; of a child the representative's word is entered."""
    from densach.assessing.privacy.queries import acts_of
    from densach.history.models import Entry
    from densach.people.models import Person
    from tests.assessing.privacy.making import agree, named

    withdraw(head, act, "chapter_check")
    assert agree(act) == Person.objects.count() - 1
    assert stand(head, "chapter_check") == "withdrawn"
    [one] = acts_of(child_of(head))
    assert (one.given, one.giver, one.how, one.kept_at, one.said_on) == (
        True, "both", "paper", "Cặp phiếu MẪU", date(2026, 1, 1)
    )  # fmt: skip
    assert stand(named("Trần Thị Mẫu 1"), "chapter_check") == "given"
    assert Entry.objects.filter(kind="personal_data", event="consent given").count() == Person.objects.count() - 1
    assert agree(act) == 0
