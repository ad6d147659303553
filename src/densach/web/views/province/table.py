"""What lies below a province or the country: a table people decide by, as a file too, and the days of the texts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from densach.assessing.titles import TITLES
from densach.authority.roles import Right
from densach.reporting.below.access import see_below
from densach.reporting.below.calendar import dates_of
from densach.reporting.below.figures import STEPS
from densach.reporting.below.table import Below, chosen
from densach.web.law import law_of
from densach.web.province.files import as_file, rows_of_table
from densach.web.province.tiling import map_of
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import ROWS, AskedTable, asked_table, asked_year, years


@require_safe
@needs(Right.SEE_FIGURES)
def below(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The communes of a province or the provinces of the country; only further rows where htmx asks for them."""
    asked = asked_table(request)
    seen = see_below(viewer(request), uid, asked.choice)
    rows = chosen(seen.shown, asked.wanted)
    live = bool(getattr(request, "htmx", False))
    page = "web/province/rows.html" if live else "web/province/below.html"
    response = render(request, page, _shown(request, asked, seen, rows))
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@needs(Right.SEE_FIGURES)
def below_file(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The same table, all its rows in their order, as a file for a spreadsheet."""
    asked = asked_table(request)
    seen = see_below(viewer(request), uid, asked.choice)
    rows = chosen(seen.shown, asked.wanted)
    name = f"bon-con-so-{asked.choice.title.model}-{asked.choice.year}"
    return as_file(name, rows_of_table(seen, rows), count=len(rows), fictional=seen.fictional)


@require_safe
@needs(Right.SEE_FIGURES)
def dates(request: HttpRequest) -> HttpResponse:
    """The days of the yearly round that a text gives, and for which titles none was found."""
    year, problems = asked_year(request)
    page = {"dates": dates_of(law_of("vn"), year), "year": year, "years": years(), "problems": problems}
    return render(request, "web/province/dates.html", page | {"today": viewer(request).today})


def _shown(request: HttpRequest, asked: AskedTable, seen: Below, rows: list[Any]) -> dict[str, Any]:
    further = asked.start + ROWS
    return {
        "asked": asked,
        "seen": seen,
        "demonstration": seen.mixed,  # known here, so that the layout need not ask
        "rows": rows[asked.start : further],
        "found": len(rows),
        "further": further if further < len(rows) else None,
        "may_read": viewer(request).may(Right.VERIFY_BELOW),
        "titles": TITLES,
        "steps": STEPS,
        "years": years(),
        "tiles": map_of(seen) if seen.is_country else (),
        "here": request.path,
        "file": _file_address(seen, request),
        "is_own": viewer(request).place == seen.place.place,
        "own": reverse("web:below"),
    }


def _file_address(seen: Below, request: HttpRequest) -> str:
    own = viewer(request).place == seen.place.place
    return reverse("web:below_file") if own else reverse("web:province_file", args=[seen.place.place.uid])
