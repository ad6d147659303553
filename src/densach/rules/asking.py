"""What to ask next: the facts that could still change a verdict, the texts that are missing, the smallest steps.

From an *unknown* verdict come the questions whose answer can decide it. From an *unmet* one come the steps: each
demand that is missed, and, where only points are missing, the fewest indicators that could make them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from densach.rules.climbing import Step, steps_to_met
from densach.rules.judging import Finding, Judge, Judgement
from densach.rules.lowering import answer_of, indicators_of, rank_is_sure
from densach.rules.model import Cite, Criterion, Fact, Indicator
from densach.rules.sheet import Facts


class Question(Struct, frozen=True, omit_defaults=True):
    """One thing to find out (`fact`), a text to read (`law`), or a change that would help (`step`)."""

    kind: Literal["fact", "law", "step"]
    id: str
    indicator: str
    title_vi: str
    title_en: str
    cites: tuple[Cite, ...]
    answered_by: str | None = None
    proof_vi: str | None = None
    proof_en: str | None = None
    now: int | bool | str | tuple[int, int] | None = None
    to: int | bool | str | None = None


def ask(judge: Judge, facts: Facts, judgement: Judgement) -> tuple[Question, ...]:
    """The questions that follow from a judgement, each once, in the order of the sheet; none from a clear yes."""
    if judgement.verdict == "unknown":
        return tuple(_once([*_open_facts(judge, facts, judgement), *_open_law(judge, judgement)]))
    if judgement.verdict == "unmet":
        return tuple(_about_step(facts, step) for step in steps_to_met(judge, facts))
    return ()


def _once(questions: Iterable[Question]) -> Iterator[Question]:
    seen: set[tuple[str, str]] = set()
    for question in questions:
        if (question.kind, question.id) not in seen:
            seen.add((question.kind, question.id))
            yield question


def _open_facts(judge: Judge, facts: Facts, judgement: Judgement) -> Iterator[Question]:
    bounds = judge.sheet.bounds(facts)
    for indicator, finding in _pairs(judge, judgement):
        for missing in finding.missing:
            if missing.kind == "fact" and judge.mattering.can_decide(bounds, missing.id):
                yield _about_fact(judge, indicator, missing.id)


def _open_law(judge: Judge, judgement: Judgement) -> Iterator[Question]:
    rubric = judge.rubric
    if not judgement.findings or rubric.style == "unknown":
        yield Question("law", rubric.id, "", rubric.title_vi, rubric.title_en, rubric.cites)
    for (criterion, indicator), finding in zip(indicators_of(rubric), judgement.findings, strict=True):
        for missing in finding.missing:
            if missing.kind == "law" and not indicator.optional:
                yield _about_law(criterion, indicator, missing.id)
    for level in rubric.levels:
        if rubric.style == "points" and level.passes and not rank_is_sure(level, judge.deciding):
            yield Question("law", f"level_{level.id}", "", level.name_vi, level.name_en, level.cites)


def _about_law(criterion: Criterion, indicator: Indicator, gap: str) -> Question:
    """A text to read; an indicator whose own words were not seen is called by its criterion."""
    title_vi = indicator.text_vi or criterion.title_vi or ""
    title_en = indicator.text_en or criterion.title_en or ""
    return Question("law", gap, indicator.id, title_vi, title_en, indicator.cites)


def _about_fact(judge: Judge, indicator: Indicator, fact_id: str) -> Question:
    fact = _fact(judge, fact_id)
    return Question(
        "fact", fact.id, indicator.id, fact.title_vi, fact.title_en, indicator.cites,
        fact.answered_by, fact.proof_vi, fact.proof_en,
    )  # fmt: skip


def _about_step(facts: Facts, step: Step) -> Question:
    to = None if step.to is None else answer_of(step.fact, step.to)
    return Question(
        "step", step.fact.id, step.indicator.id, step.fact.title_vi, step.fact.title_en, step.indicator.cites,
        step.fact.answered_by, step.fact.proof_vi, step.fact.proof_en, facts.get(step.fact.id), to,
    )  # fmt: skip


def _pairs(judge: Judge, judgement: Judgement) -> Iterator[tuple[Indicator, Finding]]:
    indicators = (indicator for _, indicator in indicators_of(judge.rubric))
    return zip(indicators, judgement.findings, strict=True)


def _fact(judge: Judge, fact_id: str) -> Fact:
    return judge.rubric.facts[judge.sheet.index[fact_id]]
