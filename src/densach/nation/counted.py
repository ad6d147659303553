"""What parents count of their children, as sums that can be added up from household to village to commune."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import ibis
import polars as pl
from ibis.expr.types import BooleanValue, IntegerValue, Table

from densach.nation.columns import HIGH, LOW
from densach.rules.counting import PEOPLE, Measure
from densach.rules.lowering import highest
from densach.rules.model import Rubric

Counts = dict[str, IntegerValue]


def column_of(measure: Measure) -> str:
    """The name under which the counts of a measure are kept."""
    ages = "" if measure.ages is None else "_{}_{}".format(*measure.ages)
    held = "" if measure.held is None else "_" + measure.held.replace(".", "_")
    return f"n_{measure.population}{ages}{held}"


def of_adults(measure: Measure) -> bool:
    """Whether only people with a sheet can be counted: adults, members of units, holders of a title."""
    return measure.population in {"adults", "members"} or measure.title_key is not None


def people_counts(measures: Iterable[Measure], people: Table) -> Counts:
    """Sums over people, surely and at the most; where a title is counted, `met` and `unknown` say who holds it.

    Learners are not counted: no source says who learns where, so their number stays unknown.
    """
    counts: Counts = {}
    for measure in measures:
        if measure.population in PEOPLE - {"learners"}:
            surely, perhaps = _held(measure, people)
            counts[column_of(measure) + LOW] = _count(people, measure, surely)
            if measure.held is not None:
                counts[column_of(measure) + HIGH] = _count(people, measure, perhaps)
    return counts


def _held(measure: Measure, people: Table) -> tuple[list[BooleanValue], list[BooleanValue]]:
    """Who surely holds what is counted, and who perhaps; nothing is asked where everybody is counted."""
    if measure.literacy is not None:
        literate = people.literacy >= measure.literacy
        return [literate.fill_null(False)], [literate.fill_null(True)]
    if measure.title_key is not None:
        return [people.met], [people.met | people.unknown]
    return [], []


def _count(people: Table, measure: Measure, held: list[BooleanValue]) -> IntegerValue:
    asked = [*held, *([] if measure.ages is None else [people.age.between(*measure.ages)])]
    return ibis.and_(*asked).cast("int32").sum() if asked else people.count()


def group_counts(measures: Iterable[Measure], population: str) -> list[pl.Expr]:
    """Sums over judged families, clans, villages or units for the measures that count them."""
    found = []
    for measure in measures:
        if measure.population == population:
            name = column_of(measure)
            surely = pl.len() if measure.held is None else pl.col("met").sum()
            found.append(surely.cast(pl.Int64).alias(name + LOW))
            if measure.held is not None:
                found.append((pl.col("met") | pl.col("unknown")).sum().cast(pl.Int64).alias(name + HIGH))
    return found


def with_facts(rubric: Rubric, measures: Mapping[str, Measure], table: pl.DataFrame) -> pl.DataFrame:
    """The counts under the names of the facts of a rubric, within what its sheet takes."""
    return table.with_columns(*_facts(rubric, measures, table))


def _facts(rubric: Rubric, measures: Mapping[str, Measure], table: pl.DataFrame) -> Iterator[pl.Expr]:
    for fact in rubric.facts:
        name = column_of(measures[fact.id]) if fact.id in measures else None
        if name is not None and name + LOW in table.columns:
            high = name + HIGH if name + HIGH in table.columns else name + LOW
            yield pl.col(name + LOW).clip(fact.low, highest(fact)).cast(pl.Int64).alias(fact.id + LOW)
            yield pl.col(high).clip(fact.low, highest(fact)).cast(pl.Int64).alias(fact.id + HIGH)
