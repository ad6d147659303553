from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from densach.authority.models import IssuedNumber, NumberBook
from densach.authority.numbering import (
    COMMON,
    BookKey,
    cancel_number,
    draw,
    enter_given,
    series_of,
    start_book,
)
from densach.authority.queries import last_number, number_in, numbers_in, numbers_of_thing
from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.places.models import Place
from densach.problems import Refused

pytestmark = pytest.mark.django_db
MARCH, APRIL, WHAT = date(2026, 3, 2), date(2026, 4, 1), "Quyết định công nhận MẪU"


@pytest.fixture
def key(commune: Place) -> BookKey:
    return BookKey(commune, "UBND", "QĐ", fictional=True)


def rows() -> list[tuple[int, date, str]]:
    return list(IssuedNumber.objects.order_by("pk").values_list("number", "on", "what"))


def refusals(event: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        event()
    return [problem.code for problem in refused.value.problems]


def test_numbers_follow_one_another_in_each_book(key: BookKey, act: Act) -> None:
    assert draw(key, on=MARCH, what=WHAT, act=act) == [1]
    assert draw(key, on=MARCH, what=WHAT, act=act, count=3) == [2, 3, 4]
    assert draw(key, on=APRIL, what=WHAT, act=act, count=0) == []
    others = (
        BookKey(key.place, "UBND", "TTr", fictional=True),
        BookKey(key.place, "HKH", "QĐ", fictional=True),
        BookKey(key.place, "UBND", "QĐ"),
    )
    assert [draw(other, on=MARCH, what=WHAT, act=act) for other in others] == [[1], [1], [1]]
    assert draw(key, on=date(2027, 1, 1), what=WHAT, act=act) == [1]
    assert draw(key, on=date(2026, 12, 31), what=WHAT, act=act) == [5]
    book = NumberBook.objects.get(body="UBND", series="QĐ", year=2026, fictional=True)
    assert [row.number for row in numbers_in(book)] == [1, 2, 3, 4, 5]
    assert [entry.event for entry in Entry.objects.filter(kind="number_book", object_id=str(book.pk))] == ["drawn"] * 3
    assert verify_chain("number_book", book.pk) == []


def test_an_earlier_day_is_refused_and_the_same_day_is_not(key: BookKey, act: Act) -> None:
    draw(key, on=APRIL, what=WHAT, act=act)
    assert refusals(lambda: draw(key, on=MARCH, what=WHAT, act=act)) == ["A101"]
    assert draw(key, on=APRIL, what=WHAT, act=act) == [2]
    assert len(rows()) == 2


def test_a_rollback_gives_the_number_back(key: BookKey, act: Act) -> None:
    with transaction.atomic():
        assert draw(key, on=MARCH, what=WHAT, act=act) == [1]
        transaction.set_rollback(True)
    assert rows() == []
    assert draw(key, on=MARCH, what="khác", act=act) == [1]


def test_each_thing_finds_its_numbers(key: BookKey, act: Act) -> None:
    things = [uuid4() for _ in range(3)]
    assert draw(key, on=MARCH, what=WHAT, act=act, things=things) == [1, 2, 3]
    assert [(row.number, row.book.series) for row in numbers_of_thing(things[1])] == [(2, "QĐ")]
    assert numbers_of_thing(UUID(int=0)) == []


def test_a_book_begins_after_the_numbers_on_paper_only_while_it_is_empty(key: BookKey, act: Act) -> None:
    for last_used in (60, 57, 57):
        book = start_book(key, 2026, last_used=last_used, act=act)
    assert (book.last_used, last_number(book)) == (57, None)
    assert draw(key, on=MARCH, what=WHAT, act=act) == [58]
    assert refusals(lambda: start_book(key, 2026, last_used=70, act=act)) == ["A103"]
    assert draw(key, on=MARCH, what=WHAT, act=act) == [59]
    events = Entry.objects.filter(kind="number_book").values_list("event", flat=True)
    assert list(events) == ["started", "started", "drawn", "drawn"]


def test_a_number_given_on_paper_is_the_next_or_opens_an_empty_book(key: BookKey, act: Act) -> None:
    enter_given(key, 12, on=MARCH, what=WHAT, act=act)
    for wrong in (11, 12, 14):
        assert refusals(partial(enter_given, key, wrong, on=MARCH, what=WHAT, act=act)) == ["A102"]
    enter_given(key, 13, on=MARCH, what=WHAT, act=act)
    assert [number for number, *_ in rows()] == [12, 13]
    assert NumberBook.objects.get().last_used == 11


def test_a_cancelled_number_stays_and_is_never_given_again(key: BookKey, act: Act) -> None:
    draw(key, on=MARCH, what=WHAT, act=act, count=2)
    for _ in range(2):
        assert cancel_number(key, 2026, 2, reason="Ghi sai tên", act=act).cancelled == "Ghi sai tên"
    assert refusals(lambda: cancel_number(key, 2026, 3, reason="Ghi sai tên", act=act)) == ["A104"]
    assert refusals(lambda: cancel_number(key, 2026, 1, reason=" ", act=act)) == ["A105"]
    assert refusals(lambda: cancel_number(key, 2026, 2, reason="Lý do khác", act=act)) == ["A105"]
    assert draw(key, on=MARCH, what=WHAT, act=act) == [3]
    kept = number_in(NumberBook.objects.get(), 2)
    assert kept is not None
    assert kept.cancelled == "Ghi sai tên"
    assert list(Entry.objects.values_list("event", flat=True).filter(kind="number_book")).count("cancelled") == 1


def test_a_common_series_takes_every_kind_once_it_is_opened(commune: Place, act: Act) -> None:
    assert series_of(commune, "UBND", "TTr", 2026, fictional=True).series == "TTr"
    start_book(BookKey(commune, "UBND", COMMON, fictional=True), 2026, last_used=9, act=act)
    assert series_of(commune, "UBND", "TTr", 2026, fictional=True).series == COMMON
    assert series_of(commune, "UBND", "TTr", 2027, fictional=True).series == "TTr"
    assert series_of(commune, "UBND", "TTr", 2026, fictional=False).series == "TTr"


def test_the_database_holds_no_number_twice_and_none_for_nothing(key: BookKey, act: Act) -> None:
    draw(key, on=MARCH, what=WHAT, act=act)
    book = NumberBook.objects.get()
    for wrong in ({"number": 1, "what": WHAT}, {"number": 0, "what": WHAT}, {"number": 2, "what": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssuedNumber.objects.create(book=book, on=MARCH, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberBook.objects.create(place=key.place, body="UBND", series="QĐ", year=2026, fictional=True)


def test_a_draw_reads_and_writes_a_constant_number_of_times(
    key: BookKey, act: Act, django_assert_num_queries: Callable[[int], transaction.Atomic]
) -> None:
    draw(key, on=MARCH, what=WHAT, act=act)
    for count in (1, 100):
        with django_assert_num_queries(8):
            draw(key, on=MARCH, what=WHAT, act=act, count=count)
