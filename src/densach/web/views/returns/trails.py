"""The trail of a computed figure: of a place above to the places it is the sum of, of a commune to the rows counted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.authority.roles import Right
from densach.places.models import Level
from densach.problems import Refused, problem
from densach.reporting.figures.access import Of, find_return
from densach.reporting.figures.showing import see_trail
from densach.reporting.trails.access import LONGEST_SEARCH, Asked, see_rows
from densach.web.viewing import needs, viewer

_MOST_PAGES = 10_000


@require_safe
@needs(Right.SEE_FIGURES)
def trail(request: HttpRequest, dataset: str, period: str, uid: UUID, code: str) -> HttpResponse:
    """What a number is the sum of, or the rows that it counts."""
    of = find_return(viewer(request), dataset, period, uid)
    if of.where.level == Level.COMMUNE:
        page = {"of": of, "trail": see_rows(viewer(request), of, code, _asked(request))}
        return render(request, "web/returns/rows.html", page)
    return _sum(request, of, code)


def _sum(request: HttpRequest, of: Of, code: str) -> HttpResponse:
    indicator, parts = see_trail(viewer(request), of, code)
    known = [part.value for part in parts if part.value is not None]
    page = {"of": of, "indicator": indicator, "parts": parts, "sum": sum(known), "known": len(known)}
    return render(request, "web/returns/trail.html", page)


def _asked(request: HttpRequest) -> Asked:
    text, number = request.GET.get("tim", "")[:LONGEST_SEARCH], request.GET.get("trang", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_PAGES):
        raise Refused(problem("H103", "trang"))
    return Asked(text.strip(), int(number), whole="in" in request.GET)
