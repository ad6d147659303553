from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q

from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.places.identities import KNOWN_FROM, PAST_KNOWN_FROM, identity_of
from densach.places.models import CodeList, Level, Lineage, Place, PlacePeriod
from densach.places.seeding import is_seeded, seed_places
from densach.reporting.figures.models import Quoted
from densach.reporting.targets.models import Target

pytestmark = pytest.mark.django_db


EVENTS = ("place_added", "place_past_added", "place_made_from")
UNITS = 34 + 3321 + 63 + 696 + 10035


def empty() -> None:
    Quoted.objects.all().delete()
    Target.objects.all().delete()
    Lineage.objects.all().delete()
    PlacePeriod.objects.all().delete()
    Place.objects.all().delete()
    CodeList.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from history_entry")


def test_an_empty_database_gets_the_whole_country_with_its_log(act: Act) -> None:
    empty()
    assert not is_seeded()
    assert seed_places(act) == UNITS
    levels = [PlacePeriod.objects.filter(level=level).count() for level in Level]
    assert dict(zip(Level, levels, strict=True)) == {
        Level.COUNTRY: 2,
        Level.PROVINCE: 34 + 63,
        Level.DISTRICT: 696,
        Level.COMMUNE: 3321 + 10035,
        Level.VILLAGE: 0,
    }
    same = 1 + 11 + 132
    assert Place.objects.count() == 2 + UNITS - same
    events = {event: Entry.objects.filter(event=event, who=act.who).count() for event in EVENTS}
    assert events == dict(zip(EVENTS, (2 + UNITS - same, same, 3321 - 132 + 34 - 11), strict=True))
    assert verify_chain("place", identity_of(Level.COMMUNE, "00004", KNOWN_FROM)) == []


def test_seeding_again_changes_nothing(act: Act) -> None:
    before = counts()
    assert seed_places(act) == 0
    CodeList.objects.update(digest="")
    assert seed_places(act) == 0
    assert counts() == before


@pytest.mark.parametrize("valid_from", [KNOWN_FROM, PAST_KNOWN_FROM])
def test_a_missing_unit_comes_back_as_the_same_place(valid_from: date, act: Act) -> None:
    unit = {"code": "00004", "level": Level.COMMUNE, "valid_from": valid_from}
    gone = PlacePeriod.objects.get(**unit).place
    before = counts()
    Lineage.objects.filter(Q(old=gone) | Q(new=gone)).delete()
    PlacePeriod.objects.filter(place=gone).delete()
    gone.delete()
    CodeList.objects.update(digest="")
    assert seed_places(act) == 1
    assert PlacePeriod.objects.get(**unit).place.uid == gone.uid
    assert counts()[:3] == before[:3]


def test_a_database_that_knew_only_today_learns_the_past_without_new_identities(act: Act) -> None:
    today = dict(PlacePeriod.objects.filter(valid_to__isnull=True).values_list("place__uid", "path"))
    before = counts()
    Lineage.objects.all().delete()
    past = PlacePeriod.objects.filter(valid_to=KNOWN_FROM)
    ended = set(past.values_list("place_id", flat=True)) - set(
        PlacePeriod.objects.filter(valid_to__isnull=True).values_list("place_id", flat=True)
    )
    past.delete()
    Place.objects.filter(pk__in=ended).delete()
    CodeList.objects.filter(key="before-2025-07").delete()
    assert not is_seeded()
    assert seed_places(act) == 63 + 696 + 10035
    assert is_seeded()
    assert dict(PlacePeriod.objects.filter(valid_to__isnull=True).values_list("place__uid", "path")) == today
    assert counts()[:3] == before[:3]


def test_what_was_said_wrongly_in_an_earlier_version_is_withdrawn_with_its_log(act: Act) -> None:
    wrong = Lineage.objects.get(
        old__periods__code="28036", old__periods__level=Level.COMMUNE, on=KNOWN_FROM, whole=True
    )
    before = counts()
    wrong.whole = False
    wrong.save()
    other = PlacePeriod.objects.get(code="28087", code_list="qd19-2025").place
    Lineage.objects.create(old=wrong.old, new=other, on=KNOWN_FROM, whole=False, source=wrong.source)
    CodeList.objects.update(digest="")
    assert seed_places(act) == 0
    assert counts()[:3] == before[:3]
    assert Lineage.objects.get(old=wrong.old).whole
    assert [e.event for e in Entry.objects.filter(object_id=str(other.uid), who=act.who)] == ["place_origin_withdrawn"]


def test_the_comparison_with_an_earlier_list_is_taken_over_by_an_older_database(act: Act) -> None:
    PlacePeriod.objects.update(confirmed_on=None, confirmed_by="", began_on=None)
    CodeList.objects.update(digest="")
    assert seed_places(act) == 0
    assert PlacePeriod.objects.exclude(confirmed_on=None).count() == 63 + 694 + 9957
    entry = Entry.objects.get(kind="code_list", who=act.who)
    assert (entry.event, entry.state_after["differing"]) == ("list_compared", 80)


def counts() -> tuple[int, int, int, int]:
    return (Place.objects.count(), PlacePeriod.objects.count(), Lineage.objects.count(), Entry.objects.count())


def test_every_row_names_its_list_and_source() -> None:
    rows = PlacePeriod.objects.exclude(level=Level.COUNTRY)
    assert set(rows.values_list("code_list", "valid_from", "valid_to").distinct()) == {
        ("qd19-2025", KNOWN_FROM, None),
        ("before-2025-07", PAST_KNOWN_FROM, KNOWN_FROM),
    }
    assert not rows.filter(source="").exists()
