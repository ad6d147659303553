"""Taking a commune over: what is known of the years before, and what is not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.assessing.models import Round
from densach.assessing.past.access import identities_in
from densach.assessing.steps.access import RUNS, own_round
from densach.assessing.steps.takeover import FIRST, number_scan, say_not_assessed, years_before
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def takeover(request: HttpRequest, name: str) -> HttpResponse:
    """The years before a round: their acts with the number of each scan, or why they were not assessed."""
    round_, form = own_round(viewer(request), name, RUNS), Filled(request.POST)
    if request.method == "POST" and _said(request, round_, form):
        return HttpResponseRedirect(request.path)
    identities = identities_in(round_)
    years = [(year, [(act, identities[act["act"]]) for act in year.acts]) for year in years_before(round_)]
    page = {"name": name, "round": round_, "form": form, "years": years}
    return render(request, "web/commune/takeover.html", page, status=200 if form.is_whole else 400)


def _said(request: HttpRequest, round_: Round, form: Filled) -> bool:
    act = viewer(request).act(timezone.now())
    try:
        if "act" in request.POST:
            key, scan = form.number("act", least=1, most=2**31), form.text("scan", most=120)
            if form.is_whole:
                number_scan(round_, key, scan, act=act)
        else:
            year, reason = form.number("year", least=FIRST, most=round_.year - 1), form.text("reason", most=2000)
            if form.is_whole:
                say_not_assessed(round_, year, reason, act=act)
    except Refused as refusal:
        form.refuse(refusal, R179="reason", R171="scan")
    if form.is_whole:
        messages.success(request, say("takeover.kept"))
    return form.is_whole
