"""The verdicts of citizens and families up to the commune, as one would write them by hand for Polars, streaming.

Narrow integers, no null after the first line, one grouping by household and one by commune. Each file holds whole
households and is asked by itself, which keeps the table of households small; one query over all files at once took
longer and far more memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from asked import ADULT, COLUMNS, FLOOR, MOST, PASSING, SCORES, SHARE, Row, parts, report


def verdicts(part: Path) -> pl.LazyFrame:
    """Adults and families of each commune of a file by verdict."""
    low, high = ([pl.col(name).fill_null(end) for name in SCORES] for end in (0, MOST))
    surely = (pl.sum_horizontal(low) >= PASSING) & (pl.min_horizontal(low) >= FLOOR)
    perhaps = (pl.sum_horizontal(high) >= PASSING) & (pl.min_horizontal(high) >= FLOOR)
    adults = pl.scan_parquet(part).select(COLUMNS).filter(pl.col("age") >= ADULT)
    judged = adults.select("household", "commune", surely.alias("surely"), perhaps.alias("perhaps"))
    families = judged.group_by("household").agg(
        pl.col("commune").first(),
        pl.len().cast(pl.Int32).alias("adults"),
        pl.col("surely").sum().cast(pl.Int32),
        pl.col("perhaps").sum().cast(pl.Int32),
    )
    asked = pl.col("adults") * SHARE
    met, open_ = pl.col("surely") * 100 >= asked, pl.col("perhaps") * 100 >= asked
    return families.group_by("commune").agg(
        pl.col("surely").sum(),
        (pl.col("perhaps") - pl.col("surely")).sum().alias("unknown"),
        (pl.col("adults") - pl.col("perhaps")).sum().alias("unmet"),
        met.sum().alias("families_met"),
        (open_ & ~met).sum().alias("families_unknown"),
        (~open_).sum().alias("families_unmet"),
    )


def rows(folder: Path) -> Iterator[Row]:
    for part in parts(folder):
        yield from verdicts(part).collect(engine="streaming").rows()


if __name__ == "__main__":
    report(lambda: rows(Path(sys.argv[1])))
