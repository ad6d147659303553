"""Two results side by side: who gained and who lost, by group and by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from densach.nation.chain import GROUPS, Batch, age_band
from densach.nation.engines import Engine
from densach.nation.folder import Said, said_in, write_table
from densach.nation.reasons import with_reasons
from densach.nation.running import CELLS, COUNTRY, PROVINCE, WHOLE_COUNTRY, batches, province_of
from densach.nation.titles import LEVELS, Chain
from densach.policy.assumed import adult_age
from densach.problems import Refused, problem

ROWS = tuple(level for level in LEVELS if level.name != "citizens")
SAME = ("seed", "citizens")
CHANGES = "changes.parquet"
CHANGED = ("adults", "met_before", "met_after", "gained", "lost")


@dataclass(frozen=True)
class Gains:
    """Of the subjects of one level or group: how many were met in the first result and in the second."""

    what: str
    key: str
    subjects: int
    before: int
    after: int
    gained: int | None
    lost: int | None


def compare(first: Path, second: Path) -> list[Gains]:
    """Every level, then citizens by group and province; Refused (N206) for results of two different countries."""
    told = [said_in(folder / CELLS) for folder in (first, second)]
    if any(told[0].get(name) != told[1].get(name) for name in SAME):
        raise Refused(problem("N206", second, first=first))
    return [*_levels(first, second), *_groups(first, second)]


def _levels(first: Path, second: Path) -> Iterator[Gains]:
    for level in ROWS:
        before, after = (_met(folder / level.name, level.key) for folder in (first, second))
        both = before.join(after, level.key, suffix="_after")
        was, now = pl.col("met"), pl.col("met_after")
        asked = [pl.len(), was.sum(), now.sum(), (now & ~was).sum(), (was & ~now).sum()]
        found = both.select(*(each.alias(str(at)) for at, each in enumerate(asked))).collect(engine="streaming")
        yield Gains("level", level.name, *map(int, found.row(0)))


def _met(folder: Path, key: str) -> pl.LazyFrame:
    scan = pl.scan_parquet(sorted(folder.glob("*.parquet")))
    return scan.select(key, (pl.col("verdict") == "met").fill_null(value=False).alias("met"))


def _groups(first: Path, second: Path) -> Iterator[Gains]:
    """Citizens by group: two results hold counts of them, so gains and losses inside a group cancel out."""
    for name in (*GROUPS, "province"):
        before, after = (_by(pl.scan_parquet(folder / CELLS), name) for folder in (first, second))
        for (key, adults, met), (_, _, met_after) in zip(before, after, strict=True):
            yield Gains(name, str(key), adults, met, met_after, None, None)


def _by(cells: pl.LazyFrame, name: str) -> Sequence[tuple[int | str, int, int]]:
    summed = cells.group_by(name).agg(pl.col("adults").sum(), pl.col("met").cast(pl.Int64).sum()).sort(name)
    return summed.collect().rows()


def changes(engine: Engine, folder: Path, before: Chain, after: Chain) -> pl.DataFrame:
    """Adults of each group of each commune who gained or lost, one by one, from the first law to the second."""
    found = [_changed(engine, batch, before, after) for batch, _ in batches(folder, engine.most_rows)]
    return pl.concat(found).join(province_of(folder), "commune").sort("commune", *GROUPS)


def _changed(engine: Engine, batch: Batch, before: Chain, after: Chain) -> pl.DataFrame:
    people = engine.scan("citizens", batch.files["citizens"])
    adults = people.filter(people.age >= adult_age())
    first = with_reasons(before.judges["citizens"], adults, key="citizen").table
    kept = first.select(*adults.columns, met_before=first.met)
    second = with_reasons(after.judges["citizens"], kept, key="citizen").table
    both = second.mutate(age_band=age_band(second.age))
    was, now = both.met_before, both.met
    sums = {"met_before": was, "met_after": now, "gained": now & ~was, "lost": was & ~now}
    wanted = both.group_by("commune", *GROUPS).aggregate(
        adults=both.count(), **{name: truth.cast("int32").sum() for name, truth in sums.items()}
    )
    [found] = engine.work_out(both, [wanted])
    return found.with_columns(pl.col(CHANGED).cast(pl.Int64))


def write_changes(found: pl.DataFrame, out: Path, said: Said) -> None:
    """Write who gained and lost by commune and group."""
    write_table(found, out / CHANGES, said)


def gains_of(found: pl.DataFrame) -> Iterator[Gains]:
    """Who gained and who lost: the whole country, each group, each province."""
    yield Gains(COUNTRY, WHOLE_COUNTRY, *map(int, found.select(pl.col(CHANGED).sum()).row(0)))
    for name in (*GROUPS, PROVINCE):
        summed = found.group_by(name).agg(pl.col(CHANGED).sum()).sort(name)
        for key, *numbers in summed.rows():
            yield Gains(name, str(key), *map(int, numbers))
