"""The rubrics by which the sheets of a round are written and judged, opened once for each reading of the law."""

from __future__ import annotations

from functools import cache

from densach.assessing.models import Round
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import BY_MODEL, Title, rubric_on
from densach.policy.library import Library, open_library
from densach.rules.judging import Judge
from densach.rules.model import Fact
from densach.rules.verdicts import Verdict, verdict_of

CITIZEN, FAMILY = BY_MODEL["citizen"], BY_MODEL["family"]


def judge_for(round_: Round, title: Title) -> Judge:
    """The judge of a title in a round; refused (R101) where the law of that year holds no rubric or several."""
    return _judge(tuple(round_.packs.split(",")), round_.year, title)


def library_of(round_: Round) -> Library:
    """The law that a round goes by."""
    return _library(tuple(round_.packs.split(",")))


def asked(judge: Judge) -> tuple[Fact, ...]:
    """The questions that people answer, in the order of the sheet; what the register counts nobody is asked."""
    return tuple(fact for fact in judge.rubric.facts if fact.counts is None)


def verdict_only(judge: Judge, bounds: list[int]) -> Verdict:
    """The verdict alone, for many at once."""
    values = judge.values(bounds)
    at, level = judge.lowered.nothing_applies, judge.lowered.level
    return verdict_of(values[at], values[at + 1], values[level], values[level + 1])


@cache
def _library(packs: tuple[str, ...]) -> Library:
    return open_library(packs)


@cache
def _judge(packs: tuple[str, ...], year: int, title: Title) -> Judge:
    return judge_of(rubric_on(_library(packs), title, judged_on(Round(year=year))))
