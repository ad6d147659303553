"""The numbers of documents: one after another from 1 January to 31 December, for each body and series, without gaps.

A number is drawn inside the transaction of the event that needs it, so a rollback gives it back; whoever draws at the
same time waits for the outcome. Nghị định 30/2020/NĐ-CP, Điều 15, numbers the documents of a body within a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from densach.authority.models import IssuedNumber, KeptPaper, NumberBook
from densach.authority.queries import book_exists, book_for_update, last_number, number_in, numbers_of_thing
from densach.history.domain import Act, Happening, State, record
from densach.places.models import Place
from densach.problems import Refused, problem

COMMON = "chung"  # one series for every kind of document of a body, where its head decided so


@dataclass(frozen=True)
class BookKey:
    """Whose numbers, and of which series ("QĐ", "TTr", `COMMON`, "certificate:<title>"); the day says the year."""

    place: Place
    body: str
    series: str
    fictional: bool = False

    def __str__(self) -> str:
        return f"{self.body} {self.series}"


def draw(
    book_key: BookKey, *, on: date, what: str, act: Act, count: int = 1, things: Sequence[UUID] | None = None
) -> list[int]:
    """The next numbers of the year of a day; `things` are the lasting identities of what each number is for.

    Belongs in the transaction of the event that needs them. Refused (A101) for a day before that of the last number.
    """
    named = [None] * count if things is None else list(things)
    book = _locked(book_key, on.year)
    last = last_number(book)
    if last is not None and on < last.on:
        words = {"on": on.isoformat(), "last": last, "last_on": last.on.isoformat()}
        raise Refused(problem("A101", book, **words))
    first = (last.number if last else book.last_used) + 1
    rows = [IssuedNumber(book=book, number=n, on=on, what=what, thing=thing) for n, thing in enumerate(named, first)]
    IssuedNumber.objects.bulk_create(rows, batch_size=2000)
    numbers = [row.number for row in rows]
    if numbers:
        _log(book, "drawn", {"first": numbers[0], "last": numbers[-1], "on": on, "what": what}, act)
    return numbers


def enter_given(book_key: BookKey, number: int, *, on: date, what: str, act: Act, thing: UUID | None = None) -> None:
    """Enter a number that was given on paper; in an empty book those before it were given on paper too.

    Refused (A102) where it is not the next number of the book: it would be a double, or leave a gap.
    """
    book = _locked(book_key, on.year)
    last = last_number(book)
    if last is None and number > book.last_used:
        _reopen(book, number - 1, act)
    following = (last.number if last else book.last_used) + 1
    if number != following:
        raise Refused(problem("A102", book, number=number, next=following))
    draw(book_key, on=on, what=what, act=act, things=None if thing is None else [thing])


def keep_paper(thing: UUID, matter: UUID, name: str, content: str, act: Act) -> KeptPaper:
    """Keep the text of a paper with the number that was just drawn for it, in the same transaction."""
    number = numbers_of_thing(thing)[-1]
    paper = KeptPaper.objects.create(number=number, matter=matter, name=name, content=content)
    after = {"number": number.number, "name": name, "sha256": sha256(content.encode()).hexdigest()}
    record(Happening(kind="kept_paper", object_id=paper.pk, event="issued", after=after), act)
    return paper


def start_book(book_key: BookKey, year: int, *, last_used: int, act: Act) -> NumberBook:
    """Open a year's book after the last number that was given on paper; refused (A103) once it gave a number."""
    with transaction.atomic():
        book = _locked(book_key, year)
        last = last_number(book)
        if last is not None:
            raise Refused(problem("A103", book, last=last))
        _reopen(book, last_used, act)
        return book


def cancel_number(book_key: BookKey, year: int, number: int, *, reason: str, act: Act) -> IssuedNumber:
    """Mark a number whose paper was cancelled; it stays in the book and is never given again.

    Refused where the book holds no such number (A104), without a reason, or with another than was given (A105).
    """
    with transaction.atomic():
        book = _locked(book_key, year)
        row = number_in(book, number)
        if row is None:
            raise Refused(problem("A104", book, number=number))
        if not reason.strip() or row.cancelled not in {"", reason}:
            raise Refused(problem("A105", book, number=row, known=row.cancelled or "…"))
        if not row.cancelled:
            row.cancelled = reason
            row.save(update_fields=["cancelled"])
            _log(book, "cancelled", {"number": number, "reason": reason}, act)
        return row


def cancel_number_of(thing: UUID, *, reason: str, act: Act) -> IssuedNumber:
    """The same for the number that was given to a thing last."""
    row = numbers_of_thing(thing)[-1]
    book = row.book
    key = BookKey(book.place, book.body, book.series, book.fictional)
    return cancel_number(key, book.year, row.number, reason=reason, act=act)


def series_of(place: Place, body: str, series: str, year: int, *, fictional: bool) -> BookKey:
    """The book that a kind of document is numbered in: the common one where the body opened it for the year."""
    common = book_exists(place, body, COMMON, year, fictional=fictional)
    return BookKey(place, body, COMMON if common else series, fictional)


def _locked(key: BookKey, year: int) -> NumberBook:
    """The book of a year, made if it is new, and held until the transaction of the caller ends."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is drawn inside the transaction of what needs it")
    book, _ = NumberBook.objects.get_or_create(
        place=key.place, body=key.body, series=key.series, year=year, fictional=key.fictional
    )
    return book_for_update(book)


def _reopen(book: NumberBook, last_used: int, act: Act) -> None:
    if book.last_used != last_used:
        book.last_used = last_used
        book.save(update_fields=["last_used"])
        _log(book, "started", {"last_used": last_used}, act)


def _log(book: NumberBook, event: str, after: State, act: Act) -> None:
    record(Happening(kind="number_book", object_id=book.pk, event=event, after=after), act)
