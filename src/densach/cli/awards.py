"""`densach awards`: the law of commendation, and a nomination held against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone

from densach.cli.options import day, language
from densach.policy.commendation.facts import Facts
from densach.policy.commendation.judging import both_regimes, judge, outcome
from densach.policy.commendation.model import CommendationLaw
from densach.policy.commendation.reading import commendation_law
from densach.policy.commendation.regimes import regime_on
from densach.policy.commendation.telling import finding_lines, law_lines, pick
from densach.policy.library import open_library
from densach.policy.reading import open_source, read
from densach.problems import Language

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


def _tell_the_other(law: CommendationLaw, facts: Facts, today: date, lang: Language) -> None:
    both = both_regimes(law, facts, today=today)
    if both is not None and both.waits:
        click.echo(pick(both.words_c, lang))
