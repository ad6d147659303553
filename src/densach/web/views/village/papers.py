"""Sheets and slips on paper: for one household, or for the whole village in parts of one file each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.assessing.villages.access import (
    Village,
    all_households,
    household_seen,
    names_of,
    village_seen,
)
from densach.assessing.villages.marks import HouseholdRow
from densach.assessing.villages.rubrics import CITIZEN
from densach.authority.roles import Right
from densach.formats.village_papers import PaperSheet, Slip, household_sheets, household_slips
from densach.problems import Refused, problem
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.village_rows import columns_of
from densach.web.village_words import missing_of_slip

IN_ONE_FILE = 200  # households; a file of more would take longer to make than anybody waits for a page


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def choose(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Which papers there are, in how many files."""
    village = village_seen(viewer(request), uid, law_of)
    rows = all_households(village)
    page = {"village": village, "parts": _parts(rows), "slip_parts": _parts([row for row in rows if row.lacking])}
    return render(request, "web/village/papers.html", page)


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def sheets(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Blank sheets with the names of each household, to be filled in by hand."""
    village = village_seen(viewer(request), uid, law_of)
    if village.round is None:
        raise Refused(problem("K143", "phieu"))
    questions = tuple(column.title for column in columns_of(village.judge(CITIZEN)))
    place = names_of(village)
    papers = [
        PaperSheet(row.code, row.head, *place, village.round.year, tuple(one.name for one in row.shown), questions)
        for row in _chosen(request, village)
        if row.shown
    ]
    large = request.GET.get("chu") == "to"
    return _pdf(
        household_sheets(papers, large=large, made_on=village.today, fictional=village.is_specimen), "phieu.pdf"
    )


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def slips(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A slip for each household that still lacks something, four on a sheet of paper."""
    village = village_seen(viewer(request), uid, law_of)
    if village.round is None:
        raise Refused(problem("K143", "to-nhac"))
    place = names_of(village)
    found = [
        Slip(row.code, row.head, *place, village.round.year, missing_of_slip(row))
        for row in _chosen(request, village, lacking=True)
        if row.lacking
    ]
    return _pdf(household_slips(found, made_on=village.today, fictional=village.is_specimen), "to-nhac.pdf")


def _chosen(request: HttpRequest, village: Village, *, lacking: bool = False) -> list[HouseholdRow]:
    """The household that the address names, else the households of one part of the village."""
    if named := request.GET.get("ho"):
        try:
            return [household_seen(village, UUID(named))]
        except ValueError:
            raise Refused(problem("H103", named[:40])) from None
    rows = [row for row in all_households(village) if row.lacking or not lacking]
    part = request.GET.get("phan", "1")
    start = (int(part) - 1) * IN_ONE_FILE if part.isascii() and part.isdigit() and 0 < len(part) < 5 else 0
    chosen = rows[max(start, 0) : max(start, 0) + IN_ONE_FILE]
    if not chosen:
        raise Refused(problem("H103", part[:40]))
    return chosen


def _parts(rows: list[HouseholdRow]) -> list[tuple[int, str, str]]:
    """Each file: its number, and the codes of its first and last household."""
    starts = range(0, len(rows), IN_ONE_FILE)
    pieces = [rows[start : start + IN_ONE_FILE] for start in starts]
    return [(number, piece[0].code, piece[-1].code) for number, piece in enumerate(pieces, 1)]


def _pdf(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
