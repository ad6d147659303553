"""Write the official papers of a round: the commune's dossier and the decisions, each as PDF and as .docx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
from densach.reporting.outcomes import Outcomes, all_outcomes
from densach.reporting.papers import dossier, naming
from densach.reporting.papers.case import TITLE, case_of
from densach.reporting.papers.decisions import decisions
from densach.reporting.papers.desk import decider_of, desk_of
from densach.reporting.papers.dossier import OPEN
from densach.reporting.papers.issuing import kept_documents
from densach.reporting.papers.models_report import report_on_models
from densach.reporting.report_up import report_of

Papers = Iterable[tuple[str, Official]]


def write_official_papers(
    folder: Path, round_: Round, library: Library, *, made_on: date, found: Outcomes | None = None, to: str = ""
) -> list[Path]:
    """Write every paper of a round in both forms; `found` are its outcomes, where they were worked out already."""
    return write_both_forms(
        folder, official_papers(round_, library, made_on, found, to=to), round_.year, made_on=made_on
    )


def write_both_forms(folder: Path, papers: Papers, year: int, *, made_on: date) -> list[Path]:
    """Write every paper in both forms, each file whole; gives the paths in the order to look at them.

    A paper with a day is always written as on that day, so that it can be written again byte by byte.
    """
    paths = []
    for name, document in papers:
        pdf, word = (folder / f"{name}-{year}.{form}" for form in ("pdf", "docx"))
        day = document.reference.on or made_on
        with writing(pdf) as unfinished:
            unfinished.write_bytes(official_pdf(document, made_on=day))
        write_docx(word, document, made_on=day)
        paths += [pdf, word]
    return paths


def official_papers(
    round_: Round, library: Library, on: date, found: Outcomes | None = None, *, to: str = ""
) -> Papers:
    """The dossier and the decisions, by the names of their files: as issued where they were, else as on a day.

    `to` is whom the commune writes to where the law that we read names nobody.
    """
    issued = kept_documents(round_)
    for name, document in the_dossier(round_, library, on, to=to):
        yield name, issued.pop(name, document)
    yield from issued.items()
    if found is None:
        found = all_outcomes(round_, library, frame_of(round_.place, judged_on(round_)), named_on=on)
    for title, decision in decisions(round_, library, found, desk_of(round_, on), on):
        yield naming.decision_name(title.model), decision


def the_dossier(round_: Round, library: Library, on: date, *, to: str = "") -> Iterator[tuple[str, Official]]:
    """The papers with which the commune asks to be recognised, and its report up, as issued on a day."""
    desk, case, year = desk_of(round_, on), case_of(round_, library), round_.year
    decider = decider_of(round_, TITLE, library, desk, on)
    frame = frame_of(round_.place, judged_on(round_))
    counts, who = four_counts(round_, frame), frame.counted.sentence()
    inherited = inherited_lines(inherited_by(round_, library), judged_on(round_))
    written = (
        (naming.INVITATION, dossier.invitation(desk, case, year)),
        (naming.MINUTES, dossier.minutes(desk, case, year)),
        (naming.REPORT, dossier.report(desk, case, decider, year, counts=counts, inherited=inherited)),
        (naming.SUMMARY, dossier.summary(desk, case, year)),
        (naming.PROPOSAL, dossier.proposal(desk, case, decider, library, year)),
        (naming.REPORT_UP, report_on_models(desk, report_of(round_, library, counts, who))),
    )
    for name, document in written:
        is_open = bool(to) and any(OPEN in addressee for addressee in document.addressees)
        yield name, replace(document, addressees=(to,)) if is_open else document
