"""By which day a request is due: the times of the law, counted from the day after it was asked.

The text seen says working days of the answer alone; all other days are counted as they come, which is never later.
Public holidays are not known here and count as working days: a due day shown is never later than the law's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from densach.policy.purposes import RequestRule

_SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """The last days on which a request is answered, and settled, in time."""

    answer_by: date
    settle_by: date


def due_days(rule: RequestRule, asked_on: date) -> Due:
    """When a request is due by the rule of its kind."""
    return Due(
        working_days_after(asked_on, rule.answer_working_days),
        asked_on + timedelta(days=rule.days),
    )


def working_days_after(day: date, count: int) -> date:
    """The day that comes so many working days, Monday to Friday, after another."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return day
