"""`densach equity`: who was recognised in a commune's round, and who was left behind."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import demo_option, packs_of, place_option, year_option
from densach.cli.rounds import known_round
from densach.reporting.equity import equity_of, say_equity, write_equity


@click.command()
@place_option
@year_option
@demo_option
@click.option(
    "--table",
    "path",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi bảng chi tiết, số nhỏ được giấu / write the table, small counts hidden.",
)
def equity(*, code: str, year: int, demo: bool, path: Path | None) -> None:
    """Ai được công nhận, ai bị bỏ lại: theo giới, tuổi, thôn / who is recognised and who is left behind."""
    found = equity_of(known_round(code, year, packs_of(demo=demo)))
    for line in say_equity(found):
        click.echo(line)
    if path is not None:
        hidden = write_equity(path, found, made_on=timezone.localdate())
        click.echo(f"{path}: {len(found.table.cells)} ô, giấu {len(hidden.cells)} ô.")
