"""Rows of a country that no sheet would take: each is named with its reason, and none is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from densach.nation.chain import VERDICTS, Batch, Found
from densach.nation.engines import Engine
from densach.nation.judging import judge_table
from densach.nation.titles import BY_NAME, Chain
from densach.policy.assumed import adult_age
from densach.problems import Problem, Refused, problem
from densach.rules.lowering import highest
from densach.rules.model import Fact

REFUSED = "refused.parquet"
MOST_NAMED = 100  # rows in one refusal; all of them stand in the file of a run that goes on without them
COLUMNS = {"level": pl.String, "subject": pl.Int64, "commune": pl.Int64, "code": pl.String, "fact": pl.String,
           "value": pl.String}  # fmt: skip


def refused_in(engine: Engine, chain: Chain, batch: Batch, found: Found) -> pl.DataFrame:
    """The refused rows of a batch under `COLUMNS`; what is counted and has no verdict is looked for row by row."""
    tables = [_of_level(name, rows) for name, rows in found.rows.items()]
    judged = sum(int(found.cells[verdict].sum() or 0) for verdict in VERDICTS)
    if judged != int(found.cells["adults"].sum() or 0):
        tables.append(_of_citizens(engine, chain, batch))
    return pl.concat([pl.DataFrame(schema=COLUMNS), *tables])


def refuse(rows: pl.DataFrame) -> None:
    """Say which rows cannot be (N207), with how many they are in all (N208)."""
    named: Iterator[Problem] = (
        problem(
            "N207", f"{row['level']} {row['subject']}", fact=row["fact"], value=row["value"], commune=row["commune"]
        )
        for row in rows.head(MOST_NAMED).iter_rows(named=True)
    )
    raise Refused(problem("N208", "", count=len(rows), most=MOST_NAMED), *named)


def _of_level(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    bad = rows.filter(pl.col("refused").is_not_null())
    key = BY_NAME[name].key
    numbers = {"subject": pl.col(key).cast(pl.Int64), "commune": pl.col("commune").cast(pl.Int64)}
    columns = {"level": pl.lit(name), **numbers, "code": pl.col("refused"), "fact": pl.lit(""), "value": pl.lit("")}
    return bad.select(**columns).select(list(COLUMNS))


def _of_citizens(engine: Engine, chain: Chain, batch: Batch) -> pl.DataFrame:
    judge = chain.judges["citizens"]
    people = engine.scan("citizens", batch.files["citizens"])
    adults = people.filter(people.age >= adult_age())
    judged = judge_table(judge, adults, key="citizen")
    [bad] = engine.work_out(people, [judged.filter(judged.refused.notnull())])
    facts = [fact for fact in judge.rubric.facts if fact.id in bad.columns]
    rows = [_row(each, facts) for each in bad.sort("citizen").iter_rows(named=True)]
    return pl.DataFrame(rows, schema=COLUMNS)


def _row(row: dict[str, object], facts: list[Fact]) -> dict[str, object]:
    """A refused citizen with the first fact that cannot be so."""
    wrong = next((fact.id for fact in facts if not _fits(row[fact.id], fact)), "")
    said = {"level": "citizens", "subject": row["citizen"], "commune": row["commune"], "code": row["refused"]}
    return {**said, "fact": wrong, "value": str(row[wrong]) if wrong else ""}


def _fits(value: object, fact: Fact) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if fact.choices:
        return value in fact.choices
    return isinstance(value, int) and fact.low <= value <= highest(fact)
