"""How old somebody is on a day, as far as the birth date is known, and whether that makes an adult.

From which age on somebody is an adult is an assumption of the policy; no text of the movement seen says it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from densach.people.models import Person, Precision
from densach.policy.assumed import adult_age

OLDEST = 150


class Age(StrEnum):
    """What is known of an age on a day."""

    ADULT = "adult"
    CHILD = "child"
    UNKNOWN = "unknown"


def ages_on(born: date | None, on: date, *, only_year: bool) -> tuple[int, int]:
    """The lowest and highest age of somebody on a day."""
    if born is None:
        return 0, OLDEST
    if only_year:
        full = on.year - born.year
        return (full if (on.month, on.day) == (12, 31) else full - 1), full
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    age = on.year - born.year - (0 if had_birthday else 1)
    return age, age


def grown_by(on: date) -> date:
    """The last birth date of those who are adults on a day."""
    return date(on.year - adult_age(), on.month, on.day if (on.month, on.day) != (2, 29) else 28)


def age_of(person: Person, on: date) -> Age:
    """Whether a person is surely an adult, surely a child, or perhaps either."""
    youngest, oldest = ages_on(person.birth_date, on, only_year=person.birth_precision == Precision.YEAR)
    if youngest >= adult_age():
        return Age.ADULT
    return Age.CHILD if oldest < adult_age() else Age.UNKNOWN
