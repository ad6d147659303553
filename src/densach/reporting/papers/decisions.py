"""Quyết định công nhận for each title whose list is not empty, with the list as its annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

HEADS = ("TT", "Thôn, tổ dân phố", "Mã", "Tên", "Mức")
BY_WHOM = f"Theo đề nghị của {OPEN}"
WIDTHS = (2, 7, 4, 9, 5)


def decisions(
    round_: Round, library: Library, found: Outcomes, desk: Desk, on: date
) -> Iterator[tuple[Title, Official]]:
    """The decision on everyone who meets the rubric, title by title, as the recognition list of the round has them.

    Titles of groups and people carry their list; for the commune itself there is none.
    """
    for title in TITLES:
        met = [outcome for outcome in found[title.model] if outcome.judgement.verdict == "met"]
        if met and title.model != LITERACY:
            decider = decider_of(round_, title, library, desk, on)
            cites = rubric_on(library, title, judged_on(round_)).rubric.cites
            yield title, _decision(title, met, decider, desk, (*bases_of(cites, library), BY_WHOM), round_.year)


def _decision(
    title: Title, met: Sequence[Outcome], decider: Decider, desk: Desk, bases: tuple[str, ...], year: int
) -> Official:
    what = f"{title.name_vi} năm {year}"
    alone = title.model == "commune"
    whom = met[0].name if alone else f"{format_number(len(met))} trường hợp có tên trong danh sách kèm theo"
    level = level_name(met[0].judge.rubric, met[0].judgement) if alone else ""
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
            Paragraph(f"{OPEN} chịu trách nhiệm thi hành Quyết định này./.", "Điều 3."),
        ),
        signatures=(decider.signature,),
        recipients=("Như Điều 3",),
        annexes=() if alone else (Annex(f"Danh sách {what}", (_list(met),)),),
        draft=decider.draft,
        fictional=desk.fictional,
    )


def _list(met: Sequence[Outcome]) -> Table:
    """The list; a column in which nothing would stand, or the one level there is, is left out."""
    levels = [level for level in met[0].judge.rubric.levels if level.passes]
    rows = [
        (
            str(place),
            outcome.village,
            outcome.code,
            outcome.name,
            level_name(outcome.judge.rubric, outcome.judgement) if len(levels) > 1 else "",
        )
        for place, outcome in enumerate(met, 1)
    ]
    kept = [at for at in range(len(HEADS)) if any(row[at] for row in rows)]
    return Table(
        headers=tuple(HEADS[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in rows),
        widths=tuple(WIDTHS[at] for at in kept),
        middle=frozenset({0}),
    )
