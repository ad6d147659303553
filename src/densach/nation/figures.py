"""The figures a synthetic population is drawn by, with their sources, and what is assumed where no source speaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WHOLE = 10_000  # shares are written in parts of ten thousand


@dataclass(frozen=True)
class Marginal:
    """One share of a population, as a source gives it."""

    measure: str
    key: str
    share: int
    year: int
    source: str
    mark: str


@dataclass(frozen=True)
class Assumed:
    """What no source gives and was chosen, in words; `value` where it is a number."""

    id: str
    value: int | None
    text_vi: str
    text_en: str


@dataclass(frozen=True)
class Answered:
    """How often a yes/no fact of a level is answered yes, and how often not at all; assumed."""

    level: str
    fact: str
    yes: int
    missing: int


@cache
def marginals() -> tuple[Marginal, ...]:
    """Every marginal with its year, source and mark."""
    return tuple(
        Marginal(row["measure"], row["key"], int(row["per_10000"]), int(row["year"]), row["source"], row["mark"])
        for row in _rows("marginals.csv")
    )


def shares_of(measure: str) -> dict[str, int]:
    """The shares of one measure by key, in parts of ten thousand."""
    return {one.key: one.share for one in marginals() if one.measure == measure}


@cache
def assumptions() -> dict[str, Assumed]:
    """What is assumed, by id."""
    return {
        row["id"]: Assumed(row["id"], int(row["value"]) if row["value"] else None, row["text_vi"], row["text_en"])
        for row in _rows("assumptions.csv")
    }


def assumed(name: str) -> int:
    """The number that is assumed."""
    value = assumptions()[name].value
    assert value is not None  # noqa: S101  - only assumptions with a number are asked so
    return value


def answers(level: str) -> tuple[Answered, ...]:
    """The yes/no facts that a level is given answers to."""
    return tuple(
        Answered(level, row["fact"], int(row["yes_per_10000"]), int(row["missing_per_10000"]))
        for row in _rows("answers.csv")
        if row["level"] == level
    )


@cache
def literate() -> dict[str, int]:
    """Literate people aged 15 and over in a thousand, by the code of a province before 07/2025."""
    return {row["province"]: int(row["literate_permille"]) for row in _rows("literacy_2016.csv")}


def by_age() -> tuple[float, ...]:
    """The share of each age in the people, from 0 on; even within the ranges that are known."""
    shares: list[float] = []
    for key, share in shares_of("age").items():
        low, high = map(int, key.split("-"))
        shares += [share / WHOLE / (high - low + 1)] * (high - low + 1)
    return tuple(shares)


def farmers(*, urban: bool) -> float:
    """The share of farmers in towns or in the country side, so that the whole has as many as is given."""
    in_towns, town = assumed("farmers_urban") / WHOLE, shares_of("urban")["urban"] / WHOLE
    return in_towns if urban else (shares_of("occupation")["farmer"] / WHOLE - town * in_towns) / (1 - town)


def urban_share(group: str) -> float:
    """The share of a group that lives in towns."""
    town = shares_of("urban")["urban"] / WHOLE
    in_towns, outside = farmers(urban=True), farmers(urban=False)
    if group != "farmer":
        in_towns, outside = 1 - in_towns, 1 - outside
    return town * in_towns / (town * in_towns + (1 - town) * outside)


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(files("densach.nation").joinpath("data", name).read_text("utf-8").splitlines())
