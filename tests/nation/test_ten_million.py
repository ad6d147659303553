"""Ten million people in a process of its own: everybody is counted, and memory stays under 1 GB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from densach.nation.running import COUNTS

pytestmark = pytest.mark.slow
CITIZENS, MOST_MB = 10_000_000, 1_000
# Not ru_maxrss: a child begins with the peak of the process that started it.
COMMAND = """
import sys
from pathlib import Path
from densach.cli import cli
cli.main(sys.argv[1:], standalone_mode=False)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024)
"""


def peak_of(*asked: str) -> int:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMMAND, "nation", *asked], capture_output=True, text=True, check=True
    )
    return int(done.stdout.splitlines()[-1])


def test_ten_million_are_made_and_judged_in_little_memory(tmp_path: Path) -> None:
    country, out = str(tmp_path / "country"), str(tmp_path / "out")
    made = peak_of("make", "--citizens", str(CITIZENS), "--seed", "1", "--out", country)
    ran = peak_of("run", country, "--on", "2026-11-26", "--pack", "demo", "--out", out)
    assert max(made, ran) < MOST_MB, (made, ran)
    counts = pl.read_parquet(Path(out) / COUNTS).filter(pl.col("place_level") == "country")
    found = dict(counts.group_by("level").agg(pl.col("subjects").sum()).iter_rows())
    people = pl.scan_parquet(Path(country) / "citizens" / "**" / "*.parquet", hive_partitioning=False)
    adults, households = people.select((pl.col("age") >= 18).sum(), pl.col("household").n_unique()).collect().row(0)
    assert (found["citizens"], found["families"], found["communes"]) == (adults, households, 3321)
    who = with_one_bad_score(Path(country))
    asked = ("run", country, "--on", "2026-11-26", "--pack", "demo", "--out", str(tmp_path / "again"))
    command = [sys.executable, "-m", "densach", "nation", *asked]
    refused = subprocess.run(command, check=False, capture_output=True, text=True)
    assert refused.returncode != 0
    assert [said for said in ("N208", f"citizens {who}") if said not in refused.stderr] == []
    assert not (tmp_path / "again").exists()


def with_one_bad_score(country: Path) -> int:
    """One adult of the last file gets a score of 11; who that is."""
    path = sorted((country / "citizens").rglob("*.parquet"))[-1]
    said = {key: value for key, value in pl.read_parquet_metadata(path).items() if key != "ARROW:schema"}
    people = pl.read_parquet(path, hive_partitioning=False)
    who = int(people.filter(pl.col("age") >= 18)["citizen"][-1])
    score = pl.when(pl.col("citizen") == who).then(11).otherwise(pl.col("b2")).cast(pl.Int8).alias("b2")
    people.with_columns(score).write_parquet(path, metadata=said)
    return who
