"""A question that is put into SQL once gives what the queryset gives, whatever it is asked with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import QuerySet

from densach.history.prepared import prepared
from densach.places.lookup import get_place
from densach.places.models import Level, PlacePeriod
from densach.places.queries import in_force

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@prepared
def names(places: list[int], on: date, level: Level) -> QuerySet[PlacePeriod, str]:
    """What some places of a level are called on a day."""
    return in_force(on, level).filter(place__pk__in=places).values_list("name", flat=True)


@prepared
def holding(words: list[str], code: str) -> QuerySet[PlacePeriod]:
    """The rows whose folded name holds each word."""
    rows = PlacePeriod.objects.filter(code=code, level=Level.PROVINCE).select_related("place")
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows.order_by("valid_from", "pk")


@prepared
def inside(above: int | None, on: date, level: Level) -> QuerySet[PlacePeriod, str]:
    """What the places of a level are called, of one place above or of all."""
    rows = in_force(on, level)
    return (rows if above is None else rows.filter(parent__pk=above)).values_list("name", flat=True)


@prepared
def coded(codes: list[str], on: date) -> QuerySet[PlacePeriod, str]:
    """The codes that provinces have, of some codes."""
    return in_force(on, Level.PROVINCE).filter(code__in=codes).order_by("code").values_list("code", flat=True)


@pytest.fixture
def keys() -> list[int]:
    return list(in_force(DAY, Level.COMMUNE).values_list("place_id", flat=True)[:120])


@pytest.mark.parametrize("count", [0, 1, 8, 9, 50, 51, 120])
def test_a_list_of_any_length_is_asked_for_whole(keys: list[int], count: int) -> None:
    plain = names.plain(keys[:count], DAY, Level.COMMUNE)
    assert sorted(names(keys[:count], DAY, Level.COMMUNE)) == sorted(plain)
    assert len(names(keys[:count], DAY, Level.COMMUNE)) == count


def test_of_no_texts_nothing_is_found_and_nobody_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found = [coded(codes, DAY) for codes in ([], ["01", "19"], [], ["19"])]
    assert found == [[], ["01", "19"], [], ["19"]]


def test_what_may_be_left_out_is_another_question() -> None:
    first, second = in_force(DAY, Level.PROVINCE)[:2]
    for above in (first.place_id, None, second.place_id, None):
        assert inside(above, DAY, Level.COMMUNE) == list(inside.plain(above, DAY, Level.COMMUNE))
    assert inside(first.place_id, DAY, Level.COMMUNE) != inside(second.place_id, DAY, Level.COMMUNE)


def test_each_asking_has_its_own_values(keys: list[int], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    names(keys[:2], DAY, Level.COMMUNE)
    with django_assert_num_queries(3):
        assert names(keys[:2], DAY, Level.COMMUNE) == list(names.plain(keys[:2], DAY, Level.COMMUNE))
        assert names(keys[:2], date(1900, 1, 1), Level.COMMUNE) == []
    assert names(keys[:2], DAY, Level.PROVINCE) == []


def test_what_is_written_meanwhile_is_read(keys: list[int]) -> None:
    assert len(names(keys[:1], DAY, Level.COMMUNE)) == 1
    PlacePeriod.objects.filter(place=keys[0]).update(name="Tên MẪU mới")
    assert names(keys[:1], DAY, Level.COMMUNE) == ["Tên MẪU mới"]
    PlacePeriod.objects.filter(place=keys[0]).update(valid_to=DAY)
    assert names(keys[:1], DAY, Level.COMMUNE) == []
    assert names(keys[:1], DAY - timedelta(1), Level.COMMUNE) == ["Tên MẪU mới"]


@pytest.mark.parametrize("words", [[], ["thai"], ["thai", "nguyen"], ["100%"], ["_"], ["'; --"]])
def test_rows_come_with_what_belongs_to_them(
    words: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = [(row.pk, row.place.uid) for row in holding(words, "19")]
    assert found == [(row.pk, row.place.uid) for row in holding.plain(words, "19")]
    assert bool(found) == (words in ([], ["thai"], ["thai", "nguyen"]))
    assert not found or found[-1][1] == get_place("19", DAY).place.uid


def kept_plans() -> dict[str, tuple[int, int]]:
    """How often PostgreSQL used a plan for any values and one for just these, of each question it keeps planned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans, custom_plans FROM pg_prepared_statements")
        return {name: (for_any, for_these) for name, for_any, for_these in cursor.fetchall()}


def test_postgresql_keeps_one_plan_of_a_question_and_none_of_anything_else() -> None:
    if connection.vendor == "sqlite":
        return  # it keeps the plans of all questions by itself
    before = kept_plans()
    for code in range(10):
        assert coded([f"{code:02}"], DAY) == list(coded.plain([f"{code:02}"], DAY))
    [(for_any, for_these)] = [used for name, used in kept_plans().items() if name not in before]
    assert (for_any, for_these) == (9, 0)  # the first time it was not known yet that it would come again
