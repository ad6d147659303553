"""Leads about the communes of a province: looked for, read with the numbers and a suggested check, dismissed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.problems import Refused
from densach.reporting.formalism.access import see_lead, see_leads
from densach.reporting.formalism.domain import LONGEST, dismiss, look_for_leads
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(Right.VERIFY_BELOW)
def leads(request: HttpRequest) -> HttpResponseBase:
    """The leads of the last year that is over; sent, more are looked for."""
    if request.method == "POST":
        found = look_for_leads(viewer(request), law_of, at=timezone.now())
        say_done(request, "leads.done_found", count=found)
        return HttpResponseRedirect(reverse("web:commune_leads"))
    return render(request, "web/province/leads.html", {"seen": see_leads(viewer(request))})


@require_http_methods(FORM)
@needs(Right.VERIFY_BELOW)
def lead(request: HttpRequest, lead: UUID) -> HttpResponseBase:
    """One lead with its numbers and what to look at; sent, it is dismissed with the reason."""
    form = Filled(request.POST)
    if request.method == "POST" and _dismiss(request, lead, form):
        say_done(request, "leads.done_dismissed")
        return HttpResponseRedirect(reverse("web:commune_leads"))
    where, found = see_lead(viewer(request), lead)
    page = {"where": where, "lead": found, "form": form, "most": LONGEST}
    return render(request, "web/province/lead.html", page, status=200 if form.is_whole else 400)


def _dismiss(request: HttpRequest, lead: UUID, form: Filled) -> bool:
    reason = form.text("reason", most=2 * LONGEST)
    try:
        dismiss(viewer(request), lead, reason, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Y111="reason")
    return form.is_whole
