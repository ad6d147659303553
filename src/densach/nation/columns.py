"""The facts of a population: one column each, nulls become bounds, and rows that no sheet would take are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from densach.problems import Refused, problem
from densach.rules.lowering import highest
from densach.rules.model import Fact
from densach.rules.sheet import Sheet

OUT_OF_BOUNDS, PART_OVER_BASE, NO_CHOICE = "F102", "F104", "F105"


class Bounds(NamedTuple):
    """The lowest and highest of every fact in turn, and the code of the first fact that is refused, else null."""

    ends: list[IntegerValue]
    refused: StringValue


def numbers_of(sheet: Sheet, table: Table) -> list[IntegerValue]:
    """Every fact as a whole number or null; Refused (F110) for a column of another kind than its fact."""
    return [_number(fact, table) for fact in sheet.rubric.facts]


def _number(fact: Fact, table: Table) -> IntegerValue:
    if fact.id not in table.columns:
        return ibis.null("int64")
    column = table[fact.id]
    kind = "boolean" if fact.kind == "boolean" else "string" if fact.choices else "integer"
    if not getattr(column.type(), f"is_{kind}")():
        raise Refused(problem("F110", fact.id, kind=kind, found=column.type()))
    if kind == "string":
        places = [(choice, ibis.literal(at, "int64")) for at, choice in enumerate(fact.choices)]
        return column.cases(*places, else_=ibis.ifelse(column.notnull(), ibis.literal(-1, "int64"), ibis.null("int64")))
    return column.cast("int64")


def bounds_of(sheet: Sheet, numbers: Sequence[IntegerValue]) -> Bounds:
    """The bounds of each row, narrowed so that no part exceeds its base."""
    facts = sheet.rubric.facts
    ends = [end for fact, number in zip(facts, numbers, strict=True) for end in _ends(fact, number)]
    refused = [*_outside(facts, numbers)]
    for part, base in sheet.parts:
        ends[base] = ibis.greatest(ends[base], ends[part])
    for part, base in reversed(sheet.parts):
        ends[part + 1] = ibis.least(ends[part + 1], ends[base + 1])
    if touched := sorted({at for pair in sheet.parts for at in pair}):
        refused.append((ibis.or_(*(ends[at] > ends[at + 1] for at in touched)), PART_OVER_BASE))
    code = ibis.cases(*refused, else_=ibis.null("string")) if refused else ibis.null("string")
    return Bounds(ends, code)


def _outside(facts: Sequence[Fact], numbers: Sequence[IntegerValue]) -> Iterator[tuple[BooleanValue, str]]:
    """Whether any fact is no answer to its question; a null is neither inside nor outside."""
    for code, has_choices in ((OUT_OF_BOUNDS, False), (NO_CHOICE, True)):
        asked = [pair for pair in zip(facts, numbers, strict=True) if bool(pair[0].choices) is has_choices]
        checks = [end for fact, number in asked for end in (number < fact.low, number > highest(fact))]
        if checks:
            yield ibis.or_(*checks), code


def _ends(fact: Fact, number: IntegerValue) -> tuple[IntegerValue, IntegerValue]:
    return number.fill_null(fact.low), number.fill_null(highest(fact))
