"""The folder of a synthetic country: one Parquet file for each table and part, and what every one of them says."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from densach.nation.told import STATEMENT
from densach.problems import Refused, problem

TABLES = ("citizens", "households", "villages", "clans", "units", "communes")
Said = dict[str, str]


def write_table(table: pl.DataFrame, path: Path, said: Said) -> None:
    """Write a table whole or not at all, marked as made up."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    table.write_parquet(half, compression_level=1, statistics=False, metadata={"densach": STATEMENT} | said)
    half.replace(path)


def part_path(folder: Path, table: str, province: str, number: int) -> Path:
    """Where a table of a part stands."""
    return folder / table / f"province={province}" / f"{province}-{number:03}.parquet"


def files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table in order; Refused (N200) where there is none."""
    found = sorted((folder / table).rglob("*.parquet"))
    if not found:
        raise Refused(problem("N200", folder / table))
    return found


def said_in(path: Path) -> Said:
    """What the metadata of a file says; Refused (N200, N201) for no file, or one that does not call itself made up."""
    if not path.exists():
        raise Refused(problem("N200", path.parent))
    try:
        said = {key: value for key, value in pl.read_parquet_metadata(path).items() if key != "ARROW:schema"}
    except pl.exceptions.ComputeError as error:
        raise Refused(problem("N201", path)) from error
    if said.get("densach") != STATEMENT:
        raise Refused(problem("N201", path))
    return said


def fresh(folder: Path) -> Path:
    """A folder that is new or empty; Refused (N202) where something stands in it."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(problem("N202", folder))
    return folder
