"""Slips of paper for the people of a village: whom to choose, and the sheets to print."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from densach.authority.roles import Over, Right
from densach.authority.slips.access import A_PAGE, below, place_for_slips, residents
from densach.authority.slips.making import Printing, make_for_village, make_slips
from densach.formats.certificates.qr import qr_svg
from densach.places.models import Level
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start, asked_uids
from densach.web.viewing import needs, viewer

_A_DAY = timedelta(days=1)


@require_safe
@needs(Right.GIVE_RIGHTS)
def choose(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The villages of the place, or the people of one, to tick those who get a slip."""
    seen, asked = viewer(request), asked_text(request)
    place = place_for_slips(seen, uid)
    if place.level != Level.VILLAGE:
        return render(request, "web/accounts/slip_places.html", {"place": place, "below": below(seen, place)})
    start = asked_start(request)
    shown = residents(seen, place, asked.text, start)
    page = {
        "shown": shown,
        "asked": asked,
        "next": start + A_PAGE,
        "previous": max(start - A_PAGE, 0) if start else None,
    }
    return render(request, "web/accounts/slips.html", page)


@require_POST
@needs(Right.GIVE_RIGHTS)
def print_slips(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheets of those who were ticked, or of the whole village; this page is the only one that tells the codes."""
    seen, at = viewer(request), timezone.now()
    place = place_for_slips(seen, uid)
    if "whole" in request.POST:
        printing = make_for_village(seen, place, at=at)
    else:
        parts = [
            make_slips(seen, over, asked_uids(request, over), at=at) for over in Over if request.POST.getlist(over)
        ]
        parts = parts or [make_slips(seen, Over.HOUSEHOLD, [], at=at)]
        printing = Printing([s for part in parts for s in part.slips], [n for part in parts for n in part.without_year])
    return render(
        request, "web/accounts/slip_sheets.html", {"printing": printing, "address": _address(), "place": place}
    )


@require_safe
@cache_control(public=True, max_age=_A_DAY.total_seconds())
def picture(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  - the same for everybody
    """The address at which a slip is used, as a QR code; the code on the slip is not in it."""
    return HttpResponse(qr_svg(_address()), content_type="image/svg+xml")


def _address() -> str:
    return (settings.PUBLIC_URL or settings.ADDRESS.geturl()).rstrip("/") + reverse("web:take")
