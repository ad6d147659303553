"""A synthetic country made, judged and judged again by a changed rule, as one small file that a page can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from densach.nation.changing import changed
from densach.nation.comparing import changes, gains_of
from densach.nation.engines import Polars
from densach.nation.making import make
from densach.nation.running import CELLS, COUNTRY, COUNTS, REASONS, run
from densach.nation.telling import MOST_REASONS, words_of
from densach.nation.territory import Territory
from densach.nation.titles import LEVELS, Chain
from densach.nation.told import Level, Moved, Reason, Told


def told_of(territory: Territory, chain: Chain, *, citizens: int, seed: int, on: date, setting: str) -> Told:
    """Make a country, judge it by the law of a day and again with one number set otherwise; keeps no person."""
    law = "fictional" if chain.fictional else "real"
    with TemporaryDirectory() as folder, Polars() as engine:
        country, out = Path(folder) / "country", Path(folder) / "out"
        make(territory, citizens=citizens, seed=seed, folder=country, progress=_silently)
        run(country, chain, engine, out, said={"on": on.isoformat(), "law": law}, progress=_silently)
        moved = gains_of(changes(engine, country, chain, changed(chain, (setting,))))
        return Told(
            citizens=citizens,
            seed=seed,
            on=on.isoformat(),
            fictional_law=chain.fictional,
            setting=setting,
            levels=tuple(_levels(out, chain)),
            provinces=_provinces(out),
            moved=tuple(Moved(**{name: getattr(one, name) for name in Moved.__struct_fields__}) for one in moved),
        )


def _levels(out: Path, chain: Chain) -> Iterator[Level]:
    counts = pl.read_parquet(out / COUNTS).filter(pl.col("place_level") == COUNTRY)
    reasons = pl.read_parquet(out / REASONS).filter(pl.col("place_level") == COUNTRY)
    for level in LEVELS:
        verdicts = dict(counts.filter(pl.col("level") == level.name).select("verdict", "subjects").rows())
        said = words_of(chain.judges[level.name].rubric)
        most = reasons.filter(pl.col("level") == level.name).sort(-pl.col("subjects"), "kind", "id").head(MOST_REASONS)
        rows = most.select("verdict", "kind", "id", "subjects").rows()
        yield Level(
            level.name, verdicts, tuple(Reason(v, kind, name, said.get(name, ""), n) for v, kind, name, n in rows)
        )


def _provinces(out: Path) -> dict[str, tuple[int, int]]:
    cells = pl.scan_parquet(out / CELLS).group_by("province")
    summed = cells.agg(pl.col("met").cast(pl.Int64).sum(), pl.col("adults").sum()).sort("province").collect()
    return {code: (met, adults) for code, met, adults in summed.select("province", "met", "adults").rows()}


def _silently(_: int) -> None:
    """Nobody waits for so few."""
