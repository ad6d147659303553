"""Rubric 324 padded to 20 indicators, and random subjects for it: what the benches of the engine judge."""

from __future__ import annotations

import random

import msgspec

from densach.policy.library import open_library
from densach.rules.judging import Judge
from densach.rules.model import Criterion, Indicator, Rubric, Threshold

RUBRIC, PASSING = "congdan-324-2022", 160
Subject = dict[str, int]


def padded_judge() -> Judge:
    """The judge of the padded rubric, with the real policy bytes as its sources."""
    effective = open_library().rubric(RUBRIC)
    return Judge(_twice(effective.rubric), effective.sources)


def _twice(rubric: Rubric) -> Rubric:
    """Every indicator a second time under another name: 20 indicators, 200 points, 160 to pass, the same floors."""
    facts = (*rubric.facts, *(msgspec.structs.replace(fact, id=f"{fact.id}_again") for fact in rubric.facts))
    criteria = (*rubric.criteria, *(_again(criterion) for criterion in rubric.criteria))
    [level] = rubric.levels
    passing = Threshold(value=PASSING, mark=level.mark)
    levels = (msgspec.structs.replace(level, at_least=passing),)
    return msgspec.structs.replace(
        rubric, facts=facts, criteria=criteria, levels=levels, total=2 * int(rubric.total or 0)
    )


def _again(criterion: Criterion) -> Criterion:
    indicators = tuple(_renamed(indicator) for indicator in criterion.indicators)
    return msgspec.structs.replace(criterion, id=f"{criterion.id}_again", indicators=indicators)


def _renamed(indicator: Indicator) -> Indicator:
    return msgspec.structs.replace(indicator, id=f"{indicator.id}_again", fact=f"{indicator.fact}_again")


def random_subjects(judge: Judge, count: int, seed: int = 324) -> list[Subject]:
    """Good, middling and poor subjects near the pass mark; a third of them lacks some facts."""
    chance = random.Random(seed)  # noqa: S311  - a bench wants the same subjects each time
    names = [fact.id for fact in judge.rubric.facts]
    return [_subject(chance, names) for _ in range(count)]


def _subject(chance: random.Random, names: list[str]) -> Subject:
    lowest = chance.choice([0, 3, 5, 6, 7])
    missing = chance.choice([0, 0, 0.05, 0.3])
    return {name: chance.randint(lowest, 10) for name in names if chance.random() >= missing}
