"""From what stands in a cell of dates to a day or a year, in the forms people write; the month never comes first."""

from __future__ import annotations

import re
from datetime import date, timedelta

from densach.assessing.workbooks.refusing import NotAValue
from densach.formats.vietnamese import fold

OLDEST = 122  # years; the longest human life on record, so that a birth in a column of dates lies no further back
YEARS = range(1900, 2101)  # a whole number of these is a year, never a running number of days
_LEAST_SERIAL, _MOST_SERIAL = YEARS.stop, 80_000  # 80,000 is a day of 2119
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_YEAR = re.compile(r"(?:nam )?((?:19|20)\d\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?")
_DAY = re.compile(r"(\d{1,2}) ?[/.\- ] ?(\d{1,2}) ?[/.\- ] ?(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4}|\d{2})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?: ?[/.\-] ?| nam )(\d{4})")


def day_in(text: str, last: date, repairs: list[str], *, whole_day: bool) -> str:
    """An ISO day, or an ISO year where only that is known; W204, W227, W228 where the text is neither.

    `last` is the day no date of the column can be after: it may tell the century of a year of two digits.
    """
    words = fold(text)
    if (found := _YEAR.fullmatch(words)) and not whole_day:
        return found[1]
    if found := _ISO.fullmatch(words):
        return _iso(found[1], found[2], found[3])
    if found := _DAY.fullmatch(words) or _WORDS.fullmatch(words):
        return _iso(_four_digits(found[3], last, repairs), found[2], found[1])
    if (found := _MONTH.fullmatch(words)) and 1 <= int(found[1]) <= 12 and not whole_day:
        repairs.append("month")
        return found[2]
    raise NotAValue("W204")


def day_of_serial(number: int, last: date, repairs: list[str], *, since_1904: bool | None) -> str:
    """The ISO day of Excel's running number of days; W204 for no likely day.

    Where the file does not tell the first day it is the usual one, which is said, and the day lies in a human life.
    """
    if not _LEAST_SERIAL <= number <= _MOST_SERIAL:
        raise NotAValue("W204")
    day = _EPOCHS[bool(since_1904)] + timedelta(days=number)
    if since_1904 is None and not last.year - OLDEST <= day.year <= last.year:
        raise NotAValue("W204")
    repairs.append("serial_of_1900" if since_1904 is None else "serial")
    return day.isoformat()


def refuse_a_year_shown_as_a_day(day: date, *, since_1904: bool) -> None:
    """W241 where Excel shows a day in 1905 (1909) because somebody typed the year 1980 into a cell of dates."""
    number = day.toordinal() - _EPOCHS[since_1904].toordinal()
    if number in YEARS:
        raise NotAValue("W241", year=number)


def _iso(year: str, month: str, day: str) -> str:
    if int(month) > 12 and int(day) <= 12:
        raise NotAValue("W228", month=month)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise NotAValue("W204") from error


def _four_digits(year: str, last: date, repairs: list[str]) -> str:
    """A year of two digits is certain only where the other centuries are in the future or beyond any human life."""
    if len(year) == 4:
        return year
    fitting = [century + year for century in ("18", "19", "20") if last.year - OLDEST <= int(century + year)]
    fitting = [whole for whole in fitting if int(whole) <= last.year]
    if len(fitting) != 1:
        raise NotAValue("W227", years=", ".join(fitting))
    repairs.append("century")
    return fitting[0]
