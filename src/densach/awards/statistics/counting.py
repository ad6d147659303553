"""The table 0603.N of Thông tư 02/2023/TT-BNV: awards by form, subject and mode.

The dimensions were read in the code of another program that fills in the form, not in the text itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from densach.awards.models import LeaderLevel, Mode, SubjectKind

TOTAL, ENTERPRISE, LEVEL_UNKNOWN = "total", "enterprise", "level_unknown"
LEVELS = tuple(level.value for level in LeaderLevel if level)
COLUMNS = (
    TOTAL,
    SubjectKind.COLLECTIVE.value,
    ENTERPRISE,
    SubjectKind.HOUSEHOLD.value,
    SubjectKind.PERSON.value,
    *LEVELS,
    LEVEL_UNKNOWN,
)


@dataclass(frozen=True)
class Given:
    """One award as it is counted."""

    award: str
    mode: str
    subject: str
    is_enterprise: bool
    level: str


@dataclass(frozen=True)
class Line:
    """One line of the table: a form in all modes (`mode` is empty) or in one, with a count for each column."""

    award: str
    mode: str
    counts: tuple[int, ...]


def table_of(rows: Iterable[Given]) -> list[Line]:
    """The table: each form with its total, then its modes in the order of the law."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        for mode in ("", row.mode):
            counted.setdefault((row.award, mode), Counter()).update(_columns(row))
    order = {"": 0, **{mode.value: place for place, mode in enumerate(Mode, 1)}}
    keys = sorted(counted, key=lambda key: (key[0], order[key[1]]))
    return [Line(*key, tuple(counted[key][column] for column in COLUMNS)) for key in keys]


def _columns(row: Given) -> list[str]:
    found = [TOTAL, row.subject]
    if row.subject == SubjectKind.COLLECTIVE and row.is_enterprise:
        found.append(ENTERPRISE)
    if row.subject == SubjectKind.PERSON:
        found.append(row.level or LEVEL_UNKNOWN)
    return found
