"""The recognition list: who meets the rubric, as the workbook of decisions, so that number, date and office are all
that is left to fill in before it is imported back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from densach.assessing.frame import Frame
from densach.assessing.models import Round
from densach.assessing.titles import LITERACY, TITLES
from densach.assessing.workbooks.cells import Value
from densach.assessing.workbooks.forms import decisions_form
from densach.assessing.workbooks.templates import write_form
from densach.policy.library import Library
from densach.reporting.outcomes import Outcome, outcomes


def write_proposals(path: Path, round_: Round, library: Library, frame: Frame, *, made_on: date) -> None:
    """Write the list of a round; citizens stand by household and name, never by their personal number."""
    fictional = round_.is_fictional or round_.place.fictional
    write_form(path, decisions_form(library), _rows(round_, library, frame), made_on=made_on, fictional=fictional)


def _rows(round_: Round, library: Library, frame: Frame) -> Iterator[dict[str, Value]]:
    for title in TITLES:
        if title.model != LITERACY:
            for outcome in outcomes(round_, title, library, frame):
                if outcome.judgement.verdict == "met":
                    yield _row(title.model, round_.year, outcome)


def _row(model: str, year: int, outcome: Outcome) -> dict[str, Value]:
    level = outcome.judgement.level
    return {
        "year": year,
        "model": model,
        "level": level if isinstance(level, int) else None,
        "code": outcome.code or outcome.name,
        "name": outcome.name,
    }
