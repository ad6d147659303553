"""Files on their way to the ministry: in a province those to send up, in the ministry those that came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.problems import Problem, Refused
from densach.reporting.below.access import files_going_up, may_send_up
from densach.reporting.below.inquiries import LONGEST
from densach.reporting.below.sending_up import send_up
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import needs, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.VERIFY_BELOW)
def going_up(request: HttpRequest) -> HttpResponse:
    """The list; a leader of a province ticks what goes up."""
    seen, form = viewer(request), Filled(request.POST)
    chosen, beside = form.uids("xa"), dict[str, Problem]()
    if request.method == "POST":
        words = form.text("words", most=LONGEST)
        try:
            if form.is_whole:
                sent = send_up(seen, chosen, words, at=timezone.now())
                messages.success(request, say("province.up_done", count=len(sent)))
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal)
            beside = {each.where: each for each in refusal.problems}
    files = files_going_up(seen)
    page = {"files": files, "form": form, "sends": may_send_up(seen), "chosen": set(chosen), "beside": beside}
    page["is_country"] = seen.where is not None and seen.where.level == "country"
    return render(request, "web/province/going_up.html", page, status=200 if form.is_whole else 400)
