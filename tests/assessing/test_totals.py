"""The totals of many communes at once are what the frame of each commune counts, whoever has several homes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.assessing.counts import objects_of
from densach.assessing.frame import frame_of
from densach.assessing.titles import TITLES
from densach.assessing.totals import totals_in
from densach.history.domain import Act
from densach.people.domain import enter_units, join_units
from densach.people.models import Person, Precision
from densach.people.records import lives
from densach.people.records.choosing import choose_place, choose_rule
from densach.places.domain import add_fictional_commune
from densach.places.models import Place
from tests.assessing.making import LAST_DAY, YEAR, settle
from tests.people.happening import events, happen
from tests.people.homes import two_homes
from tests.people.making import NEW_YEAR, enter, family, village
from tests.people.pairing import SAID, join

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def communes(commune: Place, thai_nguyen: Place, act: Act) -> list[Place]:
    """Three communes, with two households each of two adults and a child."""
    others = [
        add_fictional_commune(thai_nguyen, code, name, on=NEW_YEAR, act=act)
        for code, name in (("99002", "Xã MẪU Hai"), ("99003", "Xã MẪU Ba"))
    ]
    places = [commune, *others]
    for order, place in enumerate(places):
        settle(place, act, first=2 * order + 1)
    return places


@pytest.fixture
def people(communes: list[Place]) -> list[Person]:
    """All in the order in which they were entered: six in each commune, every third a child."""
    found = list(Person.objects.order_by("pk"))
    assert len(found) == 6 * len(communes)
    return found


def of(model: str, communes: list[Place]) -> list[int]:
    totals = totals_in([place.pk for place in communes], YEAR)[model]
    return [totals.get(place.pk, 0) for place in communes]


def check(communes: list[Place]) -> None:
    """What is promised, for every model and commune, asked for all together and for one without the others."""
    frames = [frame_of(place, LAST_DAY) for place in communes]
    for asked in (frames, frames[:1]):
        totals = totals_in([frame.commune for frame in asked], YEAR)
        for title in TITLES:
            found = [totals[title.model].get(frame.commune, 0) for frame in asked]
            assert found == [len(list(objects_of(frame, title))) for frame in asked], title.model


def forget_birth(*who: Person) -> None:
    Person.objects.filter(pk__in=[each.pk for each in who]).update(birth_date=None, birth_precision=Precision.UNKNOWN)


def test_people_of_one_home_are_counted_where_it_is(communes: list[Place], people: list[Person]) -> None:
    forget_birth(people[0])  # perhaps a child
    people[1].households.update(kind="temporary")
    assert (of("citizen", communes), of("family", communes)) == ([3, 4, 4], [2, 2, 2])
    check(communes)
    # The permanent home of people[1] stands in no register of ours; the others of the household are a family still.
    choose_rule(communes[0], "permanent", source="NQ 1/MẪU", on=MAY, act=SAID)
    assert (of("citizen", communes), of("family", communes)) == ([2, 4, 4], [2, 2, 2])
    check(communes)
    choose_place(people[1], communes[0], by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=SAID)
    assert of("citizen", communes) == [3, 4, 4]
    check(communes)


def test_who_comes_of_age_on_the_last_day_of_the_year_is_an_adult(communes: list[Place], people: list[Person]) -> None:
    for child, born in (
        (2, date(2008, 12, 31)),
        (5, date(2009, 1, 1)),
        (8, date(1876, 1, 1)),
        (11, date(1875, 12, 31)),
    ):
        Person.objects.filter(pk=people[child].pk).update(birth_date=born, birth_precision=Precision.DAY)
    assert of("citizen", communes) == [5, 5, 4]
    check(communes)


def test_who_has_two_homes_is_counted_once_or_waits(communes: list[Place], people: list[Person]) -> None:
    two_homes(people[0], communes[1])
    assert of("citizen", communes) == [3, 5, 4]
    check(communes)
    choose_rule(communes[0], "permanent", source="NQ 1/MẪU", on=MAY, act=SAID)
    assert of("citizen", communes) == [3, 4, 4]  # both count him: he waits
    check(communes)
    choose_place(people[0], communes[0], by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=SAID)
    assert of("citizen", communes) == [4, 4, 4]
    check(communes)


def test_a_household_that_everybody_left_or_waits_in_is_no_family(communes: list[Place], people: list[Person]) -> None:
    for who in people[:3]:
        two_homes(who, communes[1])
    assert of("family", communes) == [1, 2, 2]
    check(communes)
    choose_rule(communes[0], "permanent", source="NQ 1/MẪU", on=MAY, act=SAID)
    assert of("family", communes) == [1, 2, 2]  # all three wait
    check(communes)
    choose_place(people[2], communes[0], by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=SAID)
    assert (of("family", communes), of("citizen", communes)) == ([2, 2, 2], [2, 4, 4])  # the child alone
    check(communes)


def test_a_stay_takes_somebody_away_from_home(communes: list[Place], people: list[Person]) -> None:
    lives.stay(people[0], "away", "Bình Dương", commune=None, on=MAY, source="vợ khai", act=SAID)
    lives.stay(people[1], "boarding", "MẪU", commune=communes[2], on=MAY, source="trường", act=SAID)
    assert (of("citizen", communes), of("family", communes)) == ([2, 4, 5], [2, 2, 2])
    check(communes)
    choose_place(people[1], communes[0], by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=SAID)
    assert of("citizen", communes) == [3, 4, 4]
    check(communes)


def test_records_of_one_person_count_once(communes: list[Place], people: list[Person], act: Act) -> None:
    join(people[6], people[0])
    assert of("citizen", communes) == [3, 4, 4]
    check(communes)
    # Nobody knows when the one kept was born; the other record does, and counts where it is known.
    forget_birth(people[6])
    assert of("citizen", communes) == [3, 3, 4]
    check(communes)
    unit = enter_units(communes[1], {"U9": ("Hợp tác xã MẪU", "enterprise")}, on=NEW_YEAR, act=act)["U9"]
    join_units(communes[1], [(unit, people[0].pk, "member")], on=NEW_YEAR, act=act)
    assert of("citizen", communes) == [3, 4, 4]
    check(communes)


def test_the_queries_grow_neither_with_the_communes_nor_with_who_has_two_homes(
    communes: list[Place], people: list[Person], act: Act
) -> None:
    choose_rule(communes[1], "permanent_and_temporary", source="NQ 1/MẪU", on=MAY, act=SAID)
    counted = []
    for asked, coming in ((communes[:1], [12]), (communes[:2], [13, 14, 15])):
        for order in coming:
            two_homes(people[order], asked[-1])
        place = asked[-1]
        enter(place, family(village(place, act, "Thôn Nam"), 20 + len(asked)), act)
        with CaptureQueriesContext(connection) as queries:
            totals_in([place.pk for place in asked], YEAR)
        counted.append(len(queries))
    assert counted == [7, 7]


@pytest.mark.slow
def test_whatever_happens_the_totals_are_those_of_the_frames(communes: list[Place], people: list[Person]) -> None:
    some = [*people[:3], *people[6:9], *people[12:14]]

    @settings(max_examples=40, deadline=None)
    @given(st.lists(events(len(some)), max_size=9), st.sets(st.sampled_from(range(len(some)))))
    def hold(drawn: list[tuple[int, str, int]], unborn: set[int]) -> None:
        with transaction.atomic():
            forget_birth(*(some[each] for each in unborn))
            for at, event in enumerate(drawn):
                happen(some, communes, event, date(2026, 2, 1 + at))
            check(communes)
            transaction.set_rollback(True)

    hold()
