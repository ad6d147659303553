"""The page of a head: how the round of their place stands, in its four counts, and what the texts say comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from densach.authority.roles import Right
from densach.reporting.below.access import looks_from_above, see_own_counts
from densach.reporting.below.calendar import dates_of
from densach.reporting.below.figures import STEPS
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import asked_year, years


@require_safe
@needs(Right.SEE_FIGURES)
def situation(request: HttpRequest) -> HttpResponse:
    """The round of the viewer's commune; whoever looks from above has the table of what lies below."""
    if looks_from_above(viewer(request)):
        return HttpResponseRedirect(reverse("web:below"))
    year, problems = asked_year(request)
    seen, counts = see_own_counts(viewer(request), year)
    packs = seen.round.packs if seen else "vn"
    page = {
        "place": viewer(request).where,
        "seen": seen,
        "counts": counts,
        "dates": dates_of(law_of(packs), year),
        "steps": STEPS[1:],
        "reached": STEPS.index(seen.step) if seen else 0,
        "year": year,
        "years": years(),
        "problems": problems,
        "today": viewer(request).today,
    }
    return render(request, "web/province/situation.html", page)
