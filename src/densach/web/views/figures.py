"""Published figures as they were printed, each beside what its own counts give."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.formats.vietnamese import sort_key
from densach.reporting.claims import BEST_FIRST, check_claim
from densach.reporting.figures.quoting import side_by_side
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
    page = {"groups": groups, "sums": sums, "contradictions": contradictions, "beside": side_by_side()}
    return render(request, "web/figures.html", page)
