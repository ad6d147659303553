"""Why subjects did not come out met: one truth a row for each indicator missed, fact not given and gap of the law.

Where no indicator is surely missed and yet the whole is, it is the `total` of a points rubric, or the indicators
`together`, as when either of two misses and nobody told which applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ibis
from ibis.expr.types import BooleanValue, Table

from densach.nation.columns import bounds_of, ends_of
from densach.nation.judging import OUT, TAKEN, Outputs, State, only_taken, results_of, run_table, state_of
from densach.rules.judging import Judge, facts_of, law_gaps
from densach.rules.lowering import indicators_of, rank_is_sure
from densach.rules.model import Indicator

NO_TEXT, TOTAL, TOGETHER = "criteria", "total", "together"
WIDEST = "int64"


class Reason(NamedTuple):
    """What kept a subject from being met: an `indicator` missed, a `fact` not given, a gap of the `law`."""

    verdict: str
    kind: str
    id: str


class Judged(NamedTuple):
    """A table with the results, `met`, `unknown`, `unmet`, `refused` and a column for each reason."""

    table: Table
    reasons: dict[str, Reason]


class _Found(NamedTuple):
    indicator: Indicator
    missed: BooleanValue
    open: BooleanValue


def with_reasons(judge: Judge, table: Table, *, key: str) -> Judged:
    """Judge every row and say why; a row that no sheet would take is refused and nothing else."""
    judged, outputs = run_table(judge, table, key, _places(judge))
    state = state_of(outputs, judge.lowered.nothing_applies, judge.lowered.level)
    taken = judged[TAKEN]
    found = [_found(judge, indicator, outputs) for _, indicator in indicators_of(judge.rubric)]
    truths = dict(_reasons(judge, judged, state, found))
    columns = {f"reason_{at}": truth & taken for at, truth in enumerate(truths.values())}
    sure = {"met": state.met & taken, "unknown": state.unknown & taken, "unmet": state.unmet & taken}
    kept = (judged[name] for name in judged.columns if not name.startswith(OUT) and name != TAKEN)
    results = only_taken(judged, results_of(judge, outputs))
    return Judged(judged.select(*kept, **results, **sure, **columns), dict(zip(columns, truths, strict=True)))


def _places(judge: Judge) -> list[int]:
    lowered = judge.lowered
    starts = [lowered.nothing_applies, lowered.level, lowered.points]
    for one in lowered.indicators.values():
        starts += [one.not_applicable, *one.met.values(), one.points]
    return [place for start in starts for place in (start, start + 1)]


def _found(judge: Judge, indicator: Indicator, outputs: Outputs) -> _Found:
    places = judge.lowered.indicators[indicator.id]
    states = [state_of(outputs, places.not_applicable, met) for met in places.met.values()]
    is_open = [state.unknown for state in states]
    if judge.rubric.style == "points" and indicator.points is not None:
        is_open.append(outputs[places.points] != outputs[places.points + 1])
    return _Found(indicator, states[0].unmet, ibis.or_(*is_open))


def _reasons(
    judge: Judge, table: Table, state: State, found: Sequence[_Found]
) -> Iterator[tuple[Reason, BooleanValue]]:
    for one in found:
        yield Reason("unmet", "indicator", one.indicator.id), state.unmet & one.missed
    if found:
        rest = TOTAL if judge.rubric.style == "points" else TOGETHER
        yield Reason("unmet", "indicator", rest), state.unmet & ~ibis.or_(*(one.missed for one in found))
    is_open = _open_facts(judge, table)
    for fact in judge.rubric.facts:
        asking = [one.open for one in found if fact.id in facts_of(one.indicator)]
        if asking:
            yield Reason("unknown", "fact", fact.id), state.unknown & is_open[fact.id] & ibis.or_(*asking)
    for gap, lacking in _gaps(judge, found).items():
        yield Reason("unknown", "law", gap), state.unknown & lacking


def _open_facts(judge: Judge, table: Table) -> dict[str, BooleanValue]:
    ends = bounds_of(judge.sheet, ends_of(judge.sheet, table, WIDEST), WIDEST).ends
    return {fact.id: ends[2 * at] != ends[2 * at + 1] for at, fact in enumerate(judge.rubric.facts)}


def _gaps(judge: Judge, found: Sequence[_Found]) -> dict[str, BooleanValue]:
    """The gaps of the law that bear on a row; where no criterion was read, that is the gap of every row."""
    gaps: dict[str, BooleanValue] = {}
    for one in found:
        for gap in law_gaps(one.indicator, judge.deciding):
            gaps[gap] = gaps[gap] | one.open if gap in gaps else one.open
    if judge.rubric.style == "points":
        unsure = (level for level in judge.rubric.levels if level.passes and not rank_is_sure(level, judge.deciding))
        gaps |= {f"{level.id}.at_least": ibis.literal(True) for level in unsure}
    return gaps or ({} if found else {NO_TEXT: ibis.literal(True)})
