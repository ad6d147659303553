"""The closed integer form that a rubric is lowered to: a dozen operators over whole numbers, no branches, no nulls.

A program is a list of instructions, each naming earlier ones by position. The same list is run for one subject
(Python), for a population (table expressions) and in a browser (a small script); all three must agree value by
value, so nothing here may round, divide or overflow 2**53.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Op = Literal["lit", "var", "add", "mul", "min", "max", "ge", "eq", "and", "or", "not", "pick"]
Inputs = Sequence[int]


class Instruction(NamedTuple):
    """One step. `lit` holds a number in `a`, `var` the position of an input; the others positions of steps."""

    op: Op
    a: int
    b: int = 0
    c: int = 0


@dataclass(frozen=True)
class Program:
    """Instructions in order, and the positions whose values are the outputs."""

    code: tuple[Instruction, ...]
    outputs: tuple[int, ...]

    def inputs_behind(self, position: int) -> frozenset[int]:
        """The inputs that the value at `position` can depend on."""
        seen: set[int] = set()
        waiting = [position]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting.extend(_operands(self.code[here]))
        return frozenset(self.code[at].a for at in seen if self.code[at].op == "var")


ARITY: dict[Op, int] = {
    "lit": 0, "var": 0, "add": 2, "mul": 2, "min": 2, "max": 2,
    "ge": 2, "eq": 2, "and": 2, "or": 2, "not": 1, "pick": 3,
}  # fmt: skip


def _operands(step: Instruction) -> tuple[int, ...]:
    return (step.a, step.b, step.c)[: ARITY[step.op]]


class Builder:
    """Collects instructions, writes equal ones once and works out what is already known."""

    def __init__(self) -> None:
        self.code: list[Instruction] = []
        self._position: dict[Instruction, int] = {}

    def lit(self, number: int) -> int:
        """A constant."""
        return self._emit(Instruction("lit", number))

    def var(self, index: int) -> int:
        """The input at `index`."""
        return self._emit(Instruction("var", index))

    def op(self, op: Op, *operands: int) -> int:
        """Apply an operator to earlier steps; constants are folded."""
        step = Instruction(op, *operands)
        known = [self.known(operand) for operand in _operands(step)]
        if all(number is not None for number in known):
            return self.lit(APPLY[op](*known))
        return self._shortcut(step, known)

    def known(self, position: int) -> int | None:
        """The number at `position` when it is a constant."""
        step = self.code[position]
        return step.a if step.op == "lit" else None

    def _shortcut(self, step: Instruction, known: list[int | None]) -> int:
        a, b = step.a, step.b
        match step.op, known:
            case ("and", [0, _]) | ("or", [_, 0]) | ("and", [_, 1]) | ("add", [_, 0]) | ("mul", [_, 1]):
                return a
            case ("and", [_, 0]) | ("or", [0, _]) | ("and", [1, _]) | ("add", [0, _]) | ("mul", [1, _]):
                return b
            case ("or", [1, _]):
                return a
            case ("or", [_, 1]):
                return b
            case ("pick", [int(chosen), _, _]):
                return step.b if chosen else step.c
        same = b == step.c if step.op == "pick" else a == b and step.op in {"and", "or", "min", "max"}
        return b if same else self._emit(step)

    def _emit(self, step: Instruction) -> int:
        if step not in self._position:
            self._position[step] = len(self.code)
            self.code.append(step)
        return self._position[step]

    def finish(self, outputs: Sequence[int]) -> Program:
        """The program of these outputs, without the steps that none of them needs."""
        needed: set[int] = set()
        waiting = list(outputs)
        while waiting:
            here = waiting.pop()
            if here not in needed:
                needed.add(here)
                waiting.extend(_operands(self.code[here]))
        moved = {old: new for new, old in enumerate(sorted(needed))}
        code = tuple(_renumber(self.code[old], moved) for old in moved)
        return Program(code, tuple(moved[output] for output in outputs))


def _renumber(step: Instruction, moved: dict[int, int]) -> Instruction:
    if step.op in {"lit", "var"}:
        return step
    return Instruction(step.op, *(moved[operand] for operand in _operands(step)))


APPLY: dict[Op, Callable[..., int]] = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "min": min,
    "max": max,
    "ge": lambda a, b: int(a >= b),
    "eq": lambda a, b: int(a == b),
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": lambda a: 1 - a,
    "pick": lambda c, a, b: a if c else b,
}

_PYTHON: dict[Op, str] = {
    "add": "v{a} + v{b}",
    "mul": "v{a} * v{b}",
    "min": "v{a} if v{a} < v{b} else v{b}",
    "max": "v{a} if v{a} > v{b} else v{b}",
    "ge": "1 if v{a} >= v{b} else 0",
    "eq": "1 if v{a} == v{b} else 0",
    "and": "v{a} & v{b}",
    "or": "v{a} | v{b}",
    "not": "1 - v{a}",
    "pick": "v{b} if v{a} else v{c}",
}


def to_python(program: Program) -> Callable[[Inputs], tuple[int, ...]]:
    """A Python function from the inputs to the outputs, as fast as if it had been written by hand."""
    lines = [f"    v{at} = {_python(step)}" for at, step in enumerate(program.code)]
    returns = "".join(f"v{output}, " for output in program.outputs)
    source = "\n".join(["def run(x):", *lines, f"    return ({returns})"])
    space: dict[str, Callable[[Inputs], tuple[int, ...]]] = {}
    exec(compile(source, "<rubric>", "exec"), {}, space)  # noqa: S102  - built of integers and our dozen operators only
    return space["run"]


def _python(step: Instruction) -> str:
    if step.op == "lit":
        return repr(step.a)
    if step.op == "var":
        return f"x[{step.a}]"
    return _PYTHON[step.op].format(a=step.a, b=step.b, c=step.c)
