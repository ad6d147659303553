"""From what stands in one cell to a value of its column, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from unicodedata import normalize

from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.days import YEARS, day_in, day_of_serial, refuse_a_year_shown_as_a_day
from densach.assessing.workbooks.refusing import NotAValue
from densach.assessing.workbooks.words import other_words, seen
from densach.formats import excel
from densach.formats.sheets import Kind
from densach.formats.vietnamese import fold
from densach.people.numbers import is_personal_number

Raw = excel.Value
Value = str | int | bool | None

YES = frozenset({"co", "x", "v", "1", "true", "dung", "yes", "✓", "✔", "☑", "√"})
NO = frozenset({"khong", "ko", "0", "false", "sai", "no"})
DASHES = frozenset("-–—−_.…")
DIGITS = 12  # of a personal number
_EATEN = range(10, DIGITS)  # digits left of a number whose first one or two zeros Excel dropped
_OLD = 9  # digits of the identity card (CMND) that the personal number replaced
_SPACES = re.compile(r"[\s'’‘`]")
_GROUPS = re.compile(r"\d{3}(?:[.-]\d{3}){3}")  # 001.080.000.001; any other dot could be that of a fraction
_POWER = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+")
_WHOLE = re.compile(r"(\d{1,15}|\d{1,3}(?:\.\d{3})+)(?:,0+)?|(\d{1,15})\.0{1,2}")
_GARBLED = re.compile(r"[\u0080-\u00bf\u00d7\u00f7]|[a-z\u00df-\u00ff][A-Z\u00c0-\u00de]")  # NguyÔn V¨n, not Nguyễn Văn
_SERIAL = re.compile(r"[1-9]\d{4}")
_UNCERTAIN = re.compile(r"\d{1,3},\d{3}")


def is_empty(raw: Raw) -> bool:
    """Whether nothing is said: an empty cell, one with blanks only, or a dash, which is not "no"."""
    if not isinstance(raw, str):
        return raw is None
    if raw and raw[0].isalnum():
        return False
    text = seen(raw)
    return not text or DASHES.issuperset(text)


@dataclass
class CellReader:
    """Reads the cells of one sheet. `last` is the last day of the round; what it mends is named in `repairs`.

    `since_1904` says from when the workbook counts its days, None for a file of texts, which does not tell;
    `old_numbers_empty` leaves a CMND out instead of refusing it.
    """

    last: date
    since_1904: bool | None = None
    old_numbers_empty: bool = False
    repairs: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], tuple[Value, tuple[str, ...]]] = field(default_factory=dict)

    def read(self, column: Column, raw: Raw) -> Value:
        """The value of a cell: nothing for an empty one; raises NotAValue, and never guesses."""
        if type(raw) is str and column.kind in _FEW:
            return self._read_once(column, raw)
        return self._read(column, raw)

    def _read_once(self, column: Column, raw: str) -> Value:
        """The same words stand in thousands of cells: each is read once."""
        known = self._known.get((column.key, raw))
        if known is None:
            before = len(self.repairs)
            value = self._read(column, raw)
            self._known[column.key, raw] = (value, tuple(self.repairs[before:]))
            return value
        self.repairs += known[1]
        return known[0]

    def _read(self, column: Column, raw: Raw) -> Value:
        if is_empty(raw):
            if column.required:
                raise NotAValue("W201")
            return None
        return self._READERS[column.kind](self, column, raw)

    def _text(self, column: Column, raw: Raw) -> str:
        text = _words(raw)
        if len(text) > column.longest:
            raise NotAValue("W207", length=len(text), longest=column.longest)
        if column.is_name and not text.isascii() and _GARBLED.search(text):
            raise NotAValue("W239")
        return text

    def _number12(self, _column: Column, raw: Raw) -> str | None:
        if isinstance(raw, int) and not isinstance(raw, bool) and len(str(raw)) in _EATEN:
            self.repairs.append("zeros")
            return str(raw).zfill(DIGITS)
        text = _plain(raw)
        digits = _SPACES.sub("", text)
        digits = re.sub("[.-]", "", digits) if _GROUPS.fullmatch(digits) else digits
        if is_personal_number(digits):
            return digits
        if _POWER.fullmatch(text.casefold()) or isinstance(raw, float):
            raise NotAValue("W226")
        if len(digits) == _OLD and digits.isdecimal():
            if not self.old_numbers_empty:
                raise NotAValue("W225")
            self.repairs.append("old_number")
            return None
        raise NotAValue("W202", length=len(digits))

    def _integer(self, column: Column, raw: Raw) -> int:
        number = int(raw) if isinstance(raw, float) and raw.is_integer() else raw
        if isinstance(number, str):
            number = self._whole(_plain(number), column)
        if type(number) is not int or not column.low <= number <= column.high:
            raise NotAValue("W203", low=column.low, high=column.high)
        return number

    def _whole(self, text: str, column: Column) -> int | None:
        """A whole number as it is written in Viet Nam: 1.234 and 1.234,0; 1,234 may be two different numbers."""
        if _UNCERTAIN.fullmatch(text):
            raise NotAValue("W232", low=column.low, high=column.high)
        found = _WHOLE.fullmatch(text)
        if found is None:
            return None
        digits = (found[1] or found[2]).replace(".", "")
        if digits != text:
            self.repairs.append("separators")
        return int(digits)

    def _date(self, column: Column, raw: Raw) -> str:
        """An ISO date as exactly as it was given: 1980-11-23, or 1980 where only the year is known."""
        if isinstance(raw, date):
            refuse_a_year_shown_as_a_day(raw, since_1904=bool(self.since_1904))
            return raw.strftime("%Y-%m-%d")
        number = int(raw) if isinstance(raw, float) and raw.is_integer() else raw
        if type(number) is int and number not in YEARS:
            return day_of_serial(number, self.last, self.repairs, since_1904=self.since_1904)
        if self.since_1904 is None and isinstance(number, str) and _SERIAL.fullmatch(number.strip()):
            return day_of_serial(int(number), self.last, self.repairs, since_1904=None)
        return day_in(_plain(number), self.last, self.repairs, whole_day=column.whole_day)

    def _choice(self, column: Column, raw: Raw) -> str:
        wanted = fold(_plain(raw))
        for key, label in (column.choices or {}).items():
            if wanted in {fold(word) for word in (label, key, *other_words(column, key))}:
                return key
        raise NotAValue("W205", choices=", ".join((column.choices or {}).values()))

    def _yes_no(self, _column: Column, raw: Raw) -> bool:
        if isinstance(raw, bool):
            return raw
        word = fold(_plain(raw))
        if word not in YES | NO:
            raise NotAValue("W206")
        return word in YES

    _READERS: ClassVar[dict[Kind, Callable[[CellReader, Column, Raw], Value]]] = {
        "text": _text,
        "number12": _number12,
        "integer": _integer,
        "date": _date,
        "choice": _choice,
        "yes_no": _yes_no,
    }


_FEW: frozenset[Kind] = frozenset({"date", "choice", "yes_no"})


def _words(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return seen(str(raw))


def _plain(raw: Raw) -> str:
    """The words with full-width digits and letters as plain ones; for values, never for names."""
    return normalize("NFKC", _words(raw))
