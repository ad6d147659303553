"""`densach numbers`: the books of numbers of a commune's documents, as the clerk keeps them."""

from __future__ import annotations

from collections.abc import Iterator

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.models import IssuedNumber, NumberBook
from densach.authority.numbering import BookKey, cancel_number, start_book
from densach.authority.queries import books_of, last_number, numbers_in
from densach.cli.options import YEARS, place_option
from densach.cli.rounds import commune_of
from densach.formats.official.words import SPECIMEN
from densach.formats.vietnamese import format_date
from densach.history.domain import Act

BODY = "UBND"
book_year_option = click.option(
    "--year", type=YEARS, required=True, metavar="Y", help="Năm của sổ, theo ngày ký / year of the book, by signing."
)
series_option = click.option(
    "--series", default="QĐ", show_default=True, help="QĐ, TTr, BC, GM… hay chung / or one common series."
)
body_option = click.option("--body", default=BODY, show_default=True, help="Ký hiệu cơ quan / symbol of the body.")


@click.group()
def numbers() -> None:
    """Sổ số văn bản của một xã / a commune's books of numbers."""


@numbers.command()
@place_option
@book_year_option
def show(*, code: str, year: int) -> None:
    """In sổ số của một năm / print the books of one year."""
    place = commune_of(code, year)
    books = books_of(place, year, fictional=place.fictional)
    if not books:
        click.echo(f"Năm {year} chưa cấp số nào ở đây. Số được cấp khi ban hành: densach round issue.")
    for book in books:
        for line in _lines(book):
            click.echo(line)


@numbers.command()
@place_option
@book_year_option
@body_option
@series_option
@click.option("--last", type=click.IntRange(0), required=True, help="Số cuối đã cấp trên giấy / last on paper.")
def start(*, code: str, year: int, body: str, series: str, last: int) -> None:
    """Mở sổ sau số cuối đã cấp trên giấy / open a book after the last number on paper."""
    book = start_book(_book(code, year, body, series), year, last_used=last, act=_act("mở sổ số"))
    click.echo(f"{book}: số tiếp theo là {book.last_used + 1:02}.")


@numbers.command()
@place_option
@book_year_option
@body_option
@series_option
@click.option("--number", type=click.IntRange(1), required=True, help="Số của văn bản / the number.")
@click.option("--reason", required=True, help="Lý do hủy / why the paper was cancelled.")
def cancel(*, code: str, year: int, body: str, series: str, number: int, reason: str) -> None:
    """Ghi một văn bản đã hủy; số không cấp lại / mark a cancelled paper, its number stays.

    Chỉ ghi vào sổ: ai đã được công nhận vẫn được tính / in the book only: recognitions go on counting.
    """
    row = cancel_number(_book(code, year, body, series), year, number, reason=reason, act=_act("hủy văn bản"))
    click.echo(_line(row).strip())


def _book(code: str, year: int, body: str, series: str) -> BookKey:
    """A book of a commune; all that a made-up commune issues is made up."""
    place = commune_of(code, year)
    return BookKey(place, body, series, place.fictional)


def _lines(book: NumberBook) -> Iterator[str]:
    last = last_number(book)
    mark = f" ({SPECIMEN})" if book.fictional else ""
    yield f"Sổ {book}{mark}: số cuối {(last.number if last else book.last_used):02}."
    if book.last_used:
        yield f"  01–{book.last_used:02}  đã cấp trên giấy trước khi mở sổ"
    yield from (_line(row) for row in numbers_in(book).iterator())


def _line(row: IssuedNumber) -> str:
    return f"  {row}  {format_date(row.on)}  {row.what}" + (f"  ĐÃ HỦY: {row.cancelled}" if row.cancelled else "")


def _act(why: str) -> Act:
    return Act(who=f"densach numbers {click.get_current_context().info_name}", at=timezone.now(), why=why)
