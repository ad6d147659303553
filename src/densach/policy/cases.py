"""Worked cases beside each rubric, which a jurist can read and a test runs."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from densach.rules.model import Day, LevelId


class PointSpan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fewest and the most points; `high` null where the text gives no total."""

    low: int
    high: int | None


class Expectation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must come out; what is left out is not looked at."""

    in_force: Literal["yes", "no", "unknown"] | None = None
    verdict: Literal["met", "unmet", "unknown", "not_applicable"] | None = None
    level: LevelId | None = None
    points: PointSpan | None = None


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One subject on one day: the facts given, and what is expected of them."""

    name: str
    on: Day
    given: dict[str, bool | int | str] = {}
    expect: Expectation


class Cases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The worked cases of one rubric."""

    rubric: str
    cases: tuple[Case, ...]
