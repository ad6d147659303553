"""Ten scores for everybody: drawn about a level that is set so that each group passes as often as was published."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from densach.nation.figures import WHOLE, by_age, shares_of, urban_share

SCORES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
HARDER = {"b1": 0.8, "b2": 2.0}
GROUPS = ("child", "farmer", "worker", "official", "student")
AS_WORKERS = "student"
FLOOR, PASSING = 5, 80  # what the published shares were judged by; only the calibration knows them
ADULT, STUDIES_TO = 18, 22
TRIED, HALVINGS = 60_000, 18
HOME, OWN, CHANCE = 0.5, 0.7, 1.1
Numbers = NDArray[np.float32]
Codes = NDArray[np.int8]


class People(NamedTuple):
    """Of whom scores are drawn, person by person."""

    group: Codes
    age: Codes
    urban: NDArray[np.bool_]
    home: Numbers


def draw_scores(chance: np.random.Generator, people: People) -> dict[str, Codes]:
    """The scores of everybody, 0 to 10, about the level of the group."""
    levels = np.array([calibrated().get(name, 0.0) for name in GROUPS], dtype=np.float32)
    own = levels[people.group] + HOME * people.home + OWN * _normal(chance, len(people.age))
    return {name: _score(chance, own, name, people) for name in SCORES}


def _score(chance: np.random.Generator, own: Numbers, name: str, people: People) -> Codes:
    drawn = own + CHANCE * _normal(chance, len(own))
    if name in HARDER:
        old = np.clip(people.age.astype(np.float32) - 40, 0, None) / 20
        drawn -= HARDER[name] * (1 + 0.4 * old + 0.5 * ~people.urban)
    return np.clip(np.rint(drawn), 0, 10).astype(np.int8)


@cache
def calibrated() -> dict[str, float]:
    """The level of each group at which it passes as often as was published; the same at every run."""
    wanted = shares_of("passes")
    wanted[AS_WORKERS] = wanted["worker"]
    return {group: _level(GROUPS.index(group), share / WHOLE) for group, share in wanted.items()}


def _level(group: int, wanted: float) -> float:
    chance = np.random.default_rng([324, group])
    people = People(
        np.full(TRIED, group, dtype=np.int8),
        _ages(chance, GROUPS[group]),
        chance.random(TRIED) < urban_share(GROUPS[group]),
        _normal(chance, TRIED),
    )
    own = HOME * people.home + OWN * _normal(chance, TRIED)
    state = chance.bit_generator.state
    low, high = 0.0, 20.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        chance.bit_generator.state = state
        low, high = (middle, high) if _pass_rate(chance, own + np.float32(middle), people) < wanted else (low, middle)
    return high


def _ages(chance: np.random.Generator, group: str) -> Codes:
    shares = np.array(by_age())
    shares[:ADULT] = 0
    if group == AS_WORKERS:
        shares[STUDIES_TO + 1 :] = 0
    return chance.choice(len(shares), TRIED, p=shares / shares.sum()).astype(np.int8)


def _pass_rate(chance: np.random.Generator, own: Numbers, people: People) -> float:
    scores = np.stack([_score(chance, own, name, people) for name in SCORES])
    passing = (scores.sum(axis=0, dtype=np.int16) >= PASSING) & (scores.min(axis=0) >= FLOOR)
    return float(passing.mean())


def _normal(chance: np.random.Generator, count: int) -> Numbers:
    return chance.standard_normal(count, dtype=np.float32)
