"""A rubric's program as JSON, for runners that are not Python; the form is versioned and small.

`program` keys: `form`, `rubric`, `facts` (id, kind, low, high, choices), `parts` (pairs of fact positions, deepest part
first), `enumerates` (fact positions), `code` ([op, a, b, c], cut after the last operand), `outputs` and `layout`,
which says where in the outputs the verdict, points and findings stand.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from densach.rules.judging import Judge
from densach.rules.lowering import highest
from densach.rules.model import LevelId
from densach.rules.program import ARITY, Instruction, Op

FORM = "densach-program 1"


class FactForm(Struct, frozen=True):
    """One input: a missing one is anything from `low` to `high`; `choices` are numbered from 0."""

    id: str
    kind: str
    low: int
    high: int
    choices: tuple[str, ...]


class FindingForm(Struct, frozen=True):
    """Where the results of one indicator stand; each takes two places, lowest and highest."""

    id: str
    not_applicable: int
    met: tuple[tuple[LevelId, int], ...]
    points: int


class Layout(Struct, frozen=True):
    """Where the verdict stands; `points` is null in a rubric of targets, `total_known` false without a total."""

    nothing_applies: int
    level: int
    points: int | None
    total_known: bool
    ladder: tuple[LevelId, ...]
    findings: tuple[FindingForm, ...]


class ProgramForm(Struct, frozen=True):
    """All that another runner needs to judge a subject by one rubric."""

    form: str
    rubric: str
    facts: tuple[FactForm, ...]
    parts: tuple[tuple[int, int], ...]
    enumerates: tuple[int, ...]
    code: tuple[tuple[Op | int, ...], ...]
    outputs: tuple[int, ...]
    layout: Layout


def export(judge: Judge) -> ProgramForm:
    """The program of a rubric with all that its runners share."""
    rubric, lowered, at = judge.rubric, judge.lowered, judge.sheet.index
    return ProgramForm(
        form=FORM,
        rubric=rubric.id,
        facts=tuple(FactForm(one.id, one.kind, one.low, highest(one), tuple(one.choices)) for one in rubric.facts),
        parts=tuple((part // 2, base // 2) for part, base in judge.sheet.parts),
        enumerates=tuple(at[name] for name in rubric.enumerates),
        code=tuple(_short(step) for step in lowered.program.code),
        outputs=lowered.program.outputs,
        layout=_layout(judge),
    )


def to_json(judge: Judge) -> bytes:
    """The exported program in canonical bytes."""
    return msgspec.json.encode(export(judge), order="sorted")


def _layout(judge: Judge) -> Layout:
    lowered, is_scored = judge.lowered, judge.rubric.style == "points"
    findings = tuple(
        FindingForm(name, places.not_applicable, tuple(places.met.items()), places.points)
        for name, places in lowered.indicators.items()
    )
    total_known = isinstance(judge.rubric.total, int)
    points = lowered.points if is_scored else None
    return Layout(lowered.nothing_applies, lowered.level, points, total_known, lowered.ladder, findings)


def _short(step: Instruction) -> tuple[Op | int, ...]:
    return step[: 1 + (ARITY[step.op] or 1)]
