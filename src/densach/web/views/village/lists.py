"""The households of a village: fifty at a time, all at once as a grid, and one of them opened."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from densach.assessing.villages.access import (
    Search,
    all_households,
    household_seen,
    households_listed,
    sheets_to_check,
    village_seen,
    villages_seen,
)
from densach.assessing.villages.marks import Wanted, states_of
from densach.authority.roles import Right
from densach.places.models import Level
from densach.web.asking import asked_text
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.village_rows import opened


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def village(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The households of a village; in a role over a commune, first its villages."""
    seen = viewer(request)
    if uid is None and seen.where is not None and seen.where.level != Level.VILLAGE:
        return _villages(request)
    place, search = village_seen(seen, uid, law_of), asked_search(request)
    listing = households_listed(place, search)
    page = {"village": place, "search": search, "listing": listing}
    if request.headers.get("HX-Request"):
        return render(request, f"web/village/{'rows' if search.after else 'listing'}.html", page)
    return render(request, "web/village/list.html", page)


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def grid(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The whole village on one page."""
    place = village_seen(viewer(request), uid, law_of)
    rows = all_households(place)
    page = {"village": place, "rows": rows, "states": states_of(rows)}
    return render(request, "web/village/grid.html", page)


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def household(request: HttpRequest, household: UUID, uid: UUID | None = None) -> HttpResponse:
    """One household: each member's sheet with its marks, and what is still missing."""
    place = village_seen(viewer(request), uid, law_of)
    row = household_seen(place, household)
    page = {"village": place, "row": row, "members": opened(place, row, sheets_to_check(place, row))}
    return render(request, "web/village/household.html", page)


def asked_search(request: HttpRequest) -> Search:
    """What the address asks for; a filter that does not exist asks for everything."""
    wanted = request.GET.get("tinh-trang", "")
    known = Wanted(wanted) if wanted in set(Wanted) else Wanted.ALL
    return Search(known, asked_text(request).text, request.GET.get("sau", "")[:80].replace("\0", ""))


def _villages(request: HttpRequest) -> HttpResponse:
    rows = villages_seen(viewer(request))
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("web:village", args=[rows[0].period.place.uid]))
    return render(request, "web/village/villages.html", {"rows": rows})
