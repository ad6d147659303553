"""What a form sends, read with patience."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest

from densach.problems import Refused, problem

LARGEST_START = 1_000_000  # rows that a list can be turned to


def asked_start(request: HttpRequest) -> int:
    """From which row on a list is shown: `?tu=50`; what is no number is the beginning."""
    given = request.GET.get("tu", "")
    return min(int(given), LARGEST_START) if given.isascii() and given.isdecimal() and len(given) < 8 else 0


def asked_uids(request: HttpRequest, name: str) -> list[UUID]:
    """The identities that were ticked, each once; one that is none is as one that is not there (H103)."""
    try:
        return list(dict.fromkeys(UUID(text) for text in request.POST.getlist(name)))
    except ValueError as error:
        raise Refused(problem("H103", name)) from error


def sent_day(request: HttpRequest, name: str, otherwise: date | None = None) -> date:
    """A day that was sent, 2026-11-23 or 23/11/2026; refused (U122) where it is none, unless there is another."""
    given = request.POST.get(name, "").strip()
    if not given and otherwise:
        return otherwise
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(given.split("/"))))
    except ValueError as error:
        raise Refused(problem("U122", name, value=given[:20])) from error
