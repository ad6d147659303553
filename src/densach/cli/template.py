"""`densach template`: the workbooks that officers fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.workbooks.templates import write_templates
from densach.cli.options import YEARS, packs_of
from densach.policy.library import open_library


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--year", type=YEARS, metavar="Y", help="Năm đánh giá; mặc định năm nay / assessed year; this year.")
@click.option("--demo", is_flag=True, help="Theo gói hư cấu MẪU / by the fictional pack.")
def template(*, folder: Path, year: int | None, demo: bool) -> None:
    """Tạo các sổ, phiếu để điền cho một năm / make the workbooks to fill in for one year."""
    on = date(year or timezone.localdate().year, 12, 31)
    for path in write_templates(folder, open_library(packs_of(demo=demo)), on):
        click.echo(path)
