"""Published figures as they were printed, each beside what its own counts give."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.formats.charts.drawing import draw
from densach.formats.vietnamese import sort_key
from densach.problems import Refused, problem
from densach.reporting.claims import BEST_FIRST, check_claim
from densach.reporting.figures.quoting import side_by_side
from densach.web.dashboards.quoting import chart_of
from densach.web.law import law
from densach.web.sentences import language


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every published figure by place, and how many of them agree with the counts they were printed with."""
    checked = [check_claim(claim, language()) for claim in law().claims.values()]
    checked.sort(key=lambda one: sort_key(one.claim.place_vi))
    groups = [(place, list(found)) for place, found in groupby(checked, key=lambda one: one.claim.place_vi)]
    counted = Counter(one.difference for one in checked)
    sums = [(difference, counted[difference]) for difference in BEST_FIRST if counted[difference]]
    contradictions = [one for one in checked if one.difference == "unexplained"]
    beside = [(one, chart_of(one)) for one in side_by_side()]
    page = {"groups": groups, "sums": sums, "contradictions": contradictions, "beside": beside}
    return render(request, "web/figures.html", page)


@require_safe
def chart(request: HttpRequest, claim: str) -> HttpResponse:  # noqa: ARG001  - the language is that of the visitor
    """One chart of what several sources printed, named by the first of them; else there is nothing here (H103)."""
    found = next((chart_of(one) for one in side_by_side() if one.rows[0].claim == claim), None)
    if found is None:
        raise Refused(problem("H103", claim))
    return HttpResponse(draw(found), content_type="image/svg+xml; charset=utf-8", headers={"Vary": "Cookie"})
