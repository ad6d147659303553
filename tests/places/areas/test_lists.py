"""Lists of kinds of area: whole or not at all, a later one after an earlier one, and nothing ever overwritten."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.history.domain import verify_chain
from densach.history.models import Entry
from densach.places.areas.domain import enter_list, take_back
from densach.places.areas.lookup import find_list
from densach.places.areas.reading import About, Line
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import AreaKind, AreaList, AreaPeriod, Place
from densach.problems import Refused
from tests.places.areas.making import FIRST, LATER, communes, decision, entered, stands

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.areas.reading import Decision

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 8, 31)
REGIONS = {"99101": "region_3", "99102": "region_1"}


def refused(act: Act, text: Decision, lines: list[Line], about: About | None = None) -> list[tuple[str, str]]:
    before = (AreaList.objects.count(), AreaPeriod.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as found:
        enter_list(text, lines, about or About(), act=act)
    assert (AreaList.objects.count(), AreaPeriod.objects.count(), Entry.objects.count()) == before
    return [(problem.code, problem.where) for problem in found.value.problems]


def line(where: str, code: str, kind: str, *days: date | None) -> Line:
    return Line(where, code, AreaKind(kind), *days)


def test_named_not_named_and_not_known_are_three_answers(thai_nguyen: Place, act: Act) -> None:
    one, two, other = communes(thai_nguyen, act)
    elsewhere = communes(get_place("01", FIRST).place, act, count=1, start=8)[0]
    since = add_fictional_commune(thai_nguyen, "99199", "Xã MẪU Sau", on=LATER, act=act)
    done = entered(act, decision(), REGIONS)
    assert (done.new, done.named, done.others, done.ended) == (True, 2, 1, 0)
    assert stands(one, FIRST) == ["region_3", "?", "?"]
    assert stands(two, FIRST) == ["region_1", "?", "?"]
    assert stands(other, FIRST) == ["no", "?", "?"]
    # Of the day before, of another province, and of a commune that came after, the list says nothing.
    assert [stands(place, day) for place, day in ((one, BEFORE), (elsewhere, FIRST), (since, LATER))] == [["?"] * 3] * 3
    assert not AreaPeriod.objects.filter(place__fictional=False).exists()
    assert verify_chain("area_list", done.area_list.uid) == []


def test_every_wrong_line_is_named_and_nothing_is_entered(thai_nguyen: Place, act: Act) -> None:
    communes(thai_nguyen, act)
    communes(get_place("01", FIRST).place, act, count=1, start=8)
    province = get_place("19", FIRST)
    lines = [
        line("A7", "99101", "region_3"),
        line("A8", "99999", "region_1"),
        line("A9", "00004", "region_1"),
        line("A10", "99102", "region_1", BEFORE),
        line("A11", "99103", "border", None, FIRST),
        line("A12", "99108", "island"),
    ]
    assert refused(act, decision(), lines, About((province,))) == [
        ("L140", "A8"), ("L145", "A9"), ("L144", "A10"), ("L144", "A11"), ("L143", "A12")
    ]  # fmt: skip
    assert refused(act, decision(mark="read"), lines[:1]) == [("L145", "A7")]
    twice = [line("A7", "99101", "region_3"), line("A8", "99101", "region_3"), line("A9", "99101", "border")]
    assert refused(act, decision(), twice) == [("L141", "A8")]
    assert refused(act, decision(), [*twice[:1], line("A9", "99101", "region_2", LATER)]) == [("L142", "A9")]
    assert refused(act, decision(number=" "), twice[:1]) == [("L148", "–")]
    assert refused(act, decision(), []) == [("L148", "01/QĐ-MẪU")]
    assert refused(act, decision(valid_to=FIRST), twice[:1]) == [("L149", "01/QĐ-MẪU")]
    assert refused(act, decision(start=date(2020, 1, 1), mark="read"), twice[:1]) == [("L103", "01/01/2020")]


def test_a_commune_may_change_its_region_within_one_list(thai_nguyen: Place, act: Act) -> None:
    one, *_ = communes(thai_nguyen, act)
    lines = [line("A7", "99101", "region_3", None, LATER), line("A8", "99101", "region_1", date(2026, 5, 1))]
    enter_list(decision(valid_to=date(2027, 1, 1)), lines, About(), act=act)
    days = (FIRST, date(2026, 2, 28), LATER, date(2026, 5, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [stands(one, day)[0] for day in days] == ["region_3", "region_3", "no", "region_1", "region_1", "?"]


LISTS: list[tuple[str, date, dict[str, str]]] = [
    ("01/QĐ-MẪU", FIRST, REGIONS),
    ("02/QĐ-MẪU", LATER, {"99103": "region_2"}),
    ("03/QĐ-MẪU", date(2026, 6, 1), {"99101": "region_1"}),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_later_list_ends_an_earlier_one_in_whatever_order_they_come(
    order: tuple[int, ...], thai_nguyen: Place, act: Act
) -> None:
    places = communes(thai_nguyen, act)
    for at in order:
        number, start, kinds = LISTS[at]
        entered(act, decision(number, start), kinds)
    days = [start for _, start, _ in LISTS]
    assert [[stands(place, day)[0] for place in places] for day in days] == [
        ["region_3", "region_1", "no"],
        ["no", "no", "region_2"],
        ["region_1", "no", "no"],
    ]
    # What each list says stands as it was said; only where it ends was added.
    said = AreaPeriod.objects.filter(area_list__number="01/QĐ-MẪU").order_by("place")
    assert [(row.kind, row.valid_to, row.closed_on) for row in said] == [
        ("region_3", None, LATER), ("region_1", None, LATER), ("", None, LATER)
    ]  # fmt: skip
    assert take_back(find_list("02/QĐ-MẪU"), act=act) == 1
    assert [stands(place, LATER)[0] for place in places] == ["region_3", "region_1", "no"]
    assert [stands(place, days[2])[0] for place in places] == ["region_1", "no", "no"]
    assert [verify_chain("area_list", each.uid) for each in AreaList.objects.all()] == [[], [], []]


def test_the_same_list_again_changes_nothing_and_another_beside_it_is_refused(thai_nguyen: Place, act: Act) -> None:
    communes(thai_nguyen, act)
    first = entered(act, decision(), REGIONS)
    entries = Entry.objects.count()
    again = entered(act, decision(), dict(reversed(REGIONS.items())))
    assert (again.area_list, again.new, again.named) == (first.area_list, False, 2)
    assert Entry.objects.count() == entries
    other = [line("A7", "99103", "region_3")]
    assert refused(act, decision("09/QĐ-MẪU"), other) == [("L146", "09/QĐ-MẪU")]
    assert refused(act, decision(start=LATER), other) == [("L146", "01/QĐ-MẪU")]
    assert entered(act, decision(), {"99103": "border"}).ended == 0  # the same text about another family


def test_a_text_that_changes_one_commune_leaves_the_others_alone(thai_nguyen: Place, act: Act) -> None:
    one, two, other = communes(thai_nguyen, act)
    entered(act, decision(), REGIONS)
    done = entered(act, decision("02/QĐ-MẪU", LATER), {"99101": "region_2"}, named_only=True)
    assert (done.named, done.others, done.ended) == (1, 0, 1)
    assert [stands(place, LATER)[0] for place in (one, two, other)] == ["region_2", "region_1", "no"]


def test_a_list_that_is_taken_back_leaves_its_trace_and_can_come_again(thai_nguyen: Place, act: Act) -> None:
    one, *_ = communes(thai_nguyen, act)
    wrong = entered(act, decision(), {"99101": "border"}).area_list
    take_back(wrong, act=act)
    assert stands(one, FIRST) == ["?", "?", "?"]
    with pytest.raises(Refused) as found:
        take_back(wrong, act=act)
    assert [problem.code for problem in found.value.problems] == ["L147"]
    with pytest.raises(Refused):
        find_list("01/QĐ-MẪU")
    assert AreaPeriod.objects.filter(area_list=wrong, taken_back=True).count() == 3
    events = Entry.objects.filter(kind="area_list", object_id=str(wrong.uid)).order_by("sequence")
    assert [(each.event, each.who, each.why) for each in events] == [
        ("area_list_entered", "người nhập MẪU", "để thử"),
        ("area_list_taken_back", "người nhập MẪU", "để thử"),
    ]
    assert entered(act, decision(), {"99101": "border"}).new
    assert stands(one, FIRST) == ["?", "border", "?"]


def test_as_many_queries_for_one_commune_as_for_three(thai_nguyen: Place, act: Act) -> None:
    communes(thai_nguyen, act)
    counts = []
    for family, kinds in (("border", ("99101",)), ("island", ("99101", "99102", "99103"))):
        with CaptureQueriesContext(connection) as asked:
            entered(act, decision(f"{family}/QĐ-MẪU"), dict.fromkeys(kinds, family))
        counts.append(len(asked))
    assert counts[0] == counts[1]
