"""The facts of a population: one column each, nulls become bounds, and rows that no sheet would take are named.

A count that is only partly known has two columns, `<fact>_low` and `<fact>_high`: so many surely, so many at the most.
"""

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
LOW, HIGH = "_low", "_high"
BITS = {"int8": 7, "int16": 15, "int32": 31}
Range = tuple[int, int]


class Ends(NamedTuple):
    """The lowest and highest of one fact as its columns say, null where they say nothing."""

    low: IntegerValue
    high: IntegerValue


class Bounds(NamedTuple):
    """The lowest and highest of every fact in turn, the code of the first fact that is refused, and whether none is."""

    ends: list[IntegerValue]
    refused: StringValue
    taken: BooleanValue


def ends_of(sheet: Sheet, table: Table, width: str) -> list[Ends]:
    """Every fact as whole numbers of a width or null; Refused (F110) for a column of another kind than its fact."""
    return [_fact_ends(fact, table, width) for fact in sheet.rubric.facts]


def _fact_ends(fact: Fact, table: Table, width: str) -> Ends:
    if _has_two(fact, table):
        return Ends(*(_number(fact, table, fact.id + end, width) for end in (LOW, HIGH)))
    number = _number(fact, table, fact.id, width) if fact.id in table.columns else ibis.null(width)
    return Ends(number, number)


def _has_two(fact: Fact, table: Table) -> bool:
    return fact.id + LOW in table.columns and fact.id + HIGH in table.columns


def ranges_of(sheet: Sheet, table: Table) -> list[Range]:
    """Between which numbers each input lies, whatever stands in the columns."""
    return [found for fact in sheet.rubric.facts for found in (_range(fact, table),) * 2]


def bounds_taken(sheet: Sheet) -> list[Range]:
    """Between which numbers each fact lies in a row that is not refused."""
    return [(fact.low, highest(fact)) for fact in sheet.rubric.facts]


def _range(fact: Fact, table: Table) -> Range:
    name = fact.id + LOW if _has_two(fact, table) else fact.id
    low, high = fact.low, highest(fact)
    if name not in table.columns or fact.kind == "boolean" or fact.choices:
        return min(low, -1), high
    bits = BITS.get(str(table[name].type()).strip("!"), 63)
    return min(low, -(2**bits)), max(high, 2**bits - 1)


def _number(fact: Fact, table: Table, name: str, width: str) -> IntegerValue:
    column = table[name]
    kind = "boolean" if fact.kind == "boolean" else "string" if fact.choices else "integer"
    if not getattr(column.type(), f"is_{kind}")():
        raise Refused(problem("F110", fact.id, kind=kind, found=column.type()))
    if kind == "string":
        places = [(choice, ibis.literal(at, width)) for at, choice in enumerate(fact.choices)]
        return column.cases(*places, else_=ibis.ifelse(column.notnull(), ibis.literal(-1, width), ibis.null(width)))
    return column.cast(width)


def bounds_of(sheet: Sheet, ends: Sequence[Ends], width: str) -> Bounds:
    """The bounds of each row, narrowed so that no part exceeds its base."""
    facts = sheet.rubric.facts
    filled = [end for fact, found in zip(facts, ends, strict=True) for end in _filled(fact, found, width)]
    refused = [*_outside(facts, ends, filled)]
    for part, base in sheet.parts:
        filled[base] = ibis.greatest(filled[base], filled[part])
    for part, base in reversed(sheet.parts):
        filled[part + 1] = ibis.least(filled[part + 1], filled[base + 1])
    if touched := sorted({at for pair in sheet.parts for at in pair}):
        refused.append((ibis.or_(*(filled[at] > filled[at + 1] for at in touched)), PART_OVER_BASE))
    if not refused:
        return Bounds(filled, ibis.null("string"), ibis.literal(True))
    wrong = ibis.or_(*(check for check, _ in refused))
    return Bounds(filled, ibis.cases(*refused, else_=ibis.null("string")), ~wrong)


def _outside(
    facts: Sequence[Fact], ends: Sequence[Ends], filled: Sequence[IntegerValue]
) -> Iterator[tuple[BooleanValue, str]]:
    """Whether any fact is no answer to its question; a null is neither inside nor outside."""
    for code, has_choices in ((OUT_OF_BOUNDS, False), (NO_CHOICE, True)):
        asked = [at for at, fact in enumerate(facts) if bool(fact.choices) is has_choices]
        turned = [(each.low > each.high).fill_null(False) for each in _pairs(ends, asked)]
        checks = [*_beyond(facts, asked, filled), *turned]
        if checks:
            yield ibis.or_(*checks), code


def _beyond(facts: Sequence[Fact], asked: Sequence[int], filled: Sequence[IntegerValue]) -> Iterator[BooleanValue]:
    """Whether the least of those with the same bounds lies below them, or the greatest above; a null lies at them."""
    alike: dict[Range, list[int]] = {}
    for at in asked:
        alike.setdefault((facts[at].low, highest(facts[at])), []).append(at)
    for (low, high), places in alike.items():
        yield ibis.least(*(filled[2 * at] for at in places)) < low
        yield ibis.greatest(*(filled[2 * at + 1] for at in places)) > high


def _pairs(ends: Sequence[Ends], asked: Sequence[int]) -> list[Ends]:
    """The facts that have two columns."""
    return [ends[at] for at in asked if ends[at].low is not ends[at].high]


def _filled(fact: Fact, ends: Ends, width: str) -> tuple[IntegerValue, IntegerValue]:
    low, high = (ibis.literal(number, width) for number in (fact.low, highest(fact)))
    return ends.low.fill_null(low), ends.high.fill_null(high)
