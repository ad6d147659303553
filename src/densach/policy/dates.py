"""Dates as exactly as a text gives them: a day, a month, a year or unknown; intervals are half-open [from, to)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

InForce = Literal["yes", "no", "unknown"]


def earliest(day: str) -> date:
    """The first day that an inexact date can mean."""
    if day == "unknown":
        return date.min
    return date(*_numbers(day), *(1,) * (3 - len(_numbers(day))))


def latest(day: str) -> date:
    """The last day that an inexact date can mean."""
    if day == "unknown":
        return date.max
    numbers = _numbers(day)
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    return date(year, month, numbers[2] if len(numbers) > 2 else monthrange(year, month)[1])


def holds(valid_from: str, valid_to: str | None, on: date) -> InForce:
    """Whether [from, to) holds on a day, for every way of reading its inexact ends."""
    if on < earliest(valid_from) or (valid_to is not None and on >= latest(valid_to)):
        return "no"
    if on >= latest(valid_from) and (valid_to is None or on < earliest(valid_to)):
        return "yes"
    return "unknown"


def is_date(day: str) -> bool:
    """Whether the numbers of a date name a day that exists."""
    try:
        earliest(day)
        latest(day)
    except ValueError:
        return False
    return True


def _numbers(day: str) -> tuple[int, ...]:
    return tuple(int(part) for part in day.split("-"))
