"""Sheets and slips on paper: for one household, or for the whole village in parts of one file each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from densach.assessing.villages.access import (
    Village,
    all_households,
    household_seen,
    village_seen,
)
from densach.assessing.villages.marks import HouseholdRow
from densach.authority.roles import Right
from densach.problems import Refused, problem
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.village_prints import IN_ONE_FILE, consents_pdf, sheets_pdf, slips_pdf
from densach.web.village_work import ask_to_print_village


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def choose(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Which papers there are, in how many files."""
    village = village_seen(viewer(request), uid, law_of)
    rows = all_households(village)
    lacking = _parts([row for row in rows if row.lacking])
    page = {"village": village, "parts": _parts(rows), "slip_parts": lacking, "at_once": IN_ONE_FILE}
    return render(request, "web/village/papers.html", page)


@require_POST
@needs(Right.FILL_IN_FOR_OTHERS)
def whole(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Have the papers of the whole village made in the background."""
    seen = viewer(request)
    village = village_seen(seen, uid, law_of)
    job = ask_to_print_village(village, request.POST.get("giay", "phieu")[:20], seen)
    return HttpResponseRedirect(reverse("web:job", args=[job.uid]))


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def sheets(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Blank sheets with the names of each household, to be filled in by hand."""
    village = _with_round(request, uid)
    data = sheets_pdf(village, _chosen(request, village), large=request.GET.get("chu") == "to")
    return _pdf(data, "phieu.pdf")


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def slips(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A slip for each household that still lacks something, four on a sheet of paper."""
    village = _with_round(request, uid)
    return _pdf(slips_pdf(village, _chosen(request, village, lacking=True)), "to-nhac.pdf")


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def consent_sheets(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Sheets on which the people of each household say yes or no about their own data."""
    village = _with_round(request, uid)
    return _pdf(consents_pdf(village, _chosen(request, village)), "phieu-dong-y.pdf")


def _with_round(request: HttpRequest, uid: UUID | None) -> Village:
    village = village_seen(viewer(request), uid, law_of)
    if village.round is None:
        raise Refused(problem("K143", village.uid))
    return village


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
