"""`densach policy`: the law as data, listed, shown, checked and published."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from densach.cli.options import day, language
from densach.policy.checking import Report, check
from densach.policy.library import Library, open_library
from densach.policy.listing import KINDS, list_lines, page_lines
from densach.policy.schemas import PUBLISHED, facts_schema, write_schemas
from densach.policy.viewing import state_line
from densach.problems import Language

_PACKS = {"vn": ("vn",), "demo": ("vn", "demo")}


def pack(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--pack vn|demo`: the real law, or the real law with the fictional pack beside it."""
    help_text = "Luật thật, hoặc thêm gói hư cấu MẪU / the real law, or with the fictional pack."
    return click.option("--pack", "pack", type=click.Choice(list(_PACKS)), default="vn", help=help_text)(command)


@click.group()
def policy() -> None:
    """Luật thành dữ liệu: xem, kiểm, công bố / the law as data."""


@policy.command(name="list")
@click.option("--kind", type=click.Choice([*KINDS, "all"]), default="rubrics", help="Liệt kê gì / what to list.")
@pack
@language
def list_(kind: str, pack: str, lang: Language) -> None:
    """Mỗi thứ một dòng, mã đứng đầu / one line each, the id first."""
    for line in list_lines(_library(pack), kind, lang):
        click.echo(line)


@policy.command()
@click.argument("wanted", metavar="ID")
@click.option("--on", "on", callback=day, metavar="DATE", help="Theo luật của ngày này / by the law of this day.")
@pack
@language
def show(wanted: str, on: date | None, pack: str, lang: Language) -> None:
    """Một mã, bằng câu đọc được / one id, as sentences."""
    for line in page_lines(_library(pack), wanted, on, lang):
        click.echo(line)


@policy.command()
@click.argument("wanted", metavar="ID")
@click.option("--on", "on", callback=day, metavar="DATE", help="Theo luật của ngày này / by the law of this day.")
@pack
@language
def facts(wanted: str, on: date | None, pack: str, lang: Language) -> None:
    """Các số liệu một bộ tiêu chí hỏi, dạng JSON Schema / the facts that a rubric asks."""
    rubric = _library(pack).rubric(wanted, on).rubric
    click.echo(json.dumps(facts_schema(rubric, lang), ensure_ascii=False, indent=2))


@policy.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def schema(folder: Path | None) -> None:
    """Viết JSON Schema của các tệp luật / write the schemas of the policy files."""
    for path in write_schemas(folder or PUBLISHED):
        click.echo(path.name)


@policy.command(name="check")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@pack
@language
def check_(folder: Path | None, pack: str, lang: Language) -> None:
    """Kiểm mọi tệp luật, và thư mục riêng nếu có / check all policy files, and your own folder."""
    report = check(_PACKS[pack], (folder,) if folder else ())
    for line in _told(report, lang):
        click.echo(line)
    if report.problems:
        sys.exit(2)


def _told(report: Report, lang: Language) -> list[str]:
    width = max(map(len, report.coverage), default=0)
    table = [f"{name:<{width}}  {state_line(found, lang)}" for name, found in report.coverage.items()]
    count = len(report.problems)
    sums = {"vi": f"{len(table)} bộ tiêu chí, {count} lỗi.", "en": f"{len(table)} rubrics, {count} problems."}
    return [*(found.told(lang) for found in report.problems), *table, sums[lang]]


def _library(pack: str) -> Library:
    return open_library(_PACKS[pack])
