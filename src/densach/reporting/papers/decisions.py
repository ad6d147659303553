"""Quyết định công nhận for each title whose list is not empty, with the list as its annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import LITERACY, TITLES, Title, rubric_on
from densach.formats.official.model import Annex, Kind, Official, Paragraph, Table
from densach.formats.vietnamese import format_number
from densach.policy.library import Library
from densach.reporting.outcomes import Outcome, Outcomes
from densach.reporting.papers.case import bases_of
from densach.reporting.papers.desk import Decider, Desk, decider_of
from densach.reporting.papers.dossier import OPEN
from densach.reporting.words import level_name
from densach.rules.model import Rubric

HEADS = ("TT", "Thôn, tổ dân phố", "Mã", "Tên", "Mức")
BY_WHOM = f"Theo đề nghị của {OPEN}"
WIDTHS = (2, 7, 4, 9, 5)


@dataclass(frozen=True)
class Listed:
    """One row of the list of a decision; `level` is the name of the level, empty where a title has only one."""

    village: str
    code: str
    name: str
    level: str


def decisions(
    round_: Round, library: Library, found: Outcomes, desk: Desk, on: date
) -> Iterator[tuple[Title, Official]]:
    """The decision on everyone who meets the rubric and was not recognised for the year yet, title by title.

    Titles of groups and people carry their list; for the commune itself there is none.
    """
    for title in TITLES:
        met = [_listed(outcome) for outcome in found[title.model] if _is_open(outcome, round_.year)]
        if met and title.model != LITERACY:
            decider = decider_of(round_, title, library, desk, on)
            bases = (*bases_of_title(round_, title, library), BY_WHOM)
            yield title, decision(title, met, decider, desk, bases, round_.year)


def bases_of_title(round_: Round, title: Title, library: Library) -> tuple[str, ...]:
    """The documents that the rubric of a title cites, as legal bases."""
    return bases_of(rubric_on(library, title, judged_on(round_)).rubric.cites, library)


def decision(
    title: Title,
    met: Sequence[Listed],
    decider: Decider,
    desk: Desk,
    bases: tuple[str, ...],
    year: int,
    carried_out_by: str = OPEN,
) -> Official:
    """Quyết định công nhận, with those it recognises as its annex."""
    what = f"{title.name_vi} năm {year}"
    alone = title.model == "commune"
    whom = met[0].name if alone else f"{format_number(len(met))} trường hợp có tên trong danh sách kèm theo"
    level = met[0].level if alone else ""
    return Official(
        kind=Kind.DECISION,
        issuer=decider.issuer,
        reference=decider.reference,
        abstract=f"Về việc công nhận {what}",
        opening=decider.called,
        bases=bases,
        blocks=(
            Paragraph(f"Công nhận {whom} đạt {what}{f', {level}' if level else ''}.", "Điều 1."),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", "Điều 2."),
            Paragraph(f"{carried_out_by} chịu trách nhiệm thi hành Quyết định này./.", "Điều 3."),
        ),
        signatures=(decider.signature,),
        recipients=("Như Điều 3",),
        annexes=() if alone else (Annex(f"Danh sách {what}", (list_of(met),)),),
        draft=decider.draft,
        fictional=desk.fictional,
    )


def _is_open(outcome: Outcome, year: int) -> bool:
    recognised = outcome.recognition is not None and outcome.recognition.year == year
    return outcome.judgement.verdict == "met" and not recognised


def _listed(outcome: Outcome) -> Listed:
    rubric = outcome.judge.rubric
    level = level_name(rubric, outcome.judgement) if is_graded(rubric) else ""
    return Listed(outcome.village, outcome.code, outcome.name, level)


def is_graded(rubric: Rubric) -> bool:
    """Whether a title is given at more than one level, so that the level is worth naming."""
    return len([level for level in rubric.levels if level.passes]) > 1


def list_of(met: Sequence[Listed]) -> Table:
    """The list; a column in which nothing would stand, or the same as in another, is left out."""
    rows = [
        (str(place), "" if each.village == each.name else each.village, each.code, each.name, each.level)
        for place, each in enumerate(met, 1)
    ]
    kept = [at for at in range(len(HEADS)) if any(row[at] for row in rows)]
    return Table(
        headers=tuple(HEADS[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in rows),
        widths=tuple(WIDTHS[at] for at in kept),
        middle=frozenset({0}),
    )
