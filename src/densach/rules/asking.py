"""What to ask next: the facts that could still change a verdict, the texts that are missing, the smallest steps.

From an *unknown* verdict come the questions whose answer can move it. From an *unmet* one come the steps: each
demand that is missed, and, where only points are missing, the fewest indicators that could make them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from densach.rules.judging import Finding, Judge, Judgement
from densach.rules.lowering import HUNDREDTHS, decides, hundredths, indicators_of
from densach.rules.model import Cite, Fact, Indicator, Threshold
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
    now: int | bool | str | None = None
    to: int | bool | str | None = None


def ask(judge: Judge, facts: Facts, judgement: Judgement) -> tuple[Question, ...]:
    """The questions that follow from a judgement, each once, in the order of the sheet; none from a clear yes."""
    if judgement.verdict == "unknown":
        return tuple(_once([*_open_facts(judge, facts, judgement), *_open_law(judge, judgement)]))
    if judgement.verdict == "unmet":
        return tuple(_once(_steps(judge, facts, judgement)))
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
            if missing.kind == "fact" and _can_move(judge, bounds, missing.id, indicator):
                yield _about_fact(judge, indicator, missing.id)


def _can_move(judge: Judge, bounds: list[int], fact_id: str, indicator: Indicator) -> bool:
    """Whether the indicator comes out differently when only this fact becomes known, lowest or highest."""
    at = 2 * judge.sheet.index[fact_id]
    outcomes = []
    for number in (bounds[at], bounds[at + 1]):
        pinned = bounds.copy()
        pinned[at] = pinned[at + 1] = number
        outcomes.append(_outcome(judge, judge.values(pinned), indicator))
    return not indicator.optional and outcomes[0] != outcomes[1]


def _outcome(judge: Judge, values: tuple[int, ...], indicator: Indicator) -> tuple[int, ...]:
    outputs = judge.lowered.indicators[indicator.id]
    places = (outputs.not_applicable, outputs.points, *outputs.met.values())
    return tuple(values[at + end] for at in places for end in (0, 1))


def _open_law(judge: Judge, judgement: Judgement) -> Iterator[Question]:
    rubric = judge.rubric
    if not judgement.findings or rubric.style == "unknown":
        yield Question("law", rubric.id, "", rubric.title_vi, rubric.title_en, rubric.cites)
    for indicator, finding in _pairs(judge, judgement):
        for missing in finding.missing:
            if missing.kind == "law" and not indicator.optional:
                yield _about_law(indicator, missing.id)
    for level in rubric.levels:
        if rubric.style == "points" and level.passes and (level.at_least is None or level.at_least.value == "unknown"):
            yield Question("law", f"level_{level.id}", "", level.name_vi, level.name_en, level.cites)


def _about_law(indicator: Indicator, gap: str) -> Question:
    title_vi, title_en = indicator.text_vi or "", indicator.text_en or ""
    return Question("law", gap, indicator.id, title_vi, title_en, indicator.cites)


def _about_fact(judge: Judge, indicator: Indicator, fact_id: str) -> Question:
    fact = _fact(judge, fact_id)
    return Question(
        "fact", fact.id, indicator.id, fact.title_vi, fact.title_en, indicator.cites,
        fact.answered_by, fact.proof_vi, fact.proof_en,
    )  # fmt: skip


def _steps(judge: Judge, facts: Facts, judgement: Judgement) -> Iterable[Question]:
    demanded = (
        _step_to_met(judge, indicator, facts)
        for indicator, finding in _pairs(judge, judgement)
        if _is_demanded(judge, indicator) and finding.verdict == "unmet"
    )
    steps = {step.id: step for step in demanded if step is not None}
    for step in _steps_for_points(judge, facts, judgement, steps):
        first = steps.get(step.id)
        steps[step.id] = msgspec.structs.replace(step, now=first.now) if first else step
    return steps.values()


def _is_demanded(judge: Judge, indicator: Indicator) -> bool:
    """Whether the rubric falls with this indicator alone, at the lowest level that it offers."""
    if indicator.optional or not decides(indicator, judge.deciding):
        return False
    if judge.rubric.style == "points":
        return indicator.required or indicator.floor is not None
    return judge.lowered.ladder[0] in indicator.levels


def _step_to_met(judge: Judge, indicator: Indicator, facts: Facts) -> Question | None:
    fact = _fact(judge, indicator.fact)
    threshold = indicator.floor or next(iter(indicator.levels.values()), None)
    if threshold is None:
        return None
    return _step(indicator, fact, facts.get(fact.id), _needed(indicator, threshold, facts))


def _needed(indicator: Indicator, threshold: Threshold, facts: Facts) -> int | bool | str | None:
    """What the fact must become: for a share, the fewest that reach it of the base as it is."""
    lowest = threshold.between[0] if threshold.value == "unknown" and threshold.between else threshold.value
    if lowest == "unknown":
        return None
    if indicator.test != "share":
        return lowest
    base = facts.get(indicator.base or "")
    return -(-int(base) * hundredths(lowest) // HUNDREDTHS) if isinstance(base, int) else None


def _steps_for_points(
    judge: Judge, facts: Facts, judgement: Judgement, steps: dict[str, Question]
) -> Iterator[Question]:
    """The fewest indicators that make up the points still missing: those that must move anyway, then most room."""
    short = _points_short(judge, judgement) - sum(_gain(step) for step in steps.values())
    for room in sorted(_rooms(judge, facts, judgement), key=lambda room: (room.id not in steps, -_gain(room))):
        if short <= 0:
            return
        taken = min(short, _gain(room))
        yield msgspec.structs.replace(room, to=int(room.now or 0) + taken)
        short -= taken


def _points_short(judge: Judge, judgement: Judgement) -> int:
    if judge.rubric.style != "points" or judgement.points is None or judgement.points.high is None:
        return 0
    passing = [level.at_least.value for level in judge.rubric.levels if level.passes and level.at_least is not None]
    known = [value for value in passing if isinstance(value, int)]
    return max(0, min(known) - judgement.points.high) if known else 0


def _rooms(judge: Judge, facts: Facts, judgement: Judgement) -> Iterator[Question]:
    for indicator, finding in _pairs(judge, judgement):
        if indicator.test != "score" or finding.points is None or finding.verdict == "not_applicable":
            continue
        fact = _fact(judge, indicator.fact)
        start = max(finding.points.high or 0, _floor(indicator))
        if facts.get(fact.id) is not None and isinstance(indicator.points, int) and indicator.points > start:
            yield _step(indicator, fact, start, indicator.points)


def _floor(indicator: Indicator) -> int:
    return int(indicator.floor.value) if indicator.floor and indicator.floor.value != "unknown" else 0


def _step(indicator: Indicator, fact: Fact, now: int | bool | str | None, to: int | bool | str | None) -> Question:
    return Question(
        "step", fact.id, indicator.id, fact.title_vi, fact.title_en, indicator.cites,
        fact.answered_by, fact.proof_vi, fact.proof_en, now, to,
    )  # fmt: skip


def _gain(step: Question) -> int:
    return int(step.to) - int(step.now) if type(step.to) is int and type(step.now) is int else 0


def _pairs(judge: Judge, judgement: Judgement) -> Iterator[tuple[Indicator, Finding]]:
    indicators = (indicator for _, indicator in indicators_of(judge.rubric))
    return zip(indicators, judgement.findings, strict=True)


def _fact(judge: Judge, fact_id: str | None) -> Fact:
    assert fact_id is not None  # noqa: S101  - only an unread indicator has no fact, and it asks for none
    return judge.rubric.facts[judge.sheet.index[fact_id]]
