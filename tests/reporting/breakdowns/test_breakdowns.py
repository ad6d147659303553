"""A commune's year by village, sex and age: kept once it is known, and never so that two releases give people away."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.access import nobody
from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.making import GOOD, adults, answer, library, open_year, run, settle
from tests.authority.roles import TODAY, viewer
from tests.people.making import KEYS
from tests.reporting.breakdowns.making import counted, spread
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside
from tests.reporting.test_equity import CITIZEN, MADE, signed

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.measures.suppression import Cell
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def test_it_is_counted_from_the_round_and_kept_with_what_is_hidden(commune: Place, act: Act) -> None:
    from densach.history.queries import latest_of
    from densach.reporting.breakdowns.domain import hidden_in, keep_breakdown, table_of
    from densach.reporting.breakdowns.queries import breakdown_of
    from densach.reporting.equity import equity_of

    found = equity_of(signed(commune, act))
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    row = breakdown_of(commune.pk, 2026)
    assert row is not None
    assert table_of(row).cells == found.table.cells
    assert row.fictional
    [entry] = latest_of({"breakdown": [str(row.pk)]}, 0, 5)
    assert loads(entry.after or "") == {"year": 2026, "adults": 12, "hidden": len(row.hidden)}
    assert ("Xã MẪU Đèn Sách", "Nữ", "", "được công nhận") in hidden_in(row)


def test_without_a_recognition_of_the_year_nothing_is_kept(commune: Place, act: Act) -> None:
    from densach.reporting.breakdowns.domain import keep_breakdown
    from densach.reporting.breakdowns.queries import breakdown_of

    open_year(settle(commune, act), act, "vn,demo")
    assert not keep_breakdown(commune, 2026, keys=KEYS, act=act)
    assert breakdown_of(commune.pk, 2026) is None


def test_counted_again_a_few_people_more_the_earlier_count_stays(commune: Place, act: Act) -> None:
    from densach.reporting.breakdowns.domain import keep_breakdown, table_of
    from densach.reporting.breakdowns.queries import breakdown_of

    signed(commune, act)
    # As if one adult fewer had been in the register when it was counted first, and nothing had been hidden.
    first = counted(commune, {}, 2026)
    first.units, first.hidden = ["Xã MẪU Đèn Sách", "Thôn Đoài"], []
    first.counts = [["Thôn Đoài", "Nữ", "35–59 tuổi", "được công nhận", 11]]
    first.save()
    assert not keep_breakdown(commune, 2026, keys=KEYS, act=act)
    kept = breakdown_of(commune.pk, 2026)
    assert kept is not None
    assert sum(table_of(kept).counts.values()) == 11


def test_counted_again_the_same_it_is_the_newer_count(commune: Place, act: Act) -> None:
    from densach.reporting.breakdowns.domain import keep_breakdown
    from densach.reporting.breakdowns.models import Breakdown

    signed(commune, act)
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    assert Breakdown.objects.count() == 1


def test_the_public_sees_shares_and_both_measures_of_what_is_shown_alone(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.breakdowns.access import see_breakdown

    place = beside(thai_nguyen, act)
    women: dict[Cell, int] = {("Thôn Đông", "Nữ", "18–34 tuổi", "được công nhận"): 60, ("Thôn Đông", "Nữ", "18–34 tuổi",
             "chưa được công nhận"): 40}  # fmt: skip
    men = {("Thôn Tây", "Nam", "35–59 tuổi", "được công nhận"): 30, ("Thôn Tây", "Nam", "35–59 tuổi",
           "chưa được công nhận"): 70}  # fmt: skip
    counted(place, women | men)
    seen = see_breakdown(nobody(TODAY), place.uid, 2025)
    assert seen.counted is not None
    by_sex, by_age, by_village = seen.counted.dimensions
    assert [(part.name, part.number.value, part.number.base) for part in by_sex.parts] == [
        ("Nữ", 60, 100), ("Nam", 30, 100),
    ]  # fmt: skip
    assert by_sex.pair is not None
    assert (by_sex.pair.gap, by_sex.pair.parity, by_sex.pair.is_even) == (300, 1.5, False)
    assert [part.name for part in by_age.parts] == ["18–34 tuổi", "35–59 tuổi"]
    assert by_village.apart is not None
    apart = by_village.apart
    assert (apart.groups, apart.whole.base, apart.gap, apart.ratio) == (2, 200, 300, 0.5)
    assert (apart.distance, apart.disparity) == (150, 333)


def test_few_people_are_hidden_with_what_gives_them_away_and_no_difference_is_worked_out(
    thai_nguyen: Place, act: Act
) -> None:
    from densach.reporting.breakdowns.access import see_breakdown

    place = beside(thai_nguyen, act)
    row = counted(place, spread(60, 140) | {("Thôn Đông", "Nữ", "từ 60 tuổi", "được công nhận"): 2})
    public = see_breakdown(nobody(TODAY), place.uid, 2025).counted
    assert public is not None
    assert any(each.hides for each in public.dimensions) or row.hidden
    for each in public.dimensions:
        assert not each.hides or (each.apart, each.pair) == (None, None)
    role = viewer(Role.COMMUNE_LEADER, place, act)
    full = see_breakdown(role, place.uid, 2025)
    assert full.all_shown
    assert full.counted is not None
    assert not any(each.hides for each in full.counted.dimensions)


def test_where_the_dashboards_hide_the_commune_it_is_withheld(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.breakdowns.access import see_breakdown

    few, other, third = (beside(thai_nguyen, act, order) for order in (2, 3, 4))
    for place, recognised in ((few, 3), (other, 77), (third, 88)):
        accepted(place, "CITIZEN", (400, 300, 200, recognised), year=2025)
        counted(place, spread(recognised, 400 - recognised))
    withheld = [see_breakdown(nobody(TODAY), place.uid, 2025).withheld for place in (few, other, third)]
    assert withheld[0]
    assert withheld.count(True) == 2  # the small one, and the one that guards it
    assert see_breakdown(viewer(Role.COMMUNE_LEADER, few, act), few.uid, 2025).counted is not None


def test_what_is_no_commune_is_not_there(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.breakdowns.access import see_breakdown

    for uid in (thai_nguyen.uid, uuid4()):
        with pytest.raises(Refused, match="H103"):
            see_breakdown(nobody(TODAY), uid, 2025)
    assert see_breakdown(nobody(TODAY), beside(thai_nguyen, act).uid, 2025).counted is None


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_a_constant_number_of_queries(
    communes: int, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.reporting.breakdowns.access import see_breakdown

    places = [beside(thai_nguyen, act, order) for order in range(2, 2 + communes)]
    for place in places:
        accepted(place, "CITIZEN", (400, 300, 200, 60), year=2025)
        counted(place, spread(60, 340))
    with django_assert_num_queries(6):
        see_breakdown(nobody(TODAY), places[0].uid, 2025)


def with_facts(commune: Place, act: Act) -> None:
    """A year of 28 adults, 14 recognised: of all is said whether they are a minority, of six whether they are poor."""
    from densach.assessing.domain import Decision, PaperAct, sign_act
    from densach.people.protected.domain import Entry, Said, enter_fact
    from densach.people.protected.models import Basis, EnteredAs, Kind

    small = settle(commune, act, 14)
    round_, people = open_year(small, act, "vn,demo"), adults(small)
    answer(round_, "citizen", {each: {**GOOD} for each in people[:14]}, act)
    run(round_, act)
    paper = PaperAct(number="01/QĐ-MẪU", signed_on=MADE, office="mau-chu-tich-ubnd-cap-xa", basis="Biên bản MẪU")
    sign_act(round_, CITIZEN, paper, library("vn", "demo"), [Decision(subject=each) for each in people[:14]], act=act)
    for at, each in enumerate(people):
        said = [(Kind.ETHNICITY, "Tày" if at % 2 else "Kinh"), *([(Kind.POVERTY, "poor")] if at < 6 else [])]
        for kind, value in said:
            fact = Entry(
                kind=kind, said=Said(value, "Tự khai"), basis=Basis.CONSENT, by=None, entered_as=EnteredAs.SELF
            )
            assert each.person is not None
            enter_fact(each.person, fact, keys=KEYS, act=act)


def test_state_bodies_see_counts_of_protected_groups_and_nobody_else_does(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    from densach.history.models import Entry
    from densach.reporting.breakdowns.access import see_breakdown
    from densach.reporting.breakdowns.domain import keep_breakdown

    with_facts(commune, act)
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    assert Entry.objects.filter(event="protected_counted", kind="breakdown").count() == 3
    for role, place in ((Role.COMMUNE_LEADER, commune), (Role.PROVINCE_OFFICER, thai_nguyen)):
        found = see_breakdown(viewer(role, place, act), commune.uid, 2026).protected
        assert found is not None
        groups = {each.kind: each for each in found}
        minority = groups["ethnicity"]
        assert [(part.number.value, part.number.base) for part in minority.parts] == [(7, 14), (7, 14)]
        assert (minority.known, minority.pair is not None) == (28, True)
        assert (groups["poverty"].is_said, groups["poverty"].parts) == (True, ())
        assert (groups["disability"].is_said, groups["disability"].parts) == (False, ())
    for role in (Role.ASSOCIATION_OFFICER, Role.PARTY_HEAD, Role.FRONT_HEAD):
        assert see_breakdown(viewer(role, commune, act), commune.uid, 2026).protected is None
    assert see_breakdown(nobody(TODAY), commune.uid, 2026).protected is None


def test_one_more_of_a_group_is_not_told_beside_what_was(commune: Place, act: Act) -> None:
    from densach.people.models import Person
    from densach.people.protected.domain import erase_facts
    from densach.reporting.breakdowns.domain import keep_breakdown
    from densach.reporting.breakdowns.queries import breakdown_of

    with_facts(commune, act)
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    erase_facts(Person.objects.get(full_name="Nguyễn Văn Mẫu 1"), act=act)
    assert keep_breakdown(commune, 2026, keys=KEYS, act=act)
    row = breakdown_of(commune.pk, 2026)
    assert row is not None
    assert sum(cell[-1] for cell in row.protected["ethnicity"]["cells"]) == 28


def test_how_people_live_there_is_counted_and_small_ways_are_hidden(thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.breakdowns.access import see_breakdown
    from densach.reporting.breakdowns.domain import put_residence

    place = beside(thai_nguyen, act)
    row = counted(place, spread(100, 100))
    ways: dict[Cell, int] = {("thường trú", "được công nhận"): 80, ("thường trú", "chưa được công nhận"): 70,
            ("tạm trú", "được công nhận"): 17, ("tạm trú", "chưa được công nhận"): 30,
            ("chưa ghi cách ở", "được công nhận"): 3}  # fmt: skip
    put_residence(row, ways)
    row.save()
    seen = see_breakdown(nobody(TODAY), place.uid, 2025).counted
    assert seen is not None
    [public] = [each for each in seen.dimensions if each.name == "residence"]
    told = {part.name: part.number for part in public.parts}
    assert told["chưa ghi cách ở"].hidden
    assert [number.hidden for number in told.values()].count(True) == 2
    full = see_breakdown(viewer(Role.COMMUNE_LEADER, place, act), place.uid, 2025).counted
    assert full is not None
    [all_] = [each for each in full.dimensions if each.name == "residence"]
    assert [(part.number.value, part.number.base) for part in all_.parts] == [(80, 150), (17, 47), (3, 3)]
    put_residence(row, {("thường trú", "được công nhận"): 3, ("thường trú", "chưa được công nhận"): 1})
    assert len(row.residence_hidden) == 15  # its totals stand in the other table, so all of it goes
