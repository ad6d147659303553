"""One batch of whole communes judged from citizens to communes, on any engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import polars as pl
from ibis.expr.types import IntegerValue, Table

from densach.nation.counted import group_counts, of_adults, people_counts, with_facts
from densach.nation.engines import Engine
from densach.nation.reasons import Reason, with_reasons
from densach.nation.titles import BY_NAME, OF_COMMUNES, Chain
from densach.policy.assumed import adult_age
from densach.rules.counting import Measure

GROUPS = ("sex", "age_band", "urban", "ethnicity", "occupation")
BANDS = (25, 35, 60)  # 18-25, 26-35, 36-60, 61 and over
VERDICTS = ("met", "unknown", "unmet")
RESULTS = ("verdict", "level", "points_low", "points_high")
BELOW_COMMUNE = ("families", "clans", "villages")
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Batch:
    """The files of some whole communes, by table."""

    files: dict[str, Sequence[Path]]


@dataclass(frozen=True)
class Found:
    """What came out of a batch: adults by group, the judged rows of each level, and reasons counted by commune."""

    cells: pl.DataFrame
    rows: Frames
    reasons: pl.DataFrame


def judge_batch(engine: Engine, chain: Chain, batch: Batch) -> Found:
    """Judge citizens, then families and units, clans and villages, communes."""
    by_household, by_unit, cells, reasons = _citizens(engine, chain, batch)
    told = [reasons]
    rows: Frames = {}
    sums = pl.read_parquet(list(batch.files["households"]), hive_partitioning=False).join(
        by_household, "household", "left", maintain_order="left"
    )
    counted = [name for name in sums.columns if name.startswith("n_")]
    homes = sums.with_columns(pl.col(counted).fill_null(0))
    rows["families"] = _level(engine, chain, "families", homes, told)
    answers = {name: _read(batch, name) for name in ("clans", "villages", "units", "communes")}
    for name in ("clans", "villages"):
        table = answers[name].join(_summed(chain, rows["families"], homes, name), BY_NAME[name].key, "left")
        rows[name] = _level(engine, chain, name, table, told)
    rows["units"] = _level(engine, chain, "units", answers["units"].join(by_unit, "unit", "left"), told)
    communes = _commune_table(engine, chain, batch, answers["communes"], rows, cells)
    for name in OF_COMMUNES:
        table = communes.with_columns(pl.lit("commune").alias("subject_kind")) if name == "literacy" else communes
        rows[name] = _level(engine, chain, name, table, told)
    return Found(cells.select("commune", *GROUPS, "adults", *VERDICTS), rows, pl.concat(told))


def _citizens(
    engine: Engine, chain: Chain, batch: Batch
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Sums by household, by unit and by group in each commune, and the reasons of adults."""
    people = engine.scan("citizens", batch.files["citizens"])
    judged = with_reasons(chain.judges["citizens"], people.filter(people.age >= adult_age()), key="citizen")
    adults = judged.table.mutate(age_band=age_band(judged.table.age))
    homes = people_counts(_measures(chain, BELOW_COMMUNE, adults=True), adults)
    members = adults.filter(adults.unit.notnull())
    wanted = [
        adults.group_by("household").aggregate(**homes, **_nobody(homes, adults)),
        members.group_by("unit").aggregate(
            adults=members.count(), **people_counts(_measures(chain, ("units",), adults=True), members)
        ),
        adults.group_by("commune", *GROUPS).aggregate(
            adults=adults.count(),
            **{verdict: adults[verdict].sum() for verdict in VERDICTS},
            **{name: adults[name].sum() for name in judged.reasons},
            **people_counts(_measures(chain, OF_COMMUNES, adults=True), adults),
        ),
    ]
    by_household, by_unit, cells = engine.work_out(adults, wanted)
    return by_household, by_unit, cells, reasons_told("citizens", judged.reasons, cells)


def _nobody(counts: dict[str, IntegerValue], adults: Table) -> dict[str, IntegerValue]:
    """A grouping needs something to work out, even where no rubric counts anything."""
    return {} if counts else {"n_nothing": adults.count()}


def age_band(age: IntegerValue) -> IntegerValue:
    """The place of an adult's age among the bands."""
    steps = [(age <= last, at) for at, last in enumerate(BANDS)]
    return ibis.cases(*steps, else_=len(BANDS)).cast("int8")


def _measures(chain: Chain, levels: Iterable[str], *, adults: bool) -> list[Measure]:
    """What some levels count, each once."""
    asked = dict.fromkeys(measure for level in levels for measure in chain.measures[level].values())
    return [measure for measure in asked if of_adults(measure) is adults]


def _read(batch: Batch, name: str) -> pl.DataFrame:
    return pl.read_parquet(list(batch.files[name]), hive_partitioning=False)


def _summed(chain: Chain, families: pl.DataFrame, homes: pl.DataFrame, level: str) -> pl.DataFrame:
    """What a clan, village or commune counts of its families and of the people in them."""
    key = BY_NAME[level].key
    together = homes.join(families.select("household", *VERDICTS), "household")
    people = [pl.col(name).sum().cast(pl.Int64) for name in homes.columns if name.startswith("n_")]
    return together.drop_nulls(key).group_by(key).agg(*people, *group_counts(_all(chain, level), "families"))


def _all(chain: Chain, *levels: str) -> list[Measure]:
    return list(dict.fromkeys(measure for level in levels for measure in chain.measures[level].values()))


def _commune_table(
    engine: Engine, chain: Chain, batch: Batch, answers: pl.DataFrame, rows: Frames, cells: pl.DataFrame
) -> pl.DataFrame:
    """The answers of communes with all that they count: people, families, clans, villages and units."""
    measures = _all(chain, *OF_COMMUNES)
    people = engine.scan("citizens", batch.files["citizens"])
    counts = people_counts(_measures(chain, OF_COMMUNES, adults=False), people)
    [everybody] = engine.work_out(people, [people.group_by("commune").aggregate(people=people.count(), **counts)])
    names = [name for name in cells.columns if name.startswith("n_")]
    table = answers.join(everybody, "commune", "left")
    table = table.join(cells.group_by("commune").agg(pl.col(names).sum()), "commune", "left")
    for child in ("families", "clans", "villages", "units"):
        table = table.join(rows[child].group_by("commune").agg(group_counts(measures, child)), "commune", "left")
    return table.with_columns(pl.col([name for name in table.columns if name.startswith("n_")]).fill_null(0))


def _level(engine: Engine, chain: Chain, name: str, table: pl.DataFrame, told: list[pl.DataFrame]) -> pl.DataFrame:
    """Judge the rows of one level; their reasons are added to what is told."""
    judge, key = chain.judges[name], BY_NAME[name].key
    subjects = engine.table(name, with_facts(judge.rubric, chain.measures[name], table))
    judged = with_reasons(judge, subjects, key=key)
    places = [one for one in ("commune", "clan", "village") if one in table.columns and one != key]
    wanted = judged.table.select(key, *places, *RESULTS, *VERDICTS, "refused", *judged.reasons)
    [found] = engine.work_out(subjects, [wanted])
    told.append(reasons_told(name, judged.reasons, found))
    return found.drop(list(judged.reasons)).sort(key)


def reasons_told(level: str, reasons: dict[str, Reason], table: pl.DataFrame, place: str = "commune") -> pl.DataFrame:
    """How many subjects of each place each reason kept from being met."""
    summed = table.group_by(place).agg(pl.col(list(reasons)).sum().cast(pl.Int64))
    long = summed.unpivot(list(reasons), index=place, variable_name="reason", value_name="subjects")
    names = pl.DataFrame(
        [(name, *reason) for name, reason in reasons.items()],
        schema={"reason": pl.String, "verdict": pl.String, "kind": pl.String, "id": pl.String},
        orient="row",
    )
    told = long.filter(pl.col("subjects") > 0).join(names, "reason")
    return told.select(place, pl.lit(level).alias("level"), "verdict", "kind", "id", "subjects")
