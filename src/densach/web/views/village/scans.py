"""The scans of a signed sheet: which there are, one more, one to look at, and one of the wrong paper crossed out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.papers import LONGEST_WHY
from densach.assessing.scans.access import scan_to_copy, sheet_in
from densach.assessing.scans.domain import attach_scan, cross_out_scan
from densach.assessing.scans.reading import SignedSheet
from densach.assessing.villages.consents.access import home_to_sign
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.problems import Refused, problem
from densach.web.consent_scans import FIELD, LIMITS, attached_to, shown_scan
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.village.consents import METHODS, consents_village


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def sheet(request: HttpRequest, household: UUID, act: UUID, uid: UUID | None = None) -> HttpResponse:
    """One signed sheet with its scans, and the form for one more."""
    village = consents_village(request, uid)
    home, form = home_to_sign(village, household), Filled(request.POST)
    found = sheet_in(home, act)
    if request.method == "POST" and _attach(request, viewer(request), found, form):
        say_done(request, "consents.scan_attached")
        return HttpResponseRedirect(reverse("web:village_scans", args=[village.uid, household, act]))
    page = {"village": village, "home": home, "sheet": found, "form": form, "limits": LIMITS, "act": act}
    return render(request, "web/village/scans.html", page, status=200 if form.is_whole else 400)


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def opened(request: HttpRequest, household: UUID, scan: UUID, uid: UUID | None = None) -> HttpResponse:
    """The content of one scan."""
    home = home_to_sign(consents_village(request, uid), household)
    return shown_scan(request, scan_to_copy(home, scan))


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def put_right(request: HttpRequest, household: UUID, scan: UUID, uid: UUID | None = None) -> HttpResponse:
    """Cross out a scan of the wrong paper, with the reason."""
    village = consents_village(request, uid)
    home, form = home_to_sign(village, household), Filled(request.POST)
    found = scan_to_copy(home, scan)
    back = reverse("web:village_consent", args=[village.uid, household])
    if request.method == "POST":
        why = form.text("why", most=LONGEST_WHY, needed=True)
        if form.is_whole:
            cross_out_scan(found, why, by=viewer(request).account, act=viewer(request).act(timezone.now(), why))
            say_done(request, "consents.scan_crossed_out")
            return HttpResponseRedirect(back)
    page = {"village": village, "home": home, "scan": found, "form": form, "back": back}
    return render(request, "web/village/scan_out.html", page, status=200 if form.is_whole else 400)


def _attach(request: HttpRequest, seen: Viewer, found: SignedSheet, form: Filled) -> bool:
    attached = attached_to(form, request.FILES.get(FIELD))
    if attached is None:
        form.problems.setdefault(FIELD, problem("K114", FIELD))
        return False
    try:
        attach_scan(found, attached, by=seen.account, role=seen.role or "", act=seen.act(timezone.now()))
    except Refused as refusal:
        form.refuse(refusal, U168=FIELD, U169=FIELD)
    return form.is_whole
