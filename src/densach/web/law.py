"""The law as this process has opened it: once, because its files do not change under a running server."""

from __future__ import annotations

from functools import cache

from densach.assessing import run
from densach.assessing.models import Round
from densach.assessing.titles import BY_KEY, rubric_on
from densach.policy.library import Library, open_library
from densach.rules.judging import Judge


@cache
def law() -> Library:
    """The published national law; the pages of the public never show the fictional pack."""
    return open_library()


@cache
def judge_of(rubric_id: str) -> Judge:
    """The judge of a rubric as it stands now; refused (P120) for an id that is not there."""
    effective = law().rubric(rubric_id)
    return Judge(effective.rubric, effective.sources)


def law_of(round_: Round) -> Library:
    """The law that a round goes by; the fictional pack takes part only in rounds that were opened so."""
    return _opened(round_.packs)


def judge_for(round_: Round, title_key: str) -> Judge:
    """The judge of a title in a round, as its rubric stands on the day that the facts are taken at."""
    return _judge_for(round_.packs, title_key, round_.year)


@cache
def _opened(packs: str) -> Library:
    return open_library(tuple(packs.split(",")))


@cache
def _judge_for(packs: str, title_key: str, year: int) -> Judge:
    on = run.judged_on(Round(year=year))
    return run.judge_of(rubric_on(_opened(packs), BY_KEY[title_key], on))
