"""`densach awards`: the law of commendation, a nomination held against it, days off and blanks of an installation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.awards.calendars import enter_calendar, working_calendar
from densach.awards.register.blanks import blanks_entered, enter_blank, read_blank
from densach.cli.options import day, language
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.facts import Facts
from densach.policy.commendation.judging import both_regimes, judge, outcome
from densach.policy.commendation.model import CommendationLaw
from densach.policy.commendation.reading import commendation_law
from densach.policy.commendation.regimes import regime_on
from densach.policy.commendation.telling import finding_lines, law_lines, pick
from densach.policy.commendation.working_days import read_calendar
from densach.policy.library import open_library
from densach.policy.reading import open_source, read
from densach.problems import Language

check_only = click.option("--check", is_flag=True, help="Chỉ kiểm tra, không nạp / only check, enter nothing.")
on_day = click.option("--on", "on", callback=day, metavar="DATE", help="Ngày xét, mặc định hôm nay / the day, today.")


@click.group()
def awards() -> None:
    """Khen thưởng: pháp luật và xét hồ sơ / commendation."""


@awards.command(name="law")
@on_day
@language
def law_(on: date | None, lang: Language) -> None:
    """Pháp luật khen thưởng của một ngày / the law of commendation on a day."""
    for line in law_lines(commendation_law(), open_library().documents, on or timezone.localdate(), lang):
        click.echo(line)


@awards.command(name="judge")
@click.argument("facts_file", metavar="FACTS.yaml", type=click.Path(path_type=Path))
@on_day
@language
def judge_(facts_file: Path, on: date | None, lang: Language) -> None:
    """Xét một hồ sơ theo luật của ngày tiếp nhận / judge a nomination by the law of its day of receipt."""
    law, facts, today = commendation_law(), read(open_source(facts_file), Facts), on or timezone.localdate()
    documents = open_library().documents
    regime = regime_on(law, facts.received_on or today)
    findings = judge(law, facts, regime, today=today)
    click.echo(regime)
    for line in finding_lines(findings, outcome(findings), documents, lang):
        click.echo(line)
    _tell_the_other(law, facts, today, lang)


@awards.command()
@click.argument("source", metavar="[NĂM.yaml]", required=False, type=click.Path(path_type=Path))
@check_only
def calendar(source: Path | None, *, check: bool) -> None:
    """Nạp lịch nghỉ của một năm, hoặc nêu những năm đã nạp / enter the days off of a year, or tell which are there.

    Tệp được giữ ở thư mục calendars của DENSACH_HOME / the file is kept in the folder calendars of DENSACH_HOME.
    """
    ensure_ready()
    if source is None:
        for year in sorted(working_calendar().years.values(), key=lambda each: each.year):
            click.echo(_said(year))
        return
    act = Act(who="densach awards calendar", at=timezone.now(), why="nạp lịch nghỉ")
    click.echo(_said(read_calendar(source) if check else enter_calendar(source, act=act)))


@awards.command()
@click.argument("source", metavar="[TỆP.toml]", required=False, type=click.Path(path_type=Path))
@check_only
def blank(source: Path | None, *, check: bool) -> None:
    """Nạp tọa độ của một phôi, hoặc nêu những phôi đã nạp / enter a blank's layout, or tell which are there.

    Tệp được giữ ở thư mục blanks của DENSACH_HOME / the file is kept in the folder blanks of DENSACH_HOME.
    """
    ensure_ready()
    if source is None:
        for name, layout in blanks_entered().items():
            click.echo(f"{name}: {layout.name}, {layout.width:g} × {layout.height:g} mm")
        return
    act = Act(who="densach awards blank", at=timezone.now(), why="nạp phôi")
    layout = read_blank(source) if check else enter_blank(source, act=act)
    click.echo(f"{source.stem}: {layout.name}, {layout.width:g} × {layout.height:g} mm")


def _said(year: CalendarYear) -> str:
    return f"{year.year}: {len(year.holidays)} ngày nghỉ, {len(year.worked_instead)} ngày làm bù ({year.source})"


def _tell_the_other(law: CommendationLaw, facts: Facts, today: date, lang: Language) -> None:
    both = both_regimes(law, facts, today=today)
    if both is not None and both.waits:
        click.echo(pick(both.words_c, lang))
