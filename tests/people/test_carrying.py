"""Villages, households, clans and units of merged communes go along into the new one, and come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.carrying import undo
from densach.assessing.domain import open_round
from densach.assessing.frame import frame_of
from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.people.domain import enter_clans, enter_residents
from densach.people.merger.carrying import (
    Settled,
    carry_over,
    merge_inhabited_villages,
    merged_on,
    plan_carry_over,
)
from densach.people.merger.settling import Said, settle
from densach.people.models import ClanSeat, HouseholdHome, HouseholdMember, UnitSeat
from densach.people.queries import households_of
from densach.places.lineage import on_todays_map
from densach.places.merging import Part, merge_communes, name_village
from densach.places.models import NameQuestion, Place, PlacePeriod
from densach.places.queries import period_of, villages_of
from densach.problems import Refused
from tests.people.making import KEYS
from tests.people.merger import BEGAN, EVE, MERGED, Merger, end_old, family, merger, settle_old

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 1)


@pytest.fixture
def made(thai_nguyen: Place, act: Act) -> Merger:
    found = merger(thai_nguyen, act, merged=False)
    settle_old(found, act)
    end_old(found, act)
    return found


def village(commune: Place, name: str, on: date = LATER) -> Place:
    return next(row.place for row in villages_of(commune, on) if row.name == name)


def everything() -> list[list[tuple[object, ...]]]:
    """All that a carry-over may touch, without keys of rows that are written anew."""
    return [
        list(HouseholdHome.objects.order_by("household", "valid_from").values_list(*columns, "village")),
        list(ClanSeat.objects.order_by("clan", "valid_from").values_list(*columns)),
        list(UnitSeat.objects.order_by("unit", "valid_from").values_list(*columns)),
        list(
            PlacePeriod.objects.filter(level="village")
            .order_by("place", "valid_from")
            .values_list("place", "name", "parent", "path", "valid_from", "valid_to")
        ),
        list(NameQuestion.objects.order_by("pk").values_list("village", "proposed")),
    ]


columns = ("commune", "code", "valid_from", "valid_to")


def named(commune: Place, on: date) -> list[str]:
    return [row.name for row in villages_of(commune, on)]


def test_what_went_whole_goes_along_and_the_divided_waits(made: Merger, act: Act) -> None:
    heard: list[tuple[str, int]] = []
    plan = carry_over(made.n, MERGED, act=act, progress=lambda kind, count: heard.append((kind, count)))
    assert heard == [("village", 4), ("household", 4), ("clan", 2), ("unit", 2)]
    assert (len(plan.villages), len(plan.households), len(plan.clans), len(plan.units), plan.people) == (4, 4, 2, 2, 12)
    assert named(made.n, MERGED) == ["Thôn 1 (MẪU An)", "Thôn 1 (MẪU Bình)", "Thôn Bến", "Thôn Đoài"]
    assert sorted(households_of(made.n, MERGED)) == ["H1-99101", "H1-99102", "H2-99101", "H2-99102"]
    waiting = [(each.kind, each.name, each.homes) for each in plan.waiting]
    assert waiting == [
        ("village", "Thôn 1", 1),
        ("village", "Thôn Đông", 1),
        ("clan", "D1 Họ MẪU 2", 0),
        ("unit", "U1 Trường MẪU 2", 0),
    ]
    assert sorted(households_of(made.d, LATER)) == ["H1", "H2"]
    frame = frame_of(made.n, LATER)
    assert (len(frame.people), len(frame.households), len(frame.clans), len(frame.units)) == (12, 4, 2, 2)
    assert sorted(len(homes) for homes in frame.village_households.values()) == [1, 1, 1, 1]


def test_the_old_day_stays_as_it_was(made: Merger, act: Act) -> None:
    before = [frame_of(commune, EVE) for commune in made.all]
    names = [named(commune, EVE) for commune in made.all]
    carry_over(made.n, MERGED, act=act)
    assert [frame_of(commune, EVE).people for commune in made.all] == [frame.people for frame in before]
    assert [frame_of(commune, EVE).village_households for commune in made.all] == [f.village_households for f in before]
    assert [named(commune, EVE) for commune in made.all] == names
    assert households_of(made.a, EVE).keys() == {"H1", "H2"}
    assert not frame_of(made.a, MERGED).people


def test_a_household_is_the_same_with_its_code_of_the_day(made: Merger, act: Act) -> None:
    home = households_of(made.a, EVE)["H1"]
    carry_over(made.n, MERGED, act=act)
    assert households_of(made.n, MERGED)["H1-99101"] == home
    assert verify_chain("household", home.pk) == []
    last = Entry.objects.filter(kind="household", object_id=str(home.pk)).order_by("sequence").last()
    assert last is not None
    assert (last.event, last.state_before["code"], last.state_after["code"]) == ("carried_over", "H1", "H1-99101")


def test_twice_changes_nothing(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)
    before, entries = everything(), Entry.objects.count()
    again = carry_over(made.n, MERGED, act=act)
    assert again.is_empty
    assert len(again.waiting) == 4
    assert (everything(), Entry.objects.count()) == (before, entries)


def test_a_plan_changes_nothing_and_says_what_will_be(made: Merger, act: Act) -> None:
    before, entries = everything(), Entry.objects.count()
    plan = plan_carry_over(made.n, MERGED)
    assert (everything(), Entry.objects.count()) == (before, entries)
    done = carry_over(made.n, MERGED, act=act)
    assert [move.code for move in plan.new_codes] == [move.code for move in done.new_codes]
    assert plan.people == done.people


def test_people_say_where_the_villages_of_a_divided_commune_went(made: Merger, act: Act) -> None:
    code = {row.place_id: row.code for row in (period_of(made.n, MERGED), period_of(made.m, MERGED)) if row}
    lines = [
        Said("village", "thon dong", code[made.n.pk]),
        Said("village", "Thôn 1", code[made.m.pk]),
        Said("clan", "D1", code[made.n.pk]),
    ]
    settled = settle(made.n, MERGED, lines)
    carry_over(made.n, MERGED, settled, act=act)
    assert "Thôn Đông" in named(made.n, LATER)
    assert len(frame_of(made.n, LATER).people) == 15
    plan = carry_over(made.m, MERGED, settle(made.m, MERGED, lines[1:2]), act=act)
    assert named(made.m, LATER) == ["Thôn 1"]
    assert households_of(made.m, LATER).keys() == {"H1"}
    assert [each.name for each in plan.waiting] == ["U1 Trường MẪU 2"]
    assert not frame_of(made.d, LATER).households


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Said("village", "Thôn Lạ", "99201"), "L122"),
        (Said("village", "Thôn Đoài", "99201"), "L122"),  # of a commune that went whole
        (Said("village", "Thôn Đông", "99101"), "L101"),
        (Said("village", "Thôn Đông", "05443"), "L127"),
        (Said("clan", "D9", "99201"), "L122"),
    ],
)
def test_a_line_that_names_nothing_is_refused(made: Merger, line: Said, code: str) -> None:
    with pytest.raises(Refused) as refused:
        settle(made.n, MERGED, [line, line])
    assert [each.code for each in refused.value.problems] == [code, code]


def test_two_divided_communes_with_one_name_are_told_apart(thai_nguyen: Place, act: Act) -> None:
    made = merger(thai_nguyen, act, merged=False)
    parts = [Part(old, new, whole=False) for old in (made.a, made.b) for new in (made.n, made.m)]
    merge_communes(parts, on=MERGED, legal_act="MẪU", source="MẪU", act=act)
    with pytest.raises(Refused) as refused:
        settle(made.n, MERGED, [Said("village", "Thôn 1", "99201")])
    (found,) = refused.value.problems
    assert (found.code, found.words["found"]) == ("L123", "99101/Thôn 1; 99102/Thôn 1")
    settled = settle(made.n, MERGED, [Said("village", "99102/Thôn 1", "99201")])
    assert settled.villages == {village(made.b, "Thôn 1", EVE).pk: made.n.pk}


def test_a_code_that_only_one_commune_used_is_kept(made: Merger, act: Act) -> None:
    HouseholdHome.objects.filter(commune=made.a, code="H2").update(code="H7")
    carry_over(made.n, MERGED, act=act)
    assert sorted(households_of(made.n, MERGED)) == ["H1-99101", "H1-99102", "H2", "H7"]


def test_an_old_code_entered_again_is_refused_with_what_it_became(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)
    place = village(made.n, "Thôn Đoài")
    with pytest.raises(Refused) as refused:
        enter_residents(made.n, family(place, 1, 77), on=LATER, keys=KEYS, act=act)
    (found,) = refused.value.problems
    assert (found.code, found.words["now"]) == ("N140", "H1-99101, H1-99102")
    with pytest.raises(Refused) as clans:
        enter_clans(made.n, {"D1": "Họ MẪU"}, on=LATER, act=act)
    assert [each.code for each in clans.value.problems] == ["N140"]
    # Under its new code the household is known, and its people with it.
    lines = [replace(line, household="H2-99101", number="") for line in family(place, 2, 2)]
    assert enter_residents(made.n, lines, on=LATER, keys=KEYS, act=act).unchanged == 3


def test_the_register_of_the_old_year_still_finds_its_people(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)
    before = everything()
    lines = family(village(made.a, "Thôn 1", EVE), 1, 1)
    assert enter_residents(made.a, lines, on=BEGAN, keys=KEYS, act=act).unchanged == 3
    assert everything() == before


def test_a_proposed_name_is_confirmed_or_replaced(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)
    first, second = village(made.n, "Thôn 1 (MẪU An)"), village(made.n, "Thôn 1 (MẪU Bình)")
    with pytest.raises(Refused) as twin:
        name_village(second, "Thôn Bến", on=MERGED, cites="NQ 1", act=act)
    assert [each.code for each in twin.value.problems] == ["L105"]
    assert name_village(first, "", on=MERGED, cites="NQ 1", act=act) == "Thôn 1 (MẪU An)"
    assert name_village(second, "Thôn 4", on=MERGED, cites="NQ 1", act=act) == "Thôn 4"
    assert named(made.n, MERGED) == ["Thôn 1 (MẪU An)", "Thôn 4", "Thôn Bến", "Thôn Đoài"]
    assert not NameQuestion.objects.filter(answer="").exists()
    name_village(first, "Thôn Một", on=LATER, cites="NQ 2", act=act)
    assert (named(made.n, MERGED)[0], "Thôn Một" in named(made.n, LATER)) == ("Thôn 1 (MẪU An)", True)
    with pytest.raises(Refused) as nothing:
        name_village(first, "", on=LATER, cites="NQ 2", act=act)
    assert [each.code for each in nothing.value.problems] == ["L124"]


def test_villages_become_one_and_their_households_live_in_it(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)
    old = [village(made.n, name) for name in ("Thôn 1 (MẪU An)", "Thôn Bến")]
    merged = merge_inhabited_villages(old, "Thôn Bến", on=LATER, cites="NQ 3", act=act)
    assert named(made.n, LATER) == ["Thôn 1 (MẪU Bình)", "Thôn Bến", "Thôn Đoài"]
    assert len(frame_of(made.n, LATER).village_households[merged.pk]) == 2
    assert households_of(made.n, LATER).keys() == households_of(made.n, MERGED).keys()
    assert [row.place for row in on_todays_map(old[0], LATER).places] == [merged]
    elsewhere = village(made.d, "Thôn Đông")
    with pytest.raises(Refused) as refused:
        merge_inhabited_villages([merged, elsewhere], "Thôn Xa", on=date(2026, 3, 1), cites="NQ", act=act)
    assert [each.code for each in refused.value.problems] == ["L125"]


def test_undone_everything_is_as_it_was(made: Merger, act: Act) -> None:
    before = everything()
    carry_over(made.n, MERGED, act=act)
    assert undo(made.n, MERGED, act=act) == 4
    assert everything() == before
    assert not carry_over(made.n, MERGED, act=act).is_empty


def test_what_later_stands_on_it_is_not_undone(made: Merger, act: Act) -> None:
    carry_over(made.n, MERGED, act=act)

    def counts() -> dict[str, int]:
        with pytest.raises(Refused) as refused:
            undo(made.n, MERGED, act=act)
        (found,) = refused.value.problems
        assert found.code == "N141"
        return {name: int(found.words[name]) for name in ("rounds", "homes", "members", "names")}

    name_village(village(made.n, "Thôn 1 (MẪU An)"), "", on=MERGED, cites="NQ", act=act)
    assert counts() == {"rounds": 0, "homes": 0, "members": 0, "names": 1}
    open_round(made.n, 2025, "vn", act=act)
    assert counts()["rounds"] == 1
    HouseholdMember.objects.filter(person__full_name="Mẫu Con 1").update(valid_to=LATER)
    assert counts()["members"] == 1
    lines = [replace(line, household="H9", number="") for line in family(village(made.n, "Thôn Bến"), 9, 99)]
    enter_residents(made.n, lines, on=LATER, keys=KEYS, act=act)
    assert counts()["homes"] == 1
    assert len(frame_of(made.n, LATER).households) == 5


def test_a_commune_of_which_no_merger_is_known_takes_over_nothing(commune: Place, act: Act) -> None:
    for refusing in (lambda: merged_on(commune), lambda: carry_over(commune, MERGED, act=act)):
        with pytest.raises(Refused) as refused:
            refusing()
        assert next(each.code for each in refused.value.problems) in {"L121", "L104"}


def test_made_up_communes_never_become_part_of_real_ones(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.places.queries import children_of

    real = children_of(thai_nguyen, LATER)[0].place
    for old, new in ((commune, real), (real, commune)):
        with pytest.raises(Refused) as refused:
            merge_communes([Part(old, new, whole=True)], on=date(2026, 5, 1), legal_act="x", source="x", act=act)
        assert [each.code for each in refused.value.problems] == ["L120"]
    assert period_of(real, date(2026, 6, 1)) is not None


def test_a_plan_needs_as_many_queries_for_more_households(made: Merger, act: Act) -> None:
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            plan_carry_over(made.n, MERGED, Settled())
        counted.append(len(asked))
        lines = [line for home in (5, 6, 7) for line in family(village(made.a, "Thôn 1", EVE), home, 100 + home)]
        enter_residents(made.a, lines, on=BEGAN, keys=KEYS, act=act)
    assert counted[0] == counted[1]
