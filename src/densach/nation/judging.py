"""Judge a whole population by one rubric: one row per subject in, the same row with its verdict out.

The same program that judges one subject becomes table expressions, so that DuckDB, Polars or any other engine that
Ibis speaks to gives the same results, value by value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

import ibis
import polars
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from densach.nation.columns import Ends, bounds_of, bounds_taken, ends_of, ranges_of
from densach.nation.expressions import Value, as_number, outputs_of, width_of
from densach.rules.judging import Judge
from densach.rules.lowering import highest

ANSWER, OUT, TAKEN = "densach_answer_", "densach_out_", "densach_taken"
Outputs = Mapping[int, Value]


def judge_table(judge: Judge, table: Table, *, key: str, findings: bool = False) -> Table:
    """The table with `verdict`, `level` (as text), `points_low`, `points_high` and `refused` added.

    `key` is the column that names a subject, each once. A fact is the column of its name; null or no column at all
    means missing. Rows with facts that the rubric does
    not take have the code in `refused` and no verdict. With `findings` every indicator adds `finding_<id>` and, in
    a rubric of points, `points_<id>_low` and `points_<id>_high`.
    """
    judged, outputs = run_table(judge, table, key, _places(judge, findings))
    results = results_of(judge, outputs) | (_finding_results(judge, outputs) if findings else {})
    shown = only_taken(judged, results)
    return judged.select(*(judged[name] for name in table.columns), judged.refused, **shown)


def run_table(judge: Judge, table: Table, key: str, places: Sequence[int]) -> tuple[Table, Outputs]:
    """The table with the outputs of the program at these places and `refused`; the outputs by place.

    What is the same for every row is no column, so that an engine drops what is worked out of it.
    """
    judged = (
        _over_completions(judge, table, key, places) if judge.rubric.enumerates else _directly(judge, table, places)
    )
    steps = {place: judge.lowered.program.code[judge.lowered.program.outputs[place]] for place in places}
    fixed = {place: ibis.literal(step.a) for place, step in steps.items() if step.op == "lit"}
    return judged, {place: judged[f"{OUT}{place}"] for place in places} | fixed


def only_taken(judged: Table, results: Results) -> Results:
    """The results with nothing said of a row that no sheet would take."""
    taken = judged[TAKEN]
    return {name: ibis.ifelse(taken, value, ibis.null(value.type())) for name, value in results.items()}


def _places(judge: Judge, findings: bool) -> list[int]:
    """The outputs that are asked for, both ends of each."""
    lowered = judge.lowered
    starts = [lowered.nothing_applies, lowered.level, lowered.points]
    if findings:
        for one in lowered.indicators.values():
            starts += [one.not_applicable, next(iter(one.met.values())), one.points]
    return [place for start in starts for place in (start, start + 1)]


def _directly(judge: Judge, table: Table, places: Sequence[int]) -> Table:
    width = _width(judge, table)
    return _with_outputs(judge, table, ends_of(judge.sheet, table, width), places, width)


def _width(judge: Judge, table: Table) -> str:
    columns = ranges_of(judge.sheet, table)
    # In Polars a number too large for its width begins anew, which happens in refused rows only; others stop at it.
    taken = [bounds for bounds in bounds_taken(judge.sheet) for _ in range(2)] if _wraps(table) else columns
    return width_of(judge.lowered.program, taken, columns)


def _wraps(table: Table) -> bool:
    engine: str = table.get_backend().name
    return engine == "polars"


def _with_outputs(judge: Judge, table: Table, ends: Sequence[Ends], places: Sequence[int], width: str) -> Table:
    bounds = bounds_of(judge.sheet, ends, width)
    values = outputs_of(judge.lowered.program, bounds.ends, places, width)
    named = {f"{OUT}{place}": value for place, value in zip(places, values, strict=True)}
    return table.mutate(refused=bounds.refused, **{TAKEN: bounds.taken}, **named)


def _over_completions(judge: Judge, table: Table, key: str, places: Sequence[int]) -> Table:
    """Rows that lack an enumerated fact meet every answer to it; the lowest and highest results are kept."""
    names = judge.rubric.enumerates
    if all(name in table.columns for name in names):
        lacking = ibis.or_(*(table[name].isnull() for name in names))
        known = _with_numbers(judge, _directly(judge, table.filter(~lacking), places), places)
        return known.union(_tried(judge, table.filter(lacking), key, places).select(known.columns))
    return _tried(judge, table, key, places)


def _with_numbers(judge: Judge, table: Table, places: Sequence[int]) -> Table:
    width = _width(judge, table)
    return table.mutate(**{f"{OUT}{place}": as_number(table[f"{OUT}{place}"], width) for place in places})


def _tried(judge: Judge, table: Table, key: str, places: Sequence[int]) -> Table:
    width = _width(judge, table)
    bounds = bounds_of(judge.sheet, ends_of(judge.sheet, table, width), width)
    rows = table.mutate(refused=bounds.refused, **{TAKEN: bounds.taken})
    tried = rows.rename(first_refused="refused").cross_join(_answers(judge))
    ends = ends_of(judge.sheet, tried, width)
    was_refused = tried.first_refused.notnull()
    fits = ibis.literal(True)
    for name in judge.rubric.enumerates:
        at, answer = judge.sheet.index[name], tried[ANSWER + name].cast(width)
        fits &= ends[at].low.isnull() | (ends[at].low == answer) | was_refused
        ends[at] = Ends(answer, answer)
    judged = _with_outputs(judge, tried.mutate(fits=fits), ends, places, width)
    possible = judged.filter(judged.fits & (judged.refused.isnull() | judged.first_refused.notnull()))
    numbers = {f"{OUT}{place}": as_number(possible[f"{OUT}{place}"], width) for place in places}
    reached = {name: number.max() if int(name[len(OUT) :]) % 2 else number.min() for name, number in numbers.items()}
    return rows.join(possible.group_by(key).aggregate(**reached), key)


def _answers(judge: Judge) -> Table:
    """Every combination of answers to the enumerated facts."""
    facts = [judge.rubric.facts[judge.sheet.index[name]] for name in judge.rubric.enumerates]
    columns = zip(*product(*(range(fact.low, highest(fact) + 1) for fact in facts)), strict=True)
    named = {ANSWER + fact.id: column for fact, column in zip(facts, columns, strict=True)}
    return ibis.memtable(polars.DataFrame(named, schema=dict.fromkeys(named, polars.Int64)))


Results = dict[str, IntegerValue | StringValue]


def results_of(judge: Judge, outputs: Outputs) -> Results:
    """Verdict, level and points in the words of the law."""
    lowered = judge.lowered
    verdict = _verdict(outputs, lowered.nothing_applies, lowered.level)
    low, high = (as_number(outputs[lowered.level + end], "int64") for end in (0, 1))
    names = [(at, ibis.literal(str(name))) for at, name in enumerate(lowered.ladder, start=1)]
    level = ibis.ifelse((verdict == "met") & (low == high), low.cases(*names), ibis.null("string"))
    is_scored, total_known = judge.rubric.style == "points", isinstance(judge.rubric.total, int)
    nothing = ibis.null("int64")
    return {
        "verdict": verdict,
        "level": level,
        "points_low": _points(outputs[lowered.points]) if is_scored else nothing,
        "points_high": _points(outputs[lowered.points + 1]) if is_scored and total_known else nothing,
    }


def _finding_results(judge: Judge, outputs: Outputs) -> Results:
    results: Results = {}
    for name, places in judge.lowered.indicators.items():
        results[f"finding_{name}"] = _verdict(outputs, places.not_applicable, next(iter(places.met.values())))
        if judge.rubric.style == "points":
            results[f"points_{name}_low"] = _points(outputs[places.points])
            results[f"points_{name}_high"] = _points(outputs[places.points + 1])
    return results


def _points(value: Value) -> IntegerValue:
    return as_number(value, "int64").cast("int64")


class State(NamedTuple):
    """What is sure of a verdict, row by row: exactly one of the four holds."""

    met: BooleanValue
    unknown: BooleanValue
    unmet: BooleanValue
    not_applicable: BooleanValue


def state_of(outputs: Outputs, skips: int, met: int) -> State:
    """`verdicts.verdict_of` as truths."""
    skipped, may_skip = _holds(outputs[skips]), _holds(outputs[skips + 1])
    surely, perhaps = _holds(outputs[met]), _holds(outputs[met + 1])
    is_met = surely & ~may_skip
    is_open = ~skipped & ~is_met & (perhaps | may_skip)
    return State(is_met, is_open, ~(skipped | may_skip | perhaps), skipped)


def _holds(value: Value) -> BooleanValue:
    return value if value.type().is_boolean() else value >= 1


def _verdict(outputs: Outputs, skips: int, met: int) -> StringValue:
    state = state_of(outputs, skips, met)
    return ibis.cases(
        (state.not_applicable, "not_applicable"), (state.met, "met"), (state.unknown, "unknown"), else_="unmet"
    )
