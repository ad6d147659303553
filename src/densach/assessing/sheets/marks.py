"""A sheet at a glance: one mark for each indicator, and how many things are still lacking.

While a sheet is written its marks say only what is written down; what the law gives comes once it was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from densach.assessing.models import Assessment
from densach.assessing.sheets.models import Sheet, State
from densach.rules.asking import ask
from densach.rules.judging import Finding, Judge
from densach.rules.receipt import Receipt
from densach.rules.sheet import Given
from densach.rules.verdicts import Verdict

Facts = dict[str, Given]
Mark = Verdict | Literal["written", "open"]


@dataclass(frozen=True)
class Glance:
    """The marks of a sheet in the order of its indicators, and the number of things that are lacking."""

    marks: tuple[tuple[str, Mark], ...]
    lacking: int


def glance_at(judge: Judge, sheet: Sheet, assessment: Assessment | None) -> Glance:
    """What of a sheet is written down; after it was sent, what came out, and what is to find out or to do."""
    if sheet.state == State.WRITING or assessment is None:
        return _written(judge, sheet)
    facts = facts_judged(judge, assessment)
    judgement = judge.judge(facts)
    lacking = sum(question.kind != "law" for question in ask(judge, facts, judgement))
    return Glance(tuple((one.id, one.verdict) for one in judgement.findings), lacking)


def facts_judged(judge: Judge, assessment: Assessment) -> Facts:
    """The facts that a verdict was sealed with."""
    facts = msgspec.json.decode(assessment.receipt, type=Receipt).facts
    return {name: answer for name, answer in facts.items() if name in judge.sheet.index}


def facts_written(judge: Judge, sheet: Sheet) -> Facts:
    """What is written on a sheet, as far as its rubric still asks it."""
    return {name: answer for name, answer in sheet.draft.items() if name in judge.sheet.index}


def counted_facts(judge: Judge) -> frozenset[str]:
    """What the register counts, so that nobody is asked."""
    return frozenset(fact.id for fact in judge.rubric.facts if fact.counts is not None)


def _written(judge: Judge, sheet: Sheet) -> Glance:
    findings = judge.judge(facts_written(judge, sheet)).findings
    counted = counted_facts(judge)
    marks: tuple[tuple[str, Mark], ...] = tuple(
        (one.id, "open" if _asks(one, counted) else "written") for one in findings
    )
    return Glance(marks, sum(mark == "open" for _, mark in marks))


def _asks(finding: Finding, counted: frozenset[str]) -> bool:
    """Whether somebody can still answer something that this indicator looks at."""
    return any(missing.kind == "fact" and missing.id not in counted for missing in finding.missing)
