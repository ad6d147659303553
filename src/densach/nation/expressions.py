"""A program as table expressions: one expression per output, of the dozen operators and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import ibis
from ibis.expr.types import BooleanValue, IntegerValue

from densach.rules.program import ARITY, Instruction, Program

Value: TypeAlias = IntegerValue | BooleanValue


def outputs_of(program: Program, inputs: Sequence[IntegerValue], places: Sequence[int]) -> list[IntegerValue]:
    """The outputs at these places as whole numbers, in terms of the inputs."""
    values: dict[int, Value] = {}
    for at in sorted(_needed(program, places)):
        step = program.code[at]
        values[at] = inputs[step.a] if step.op == "var" else _apply(step, values)
    return [as_number(values[program.outputs[place]]) for place in places]


def _needed(program: Program, places: Sequence[int]) -> set[int]:
    needed: set[int] = set()
    waiting = [program.outputs[place] for place in places]
    while waiting:
        here = waiting.pop()
        if here not in needed:
            needed.add(here)
            step = program.code[here]
            waiting += (step.a, step.b, step.c)[: ARITY[step.op]]
    return needed


def _apply(step: Instruction, values: dict[int, Value]) -> Value:
    if step.op == "lit":
        return ibis.literal(step.a, "int64")
    return _APPLY[step.op](*(values[at] for at in (step.a, step.b, step.c)[: ARITY[step.op]]))


def as_number(value: Value) -> IntegerValue:
    """Yes as 1, no as 0; a number as it is."""
    return value.cast("int64") if value.type().is_boolean() else value


def as_truth(value: Value) -> BooleanValue:
    """1 as yes, 0 as no; a truth as it is."""
    return value if value.type().is_boolean() else value == 1


_APPLY: dict[str, Callable[..., Value]] = {
    "add": lambda a, b: as_number(a) + as_number(b),
    "mul": lambda a, b: as_number(a) * as_number(b),
    "min": lambda a, b: ibis.least(as_number(a), as_number(b)),
    "max": lambda a, b: ibis.greatest(as_number(a), as_number(b)),
    "ge": lambda a, b: as_number(a) >= as_number(b),
    "eq": lambda a, b: as_number(a) == as_number(b),
    "and": lambda a, b: as_truth(a) & as_truth(b),
    "or": lambda a, b: as_truth(a) | as_truth(b),
    "not": lambda a: ~as_truth(a),
    "pick": lambda c, a, b: ibis.ifelse(as_truth(c), as_number(a), as_number(b)),
}
