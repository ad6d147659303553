"""Interval arithmetic over completions: each value is the lowest and the highest that it can still become.

A missing fact or an unread threshold is the span of all it may be. Every operation gives a span that holds the
result of every completion; where each fact pulls in one direction only (`lowering.unproved_facts` proves it) both
ends are reached by one completion, so the span is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from densach.rules.program import Builder, Op


class Span(NamedTuple):
    """Positions of the lowest and the highest value in a program."""

    low: int
    high: int


class Spans:
    """Builds the two halves of a program, worst and best completion, side by side.

    What the law leaves open is a pair of constants, or, from input `law_from` on, a pair of inputs of its own, so
    that it can be tried out like a missing fact; `law` then holds the bounds of those inputs.
    """

    def __init__(self, builder: Builder, law_from: int | None = None) -> None:
        self.builder = builder
        self.law_from = law_from
        self.law: list[int] = []

    def between(self, low: int, high: int) -> Span:
        """Some number that we do not know, within bounds; a constant where both are equal."""
        if self.law_from is None or low == high:
            return Span(self.builder.lit(low), self.builder.lit(high))
        at = self.law_from + len(self.law)
        self.law += [low, high]
        return Span(self.builder.var(at), self.builder.var(at + 1))

    def fact(self, index: int) -> Span:
        """The fact at `index` of the sheet: its inputs are the lowest and highest value it can have."""
        return Span(self.builder.var(2 * index), self.builder.var(2 * index + 1))

    def add(self, spans: Iterable[Span]) -> Span:
        """The sum; 0 for none."""
        return self._fold("add", spans, 0)

    def both(self, spans: Iterable[Span]) -> Span:
        """True when all are; true for none."""
        return self._fold("and", spans, 1)

    def greatest(self, spans: Iterable[Span]) -> Span:
        """The greatest; 0 for none."""
        return self._fold("max", spans, 0)

    def either(self, left: Span, right: Span) -> Span:
        """True when one of the two is."""
        return Span(self.builder.op("or", left.low, right.low), self.builder.op("or", left.high, right.high))

    def negate(self, span: Span) -> Span:
        """True when the other is not."""
        return Span(self.builder.op("not", span.high), self.builder.op("not", span.low))

    def times(self, left: Span, right: Span) -> Span:
        """The product of two values that are not negative."""
        return Span(self.builder.op("mul", left.low, right.low), self.builder.op("mul", left.high, right.high))

    def at_most(self, span: Span, cap: Span) -> Span:
        """The lesser of the two."""
        return Span(self.builder.op("min", span.low, cap.low), self.builder.op("min", span.high, cap.high))

    def reaches(self, value: Span, threshold: Span) -> Span:
        """Whether value >= threshold."""
        low = self.builder.op("ge", value.low, threshold.high)
        return Span(low, self.builder.op("ge", value.high, threshold.low))

    def is_lowest(self, value: Span, lowest: int) -> Span:
        """Whether the value is the lowest it can ever be: a question that only its upper end can answer surely."""
        wanted = self.builder.lit(lowest)
        return Span(self.builder.op("ge", wanted, value.high), self.builder.op("ge", wanted, value.low))

    def is_highest(self, value: Span, highest: int) -> Span:
        """Whether the value is the highest it can ever be: its lower end answers surely."""
        return self.reaches(value, self.between(highest, highest))

    def equals(self, value: Span, number: int) -> Span:
        """Whether the value is this number."""
        wanted = self.builder.lit(number)
        from_below = self.builder.op("ge", wanted, value.low)
        from_above = self.builder.op("ge", value.high, wanted)
        only = self.builder.op(
            "and", self.builder.op("eq", value.low, wanted), self.builder.op("eq", value.high, wanted)
        )
        return Span(only, self.builder.op("and", from_below, from_above))

    def award(self, earned: Span, prize: Span, consolation: Span) -> Span:
        """`prize` when earned, else `consolation`, which is never the greater of the two."""
        low = self.builder.op("pick", earned.low, prize.low, consolation.low)
        return Span(low, self.builder.op("pick", earned.high, prize.high, consolation.high))

    def up_to(self, most: Span, bound: int) -> Span:
        """Some number that we do not know, at most the other, which is at most `bound`."""
        if self.law_from is None:
            return Span(self.builder.lit(0), most.high)
        return self.at_most(self.between(0, bound), most)

    def choose(self, condition: Span, then: Span, otherwise: Span) -> Span:
        """`then` where the condition holds, else `otherwise`; both where it is open."""
        low = self._choose_end("min", condition, then.low, otherwise.low)
        return Span(low, self._choose_end("max", condition, then.high, otherwise.high))

    def _choose_end(self, extreme: Op, condition: Span, then: int, otherwise: int) -> int:
        open_end = self.builder.op(extreme, then, otherwise)
        if_possible = self.builder.op("pick", condition.high, open_end, otherwise)
        return self.builder.op("pick", condition.low, then, if_possible)

    def _fold(self, op: Op, spans: Iterable[Span], empty: int) -> Span:
        first, *rest = [*spans] or [self.between(empty, empty)]
        for span in rest:
            first = Span(self.builder.op(op, first.low, span.low), self.builder.op(op, first.high, span.high))
        return first
