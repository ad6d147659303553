"""Dashboards: a page of figures for the country and each place, its charts as pictures and its tables as files."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from densach.authority.access import Viewer, nobody
from densach.formats.charts.drawing import draw
from densach.places.models import Level
from densach.problems import Refused, problem
from densach.reporting.dashboards.access import Seen, see_aims, see_board
from densach.reporting.dashboards.board import BASES, COUNTS, MODELS
from densach.reporting.dashboards.fairness import unlike
from densach.web.asking import today
from densach.web.dashboards.aiming import NAME, picture_of
from densach.web.dashboards.asking import address_of, choice_of, years
from densach.web.dashboards.files import BELOW, lines_below, lines_of
from densach.web.dashboards.pictures import Picture, pictures_of
from densach.web.dashboards.tiles import LOOKS, tiles_of
from densach.web.province.files import as_file
from densach.web.viewing import lacks_second_factor, viewer

NOT_KEPT = "private, no-cache"  # asked for anew each time, so that what was accepted a moment ago is there


@require_safe
def dashboard(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The page of the country or of a place."""
    seen = _seen(request, uid)
    response = render(request, "web/dashboards/dashboard.html", _page(seen))
    response.headers["Cache-Control"] = NOT_KEPT
    return response


@require_safe
def chart(request: HttpRequest, uid: UUID, name: str) -> HttpResponseBase:
    """One chart as a picture; a browser that has it already is told so."""
    return _as_picture(request, _picture(_seen(request, uid), name))


def _as_picture(request: HttpRequest, picture: Picture) -> HttpResponseBase:
    svg = draw(picture.chart)
    etag = quote_etag(sha256(svg.encode()).hexdigest())
    kept = {"ETag": etag, "Cache-Control": NOT_KEPT}
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", headers=kept)
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def aims(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the targets of a place are; only that part where the dashboard asks for it."""
    seen = see_aims(looking(request), uid)
    live = bool(getattr(request, "htmx", False))
    page = {"aimed": seen, "picture": picture_of(seen)}
    response = render(request, "web/dashboards/aims.html" if live else "web/dashboards/aims_page.html", page)
    response.headers["Cache-Control"] = NOT_KEPT
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def aims_chart(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The chart of targets as a picture."""
    found = picture_of(see_aims(looking(request), uid))
    if found is None:
        raise Refused(problem("H103", NAME))
    return _as_picture(request, found)


@require_safe
def file(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """The table of a chart, or of the places below, as a file for a spreadsheet."""
    seen = _seen(request, uid)
    fictional = seen.board.frame.fictional
    lines = lines_below(seen) if name == BELOW else lines_of(_picture(seen, name))
    count = len(seen.board.below) if name == BELOW else len(lines) - 2
    response = as_file(f"{name}-{seen.board.frame.choice.year}", lines, count=count, fictional=fictional)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _seen(request: HttpRequest, uid: UUID | None) -> Seen:
    who = looking(request)
    return see_board(who, uid, choice_of(request, who.today))


def looking(request: HttpRequest) -> Viewer:
    """Who looks; whoever still owes a second factor sees what the public sees."""
    return nobody(today()) if lacks_second_factor(request) else viewer(request)


def _picture(seen: Seen, name: str) -> Picture:
    found = pictures_of(seen).get(name)
    if found is None:
        raise Refused(problem("H103", name))
    return found


def _page(seen: Seen) -> dict[str, object]:
    frame = seen.board.frame
    return {
        "seen": seen,
        "board": seen.board,
        "choice": frame.choice,
        "fictional": frame.fictional,
        "demonstration": seen.mixed,  # known here, so that the layout need not ask
        "pictures": pictures_of(seen).values(),
        "unlike": unlike(seen.board),
        "aims": seen.all_shown or (frame.place.level == Level.COUNTRY and not seen.mixed),
        "tiles": tiles_of(seen.board.below) if frame.place.level == Level.COUNTRY else (),
        "looks": LOOKS,
        "models": [(model, address_of(frame.choice, **{"mo-hinh": model.lower()})) for model in MODELS],
        "bases": BASES,
        "counts": COUNTS,
        "years": years(frame.today),
        "address": address_of(frame.choice),
        "map_on": frame.days[frame.periods[-1]],
    }
