"""Whole numbers as people write them in Viet Nam: 1234, 1.234 and 1 234; nothing written is nothing known."""

from __future__ import annotations

import re
from unicodedata import normalize

from densach.problems import Refused, problem

_WHOLE = re.compile(r"\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+", re.ASCII)
_SHOWN = 30
_LONGEST = 30


def read_number(raw: object, where: str) -> int | None:
    """The number that was typed or stands in a cell; refused (G119) for what is no whole number."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    number = _whole(raw)
    if number is None:
        raise Refused(problem("G119", where, value=str(raw)[:_SHOWN]))
    return number


def _whole(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    text = normalize("NFKC", str(raw)).strip().lstrip("+")
    bare = text.removeprefix("-")
    if len(bare) > _LONGEST or not _WHOLE.fullmatch(bare):
        return None
    return int(re.sub(r"[. ]", "", text))
