"""Some communes beside each other: bars with the table beneath, and the table as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.assessing.titles import TITLES
from densach.authority.roles import Right
from densach.places.models import PlacePeriod
from densach.problems import Problem, Refused
from densach.reporting.below.access import see_communes
from densach.reporting.below.comparing import BASES, Comparison, compare
from densach.web.province.bars import chart_of
from densach.web.province.files import as_file, rows_of_comparison
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import AskedComparison, asked_comparison, years


@require_safe
@needs(Right.SEE_FIGURES)
def comparison(request: HttpRequest) -> HttpResponse:
    """The communes that were chosen, by one model; too few or too many is said, and nothing is lost."""
    asked = asked_comparison(request)
    places = see_communes(viewer(request), asked.uids)
    found, problems = None, asked.problems
    try:
        found = compare(places, asked.title, asked.year, asked.base)
    except Refused as refusal:
        problems = (*problems, *refusal.problems)
    return render(request, "web/province/compare.html", _page(asked, found, problems, places))


@require_safe
@needs(Right.SEE_FIGURES)
def comparison_file(request: HttpRequest) -> HttpResponse:
    """The table of a comparison as a file."""
    asked = asked_comparison(request)
    found = compare(see_communes(viewer(request), asked.uids), asked.title, asked.year, asked.base)
    fictional = any(row.period.place.fictional for row in found.rows)
    name = f"so-sanh-{asked.title.model}-{asked.year}"
    return as_file(name, rows_of_comparison(found), count=len(found.rows), fictional=fictional)


def _page(
    asked: AskedComparison, found: Comparison | None, problems: tuple[Problem, ...], places: list[PlacePeriod]
) -> dict[str, object]:
    return {
        "asked": asked,
        "found": found,
        "problems": problems,
        "places": places,
        "fictional": any(row.place.fictional for row in places),
        "chart": chart_of(found) if found else None,
        "titles": TITLES,
        "bases": BASES,
        "years": years(),
    }
