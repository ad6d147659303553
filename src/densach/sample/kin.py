"""Who lives together: households of plausible size, ages and kinship, before they have names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from densach.sample.model import Relation
from densach.sample.names import Sex

# Per cent of households by size; 3.6 persons on average (census 2019 [M]).
_SIZES = {1: 8, 2: 17, 3: 19, 4: 28, 5: 16, 6: 8, 7: 4}
_YEAR = timedelta(days=365.25)
_BOYS_PER_MILLE = 526  # 111 boys to 100 girls at birth [M]

Line = Literal["own", "married_in"]


@dataclass(frozen=True)
class Kin:
    """One member without a name: `line` says whether the family name is the household's or came by marriage."""

    relation: Relation
    sex: Sex
    birth_date: date
    line: Line


def draw_household(random: Random, on: date) -> tuple[Kin, ...]:
    """The members of one household on a day, the head first."""
    size = random.choices(tuple(_SIZES), weights=tuple(_SIZES.values()))[0]
    if size == 1:
        return (_alone(random, on),)
    if size == 2 and random.randrange(100) < 60:
        return _couple(random, on, _years(random, 24, 82))
    if size >= 5 or (size == 4 and random.randrange(100) < 15):
        return _three_generations(random, on, size)
    return _parents_and_children(random, on, size)


def _alone(random: Random, on: date) -> Kin:
    is_old = random.randrange(100) < 65
    sex: Sex = "female" if random.randrange(100) < (70 if is_old else 45) else "male"
    return Kin("head", sex, _born(on, _years(random, 60, 88) if is_old else _years(random, 22, 59)), "own")


def _couple(random: Random, on: date, age: timedelta) -> tuple[Kin, Kin]:
    """Husband and wife; he is mostly a little older, and both are of age for marriage."""
    husband = _born(on, age)
    wife = min(husband + _years(random, -2, 6), on - 20 * _YEAR)
    return Kin("head", "male", husband, "own"), Kin("spouse", "female", wife, "married_in")


def _parents_and_children(random: Random, on: date, size: int) -> tuple[Kin, ...]:
    head, spouse = _couple(random, on, _years(random, 25, 62))
    parents: tuple[Kin, ...] = (head, spouse)
    if size == 2 or random.randrange(100) < 9:
        # A mother or a father alone with the children; the children keep the father's name either way.
        parents = (Kin("head", "female", spouse.birth_date, "married_in"),) if random.randrange(100) < 75 else (head,)
    return parents + tuple(_children(random, on, spouse.birth_date, size - len(parents), "child"))


def _three_generations(random: Random, on: date, size: int) -> tuple[Kin, ...]:
    husband, wife = _couple(random, on, _years(random, 25, 46))
    grandparents = tuple(_grandparents(random, husband))
    children = _children(random, on, wife.birth_date, size - 2 - len(grandparents), "child")
    if random.randrange(100) < 55:
        return (husband, wife, *grandparents, *children)
    return tuple(_headed_by_the_eldest(husband, wife, grandparents, tuple(children)))


def _grandparents(random: Random, husband: Kin) -> Iterator[Kin]:
    father = husband.birth_date - _years(random, 23, 36)
    mother = min(father + _years(random, -1, 6), husband.birth_date - 18 * _YEAR)
    both = random.randrange(100) < 55
    if both or random.randrange(100) < 25:
        yield Kin("parent", "male", father, "own")
        if not both:
            return
    yield Kin("parent", "female", mother, "married_in")


def _headed_by_the_eldest(
    husband: Kin, wife: Kin, grandparents: tuple[Kin, ...], children: tuple[Kin, ...]
) -> Iterator[Kin]:
    """The same home, where the eldest is written down as its head."""
    for place, elder in enumerate(grandparents):
        yield Kin("spouse" if place else "head", elder.sex, elder.birth_date, elder.line)
    yield Kin("child", husband.sex, husband.birth_date, husband.line)
    yield Kin("child_in_law", wife.sex, wife.birth_date, wife.line)
    for child in children:
        yield Kin("grandchild", child.sex, child.birth_date, child.line)


def _children(random: Random, on: date, mother: date, count: int, relation: Relation) -> Iterator[Kin]:
    """Children one after another from the mother's twentieth year on, born before the day, not older than 30."""
    earliest = max(mother + 20 * _YEAR, on - 30 * _YEAR)
    latest = min(on - timedelta(days=1), mother + 42 * _YEAR)
    born = earliest + random.random() * 0.5 * max(latest - earliest, timedelta())
    for _ in range(count):
        if born > latest:
            return
        sex: Sex = "male" if random.randrange(1000) < _BOYS_PER_MILLE else "female"
        yield Kin(relation, sex, born, "own")
        born += _years(random, 2, 6)


def _born(on: date, age: timedelta) -> date:
    return on - age


def _years(random: Random, low: int, high: int) -> timedelta:
    return timedelta(days=random.randrange(int(low * 365.25), int(high * 365.25)))
