"""The verdicts of citizens and families up to the commune, as one would write them by hand for DuckDB."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from asked import ADULT, FLOOR, MOST, PASSING, SCORES, SHARE, Row, parts, report


def _passes(end: int) -> str:
    given = [f"coalesce({name}, {end}::TINYINT)" for name in SCORES]
    return f"{' + '.join(given)} >= {PASSING} AND least({', '.join(given)}) >= {FLOOR}"


FAMILIES = f"""
    SELECT household, any_value(commune) AS commune, count(*)::INTEGER AS adults,
        (count(*) FILTER (surely))::INTEGER AS surely, (count(*) FILTER (perhaps))::INTEGER AS perhaps
    FROM (
        SELECT household, commune, {_passes(0)} AS surely, {_passes(MOST)} AS perhaps
        FROM read_parquet($files) WHERE age >= {ADULT}
    ) GROUP BY household
"""  # noqa: S608  - numbers of this bench
COMMUNES = f"""
    SELECT commune, sum(surely), sum(perhaps - surely), sum(adults - perhaps),
        count(*) FILTER (surely * 100 >= adults * {SHARE}),
        count(*) FILTER (perhaps * 100 >= adults * {SHARE} AND surely * 100 < adults * {SHARE}),
        count(*) FILTER (perhaps * 100 < adults * {SHARE})
    FROM ({FAMILIES}) GROUP BY commune
"""  # noqa: S608


def rows(folder: Path) -> list[Row]:
    connection = duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": False})
    files = [str(part) for part in parts(folder)]
    return connection.execute(COMMUNES, {"files": files}).fetchall()


if __name__ == "__main__":
    report(lambda: rows(Path(sys.argv[1])))
