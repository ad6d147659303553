"""1,000,000 subjects by 20 indicators with missing facts, on one core: Ibis on DuckDB and on Polars, and OpenFisca.

Each engine runs in a process of its own, so that its memory is its own. A sample is judged one by one as well, and
must be equal. Prints medians, peak memory and ratios of one run.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import ibis
import polars

from densach.nation.judging import judge_table
from padded import padded_judge
from peering import ask_openfisca

SUBJECTS, RUNS, SAMPLE = 1_000_000, 5, 2_000
MISSING = 20  # one score in so many is missing
AIM_S, AIM_MB = 0.5, 300


def write_population(file: Path) -> None:
    """Twenty columns of scores that follow no pattern, as Parquet."""
    judge = padded_judge()
    rows = polars.select(polars.int_range(SUBJECTS, dtype=polars.UInt64).alias("subject"))
    lowest = polars.col("subject").hash(seed=1) % 8
    columns = []
    for at, fact in enumerate(judge.rubric.facts):
        chance = polars.col("subject").hash(seed=at + 2)
        score = lowest + chance % (11 - lowest)
        columns.append(polars.when(chance // 16 % MISSING > 0).then(score).cast(polars.Int8).alias(fact.id))
    rows.with_columns(columns).with_columns(polars.col("subject").cast(polars.Int64)).write_parquet(file)


def run_engine(engine: str, file: Path) -> dict[str, object]:
    """Seconds of each run, peak memory and the verdicts of the sample; the result is made whole each time."""
    judge = padded_judge()
    connection = ibis.duckdb.connect() if engine == "duckdb" else ibis.polars.connect()
    if engine == "duckdb":
        connection.raw_sql("SET threads = 1")
    judged = judge_table(judge, connection.read_parquet(file), key="subject")
    result = judged.select("subject", "verdict", "level", "points_low", "points_high")
    low, high = result.points_low.sum(), result.points_high.sum()
    counted = result.group_by("verdict").aggregate(subjects=result.count(), low=low, high=high)
    how = {"engine": "streaming"} if engine == "polars" else {}
    seconds = [_seconds(lambda: connection.to_pyarrow(counted, **how)) for _ in range(RUNS)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sample = connection.to_pyarrow(result.filter(result.subject < SAMPLE)).sort_by("subject").to_pylist()
    return {"seconds": seconds, "peak_mb": peak, "verdicts": [row["verdict"] for row in sample]}


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def in_own_process(engine: str, file: Path) -> dict[str, object]:
    environment = os.environ | {"POLARS_MAX_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, __file__, engine, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "population.parquet"
        write_population(file)
        found = {engine: in_own_process(engine, file) for engine in ("duckdb", "polars")}
        rows = polars.read_parquet(file)
    judge = padded_judge()
    names = [fact.id for fact in judge.rubric.facts]
    one_by_one = [judge.judge(facts).verdict for facts in rows.select(names).head(SAMPLE).to_dicts()]
    peer_verdicts, peer_seconds = ask_openfisca({name: rows[name].fill_null(-1).to_list() for name in names})
    if not one_by_one == peer_verdicts[:SAMPLE] == found["duckdb"]["verdicts"] == found["polars"]["verdicts"]:
        raise SystemExit("verdicts differ")
    print(f"{SUBJECTS:,} subjects, {len(names)} indicators, one core; equal verdicts on {SAMPLE:,} of them")
    _print(found, peer_seconds)


def _print(found: dict[str, dict[str, object]], peer: float) -> None:
    for engine, told in found.items():
        seconds = median(told["seconds"])
        times = f"OpenFisca {peer / seconds:.1f} x ours"
        print(f"ours, Ibis on {engine:10}{seconds:7.2f} s, peak {told['peak_mb']} MB, {times}")
    print(f"OpenFisca, no trace     {peer:7.2f} s")
    print(f"aim: {AIM_S} s and {AIM_MB} MB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        json.dump(run_engine(sys.argv[1], Path(sys.argv[2])), sys.stdout)
    else:
        main()
