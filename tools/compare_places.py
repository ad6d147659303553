"""Compare our list of units before 01/07/2025 with a published list of an earlier day, and write where they differ.

    python tools/compare_places.py vietnam_provinces-0.6.0-py3-none-any.whl

Needed only to rebuild `src/densach/places/data/unconfirmed_2025_01_04.csv`. The other list is an oracle: no row, name
or code of it goes into ours; what is written are codes of ours that it does not confirm, and why.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from densach.formats.vietnamese import fold
from densach.places.shipped import PastUnit, past_communes, past_districts, past_provinces

TARGET = Path(__file__).parent.parent / "src/densach/places/data/unconfirmed_2025_01_04.csv"
LIST = "vietnam_provinces/data/flat-divisions.json"
LEVELS = {"province": 2, "district": 3, "ward": 5}
_NOT_LETTERS = re.compile(r"[\W_]+")


class Unit(NamedTuple):
    """A unit of either list: name without marks, spaces and signs, and the code of the unit above."""

    name: str
    above: str


def letters(name: str) -> str:
    """What is compared of a name: marks, spaces, hyphens and apostrophes are written in many ways."""
    return _NOT_LETTERS.sub("", fold(name))


def read_oracle(wheel: Path) -> dict[str, dict[str, Unit]]:
    """The units of the package by level and code."""
    with ZipFile(wheel) as archive:
        rows = json.loads(archive.read(LIST))
    found: dict[str, dict[str, Unit]] = {level: {} for level in LEVELS}
    for row in rows:
        above = ""
        for level, digits in LEVELS.items():
            if not row.get(f"{level}_code"):
                continue
            code = f"{row[f'{level}_code']:0{digits}}"
            found[level][code] = Unit(letters(row[f"{level}_name"]), above)
            above = code
    return found


def why_not(unit: PastUnit, oracle: dict[str, Unit]) -> str:
    """Why the earlier list does not confirm a unit of ours; empty if it does."""
    other = oracle.get(unit.code)
    if other is None:
        return "absent"
    if other.above != unit.above:
        return "above"
    return "" if other.name == letters(unit.name) else "name"


def unconfirmed(wheel: Path) -> Iterator[dict[str, str]]:
    """Every unit of ours that the earlier list does not hold with this code, name and unit above."""
    oracle = read_oracle(wheel)
    ours = {"province": past_provinces(), "district": past_districts(), "ward": past_communes()}
    for level, units in ours.items():
        for unit in units:
            if why := why_not(unit, oracle[level]):
                yield {"level": "commune" if level == "ward" else level, "code": unit.code, "why": why}


def main(wheel: Path) -> None:
    """Write the differences and count them."""
    rows = list(unconfirmed(wheel))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["level", "code", "why"], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    sys.stdout.write(f"{len(rows)} units not confirmed: {dict(Counter((row['level'], row['why']) for row in rows))}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
