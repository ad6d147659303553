"""What an address asks for, read with patience: what cannot be read becomes a sentence and never an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from densach.formats.vietnamese import format_date, nfc, single_spaced
from densach.problems import Problem, problem

LONGEST = 100  # letters of a search; the longest name of a place with its district and province has 64
LONGEST_CODE = 300  # letters of a code with the address that a QR code says
LONGEST_NAME = 200  # letters of a name on a certificate
SHOWN_BACK = 40  # letters of what could not be read that are shown back


@dataclass(frozen=True)
class AskedDay:
    """The day that a page speaks of; today, with the problem, where the one given cannot be read."""

    day: date
    problem: Problem | None = None


@dataclass(frozen=True)
class AskedText:
    """What is searched for, tidied; empty, with the problem, where it cannot be searched for."""

    text: str
    problem: Problem | None = None


@dataclass(frozen=True)
class AskedCertificate:
    """The code of a certificate as it was typed or scanned, and the name on the paper, empty where none was typed."""

    code: str
    name: str


def today() -> date:
    """The day in Viet Nam, asked for only at the edge."""
    return timezone.localdate()


def asked_day(request: HttpRequest) -> AskedDay:
    """The day of `?on=`, written 2026-11-23 or 23/11/2026; without one it is today."""
    given = request.GET.get("on", "").strip()
    if not given:
        return AskedDay(today())
    try:
        return AskedDay(date.fromisoformat("-".join(reversed(given.split("/")))))
    except ValueError:
        return AskedDay(today(), problem("H101", "on", value=_printable(given), today=format_date(today())))


def asked_text(request: HttpRequest) -> AskedText:
    """The text of `?q=`."""
    given = single_spaced(nfc(_printable(request.GET.get("q", ""), LONGEST + 1)))
    if len(given) > LONGEST:
        return AskedText("", problem("H102", "q", most=LONGEST))
    return AskedText(given)


def asked_certificate(request: HttpRequest, code: str) -> AskedCertificate:
    """A code from the address or a form, and the name that a form sent; too long a name stays longer than any is."""
    given = request.POST.get("name", "")
    name = single_spaced(nfc(_printable(given, len(given))))
    return AskedCertificate(_printable(code, LONGEST_CODE).strip(), name[: LONGEST_NAME + 1])


def _printable(text: str, most: int = SHOWN_BACK) -> str:
    """The first letters of a text, without what cannot be written or stored, such as NUL."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:most])
