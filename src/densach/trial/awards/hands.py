"""In whose hands a thing of the demonstration is, and on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from densach.accounts.models import Account
from densach.accounts.queries import account_by_username
from densach.authority.access import Viewer, viewer_of


def account_called(username: str) -> Account:
    """An account of the trial."""
    who = account_by_username(username)
    assert who is not None  # noqa: S101  - the trial made it
    return who


def viewer_on(username: str, day: date) -> Viewer:
    """Somebody of the trial as one looks on a day."""
    return viewer_of(account_called(username), None, day)


def morning(day: date) -> datetime:
    """The hour at which things of a day happen."""
    return datetime.combine(day, time(2), UTC)
