"""The rubrics by which the sheets of a round are written and judged, made ready once for each reading of the law."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from densach.assessing.models import Round
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import BY_MODEL, Title, rubric_on
from densach.policy.library import Effective, Library
from densach.rules.judging import Judge
from densach.rules.model import Fact
from densach.rules.verdicts import Verdict, verdict_of

CITIZEN, FAMILY = BY_MODEL["citizen"], BY_MODEL["family"]


def judge_for(round_: Round, title: Title, library: Library) -> Judge:
    """The judge of a title in a round; refused (R101) where the law of that year holds no rubric or several."""
    effective = rubric_on(library, title, judged_on(round_))
    return _judge(_MadeOf(effective.sources, effective))


def asked(judge: Judge) -> tuple[Fact, ...]:
    """The questions that people answer, in the order of the sheet; what the register counts nobody is asked."""
    return tuple(fact for fact in judge.rubric.facts if fact.counts is None)


def verdict_only(judge: Judge, bounds: list[int]) -> Verdict:
    """The verdict alone, for many at once."""
    values = judge.values(bounds)
    at, level = judge.lowered.nothing_applies, judge.lowered.level
    return verdict_of(values[at], values[at + 1], values[level], values[level + 1])


@dataclass(frozen=True)
class _MadeOf:
    """The bytes that a rubric was made of say which it is; the rubric itself only comes along."""

    sources: tuple[tuple[str, str], ...]
    effective: Effective = field(compare=False)


@lru_cache(maxsize=64)
def _judge(made_of: _MadeOf) -> Judge:
    return judge_of(made_of.effective)
