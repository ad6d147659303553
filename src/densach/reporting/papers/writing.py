"""Write the official papers of a round: the commune's dossier and the decisions, each as PDF and as .docx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from densach.assessing.frame import frame_of
from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.formats.official.model import Official
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.formats.whole_file import writing
from densach.policy.library import Library
from densach.reporting.four_counts import four_counts
from densach.reporting.inheriting import inherited_lines
from densach.reporting.outcomes import all_outcomes
from densach.reporting.papers import dossier
from densach.reporting.papers.case import TITLE, case_of
from densach.reporting.papers.decisions import decisions
from densach.reporting.papers.desk import decider_of, desk_of

NAMES = {
    "citizen": "cong-dan",
    "family": "gia-dinh",
    "clan": "dong-ho",
    "village": "thon",
    "unit": "don-vi",
    "commune": "xa",
}


def write_official_papers(folder: Path, round_: Round, library: Library, *, made_on: date) -> list[Path]:
    """Write every paper in both forms, each file whole; gives the paths in the order to look at them."""
    paths = []
    for name, document in official_papers(round_, library, made_on):
        pdf, word = (folder / f"{name}-{round_.year}.{form}" for form in ("pdf", "docx"))
        with writing(pdf) as unfinished:
            unfinished.write_bytes(official_pdf(document, made_on=made_on))
        write_docx(word, document, made_on=made_on)
        paths += [pdf, word]
    return paths


def official_papers(round_: Round, library: Library, on: date) -> Iterator[tuple[str, Official]]:
    """The dossier and the decisions as they would be issued on a day, by the names of their files."""
    desk, case = desk_of(round_, on), case_of(round_, library)
    frame, year = frame_of(round_.place, judged_on(round_)), round_.year
    inherited = inherited_lines(inherited_by(round_, library), judged_on(round_))
    decider = decider_of(round_, TITLE, library, desk, on)
    yield "giay-moi-hop", dossier.invitation(desk, year)
    yield "bien-ban-hop", dossier.minutes(desk, case, year)
    yield "bao-cao-tu-danh-gia", dossier.report(desk, case, four_counts(round_, frame), decider, inherited, year)
    yield "ban-tong-hop", dossier.summary(desk, case, year)
    yield "to-trinh", dossier.proposal(desk, case, decider, library, year)
    found = all_outcomes(round_, library, frame)
    for title, decision in decisions(round_, library, found, desk, on):
        yield f"quyet-dinh-cong-nhan-{NAMES[title.model]}", decision
