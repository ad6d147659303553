"""What the rows of a village say, which are found, and that nobody sees the village next door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from densach.assessing.villages.marks import SHUT, Progress, Wanted, states_of
from densach.authority.roles import Right, Role
from densach.problems import Refused
from tests.assessing.privacy.making import agree
from tests.assessing.villages.making import Working, at_every_stage, law_of, working
from tests.authority.roles import viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from densach.assessing.villages.access import Village
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    found = working(commune, act, 5)
    at_every_stage(found, act)
    agree(act)
    return found


@pytest.fixture
def seen(made: Working, act: Act) -> Village:
    from densach.assessing.villages.access import village_seen

    return village_seen(viewer(Role.CHAPTER_OFFICER, made.small.village, act), None, law_of)


def test_a_row_says_how_far_each_has_come(seen: Village) -> None:
    from densach.assessing.villages.access import all_households

    rows = {row.code: row for row in all_households(seen)}
    assert {code: [member.mark for member in row.shown] for code, row in rows.items()} == {
        "H1": [Progress.MET, Progress.MET],
        "H2": [Progress.SENT, Progress.GIVEN_BACK],
        "H3": [Progress.WRITING, Progress.NONE],
        "H4": [Progress.UNMET, Progress.SENT],
        "H5": [Progress.NONE, Progress.NONE],
    }
    assert [member.name for member in rows["H1"].members] == [
        "Nguyễn Văn Mẫu 1",
        "Trần Thị Mẫu 1",
        "Nguyễn Mẫu Con 1",
    ]
    assert [(member.name, member.open_questions) for member in rows["H3"].lacking] == [
        ("Nguyễn Văn Mẫu 3", 8),
        ("Trần Thị Mẫu 3", 10),
    ]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [(Wanted.ALL, ["H1", "H2", "H3", "H4", "H5"]), (Wanted.LACKING, ["H2", "H3", "H5"]),
     (Wanted.COMPLETE, ["H1", "H4"]), (Wanted.WAITING, ["H2", "H4"]), (Wanted.GIVEN_BACK, ["H2"]),
     (Wanted.MET, ["H1"])],
)  # fmt: skip
def test_households_are_picked_by_how_far_they_have_come(seen: Village, wanted: Wanted, codes: list[str]) -> None:
    from densach.assessing.villages.access import Search, households_listed

    assert [row.code for row in households_listed(seen, Search(wanted)).rows] == codes


def test_to_the_chapter_silence_is_closed_and_told_apart_from_a_no(made: Working, act: Act) -> None:
    """In H2 the husband says no, in H4 the wife is silent; of neither the chapter is told how far the sheet is."""
    from densach.assessing.privacy.models import ConsentAct
    from densach.assessing.villages.access import (
        Search,
        all_households,
        households_listed,
        lacking_counted,
        states_counted,
        village_seen,
    )
    from tests.assessing.privacy.making import named

    ConsentAct.objects.filter(person=named("Nguyễn Văn Mẫu 2")).update(given=False)
    ConsentAct.objects.filter(person=named("Trần Thị Mẫu 4")).delete()
    seen = village_seen(viewer(Role.CHAPTER_OFFICER, made.small.village, act), None, law_of)
    rows = {row.code: row for row in all_households(seen)}
    assert {code: [member.mark for member in rows[code].shown] for code in ("H2", "H4")} == {
        "H2": [Progress.CLOSED, Progress.GIVEN_BACK],
        "H4": [Progress.UNMET, Progress.SILENT],
    }
    assert [rows[code].family for code in ("H2", "H4")] == [Progress.CLOSED, Progress.NONE]
    assert [member.sheet for row in rows.values() for member in row.shown if member.mark in SHUT] == [None, None]
    assert [[one.name for one in rows[code].to_ask] for code in ("H2", "H4")] == [
        ["Trần Thị Mẫu 2", "Nguyễn Mẫu Con 2"],
        ["Nguyễn Văn Mẫu 4", "Trần Thị Mẫu 4", "Nguyễn Mẫu Con 4"],
    ]
    found = {wanted: [row.code for row in households_listed(seen, Search(wanted)).rows] for wanted in Wanted}
    assert found == {
        Wanted.ALL: ["H1", "H2", "H3", "H4", "H5"],
        Wanted.LACKING: ["H2", "H3", "H5"],
        Wanted.COMPLETE: ["H1", "H4"],
        Wanted.WAITING: [],
        Wanted.GIVEN_BACK: ["H2"],
        Wanted.MET: ["H1"],
    }
    told = {"checked": 3, "given_back": 1, "writing": 1}
    assert (states_counted(seen), states_of(rows.values()), lacking_counted(seen)) == (told, told, 3)
    state = village_seen(viewer(Role.VILLAGE_HEAD, made.small.village, act), None, law_of)
    assert states_counted(state) == states_of(all_households(state)) == told | {"sent": 2}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("tran thi mau 3", ["H3"]), ("mẫu TRẦN 3", ["H3"]), ("h4", ["H4"]), ("h4 nguyen", ["H4"]), ("con 5", ["H5"]),
     ("h90", []), ("mẫu 90", []), ("%", []), ("H1 H2", [])],
)  # fmt: skip
def test_a_household_is_found_by_code_or_by_any_name_in_it(seen: Village, typed: str, codes: list[str]) -> None:
    from densach.assessing.villages.access import Search, households_listed

    assert [row.code for row in households_listed(seen, Search(text=typed)).rows] == codes


def test_a_long_list_goes_on_after_a_code_and_short_codes_come_first(commune: Place, act: Act) -> None:
    from densach.assessing.villages.access import Search, households_listed, village_seen

    made = working(commune, act, 12)
    seen = village_seen(viewer(Role.VILLAGE_HEAD, made.small.village, act), None, law_of)
    first = households_listed(seen, Search(), 9)
    assert ([row.code for row in first.rows], first.more_after) == ([f"H{n}" for n in range(1, 10)], "H9")
    rest = households_listed(seen, Search(after=first.more_after), 9)
    assert ([row.code for row in rest.rows], rest.more_after) == (["H10", "H11", "H12"], "")


@pytest.mark.parametrize("households", [1, 3])
def test_the_queries_do_not_grow_with_the_households(
    commune: Place, act: Act, households: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.assessing.villages.access import Search, all_households, households_listed, village_seen

    made = working(commune, act, households)
    seen = village_seen(viewer(Role.VILLAGE_HEAD, made.small.village, act), None, law_of)
    with django_assert_num_queries(3):
        all_households(seen)
    with django_assert_num_queries(3):
        households_listed(seen, Search(Wanted.LACKING))


def test_what_lies_in_another_place_is_not_there(made: Working, seen: Village, act: Act) -> None:
    from densach.assessing.villages.access import (
        household_coded,
        household_seen,
        lacking_counted,
        member_seen,
        sheet_checked,
        states_counted,
        village_seen,
    )

    theirs = made.sheet(made.other, {"a1": 5}, act, to="sent")
    household, person = made.small.subject("family", "H90").household, made.small.subject("citizen", made.other).person
    assert household is not None
    assert person is not None
    head = viewer(Role.VILLAGE_HEAD, made.small.village, act)
    guesses: list[Callable[[], object]] = [
        lambda: village_seen(head, made.neighbour.uid, law_of),
        lambda: village_seen(head, uuid4(), law_of),
        lambda: household_seen(seen, household.uid),
        lambda: member_seen(seen, person.uid),
        lambda: sheet_checked(seen, theirs.uid),
        lambda: sheet_checked(seen, uuid4()),
    ]
    for guess in guesses:
        with pytest.raises(Refused, match="H103"):
            guess()
    with pytest.raises(Refused, match="K141"):
        household_coded(seen, "H90")
    assert states_counted(seen) == {"checked": 3, "sent": 2, "given_back": 1, "writing": 1}
    assert lacking_counted(seen) == 3


@pytest.mark.parametrize(
    ("role", "over", "may_check"),
    [(Role.VILLAGE_HEAD, "village", False), (Role.CHAPTER_OFFICER, "village", True),
     (Role.COMMUNE_OFFICER, "commune", True), (Role.COMMUNE_LEADER, "commune", None),
     (Role.ASSOCIATION_OFFICER, "commune", None), (Role.PROVINCE_OFFICER, "province", None),
     (Role.ADMINISTRATOR, "commune", None)],
)  # fmt: skip
def test_who_may_work_in_a_village(
    made: Working, thai_nguyen: Place, act: Act, role: Role, over: str, may_check: bool | None
) -> None:
    from densach.assessing.villages.access import village_seen

    thing = {"village": made.small.village, "commune": made.small.place, "province": thai_nguyen}[over]
    looking = viewer(role, thing, act)
    if may_check is None:
        with pytest.raises(Refused, match="H103"):
            village_seen(looking, made.small.village.uid, law_of)
        return
    assert village_seen(looking, made.small.village.uid, law_of).may_check is may_check
    if not may_check:
        with pytest.raises(Refused, match="H103"):
            village_seen(looking, made.small.village.uid, law_of, Right.CHECK_SHEETS)


def test_a_person_who_is_counted_as_another_has_one_sheet(seen: Village) -> None:
    from densach.assessing.villages.access import household_coded, member_seen
    from densach.people.models import Person

    kept = Person.objects.get(full_name="Nguyễn Văn Mẫu 1")
    other = Person.objects.get(full_name="Nguyễn Văn Mẫu 5")
    other.same_as = kept
    other.save()
    [first, _] = household_coded(seen, "h5").shown
    assert (first.uid, first.mark) == (kept.uid, Progress.MET)
    assert member_seen(seen, kept.uid)[1].mark is Progress.MET
    with pytest.raises(Refused, match="H103"):
        member_seen(seen, other.uid)


def test_one_sheet_is_opened_where_the_sheets_of_the_village_hold_it(made: Working, seen: Village, act: Act) -> None:
    """Of everybody in the commune, before and after one record of a person is counted as another."""
    from densach.assessing.sheets.models import Sheet
    from densach.assessing.villages.queries import sheets_in_village
    from densach.people.models import Person

    made.sheet(made.other, {"a1": 5}, act, to="sent")
    kept, other = (Person.objects.get(full_name=f"Nguyễn Văn Mẫu {number}") for number in (1, 2))
    assert seen.round is not None
    for same_as in (None, kept):
        Person.objects.filter(pk=other.pk).update(same_as=same_as)
        held = {row.uid for row in sheets_in_village(seen.round, seen.key, seen.today) if row.state != "writing"}
        assert {row.uid for row in Sheet.objects.all() if _opens(seen, row.uid)} == held
        assert 0 < len(held) < Sheet.objects.count()


def _opens(village: Village, uid: UUID) -> bool:
    from densach.assessing.villages.access import sheet_checked

    try:
        return sheet_checked(village, uid).uid == uid
    except Refused:
        return False
