"""Equity: of a commune by sex, age and village; of the country and a province between communes and kinds of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from densach.reporting.breakdowns.access import Seen, see_breakdown
from densach.reporting.dashboards.access import enters_lists, see_spread
from densach.reporting.dashboards.board import MODELS
from densach.reporting.dashboards.spreading import Spread
from densach.web.dashboards.asking import address_of, choice_of, years
from densach.web.dashboards.groups import Line, lines_of, lines_of_spread
from densach.web.province.files import as_file
from densach.web.views.dashboards import NOT_KEPT, looking


@require_safe
def breakdown(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page of a commune's year; only that part where the dashboard asks for it."""
    seen = _breakdown(request, uid)
    live = bool(getattr(request, "htmx", False))
    page = {"seen": seen, "fictional": seen.place.place.fictional, "years": years(looking(request).today)}
    response = render(request, f"web/dashboards/breakdown{'' if live else '_page'}.html", page)
    response.headers["Cache-Control"] = NOT_KEPT
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def breakdown_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rows of the page as a file."""
    seen = _breakdown(request, uid)
    return _as_file(f"cong-bang-{seen.year}", lines_of(seen), fictional=seen.place.place.fictional)


@require_safe
def spread(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How unlike the communes of the country or of a province are."""
    seen = _spread(request, uid)
    page = {
        "seen": seen,
        "fictional": seen.fictional,
        "missing": [each.family for each in seen.families if not each.lists],
        "enters_lists": enters_lists(looking(request)),
        "address": address_of(seen.choice),
        "models": [(model, address_of(seen.choice, **{"mo-hinh": model.lower()})) for model in MODELS],
    }
    response = render(request, "web/dashboards/spread_page.html", page)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


@require_safe
def spread_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The kinds of communes as a file."""
    seen = _spread(request, uid)
    return _as_file(f"chenh-lech-{seen.choice.year}", lines_of_spread(seen), fictional=seen.fictional)


def _breakdown(request: HttpRequest, uid: UUID) -> Seen:
    viewer = looking(request)
    return see_breakdown(viewer, uid, choice_of(request, viewer.today).year)


def _spread(request: HttpRequest, uid: UUID) -> Spread:
    viewer = looking(request)
    return see_spread(viewer, uid, choice_of(request, viewer.today))


def _as_file(name: str, lines: list[Line], *, fictional: bool) -> HttpResponse:
    response = as_file(name, lines, count=len(lines) - 2, fictional=fictional)
    response.headers["Cache-Control"] = NOT_KEPT
    return response
