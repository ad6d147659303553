"""Judge a whole country: batch after batch of whole communes, every level written as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import polars as pl

from densach.nation.chain import GROUPS, RESULTS, VERDICTS, Batch, Found, judge_batch, reasons_told
from densach.nation.engines import Engine
from densach.nation.folder import TABLES, Said, files_of, fresh, said_in, write_table
from densach.nation.reasons import with_reasons
from densach.nation.refusing import REFUSED, refuse, refused_in
from densach.nation.titles import LEVELS, Chain
from densach.problems import Refused

COUNTRY, PROVINCE, COMMUNE = "country", "province", "commune"
WHOLE_COUNTRY = "VN"
COUNTS, REASONS, CELLS = "counts.parquet", "reasons.parquet", "groups.parquet"
Progress = Callable[[int], None]


def run(
    folder: Path, chain: Chain, engine: Engine, out: Path, *, said: Said, progress: Progress, partly: bool = False
) -> None:
    """Judge every level of the country in a folder and write what came out, by subject, place, group and reason.

    Rows that no sheet would take are named (N207, N208) and nothing is kept; with `partly` the others are judged, and
    those stand in a file of their own.
    """
    existed = out.exists()
    fresh(out)
    try:
        _run(folder, chain, engine, out, said, progress, partly=partly)
    except Refused:
        rmtree(out, ignore_errors=True)
        if existed:
            out.mkdir()
        raise


def _run(
    folder: Path, chain: Chain, engine: Engine, out: Path, said: Said, progress: Progress, *, partly: bool
) -> None:
    told = said_in(files_of(folder, "citizens")[0]) | said | _rubrics(chain)
    counts, reasons, cells, refused = [], [], [], []
    for number, (batch, people) in enumerate(batches(folder, engine.most_rows)):
        found = judge_batch(engine, chain, batch)
        refused.append(refused_in(engine, chain, batch, found))
        if len(refused[-1]) and not partly:
            refuse(refused[-1])
        for level, rows in found.rows.items():
            write_table(rows.drop(VERDICTS), out / level / f"{level}-{number:03}.parquet", told)
        counts.append(_counted(found))
        reasons.append(found.reasons)
        cells.append(found.cells)
        progress(people)
    if bad := len(all_refused := pl.concat(refused)):
        told |= {"refused": str(bad)}
        write_table(all_refused, out / REFUSED, told)
    provinces = _provinces(engine, chain, folder)
    above = province_of(folder)
    write_table(provinces.rows, out / "provinces" / "provinces-000.parquet", told)
    write_table(_everywhere(counts, above, provinces.counts), out / COUNTS, told)
    write_table(_everywhere(reasons, above, provinces.reasons), out / REASONS, told)
    write_table(pl.concat(cells).join(above, "commune").sort("commune", *GROUPS), out / CELLS, told)


class Provinces(NamedTuple):
    """The provinces judged, and what is counted of them."""

    rows: pl.DataFrame
    counts: pl.DataFrame
    reasons: pl.DataFrame


def batches(folder: Path, most: int) -> Iterator[tuple[Batch, int]]:
    """Files of whole communes together, up to so many people, with the people of all batches so far."""
    files = {name: files_of(folder, name) for name in TABLES}
    for file in (file for of_table in files.values() for file in of_table):
        said_in(file)
    first, people, before = 0, 0, 0
    for at, file in enumerate(files["citizens"]):
        here = pl.scan_parquet(file).select(pl.len()).collect().item()
        if people and people + here > most:
            yield Batch({name: of_table[first:at] for name, of_table in files.items()}), before + people
            first, before, people = at, before + people, 0
        people += here
    yield Batch({name: of_table[first:] for name, of_table in files.items()}), before + people


def province_of(folder: Path) -> pl.DataFrame:
    """The province of each commune, as the folders say."""
    tables = [
        pl.read_parquet(file, columns=["commune"], hive_partitioning=False).with_columns(
            pl.lit(file.parent.name.partition("=")[2]).alias("province")
        )
        for file in files_of(folder, "communes")
    ]
    return pl.concat(tables)


def _rubrics(chain: Chain) -> Said:
    """The policy bytes that every level was judged by."""
    sources = {name: digest for judge in chain.judges.values() for name, digest in judge.sources}
    return {f"policy:{name}": digest for name, digest in sources.items()}


def _counted(found: Found) -> pl.DataFrame:
    """Subjects by commune, level and verdict."""
    adults = (
        found.cells.group_by("commune").agg(pl.col(VERDICTS).sum()).unpivot(index="commune", variable_name="verdict")
    )
    citizens = adults.select("commune", pl.lit("citizens").alias("level"), "verdict", pl.col("value").alias("subjects"))
    tables = [citizens.with_columns(pl.col("subjects").cast(pl.Int64))]
    for level, rows in found.rows.items():
        counted = rows.group_by("commune", "verdict").agg(pl.len().cast(pl.Int64).alias("subjects"))
        tables.append(counted.select("commune", pl.lit(level).alias("level"), "verdict", "subjects"))
    return pl.concat(tables).filter(pl.col("subjects") > 0)


def _everywhere(of_communes: Sequence[pl.DataFrame], above: pl.DataFrame, of_provinces: pl.DataFrame) -> pl.DataFrame:
    """The same counts by commune, by province and for the country."""
    code = pl.col("commune").cast(pl.String).str.zfill(5)
    located = pl.concat(of_communes).join(above, "commune").with_columns(code)
    small, large = located.drop("province"), pl.concat([located.drop("commune"), of_provinces], how="diagonal")
    parts = [_at(small, COMMUNE, pl.col("commune")), _at(large, PROVINCE, pl.col("province"))]
    return pl.concat([*parts, _at(large, COUNTRY, pl.lit(WHOLE_COUNTRY))])


def _at(table: pl.DataFrame, kind: str, place: pl.Expr) -> pl.DataFrame:
    keys = [name for name in ("level", "verdict", "kind", "id") if name in table.columns]
    placed = table.with_columns(pl.lit(kind).alias("place_level"), place.alias("place"))
    return placed.group_by("place_level", "place", *keys).agg(pl.col("subjects").sum()).sort("place", *keys)


def _provinces(engine: Engine, chain: Chain, folder: Path) -> Provinces:
    """The provinces judged; nothing of what their rubric asks is counted from below."""
    table = engine.table("provinces", province_of(folder).select("province").unique().sort("province"))
    judge, level = chain.judges["provinces"], LEVELS[-1].name
    judged = with_reasons(judge, table, key="province")
    [found] = engine.work_out(table, [judged.table])
    rows = found.select("province", *RESULTS).sort("province")
    counted = rows.group_by("province", "verdict").agg(pl.len().cast(pl.Int64).alias("subjects"))
    counts = counted.select("province", pl.lit(level).alias("level"), "verdict", "subjects")
    return Provinces(rows, counts, reasons_told(level, judged.reasons, found, "province"))
