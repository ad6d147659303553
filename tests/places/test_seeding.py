from __future__ import annotations

import pytest
from django.db import connection

from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.places.models import CodeList, Level, Place, PlacePeriod
from densach.places.seeding import KNOWN_FROM, identity_of, is_seeded, seed_places

pytestmark = pytest.mark.django_db


def empty() -> None:
    PlacePeriod.objects.all().delete()
    Place.objects.all().delete()
    CodeList.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from history_entry")


def test_an_empty_database_gets_the_whole_country_with_its_log(act: Act) -> None:
    empty()
    assert not is_seeded()
    assert seed_places(act) == 34 + 3321
    levels = [PlacePeriod.objects.filter(level=level).count() for level in Level]
    assert dict(zip(Level, levels, strict=True)) == {
        Level.COUNTRY: 1,
        Level.PROVINCE: 34,
        Level.DISTRICT: 0,
        Level.COMMUNE: 3321,
        Level.VILLAGE: 0,
    }
    assert Entry.objects.filter(event="place_added", who=act.who).count() == Place.objects.count() == 3356
    assert verify_chain("place", identity_of(Level.COMMUNE, "00004", KNOWN_FROM)) == []


def test_seeding_again_changes_nothing(act: Act) -> None:
    before = (Place.objects.count(), PlacePeriod.objects.count(), Entry.objects.count())
    assert seed_places(act) == 0
    CodeList.objects.update(digest="")
    assert seed_places(act) == 0
    assert (Place.objects.count(), PlacePeriod.objects.count(), Entry.objects.count()) == before


def test_a_missing_unit_comes_back_as_the_same_place(act: Act) -> None:
    gone = PlacePeriod.objects.get(code="00004", level=Level.COMMUNE)
    identity = gone.place.uid
    PlacePeriod.objects.filter(pk=gone.pk).delete()
    gone.place.delete()
    CodeList.objects.update(digest="")
    assert seed_places(act) == 1
    assert PlacePeriod.objects.get(code="00004", level=Level.COMMUNE).place.uid == identity


def test_every_row_names_its_list_and_source() -> None:
    rows = PlacePeriod.objects.exclude(level=Level.COUNTRY)
    assert set(rows.values_list("code_list", "valid_from", "valid_to").distinct()) == {("qd19-2025", KNOWN_FROM, None)}
    assert not rows.filter(source="").exists()
