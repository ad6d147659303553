"""A synthetic country on two cores, from Parquet to its communes: ours, queries by hand, a plain scan, OpenFisca.

All read the same files, each in a process of its own, in turns; the least of some rounds counts, since other work only
slows, and processor time beside the clock, since others may use the two cores too. Equal rows are told by their hash,
or the bench stops. With `--hundred` it goes on to 100 million people, which takes some minutes and 3 GB of disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from densach.nation.folder import files_of
from densach.nation.making import make
from densach.places.territory import territory
from peering import ask_openfisca_country

PEERS = Path(__file__).parent / "peers" / "nation"
OURS = Path(__file__).parent / "nation_ours.py"
RUNNERS = {
    "plain scan of the columns": [PEERS / "column_scan.py"],
    "Polars by hand": [PEERS / "polars_query.py"],
    "DuckDB by hand": [PEERS / "duckdb_query.py"],
    "ours, the same verdicts": [OURS, "simple"],
    "ours on DuckDB": [OURS, "simple-duckdb"],
}
FLOOR, BEST, SAME = "plain scan of the columns", "Polars by hand", "ours, the same verdicts"
SHIPPED, VERDICTS = [OURS, "shipped"], [OURS, "verdicts"]
ON, SEED, ROUNDS = date(2026, 11, 26), 1, 3
MILLION = 1_000_000
Told = dict[str, float | str]


def asked(command: list[Path | str], folder: Path) -> Told:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command, folder], check=True, capture_output=True, text=True
    )
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def quickest(commands: dict[str, list[Path | str]], folder: Path, rounds: int) -> dict[str, Told]:
    """The quickest of some rounds of each; stops where two of those that answer the same do not agree."""
    told = [{name: asked(command, folder) for name, command in commands.items()} for _ in range(rounds)]
    digests = {one["digest"] for round_ in told for name, one in round_.items() if name != FLOOR}
    if len(digests) != 1:
        raise SystemExit(f"answers differ: {digests}")
    return {name: min((round_[name] for round_ in told), key=lambda one: one["cpu"]) for name in commands}


def measure(citizens: int, folder: Path, rounds: int) -> None:
    start = perf_counter()
    make(territory(), citizens=citizens, seed=SEED, folder=folder, progress=lambda _: None)
    size = sum(file.stat().st_size for file in files_of(folder, "citizens")) // MILLION
    print(f"{citizens:,} citizens: made in {perf_counter() - start:.0f} s, {size} MB")
    found = quickest(RUNNERS, folder, rounds)
    for name, told in found.items():
        print(line(name, told), f"{told['cpu'] / found[BEST]['cpu']:5.2f} x by hand")
    print(f"  ours is {found[SAME]['cpu'] / found[FLOOR]['cpu']:.2f} x the plain scan")
    print(line("all shipped rubrics, reasons", asked(SHIPPED, folder)))


def line(name: str, told: Told) -> str:
    return f"  {name:30}{told['seconds']:8.2f} s, processor {told['cpu']:7.2f} s, {told['peak_mb']:6} MB "


def against_openfisca(folder: Path) -> None:
    """From Parquet to the verdict of each adult, and OpenFisca once everything is loaded."""
    ours = min((asked(VERDICTS, folder) for _ in range(ROUNDS)), key=lambda told: told["cpu"])
    theirs = ask_openfisca_country(folder)
    if ours["digest"] != theirs["digest"]:
        raise SystemExit("verdicts differ")
    print(line("each adult's verdict: ours", ours))
    print(line("OpenFisca, once loaded", theirs), f"{theirs['cpu'] / ours['cpu']:.1f} x ours")


def sizes() -> Iterator[tuple[int, int]]:
    yield MILLION, ROUNDS
    yield 10 * MILLION, ROUNDS
    if "--hundred" in sys.argv:
        yield 100 * MILLION, 1


def main() -> None:
    for citizens, rounds in sizes():
        with TemporaryDirectory() as folder:
            measure(citizens, Path(folder) / "country", rounds)
            if citizens == 10 * MILLION:
                against_openfisca(Path(folder) / "country")


if __name__ == "__main__":
    main()
