"""`densach nation`: a synthetic country by the real marginals, judged whole by the shipped rubrics."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from densach.cli.options import day, out_option, packs_of
from densach.cli.policy import pack
from densach.places.territory import province_names, territory
from densach.policy.library import open_library
from densach.problems import Refused, problem

if TYPE_CHECKING:  # the engines are optional, and slow to import
    from densach.nation.comparing import Gains
    from densach.nation.engines import Engine
    from densach.nation.titles import Chain

ENGINES = ("polars", "duckdb", "spark")
on_option = click.option(
    "--on", required=True, callback=day, metavar="DATE", help="Theo luật của ngày này / by the law of this day."
)
engine_option = click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="Bộ máy tính / engine.")
NEEDED = {"polars": "ibis", "duckdb": "ibis", "spark": "pyspark"}


@click.group()
def nation() -> None:
    """Cả nước giả lập: tạo, tính, so sánh / a synthetic country."""


@nation.command()
@click.option(
    "--citizens", type=click.IntRange(1_000, 200_000_000), required=True, metavar="N", help="Số dân / people."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32),
    default=1,
    show_default=True,
    metavar="S",
    help="Hạt giống; cùng số thì cùng dân số / the same seed gives the same people.",
)
@out_option
def make(*, citizens: int, seed: int, folder: Path) -> None:
    """Tạo dân số giả lập trên 3.321 xã thật / draw a synthetic population on the real communes."""
    needs("polars")
    from densach.nation.figures import assumptions, marginals  # noqa: PLC0415  - `--help` needs no engine
    from densach.nation.making import make as make_country  # noqa: PLC0415
    from densach.nation.told import STATEMENT  # noqa: PLC0415

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


@nation.command()
@click.argument("country", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@on_option
@engine_option
@pack
@out_option
@click.option("--partly", is_flag=True, help="Bỏ các dòng sai, tính phần còn lại / judge the rest without wrong rows.")
def run(*, country: Path, on: date, engine: str, pack: str, folder: Path, partly: bool) -> None:
    """Tính cả nước từ công dân tới tỉnh theo luật / judge the country by the shipped rubrics."""
    needs(engine)
    from densach.nation.telling import result_lines  # noqa: PLC0415

    chain = _chain(pack, on)
    with _ready(engine) as ready:
        _run(ready, country, chain, folder, on, partly=partly)
    for line in result_lines(folder, chain):
        click.echo(line)


@nation.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path, file_okay=False))
@click.argument("second", metavar="B", type=click.Path(path_type=Path, file_okay=False))
def compare(*, first: Path, second: Path) -> None:
    """So hai kết quả: ai được thêm, ai mất / who gains and who loses between two results."""
    needs("polars")
    from densach.nation.comparing import compare as compare_results  # noqa: PLC0415

    _tell_gains(compare_results(first, second))


@nation.command()
@click.argument("country", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--on", callback=day, metavar="DATE", help="Theo luật của ngày này, mặc định hôm nay / today if not given."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    required=True,
    metavar="RUBRIC.PATH=VALUE",
    help="Ví dụ congdan-324-2022.b2.floor=none.",
)
@engine_option
@pack
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Giữ kết quả ở đây; không ghi thì chỉ in ra / where results are kept; without it they are told alone.",
)
def whatif(
    *, country: Path, on: date | None, settings: tuple[str, ...], engine: str, pack: str, folder: Path | None
) -> None:
    """Nếu luật khác đi: ai được, ai mất, ở đâu / if the law said otherwise: who gains, who loses, where."""
    needs(engine)
    with TemporaryDirectory() as passing:
        kept = folder or Path(passing) / "whatif"
        _what_if(country, on or _today(), settings, engine, pack, kept)


def _what_if(country: Path, on: date, settings: tuple[str, ...], engine: str, pack: str, folder: Path) -> None:
    from densach.nation.changing import changed  # noqa: PLC0415
    from densach.nation.comparing import changes, gains_of, write_changes  # noqa: PLC0415
    from densach.nation.comparing import compare as compare_results  # noqa: PLC0415
    from densach.nation.folder import fresh, said_in  # noqa: PLC0415
    from densach.nation.running import CELLS  # noqa: PLC0415

    before = _chain(pack, on)
    after = changed(before, settings)
    fresh(folder)
    with _ready(engine) as ready:
        _run(ready, country, before, folder / "before", on)
        _run(ready, country, after, folder / "after", on, settings)
        found = changes(ready, country, before, after)
    write_changes(found, folder, said_in(folder / "after" / CELLS))
    levels = [one for one in compare_results(folder / "before", folder / "after") if one.what == "level"]
    _tell_gains([*gains_of(found), *levels], settings)


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415

    import densach.config.ready  # noqa: F401, PLC0415  - which sets the time zone; no other command here needs it

    return timezone.localdate()


def _ready(engine: str) -> Engine:
    from densach.nation.engines import ENGINES as BY_NAME  # noqa: PLC0415

    return BY_NAME[engine]()


def _chain(pack: str, on: date) -> Chain:
    from densach.nation.titles import chain_of  # noqa: PLC0415

    return chain_of(open_library(packs_of(demo=pack == "demo")), on)


def _run(
    engine: Engine,
    country: Path,
    chain: Chain,
    out: Path,
    on: date,
    settings: tuple[str, ...] = (),
    *,
    partly: bool = False,
) -> None:
    from densach.nation.running import run as run_country  # noqa: PLC0415
    from densach.nation.told import STATEMENT  # noqa: PLC0415

    said = {"on": on.isoformat(), "law": "fictional" if chain.fictional else "real", "set": " ".join(settings)}

    def progress(people: int) -> None:
        click.echo(f"{STATEMENT}: đã tính {people:,} người".replace(",", "."), err=True)

    run_country(country, chain, engine, out, said=said, progress=progress, partly=partly)


def _tell_gains(gains: Iterable[Gains], settings: tuple[str, ...] = ()) -> None:
    from densach.nation.telling import gains_lines  # noqa: PLC0415
    from densach.nation.told import STATEMENT  # noqa: PLC0415

    click.echo(STATEMENT)
    for setting in settings:
        click.echo(f"Giả sử: {setting}")
    for line in gains_lines(gains, province_names()):
        click.echo(line)


def needs(engine: str) -> None:
    """Refused (N203) where the optional part that an engine needs is not installed."""
    if find_spec(NEEDED[engine]) is None:
        raise Refused(problem("N203", engine, name=NEEDED[engine], extra="spark" if engine == "spark" else "nation"))
