"""The floor: every column that the verdicts need is read and summed, and nothing else is done."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from asked import COLUMNS, parts, report


def main(folder: Path) -> None:
    scan = pl.scan_parquet(parts(folder)).select(pl.col(*COLUMNS).sum())
    report(lambda: [scan.collect(engine="streaming").row(0)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
