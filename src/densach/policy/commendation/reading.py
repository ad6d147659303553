"""The law of commendation as the published national files have it, read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from densach.policy.commendation.model import CommendationLaw, Money
from densach.policy.files import HOME
from densach.policy.library import read_entries

FOLDER = HOME / "vn" / "commendation"


@cache
def commendation_law() -> CommendationLaw:
    """The law of commendation that is shipped."""
    return CommendationLaw(
        regimes=tuple(_values("regimes")),
        awards={each.code: each for each in _values("awards")},
        authorities={each.code: each for each in _values("authorities")},
        rules={each.id: each for each in _values("rules")},
        forms={each.code: each for each in _values("forms")},
        templates={each.code: each for each in _values("templates")},
        money=_money(),
        parameters=tuple(_values("parameters")),
        calendars={each.year: each for path in sorted(FOLDER.glob("*.calendar.yaml")) for each in _of(path)},
    )


def _money() -> Money:
    return next(_of(FOLDER / "money.yaml"))  # type: ignore[no-any-return]


def _values(name: str) -> Iterator[Any]:
    return _of(FOLDER / f"{name}.yaml")


def _of(path: Path) -> Iterator[Any]:
    return (entry.value for entry in read_entries(path))
