"""`densach papers`: official papers of a body that needs no register here; no database is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the rooms below
from densach.cli.judge import prepare, read_facts
from densach.cli.options import out_option, year_option
from densach.policy.library import open_library
from densach.problems import Refused, problem
from densach.reporting.papers.case import case_of_facts
from densach.reporting.papers.unit import TITLES, Unit, unit_papers
from densach.reporting.papers.writing import write_both_forms


@click.group()
def papers() -> None:
    """Văn bản của một đơn vị / official papers of a unit."""


@papers.command("unit")
@click.argument("facts_file", metavar="FACTS.json", type=click.Path(path_type=Path))
@click.option("--rubric", "rubric_id", required=True, metavar="ID", help="Bộ tiêu chí / rubric: donvitinh-tt24-2023…")
@click.option("--unit", "name", required=True, metavar="NAME", help="Tên đơn vị / name of the unit.")
@click.option("--parent", required=True, metavar="NAME", help="Cơ quan chủ quản / its parent body.")
@click.option("--symbol", required=True, metavar="SYM", help="Chữ viết tắt trong số, ký hiệu / abbreviation.")
@click.option("--seat", required=True, metavar="PLACE", help="Địa danh ghi trước ngày / place before the date.")
@click.option("--head", default="Thủ trưởng", show_default=True, help="Chức danh người đứng đầu / who heads it.")
@click.option("--fictional", is_flag=True, help="In MẪU trên mọi trang / print MẪU on every page.")
@year_option
@out_option
def unit_(*, facts_file: Path, rubric_id: str, fictional: bool, year: int, folder: Path, **said: str) -> None:
    """Viết hồ sơ Đơn vị học tập theo Thông tư 24/2023 / write a unit's dossier by Circular 24/2023."""
    library, today = open_library(), timezone.localdate()
    judge = prepare(library, rubric_id, date(year, 12, 31), None)
    if judge.rubric.title_key not in TITLES:
        raise Refused(problem("R122", rubric_id, rubrics="donvitinh-tt24-2023, donvihuyen-tt24-2023"))
    file = read_facts(facts_file)
    case = case_of_facts(judge.rubric.title_vi.partition(" (")[0], judge, file.facts, library)
    written = unit_papers(Unit(**said), case, library, year, on=today, fictional=fictional or file.fictional)
    for path in write_both_forms(folder, written, year, made_on=today):
        click.echo(path)
