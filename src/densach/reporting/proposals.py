"""The recognition list: who meets the rubric, as the workbook of decisions, so that number, date and office are all
that is left to fill in before it is imported back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from densach.assessing.models import Round
from densach.assessing.titles import LITERACY, TITLES
from densach.assessing.workbooks.cells import Value
from densach.assessing.workbooks.forms import decisions_form
from densach.assessing.workbooks.templates import write_form
from densach.policy.library import Library
from densach.reporting.outcomes import Outcome, Outcomes


def write_proposals(path: Path, round_: Round, library: Library, found: Outcomes, *, made_on: date) -> None:
    """Write the list of a round; citizens stand by household and name, never by their personal number."""
    fictional = round_.is_fictional or round_.place.fictional
    write_form(path, decisions_form(library), _rows(round_.year, found), made_on=made_on, fictional=fictional)


def _rows(year: int, found: Outcomes) -> Iterator[dict[str, Value]]:
    for title in TITLES:
        met = (outcome for outcome in found[title.model] if outcome.judgement.verdict == "met")
        if title.model != LITERACY:
            yield from (_row(title.model, year, outcome) for outcome in met)


def _row(model: str, year: int, outcome: Outcome) -> dict[str, Value]:
    level = outcome.judgement.level
    return {
        "year": year,
        "model": model,
        "level": level if isinstance(level, int) else None,
        "code": outcome.code or outcome.name,
        "name": outcome.name,
    }
