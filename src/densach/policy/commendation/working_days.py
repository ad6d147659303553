"""When a step is due: days counted from a whole dossier as day 0, working days by a calendar that somebody loaded.

No holiday is computed: a year whose list was not loaded is not known, and so is a day that lies in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.model import Deadline, Words
from densach.policy.reading import open_source, read, shown
from densach.problems import Refused, problem

Unit = Literal["working", "calendar"]
ONE_DAY = timedelta(days=1)
FRIDAY = 4
STANDS_STILL = Words("Đang tạm dừng: thời hạn chưa tính tiếp.", "Paused: the time stands still.")


class NotLoadedError(Exception):
    """The days off of a year were not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The days off of the years that were loaded."""

    years: Mapping[int, CalendarYear]

    def is_working(self, day: date) -> bool:
        """Whether work is done on a day; NotLoadedError for a year that was not loaded."""
        year = self.years.get(day.year)
        if year is None:
            raise NotLoadedError(day.year)
        return day in year.worked_instead or (day.weekday() <= FRIDAY and day not in year.holidays)


@dataclass(frozen=True)
class Pause:
    """Days on which the time stands still, in [began, ended); without an end it still does."""

    began: date
    ended: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.began <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Asked:
    """An opinion that was asked for, when it came and whether it agrees."""

    on: date
    answered_on: date | None = None
    agrees: bool | None = None


@dataclass(frozen=True)
class Due:
    """The last day of a time limit; none where it is not known or stands still, and then `reason` says why."""

    day: date | None
    reason: Words | None = None

    def is_late(self, today: date) -> bool | None:
        """Whether it has passed; none where the day is not known."""
        return None if self.day is None else today > self.day


def calendar_of(years: Iterable[CalendarYear]) -> Calendar:
    """The calendar of some years; a later list of a year stands for an earlier one."""
    return Calendar({each.year: each for each in years})


def read_calendar(path: Path) -> CalendarYear:
    """The days off of a year from a file that an administrator enters.

    Refused with the line for a file that is no such list (P101 to P107), for days of another year (Q403), and for days
    said to be worked instead that cannot be (Q404).
    """
    year = read(open_source(path), CalendarYear)
    if year.strangers:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in year.strangers)
        raise Refused(problem("Q403", shown(path), days=days, year=year.year))
    if year.misplaced:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in year.misplaced)
        raise Refused(problem("Q404", shown(path), days=days, year=year.year))
    return year


def due(calendar: Calendar, received: date, days: int, unit: Unit, pauses: Sequence[Pause] = ()) -> Due:
    """The day on which a number of days has passed since a day 0, without the days on which the time stood still."""
    day, left = received, days
    while left > 0:
        day += ONE_DAY
        pause = next((each for each in pauses if each.holds(day)), None)
        if pause is not None and pause.ended is None:
            return Due(None, STANDS_STILL)
        try:
            left -= pause is None and (unit == "calendar" or calendar.is_working(day))
        except NotLoadedError as error:
            return Due(None, _not_loaded(error.year))
    return Due(day)


def due_by(
    calendar: Calendar, deadline: Deadline, day_0: date, asked: Sequence[Asked] = (), held: Sequence[Pause] = ()
) -> Due:
    """The last day of a deadline with its own rule for the opinions that were asked for.

    At the centre it is 10 working days after the last agreeing opinion; elsewhere the days stop until all are there.
    The time stands still while the nominee is held (our reading of rule R-12). What comes in before a day
    (`starts: before`) is counted back in calendar days.
    """
    if deadline.days is None:
        return Due(None, Words("Chưa có căn cứ: số ngày chưa đọc được.", "No basis: the number of days was not read."))
    if deadline.starts == "before":
        return Due(day_0 - deadline.days * ONE_DAY)
    if not asked or deadline.when_opinions_asked == "nothing":
        return due(calendar, day_0, deadline.days, deadline.unit, held)
    if deadline.when_opinions_asked == "pause":
        pauses = [*held, *(Pause(each.on, each.answered_on) for each in asked)]
        return due(calendar, day_0, deadline.days, deadline.unit, pauses)
    return _after_opinions(calendar, deadline, asked, held)


def _after_opinions(calendar: Calendar, deadline: Deadline, asked: Sequence[Asked], held: Sequence[Pause]) -> Due:
    answered = [each.answered_on for each in asked if each.answered_on is not None and each.agrees]
    if any(each.answered_on is None for each in asked):
        return Due(None, Words("Đang chờ ý kiến.", "Waiting for opinions."))
    if len(answered) < len(asked) or deadline.days_after_opinion is None:
        return Due(
            None, Words("Có ý kiến không đồng ý: cần người xem xét.", "An opinion disagrees: a person must look.")
        )
    return due(calendar, max(answered), deadline.days_after_opinion, deadline.unit, held)


def _not_loaded(year: int) -> Words:
    return Words(
        f"Chưa biết: lịch nghỉ năm {year} chưa được nạp.", f"Not known: the days off of {year} were not loaded."
    )
