"""`densach template`: the workbooks that officers fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.workbooks.templates import write_templates
from densach.cli.options import packs_of, year_option
from densach.policy.library import open_library


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@year_option
@click.option("--demo", is_flag=True, help="Theo gói hư cấu MẪU / by the fictional pack.")
def template(*, folder: Path, year: int, demo: bool) -> None:
    """Tạo các sổ, phiếu để điền cho một năm / make the workbooks to fill in for one year."""
    for path in write_templates(folder, open_library(packs_of(demo=demo)), date(year, 12, 31)):
        click.echo(path)
