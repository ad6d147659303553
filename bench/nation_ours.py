"""What is ours in the bench of the country, each in a process of its own: the same verdicts as the peers, and all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from ibis.expr.types import BooleanValue, Table

from densach.nation.engines import DuckDB, Engine, Polars
from densach.nation.judging import TAKEN, run_table, state_of
from densach.nation.running import batches, run
from densach.nation.titles import chain_of
from densach.policy.assumed import adult_age
from densach.policy.library import open_library

sys.path.append(str(Path(__file__).parent / "peers" / "nation"))
from asked import SHARE, Row, report

ON = date(2026, 11, 26)
CHAIN = chain_of(open_library(("vn", "demo")), ON)
JUDGE = CHAIN.judges["citizens"]
MOST = 1_000_000  # people of a batch, about a file, as the peer in Polars asks; DuckDB takes more at once as well


def judged(people: Table) -> tuple[Table, BooleanValue, BooleanValue]:
    """The adults with who is met and who perhaps, by the shipped rubric; no reasons."""
    lowered = JUDGE.lowered
    starts = (lowered.nothing_applies, lowered.level)
    adults = people.filter(people.age >= adult_age())
    table, outputs = run_table(JUDGE, adults, "citizen", [place + end for place in starts for end in (0, 1)])
    state = state_of(outputs, *starts)
    return table, state.met & table[TAKEN], state.unknown & table[TAKEN]


def communes(people: Table) -> Table:
    """Adults and families of each commune by verdict, as the peers are asked."""
    table, met, unknown = judged(people)
    adults = table.select("household", "commune", surely=met, perhaps=met | unknown)
    homes = adults.group_by("household").aggregate(
        commune=adults.commune.max(),
        adults=adults.count(),
        surely=adults.surely.sum(),
        perhaps=adults.perhaps.sum(),
    )
    wanted = homes.adults * SHARE
    is_met, may_be = homes.surely * 100 >= wanted, homes.perhaps * 100 >= wanted
    return homes.group_by("commune").aggregate(
        surely_=homes.surely.sum(),
        unknown=(homes.perhaps - homes.surely).sum(),
        unmet=(homes.adults - homes.perhaps).sum(),
        families_met=is_met.sum(),
        families_unknown=(may_be & ~is_met).sum(),
        families_unmet=(~may_be).sum(),
    )


def simple(folder: Path, make: Callable[[], Engine], most: int) -> Iterator[Row]:
    """One expression for all batches: only the files that it reads change."""
    wanted: Table | None = None
    with make() as engine:
        for batch, _ in batches(folder, most):
            people = engine.scan("citizens", batch.files["citizens"])
            wanted = communes(people) if wanted is None else wanted
            yield from engine.work_out(people, [wanted])[0].rows()


def verdicts(folder: Path) -> list[Row]:
    """The hash of every adult's verdict in the order of the files: 0 met, 1 unmet, 2 unknown."""
    digest = sha256()
    with Polars() as engine:
        for batch, _ in batches(folder, engine.most_rows):
            table, met, unknown = judged(engine.scan("citizens", batch.files["citizens"]))
            code = table.select(code=(1 - met.cast("int8") + unknown.cast("int8")).cast("int8"))
            [found] = engine.work_out(table, [code])
            digest.update(found["code"].to_numpy().astype(np.int8).tobytes())
    return [(int(digest.hexdigest()[:15], 16),)]


def shipped(folder: Path) -> list[Row]:
    """The whole chain by all shipped rubrics, with counts by reason, written to disk."""
    with TemporaryDirectory() as out, Polars() as engine:
        run(folder, CHAIN, engine, Path(out) / "out", said={}, progress=lambda _: None)
        return pl.read_parquet(Path(out) / "out" / "counts.parquet").select(pl.col("subjects").sum()).rows()


ASKED: dict[str, Callable[[Path], list[Row]]] = {
    "simple": lambda folder: [*simple(folder, Polars, MOST)],
    "simple-duckdb": lambda folder: [*simple(folder, DuckDB, DuckDB.most_rows)],
    "verdicts": verdicts,
    "shipped": shipped,
}

if __name__ == "__main__":
    report(lambda: ASKED[sys.argv[1]](Path(sys.argv[2])))
