"""The calendar of working days: the years that are shipped, and those that an administrator entered here.

A year is a file of the folder `calendars` of the installation, as docs/commendation.md has it; nothing is computed.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from densach.awards import by_law
from densach.formats.whole_file import writing
from densach.history.domain import Act, Happening, record
from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.working_days import Calendar, calendar_of, read_calendar
from densach.problems import Refused

log = logging.getLogger(__name__)
ENDING = ".calendar.yaml"


def working_calendar() -> Calendar:
    """The days off of every year that is known here; a year that was entered stands for a shipped one."""
    paths = sorted(settings.CALENDAR_FOLDER.glob(f"*{ENDING}"))
    entered = (_year_of(path, path.stat().st_mtime_ns) for path in paths)
    return calendar_of([*by_law.law().calendars.values(), *filter(None, entered)])


def enter_calendar(source: Path, *, act: Act) -> CalendarYear:
    """Enter the days off of a year from a file, in place of what was entered for it; refused as `read_calendar` is."""
    year, content = read_calendar(source), source.read_bytes()
    with transaction.atomic(), writing(settings.CALENDAR_FOLDER / f"{year.year}{ENDING}") as unfinished:
        after = {"source": year.source, "sha256": sha256(content).hexdigest()}
        record(Happening(kind="calendar", object_id=year.year, event="entered", after=after), act)
        unfinished.write_bytes(content)
    return year


@lru_cache(maxsize=50)
def _year_of(path: Path, _changed: int) -> CalendarYear | None:
    """A file of the folder; one that somebody spoiled counts as not loaded, so that its days are said as unknown."""
    try:
        return read_calendar(path)
    except Refused as refusal:
        log.warning("%s is not read: %s", path.name, refusal)
        return None
