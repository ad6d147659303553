"""From what stands in one cell to a value of its column, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from densach.assessing.workbooks.columns import Column
from densach.formats import excel
from densach.formats.sheets import Kind
from densach.formats.vietnamese import fold, nfc, single_spaced
from densach.people.numbers import is_personal_number

Raw = excel.Value
Value = str | int | bool | None

YES = frozenset({"co", "x", "1", "true", "dung", "yes"})
NO = frozenset({"khong", "0", "false", "sai", "no"})
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class NotAValue(Exception):  # noqa: N818  - it is the answer of a question, not a fault of the program
    """The cell holds nothing its column can take: a code of the catalogue and the words for its sentences."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def read_cell(column: Column, raw: Raw) -> Value:
    """The value of a cell: nothing for an empty one; raises NotAValue, and never guesses."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if column.required:
            raise NotAValue("W201")
        return None
    return _READERS[column.kind](column, raw)


def _text(_column: Column, raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return single_spaced(nfc(str(raw)))


def _bounded_text(column: Column, raw: Raw) -> str:
    text = _text(column, raw)
    if len(text) > column.longest:
        raise NotAValue("W207", length=len(text), longest=column.longest)
    return text


def _number12(column: Column, raw: Raw) -> str:
    digits = _text(column, raw).replace(" ", "")
    if not is_personal_number(digits):
        raise NotAValue("W202", length=len(digits))
    return digits


def _integer(column: Column, raw: Raw) -> int:
    number = int(raw) if isinstance(raw, float) and raw.is_integer() else raw
    if isinstance(number, str) and re.fullmatch(r"\s*[0-9]{1,15}\s*", number):
        number = int(number)
    if type(number) is not int or not column.low <= number <= column.high:
        raise NotAValue("W203", low=column.low, high=column.high)
    return number


def _date(column: Column, raw: Raw) -> str:
    """An ISO date as exactly as it was given: 1980-11-23, or 1980 where only the year is known."""
    if isinstance(raw, date):
        return raw.strftime("%Y-%m-%d")
    text = _text(column, raw)
    if re.fullmatch(r"(19|20)\d\d", text) and not column.whole_day:
        return text
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise NotAValue("W204") from error


def _choice(column: Column, raw: Raw) -> str:
    wanted = fold(_text(column, raw))
    for key, label in (column.choices or {}).items():
        if wanted in {fold(label), fold(key)}:
            return key
    raise NotAValue("W205", choices=", ".join((column.choices or {}).values()))


def _yes_no(column: Column, raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(_text(column, raw))
    if word not in YES | NO:
        raise NotAValue("W206")
    return word in YES


_READERS: dict[Kind, Callable[[Column, Raw], Value]] = {
    "text": _bounded_text,
    "number12": _number12,
    "integer": _integer,
    "date": _date,
    "choice": _choice,
    "yes_no": _yes_no,
}
