"""`densach nation`: a synthetic country by the real marginals, judged whole by the shipped rubrics."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from densach.cli.nation_places import territory
from densach.cli.options import out_option
from densach.problems import Refused, problem

ENGINES = ("polars", "duckdb", "spark")
NEEDED = {"polars": "ibis", "duckdb": "ibis", "spark": "pyspark"}


@click.group()
def nation() -> None:
    """Cả nước giả lập: tạo, tính, so sánh / a synthetic country."""


@nation.command()
@click.option(
    "--citizens", type=click.IntRange(1_000, 200_000_000), required=True, metavar="N", help="Số dân / people."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32), required=True, metavar="S", help="Hạt giống; cùng số thì cùng dân số."
)
@out_option
def make(*, citizens: int, seed: int, folder: Path) -> None:
    """Tạo dân số giả lập trên 3.321 xã thật / draw a synthetic population on the real communes."""
    needs("polars")
    from densach.nation.figures import assumptions, marginals  # noqa: PLC0415  - `--help` needs no engine
    from densach.nation.folder import STATEMENT  # noqa: PLC0415
    from densach.nation.making import make as make_country  # noqa: PLC0415

    click.echo(STATEMENT)
    country = territory()

    def progress(made: int) -> None:
        click.echo(f"{STATEMENT}: {made:,} / {citizens:,}".replace(",", "."), err=True)

    make_country(country, citizens=citizens, seed=seed, folder=folder, progress=progress)
    for source in dict.fromkeys(one.source for one in marginals()):
        click.echo(f"Nguồn: {source}")
    for assumed in assumptions().values():
        click.echo(f"Giả định {assumed.id}: {assumed.text_vi}")
    click.echo(f"{STATEMENT}: {folder}")


def needs(engine: str) -> None:
    """Refused (N203) where the optional part that an engine needs is not installed."""
    if find_spec(NEEDED[engine]) is None:
        raise Refused(problem("N203", engine, name=NEEDED[engine], extra="spark" if engine == "spark" else "nation"))
