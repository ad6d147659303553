"""All that a round hands out: results, the recognition list, the pages of questions, the report up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from densach.assessing.frame import frame_of
from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.formats.whole_file import writing
from densach.policy.library import Library
from densach.reporting.four_counts import counts_by_village, four_counts
from densach.reporting.outcomes import Outcomes, all_outcomes
from densach.reporting.proposals import write_proposals
from densach.reporting.report_up import report_up
from densach.reporting.results import write_results
from densach.reporting.villages import village_pages


def write_papers(
    folder: Path, round_: Round, library: Library, *, made_on: date, found: Outcomes | None = None
) -> list[Path]:
    """Write the papers of a round into a folder, each file whole; gives the paths in the order to look at them.

    `found` are its outcomes, where they were worked out already.
    """
    frame = frame_of(round_.place, judged_on(round_))
    found = all_outcomes(round_, library, frame, named_on=made_on) if found is None else found
    proposals = folder / f"de-nghi-cong-nhan-{round_.year}.xlsx"
    results = folder / f"ket-qua-{round_.year}.xlsx"
    questions = folder / f"cau-hoi-tung-thon-{round_.year}.pdf"
    report = folder / f"bao-cao-{round_.year}.pdf"
    who = frame.counted.sentence()
    villages = counts_by_village(round_, frame)
    write_results(results, round_, library, found, villages, who_counted=who, made_on=made_on)
    write_proposals(proposals, round_, library, found, made_on=made_on)
    _write(questions, village_pages(round_, library, frame.villages.values(), found, made_on=made_on))
    _write(report, report_up(round_, library, four_counts(round_, frame), who, made_on=made_on))
    return [results, proposals, questions, report]


def _write(path: Path, content: bytes) -> None:
    with writing(path) as unfinished:
        unfinished.write_bytes(content)
