"""Households, people, clans and units of some communes, drawn by the marginals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from densach.nation.figures import WHOLE, answers, assumed, by_age, farmers, shares_of
from densach.nation.scores import ADULT, GROUPS, SCORES, STUDIES_TO, People, draw_scores

Integers = NDArray[np.int64]
READS = 15
NOBODY = -1  # becomes null
PLACE = 10_000  # a clan, unit or village is numbered within its commune


@dataclass(frozen=True)
class Part:
    """Some whole communes of one province that are drawn together; the arrays have one entry a commune."""

    province: str
    communes: Integers
    sizes: Integers
    urban: NDArray[np.bool_]
    first_citizen: int
    literate: float
    minority: float


Tables = dict[str, pl.DataFrame]


def draw(part: Part, chance: np.random.Generator) -> Tables:
    """The tables of a part: citizens, households, villages, clans, units and communes."""
    starts, at = _households(part, chance)
    members = np.diff(np.append(starts, part.sizes.sum()))
    commune = part.communes[at]
    households = _homes(part, chance, starts, at)
    citizens = _people(part, chance, starts, members, at)
    units = citizens["unit"].drop_nulls().unique().sort()
    clans = households["clan"].drop_nulls().unique().sort()
    villages = households["village"].unique().sort()
    return {
        "citizens": citizens.with_columns(pl.Series("commune", np.repeat(commune, members), pl.Int32)),
        "households": households,
        "villages": pl.DataFrame({"village": villages, "commune": villages // PLACE}),
        "clans": _answered("clans", chance, pl.DataFrame({"clan": clans, "commune": clans // PLACE})),
        "units": _answered("units", chance, pl.DataFrame({"unit": units, "commune": units // PLACE})),
        "communes": _answered("communes", chance, pl.DataFrame({"commune": pl.Series(part.communes, dtype=pl.Int32)})),
    }


def _households(part: Part, chance: np.random.Generator) -> tuple[Integers, Integers]:
    """Where each household starts among the people, and which commune it is of; none crosses a commune."""
    shares = shares_of("household")
    people, ends = int(part.sizes.sum()), np.cumsum(part.sizes)
    drawn = chance.choice(
        np.array([int(size) for size in shares]), people // 3 + 1000, p=np.array([*shares.values()]) / WHOLE
    )
    inside = np.cumsum(drawn)
    starts = np.unique(np.concatenate([[0], inside[inside < people], ends[:-1]])).astype(np.int64)
    return starts, np.searchsorted(ends, starts, side="right")


def _homes(part: Part, chance: np.random.Generator, starts: Integers, at: Integers) -> pl.DataFrame:
    """Households with village, clan and answers; a village is a stretch of households."""
    counts = np.bincount(at, minlength=len(part.communes))
    place = np.arange(len(at)) - (np.cumsum(counts) - counts)[at]
    villages = np.maximum(1, part.sizes // assumed("village_persons"))
    clans = np.maximum(1, counts // assumed("clan_households"))
    clan = part.communes[at] * PLACE + chance.integers(0, clans[at])
    shared = np.clip(np.rint(13 + 4 * chance.standard_normal(len(at))), 0, 20).astype(np.int8)
    table = pl.DataFrame(
        {
            "household": part.first_citizen + starts,
            "commune": pl.Series(part.communes[at], dtype=pl.Int32),
            "village": pl.Series(part.communes[at] * PLACE + place * villages[at] // counts[at], dtype=pl.Int32),
            "clan": pl.Series(np.where(chance.random(len(at)) < 0.1, NOBODY, clan), dtype=pl.Int32),
            "shared_learning": shared,
        }
    )
    return _answered("households", chance, table.with_columns(_known("clan")))


def _people(part: Part, chance: np.random.Generator, starts: Integers, members: Integers, at: Integers) -> pl.DataFrame:
    people = int(part.sizes.sum())
    commune = np.repeat(at, members)
    heads = np.zeros(people, dtype=np.bool_)
    heads[starts] = True
    age = _ages(chance, heads)
    urban = part.urban[commune]
    group = _groups(chance, age, urban)
    home = np.repeat(chance.standard_normal(len(at), dtype=np.float32), members)
    scores = draw_scores(chance, People(group, age, urban, home))
    child = age < ADULT
    for name in SCORES:
        scores[name][child | (chance.random(people, dtype=np.float32) < assumed("scores_missing") / WHOLE)] = NOBODY
    minority = chance.random(len(at)) < part.minority
    table = pl.DataFrame(
        {
            "citizen": part.first_citizen + np.arange(people),
            "household": part.first_citizen + np.repeat(starts, members),
            "unit": pl.Series(_units(part, chance, group, commune), dtype=pl.Int32),
            "sex": (chance.random(people, dtype=np.float32) >= shares_of("sex")["male"] / WHOLE).astype(np.int8),
            "age": age,
            "urban": urban.astype(np.int8),
            "ethnicity": np.repeat(minority, members).astype(np.int8),
            "occupation": group,
            "literacy": _literacy(part, chance, age),
            **scores,
        }
    )
    return table.with_columns(_known("unit", "literacy", *SCORES))


def _ages(chance: np.random.Generator, heads: NDArray[np.bool_]) -> NDArray[np.int8]:
    head, other = _age_tables(round(float(heads.mean()), 6))
    drawn = chance.random(len(heads))
    return np.where(heads, np.searchsorted(head, drawn), np.searchsorted(other, drawn)).astype(np.int8)


@cache
def _age_tables(heads: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cumulated shares by age for heads of households, who are adults, and for the rest, so that all is as given."""
    shares = np.array(by_age())
    adults = np.where(np.arange(len(shares)) >= ADULT, shares, 0)
    adults /= adults.sum()
    rest = np.clip(shares - heads * adults, 0, None)
    tables = [np.cumsum(table / table.sum()) for table in (adults, rest)]
    for table in tables:
        table[-1] = 1.0
    return tables[0], tables[1]


def _groups(chance: np.random.Generator, age: NDArray[np.int8], urban: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The occupation group of everybody, as its place in GROUPS."""
    shares = shares_of("occupation")
    farming = np.where(urban, farmers(urban=True), farmers(urban=False))
    workers = shares["worker"] / (shares["worker"] + shares["official"])
    drawn = chance.random(len(age))
    other = np.where(drawn < farming + (1 - farming) * workers, GROUPS.index("worker"), GROUPS.index("official"))
    group = np.where(drawn < farming, GROUPS.index("farmer"), other)
    studies = (age <= STUDIES_TO) & (chance.random(len(age)) < assumed("students") / WHOLE)
    group = np.where(studies, GROUPS.index("student"), group)
    return np.where(age < ADULT, GROUPS.index("child"), group).astype(np.int8)


def _units(part: Part, chance: np.random.Generator, group: NDArray[np.int8], commune: Integers) -> Integers:
    official, worker = (group == GROUPS.index(name) for name in ("official", "worker"))
    member = official | (worker & (chance.random(len(group), dtype=np.float32) < 0.5))
    counts = np.bincount(commune[member], minlength=len(part.communes))
    units = np.maximum(1, counts // assumed("unit_members"))
    return np.where(member, part.communes[commune] * PLACE + chance.integers(0, units[commune]), NOBODY)


def _literacy(part: Part, chance: np.random.Generator, age: NDArray[np.int8]) -> NDArray[np.int8]:
    """Level 0, 1 or 2 from the age on at which reading is counted."""
    drawn = chance.random(len(age))
    second = part.literate * assumed("literate_level_2") / WHOLE
    level = (drawn < part.literate).astype(np.int8) + (drawn < second)
    return np.where(age < READS, NOBODY, level).astype(np.int8)


def _answered(level: str, chance: np.random.Generator, table: pl.DataFrame) -> pl.DataFrame:
    """The table with its yes/no facts, some of them left empty."""
    for asked in answers(level):
        drawn = chance.integers(0, WHOLE, table.height)
        yes = pl.Series(asked.fact, drawn < asked.yes)
        empty = pl.Series(chance.integers(0, WHOLE, table.height) < asked.missing)
        table = table.with_columns(pl.when(~empty).then(yes).alias(asked.fact))
    return table


def _known(*names: str) -> list[pl.Expr]:
    return [pl.when(pl.col(name) != NOBODY).then(pl.col(name)).alias(name) for name in names]
