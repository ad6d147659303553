"""Finding a commune by its old or new name, and the page of a place."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from densach.places.access import find_anywhere, see_place
from densach.web.asking import asked_day, asked_text, today

SHOWN = 50


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Places by a name or code typed any way; only the results where htmx asks for them."""
    asked = asked_text(request)
    findings = find_anywhere(asked.text, today(), SHOWN) if asked.text else None
    live = bool(getattr(request, "htmx", False))
    page = "web/found.html" if live else "web/find.html"
    response = render(request, page, {"asked": asked, "findings": findings})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One place on a day: its name, what is above and below it, what it was made from and became."""
    asked = asked_day(request)
    seen = see_place(uid, asked.day, today())
    return render(request, "web/place.html", {"asked": asked, "seen": seen, "story": seen.story})
