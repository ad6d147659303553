"""Reading roles, local decisions and books of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from densach.accounts.models import Account
from densach.authority.models import Grant, IssuedNumber, KeptPaper, LocalDecision, NumberBook
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


def kept_paper(thing: UUID) -> KeptPaper | None:
    """The numbered paper of a thing, unless it was cancelled."""
    rows = KeptPaper.objects.filter(number__thing=thing, number__cancelled="")
    return rows.select_related("number").first()


def kept_papers(matter: UUID) -> list[KeptPaper]:
    """The numbered papers of a file that were not cancelled, as they were issued."""
    rows = KeptPaper.objects.filter(matter=matter, number__cancelled="")
    return list(rows.select_related("number").order_by("pk"))


def grants_in_force(account: Account, today: date) -> list[Grant]:
    """The roles of an account on a day, with what each is held over, the longest held first."""
    rows = Grant.objects.filter(account=account, valid_from__lte=today, valid_to__gt=today)
    return list(rows.select_related("place", "household", "clan", "unit", "person").order_by("valid_from", "pk"))


def grant_for_update(uid: UUID) -> Grant | None:
    """One role that was given, locked until the transaction ends."""
    return Grant.objects.select_for_update(of=("self",)).select_related("account", "place").filter(uid=uid).first()


def grant_like(account: Account, role: str, over: str, thing: object, on: date) -> Grant | None:
    """The same role over the same thing that an account holds on a day."""
    rows = Grant.objects.filter(account=account, role=role, valid_from__lte=on, valid_to__gt=on)
    return rows.filter(**{over: thing}).first()


def account_names(uids: Iterable[UUID]) -> dict[UUID, str]:
    """The names that some accounts are read by, by their lasting identity."""
    return dict(Account.objects.filter(uid__in=list(uids)).values_list("uid", "name"))
