"""Judge a whole population by one rubric: one row per subject in, the same row with its verdict out.

The same program that judges one subject becomes table expressions, so that DuckDB, Polars or any other engine that
Ibis speaks to gives the same results, value by value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import ibis
import polars
from ibis.expr.types import IntegerValue, StringValue, Table

from densach.nation.columns import bounds_of, numbers_of
from densach.nation.expressions import outputs_of
from densach.rules.judging import Judge
from densach.rules.lowering import highest

ANSWER, OUT = "densach_answer_", "densach_out_"


def judge_table(judge: Judge, table: Table, *, key: str, findings: bool = False) -> Table:
    """The table with `verdict`, `level` (as text), `points_low`, `points_high` and `refused` added.

    `key` is the column that names a subject, each once. A fact is the column of its name; null or no column at all
    means missing. Rows with facts that the rubric does
    not take have the code in `refused` and no verdict. With `findings` every indicator adds `finding_<id>` and, in
    a rubric of points, `points_<id>_low` and `points_<id>_high`.
    """
    places = _places(judge, findings)
    judged = (
        _over_completions(judge, table, key, places) if judge.rubric.enumerates else _directly(judge, table, places)
    )
    outputs = {place: judged[f"{OUT}{place}"] for place in places}
    results = _results(judge, outputs) | (_finding_results(judge, outputs) if findings else {})
    taken = judged.refused.isnull()
    shown = {name: ibis.ifelse(taken, value, ibis.null(value.type())) for name, value in results.items()}
    return judged.select(*(judged[name] for name in table.columns), judged.refused, **shown)


def _places(judge: Judge, findings: bool) -> list[int]:
    """The outputs that are asked for, both ends of each."""
    lowered = judge.lowered
    starts = [lowered.nothing_applies, lowered.level, lowered.points]
    if findings:
        for one in lowered.indicators.values():
            starts += [one.not_applicable, next(iter(one.met.values())), one.points]
    return [place for start in starts for place in (start, start + 1)]


def _directly(judge: Judge, table: Table, places: Sequence[int]) -> Table:
    bounds = bounds_of(judge.sheet, numbers_of(judge.sheet, table))
    values = outputs_of(judge.lowered.program, bounds.ends, places)
    named = {f"{OUT}{place}": value for place, value in zip(places, values, strict=True)}
    return table.mutate(refused=bounds.refused, **named)


def _over_completions(judge: Judge, table: Table, key: str, places: Sequence[int]) -> Table:
    """Rows that lack an enumerated fact meet every answer to it; the lowest and highest results are kept."""
    names = judge.rubric.enumerates
    lacking = ibis.or_(*(table[name].isnull() for name in names if name in table.columns))
    if all(name in table.columns for name in names):
        known = _directly(judge, table.filter(~lacking), places)
        return known.union(_tried(judge, table.filter(lacking), key, places).select(known.columns))
    return _tried(judge, table, key, places)


def _tried(judge: Judge, table: Table, key: str, places: Sequence[int]) -> Table:
    rows = table.mutate(refused=bounds_of(judge.sheet, numbers_of(judge.sheet, table)).refused)
    tried = rows.cross_join(_answers(judge))
    numbers = numbers_of(judge.sheet, tried)
    fits = ibis.literal(True)
    for name in judge.rubric.enumerates:
        at, answer = judge.sheet.index[name], tried[ANSWER + name]
        fits &= numbers[at].isnull() | (numbers[at] == answer) | tried.refused.notnull()
        numbers[at] = answer
    bounds = bounds_of(judge.sheet, numbers)
    values = outputs_of(judge.lowered.program, bounds.ends, places)
    named = {f"{OUT}{place}": value for place, value in zip(places, values, strict=True)}
    possible = tried.mutate(**named).filter(fits & (bounds.refused.isnull() | tried.refused.notnull()))
    ends = {name: possible[name].max() if int(name[len(OUT) :]) % 2 else possible[name].min() for name in named}
    return rows.join(possible.group_by(key).aggregate(**ends), key)


def _answers(judge: Judge) -> Table:
    """Every combination of answers to the enumerated facts."""
    facts = [judge.rubric.facts[judge.sheet.index[name]] for name in judge.rubric.enumerates]
    columns = zip(*product(*(range(fact.low, highest(fact) + 1) for fact in facts)), strict=True)
    named = {ANSWER + fact.id: column for fact, column in zip(facts, columns, strict=True)}
    return ibis.memtable(polars.DataFrame(named, schema=dict.fromkeys(named, polars.Int64)))


Outputs = Mapping[int, IntegerValue]
Results = dict[str, IntegerValue | StringValue]


def _results(judge: Judge, outputs: Outputs) -> Results:
    lowered = judge.lowered
    verdict = _verdict(outputs, lowered.nothing_applies, lowered.level)
    low, high = outputs[lowered.level], outputs[lowered.level + 1]
    names = [(at, ibis.literal(str(name))) for at, name in enumerate(lowered.ladder, start=1)]
    level = ibis.ifelse((verdict == "met") & (low == high), low.cases(*names), ibis.null("string"))
    is_scored, total_known = judge.rubric.style == "points", isinstance(judge.rubric.total, int)
    nothing = ibis.null("int64")
    return {
        "verdict": verdict,
        "level": level,
        "points_low": outputs[lowered.points] if is_scored else nothing,
        "points_high": outputs[lowered.points + 1] if is_scored and total_known else nothing,
    }


def _finding_results(judge: Judge, outputs: Outputs) -> Results:
    results: Results = {}
    for name, places in judge.lowered.indicators.items():
        results[f"finding_{name}"] = _verdict(outputs, places.not_applicable, next(iter(places.met.values())))
        if judge.rubric.style == "points":
            results[f"points_{name}_low"] = outputs[places.points]
            results[f"points_{name}_high"] = outputs[places.points + 1]
    return results


def _verdict(outputs: Outputs, skips: int, met: int) -> StringValue:
    """`verdicts.verdict_of` as an expression."""
    return ibis.cases(
        (outputs[skips] >= 1, "not_applicable"),
        ((outputs[met] >= 1) & (outputs[skips + 1] == 0), "met"),
        ((outputs[met + 1] >= 1) | (outputs[skips + 1] >= 1), "unknown"),
        else_="unmet",
    )
