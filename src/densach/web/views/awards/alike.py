"""Nominees that seem to be one: a person joins them, or says that they are two."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.awards.access import nominee_here
from densach.awards.nominees import join, pairs_to_look_at, tell_apart
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.failing import NOT_THERE


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.HANDLE_AWARDS)
def nominees(request: HttpRequest) -> HttpResponse:
    """The pairs of one's place that nobody looked at yet."""
    seen, form = viewer(request), Filled(request.POST)
    if request.method == "POST" and _done(request, form):
        say_done(request, f"awards.done_alike_{form.typed['what']}")
        return HttpResponseRedirect(request.path)
    page = {"pairs": pairs_to_look_at(seen), "form": form}
    return render(request, "web/awards/alike.html", page, status=200 if form.is_whole else 400)


def _done(request: HttpRequest, form: Filled) -> bool:
    seen, uids = viewer(request), form.uids("uid")
    what, why = form.one_of("what", {"join": 1, "apart": 1}), form.text("why", most=300)
    if len(uids) != 2:
        raise Refused(problem("H103", "uid"))
    try:
        if form.is_whole:
            one, other = (nominee_here(seen, uid) for uid in uids)
            _ = (join if what == "join" else tell_apart)(seen, one, other, why, at=timezone.now())
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        form.refuse(refusal)
    return form.is_whole
