"""A sheet is begun, written by one at a time, sent, checked or given back; who may not see it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.making import GOOD, open_year, settle
from tests.assessing.privacy.making import agree
from tests.authority.roles import viewer

if TYPE_CHECKING:
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
def sheet(small: Small, act: Act) -> Sheet:
    from densach.assessing.sheets.domain import begin_sheet
    from densach.assessing.sheets.models import Way

    return begin_sheet(
        open_year(small, act), small.subject("citizen", HEAD), "citizen.qd677", by=None, way=Way.OWN, act=act
    )


def written(sheet: Sheet, facts: Any, act: Act, version: int | None = None) -> Sheet:
    from densach.assessing.sheets.domain import write_on
    from densach.assessing.sheets.models import Way

    return write_on(sheet, facts, version or sheet.version, by=None, way=Way.OWN, act=act)


def test_what_is_sent_becomes_the_own_answers_and_what_is_checked_stands_over_it(sheet: Sheet, act: Act) -> None:
    from densach.assessing.models import Answers, Registration
    from densach.assessing.sheets.domain import check_sheet, send_sheet

    sheet = send_sheet(written(sheet, GOOD | {"a1": None}, act), 2, act=act)
    sheet = check_sheet(sheet, {"a2": 5}, 3, by=None, note="Đã xem bằng", act=act)
    assert (sheet.state, sheet.version, sheet.note) == ("checked", 4, "Đã xem bằng")
    own = {name: value for name, value in GOOD.items() if name != "a1"}
    assert dict(Answers.objects.values_list("stage", "facts")) == {"self": own, "verified": {"a2": 5}}
    assert Registration.objects.count() == 1


def test_two_who_write_at_the_same_moment_find_out(sheet: Sheet, act: Act) -> None:
    written(sheet, {"a1": 9}, act)
    with pytest.raises(Refused, match="K102"):
        written(sheet, {"a1": 3}, act, version=1)
    sheet.refresh_from_db()
    assert sheet.draft == {"a1": 9}


def test_an_empty_sheet_is_not_sent_and_none_is_given_back_without_a_word(sheet: Sheet, act: Act) -> None:
    from densach.assessing.sheets.domain import give_back, send_sheet

    with pytest.raises(Refused, match="K103"):
        send_sheet(sheet, 1, act=act)
    sent = send_sheet(written(sheet, {"a1": 9}, act), 2, act=act)
    with pytest.raises(Refused, match="K101"):
        written(sent, {"a1": 3}, act)
    with pytest.raises(Refused, match="K104"):
        give_back(sent, 3, by=None, note=" ", act=act)
    assert written(give_back(sent, 3, by=None, note="Thiếu A2", act=act), {"a2": 7}, act).draft == {"a1": 9, "a2": 7}


def test_every_change_says_what_was_before_and_after(sheet: Sheet, act: Act) -> None:
    from densach.history.models import Entry

    written(sheet, {"a1": 9}, act)
    last = Entry.objects.filter(kind="sheet").order_by("sequence").last()
    assert last is not None
    assert (last.event, last.state_before, last.state_after) == ("written", {"draft": {}}, {"draft": {"a1": 9}})


@pytest.mark.parametrize(
    ("role", "over", "sees"),
    [
        (Role.CITIZEN, "self", "OWN"),
        (Role.CITIZEN, "other", None),
        (Role.HOUSEHOLD_HEAD, "own_home", "OWN"),
        (Role.HOUSEHOLD_HEAD, "other_home", None),
        (Role.VILLAGE_HEAD, "village", "HELPED"),
        (Role.CHAPTER_OFFICER, "village", "HELPED"),
        (Role.COMMUNE_OFFICER, "commune", "HELPED"),
        (Role.COMMUNE_LEADER, "commune", None),
        (Role.PROVINCE_OFFICER, "province", None),
        (Role.ADMINISTRATOR, "commune", None),
    ],
)
def test_a_sheet_is_there_only_for_those_who_may_write_it(
    role: Role, over: str, sees: str | None, sheet: Sheet, small: Small, thai_nguyen: Place, act: Act
) -> None:
    from densach.assessing.sheets.access import sheet_to_write, thing_of, way_of_writing

    things = {
        "self": small.subject("citizen", HEAD).person,
        "other": small.subject("citizen", "Trần Thị Mẫu 2").person,
        "own_home": small.subject("family", "H1").household,
        "other_home": small.subject("family", "H2").household,
        "village": small.village,
        "commune": small.place,
        "province": thai_nguyen,
    }
    thing = things[over]
    assert thing is not None
    agree(act)
    looking = viewer(role, thing, act)
    if sees is None:
        with pytest.raises(Refused, match="H103"):
            sheet_to_write(looking, sheet.uid)
    else:
        found = sheet_to_write(looking, sheet.uid)
        assert way_of_writing(looking, thing_of(found.subject)).name == sees


@pytest.mark.parametrize(
    ("role", "name", "way"),
    [
        (Role.HOUSEHOLD_HEAD, HEAD, "OWN"),
        (Role.HOUSEHOLD_HEAD, "Trần Thị Mẫu 1", "HELPED"),
        (Role.HOUSEHOLD_HEAD, "Nguyễn Mẫu Con 1", "HELPED"),
        (Role.CITIZEN, "Trần Thị Mẫu 1", "OWN"),
    ],
)
def test_whoever_writes_for_another_at_home_is_a_helper(
    role: Role, name: str, way: str, small: Small, act: Act
) -> None:
    from densach.assessing.sheets.access import way_of_writing

    person, household = small.subject("citizen", name).person, small.subject("family", "H1").household
    assert person is not None
    assert household is not None
    looking = viewer(role, household if role is Role.HOUSEHOLD_HEAD else person, act)
    assert way_of_writing(looking, person).name == way
