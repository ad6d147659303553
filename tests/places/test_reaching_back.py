"""A former commune is entered as older than the first list, with its source; nothing that the list says changes."""

from __future__ import annotations

from datetime import date

import pytest

from densach.history.domain import Act, verify_chain
from densach.places.domain import add_villages
from densach.places.lookup import Found, NotKnown, find_place, get_place
from densach.places.models import CodeList, Place, PlacePeriod
from densach.places.queries import period_of, villages_of
from densach.places.reaching_back import reach_back
from densach.places.seeding import seed_places
from densach.problems import Refused

pytestmark = pytest.mark.django_db
NEW_YEAR, LAST, LISTED = date(2024, 1, 1), date(2025, 6, 30), date(2025, 6, 16)
SOURCE = "Sổ hộ năm 2024 của xã"


@pytest.fixture
def my_hung() -> Place:
    """Xã Mỹ Hưng, huyện Quảng Hòa, tỉnh Cao Bằng, merged on 01/07/2025."""
    return get_place("01651", LAST).place


def reached(commune: Place, on: date, act: Act) -> list[tuple[str, date, date | None, str]]:
    rows = reach_back(commune, on, source=SOURCE, act=act)
    return [(row.name, row.valid_from, row.valid_to, row.source) for row in rows]


def refusal(commune: Place, act: Act, source: str = SOURCE) -> list[str]:
    before = list(PlacePeriod.objects.order_by("pk").values())
    with pytest.raises(Refused) as refused:
        reach_back(commune, NEW_YEAR, source=source, act=act)
    assert list(PlacePeriod.objects.order_by("pk").values()) == before
    return [each.code for each in refused.value.problems]


def test_the_commune_and_what_lies_above_it_were_there(my_hung: Place, act: Act) -> None:
    listed = list(PlacePeriod.objects.order_by("pk").values())
    assert reached(my_hung, NEW_YEAR, act) == [
        ("Tỉnh Cao Bằng", NEW_YEAR, LISTED, SOURCE),
        ("Huyện Quảng Hòa", NEW_YEAR, LISTED, SOURCE),
        ("Xã Mỹ Hưng", NEW_YEAR, LISTED, SOURCE),
    ]
    assert list(PlacePeriod.objects.exclude(source=SOURCE).order_by("pk").values()) == listed
    assert verify_chain("place", my_hung.uid) == []


def test_it_is_found_by_its_code_and_by_nothing_less_certain(my_hung: Place, act: Act) -> None:
    reach_back(my_hung, NEW_YEAR, source=SOURCE, act=act)
    found = find_place("01651", NEW_YEAR)
    assert isinstance(found, Found)
    assert found.label == "Xã Mỹ Hưng, Huyện Quảng Hòa, Tỉnh Cao Bằng"
    # Another commune of this name may have been there; only this one was entered.
    assert isinstance(find_place("Xã Mỹ Hưng", NEW_YEAR), NotKnown)
    assert isinstance(find_place("01651", date(2023, 12, 31)), NotKnown)


def test_its_villages_are_entered_from_that_day_on(my_hung: Place, act: Act) -> None:
    with pytest.raises(Refused):
        add_villages(my_hung, ["Bản Mới"], on=NEW_YEAR, act=act, source=SOURCE)
    reach_back(my_hung, NEW_YEAR, source=SOURCE, act=act)
    add_villages(my_hung, ["Bản Mới"], on=NEW_YEAR, act=act, source=SOURCE)
    assert [row.name for day in (NEW_YEAR, LAST) for row in villages_of(my_hung, day)] == ["Bản Mới", "Bản Mới"]


def test_only_what_is_not_known_yet_is_entered(my_hung: Place, act: Act) -> None:
    reach_back(my_hung, NEW_YEAR, source=SOURCE, act=act)
    assert reached(my_hung, date(2024, 6, 1), act) == []
    neighbour = get_place("01639", LAST).place  # Xã Đại Sơn of the same district
    assert reached(neighbour, NEW_YEAR, act) == [("Xã Đại Sơn", NEW_YEAR, LISTED, SOURCE)]
    earlier = date(2023, 1, 1)
    assert reached(neighbour, earlier, act)[-1] == ("Xã Đại Sơn", earlier, NEW_YEAR, SOURCE)


def test_a_province_that_was_another_thing_is_not_carried_back(act: Act) -> None:
    commune = PlacePeriod.objects.filter(level="commune", code_list__units_older=True, name="Xã Lộc Bình").get().place
    assert [row[0] for row in reached(commune, NEW_YEAR, act)] == ["Huyện Phú Lộc", "Xã Lộc Bình"]


def test_a_commune_of_today_a_made_up_one_and_one_without_a_source_are_refused(
    my_hung: Place, commune: Place, act: Act
) -> None:
    assert refusal(get_place("00004", date(2026, 1, 1)).place, act) == ["L130"]
    assert refusal(commune, act) == ["L130"]
    assert refusal(my_hung, act, source=" ") == ["L131"]


def test_a_new_version_of_the_lists_leaves_what_was_entered(my_hung: Place, act: Act) -> None:
    reach_back(my_hung, NEW_YEAR, source=SOURCE, act=act)
    CodeList.objects.update(digest="")
    assert seed_places(act) == 0
    said = period_of(my_hung, NEW_YEAR)
    assert said is not None
    assert (said.source, said.confirmed_on, said.valid_to) == (SOURCE, None, LISTED)
