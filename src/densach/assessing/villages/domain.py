"""What somebody who works in a village does to its sheets: writes them for others, sends them, scores them.

Each sheet is changed by the events of `sheets.domain`; whom it may concern is asked in `access`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.domain import Facts, subjects_for
from densach.assessing.models import Round
from densach.assessing.queries import round_for_update
from densach.assessing.sheets.domain import begin_sheet, check_sheet, write_on
from densach.assessing.sheets.judging import judge_about, send_and_judge
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.sheets.queries import sheet_of
from densach.assessing.titles import Title
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Problem, Refused, problem
from densach.rules.sheet import Answer


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What somebody writes on a sheet: every answer (None takes one away), the version that was shown, and how.

    Version 0 says that no sheet was shown.
    """

    answers: dict[str, Answer]
    version: int
    way: Way
    by: Account | None


def write_for(round_: Round, title: Title, thing: int, writing: Writing, *, act: Act) -> Sheet | None:
    """Write on the sheet of a person or household, begun if there is none; nothing where nothing is written.

    Refused (K102) where somebody else began it or wrote on it since it was shown, and (K101) once it was sent.
    """
    answered = {name for name, answer in writing.answers.items() if answer is not None}
    with transaction.atomic():
        # Whoever begins the same sheet at the same moment waits here, and then finds it begun.
        round_for_update(round_)
        subject = subjects_for(title.kind, [thing])[thing]
        sheet = sheet_of(round_, subject, title.key)
        if sheet is None and not answered:
            return None
        version = writing.version
        if sheet is None:
            sheet = begin_sheet(round_, subject, title.key, by=writing.by, way=writing.way, act=act)
            version = sheet.version
        facts = cast(Facts, writing.answers)
        return write_on(sheet, facts, version, by=writing.by, way=writing.way, act=act)


def send_complete(sheets: Iterable[Sheet], library: Library, *, act: Act) -> tuple[int, list[Problem]]:
    """Send sheets, each by itself, and judge the homes they are about; how many went, and what kept others back."""
    sent, problems = 0, list[Problem]()
    for sheet in sheets:
        try:
            send_and_judge(sheet, sheet.version, library, act=act)
            sent += 1
        except Refused as refused:
            problems += refused.problems
    return sent, problems


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a checker found on a sheet, for the version that was shown, with the reason of what was corrected."""

    facts: Facts
    version: int
    note: str
    by: Account | None


def score(sheet: Sheet, found: Score, library: Library, *, act: Act) -> Sheet:
    """Score a sheet that was sent, and judge the home or the group it is about by what was found.

    Refused (K140) where an answer is corrected without a reason.
    """
    if found.facts != sheet.draft and not found.note.strip():
        raise Refused(problem("K140", "note"))
    with transaction.atomic():
        checked = check_sheet(sheet, found.facts, found.version, by=found.by, note=found.note, act=act)
        judge_about(checked, library, act=act)
        return checked
