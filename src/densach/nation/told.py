"""What a page tells of a synthetic country: counts by level and reason, by province, and who moves when a rule does.

Read without the engines, so that a site can show it that cannot make it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

STATEMENT = "DÂN SỐ GIẢ LẬP – MẪU"
FILE = "gia-lap.json"


class Reason(msgspec.Struct, frozen=True):
    """One reason with how many subjects it holds for; `said_vi` is what its id means, where the law says it."""

    verdict: str
    kind: str
    id: str
    said_vi: str
    subjects: int


class Level(msgspec.Struct, frozen=True):
    """One level of the country: how many came to each verdict, and the commonest reasons."""

    name: str
    verdicts: dict[str, int]
    reasons: tuple[Reason, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.verdicts.values())


class Moved(msgspec.Struct, frozen=True):
    """Of the adults of a group, or the subjects of a level: how many are met before and after, gained and lost."""

    what: str
    key: str
    subjects: int
    before: int
    after: int
    gained: int | None
    lost: int | None


class Told(msgspec.Struct, frozen=True):
    """A whole synthetic country; `provinces` are the adults met and all adults, by code."""

    citizens: int
    seed: int
    on: str
    fictional_law: bool
    setting: str
    levels: tuple[Level, ...]
    provinces: dict[str, tuple[int, int]]
    moved: tuple[Moved, ...]
    statement: str = STATEMENT


def write_told(told: Told, folder: Path) -> None:
    """Write it whole or not at all."""
    half = (folder / FILE).with_suffix(".half")
    half.write_bytes(msgspec.json.encode(told))
    half.replace(folder / FILE)


def read_told(folder: Path) -> Told | None:
    """What was told; none where there is no such country, or the file does not call itself made up."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=Told)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.statement == STATEMENT else None
