"""Reading local decisions and books of numbers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from densach.authority.models import IssuedNumber, LocalDecision, NumberBook
from densach.places.models import Place


def open_decision_for_update(title_key: str, place: Place) -> LocalDecision | None:
    """The local decision that has no end yet, locked until the transaction ends."""
    rows = LocalDecision.objects.select_for_update().filter(title_key=title_key, place=place)
    return rows.filter(valid_to__isnull=True).first()


def local_decision(title_key: str, place: Place, on: date) -> LocalDecision | None:
    """The local decision that names an office for a title in a place on a day."""
    rows = LocalDecision.objects.filter(title_key=title_key, place=place, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()


def book_for_update(book: NumberBook) -> NumberBook:
    """The same book, locked until the transaction ends: whoever draws from it next waits."""
    return NumberBook.objects.select_for_update(of=("self",)).get(pk=book.pk)


def book_exists(place: Place, body: str, series: str, year: int, *, fictional: bool) -> bool:
    """Whether a book was opened."""
    rows = NumberBook.objects.filter(place=place, body=body, series=series, year=year, fictional=fictional)
    return rows.exists()


def books_of(place: Place, year: int, *, fictional: bool) -> list[NumberBook]:
    """The books of a place for a year, real or made-up."""
    rows = NumberBook.objects.filter(place=place, year=year, fictional=fictional)
    return list(rows.order_by("body", "series"))


def last_number(book: NumberBook) -> IssuedNumber | None:
    """The last number that a book gave."""
    return IssuedNumber.objects.filter(book=book).order_by("-number").first()


def numbers_in(book: NumberBook) -> QuerySet[IssuedNumber]:
    """All numbers of a book in their order."""
    return IssuedNumber.objects.filter(book=book).order_by("number")


def number_in(book: NumberBook, number: int) -> IssuedNumber | None:
    """One number of a book."""
    return IssuedNumber.objects.filter(book=book, number=number).first()


def numbers_of_thing(thing: UUID) -> list[IssuedNumber]:
    """The numbers that were given to one thing, with their books."""
    return list(IssuedNumber.objects.filter(thing=thing).select_related("book").order_by("pk"))
