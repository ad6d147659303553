"""A program as table expressions: one expression per output, of the dozen operators and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import ibis
from ibis.expr.types import BooleanValue, IntegerValue

from densach.nation.columns import BITS, Range
from densach.rules.program import APPLY, ARITY, Instruction, Program

Value: TypeAlias = IntegerValue | BooleanValue


def outputs_of(program: Program, inputs: Sequence[IntegerValue], places: Sequence[int], width: str) -> list[Value]:
    """The outputs at these places in terms of the inputs: whole numbers of a width, or truths."""
    values: dict[int, Value] = {}
    for at in sorted(_needed(program, places)):
        step = program.code[at]
        values[at] = inputs[step.a] if step.op == "var" else _apply(step, values, width)
    return [values[program.outputs[place]] for place in places]


def width_of(program: Program, inputs: Sequence[Range], columns: Sequence[Range]) -> str:
    """The narrowest whole numbers that hold columns and that no step of the program can leave for some inputs."""
    ranges: list[Range] = []
    for step in program.code:
        ranges.append(inputs[step.a] if step.op == "var" else _range(step, ranges))
    widest = max((max(-1 - low, high) for low, high in [*ranges, *columns]), default=0)
    return next((name for name, bits in BITS.items() if widest < 2**bits), "int64")


def _range(step: Instruction, ranges: Sequence[Range]) -> Range:
    """Between which numbers the result of a step lies."""
    if step.op == "lit":
        return step.a, step.a
    if step.op not in {"add", "mul", "min", "max", "pick"}:
        return 0, 1
    operands = [ranges[at] for at in (step.a, step.b, step.c)[: ARITY[step.op]]]
    if step.op == "pick":
        return min(operands[1][0], operands[2][0]), max(operands[1][1], operands[2][1])
    corners = [APPLY[step.op](a, b) for a in operands[0] for b in operands[1]]
    return min(corners), max(corners)


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


def _apply(step: Instruction, values: dict[int, Value], width: str) -> Value:
    if step.op == "lit":
        return ibis.literal(step.a, width)
    operands = [values[at] for at in (step.a, step.b, step.c)[: ARITY[step.op]]]
    if step.op in TRUTHS:
        return TRUTHS[step.op](*map(as_truth, operands))
    if step.op == "pick":
        return ibis.ifelse(as_truth(operands[0]), *(as_number(each, width) for each in operands[1:]))
    return NUMBERS[step.op](*(as_number(each, width) for each in operands))


def as_number(value: Value, width: str) -> IntegerValue:
    """Yes as 1, no as 0; a number as it is."""
    return value.cast(width) if value.type().is_boolean() else value


def as_truth(value: Value) -> BooleanValue:
    """1 as yes, 0 as no; a truth as it is."""
    return value if value.type().is_boolean() else value == 1


TRUTHS: dict[str, Callable[..., BooleanValue]] = {
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": lambda a: ~a,
}
NUMBERS: dict[str, Callable[..., Value]] = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "min": ibis.least,
    "max": ibis.greatest,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
}
