"""The ledger of a dossier: what it rests on, what is known already, what reads alike."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.awards.access import is_proposer, may_handle, may_write, nomination_of
from densach.awards.ledger import Written, claim, lines_for, offers_for, take, unclaim, write_achievement
from densach.awards.models import Nomination
from densach.awards.retypings import join_retyped, tell_retyped_apart
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer
from densach.web.views.failing import NOT_THERE

DOES = ("write", "take", "claim", "unclaim", "join", "apart")
_BESIDE = {"Q123": "ended_on", "Q124": "text"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def achievements(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The achievements of the nominee: claimed, used, alike; what was recognised is taken with one tap."""
    seen, form = viewer(request), Filled(request.POST)
    found = nomination_of(seen, uid)
    if request.method == "POST" and _done(request, found, form):
        say_done(request, f"awards.done_ledger_{form.typed['what']}")
        return HttpResponseRedirect(request.path)
    writes = may_write(seen, found)
    page = {
        "nomination": found,
        "form": form,
        "lines": lines_for(found),
        "offers": [each for each in offers_for(found) if each.taken is None] if writes else [],
        "writes": writes,
        "sorts": is_proposer(seen, found) or may_handle(seen, found),
    }
    return render(request, "web/awards/ledger.html", page, status=200 if form.is_whole else 400)


def _done(request: HttpRequest, found: Nomination, form: Filled) -> bool:
    what = form.one_of("what", dict.fromkeys(DOES))
    if not form.is_whole:
        return False
    try:
        if what == "write":
            return _write(request, found, form)
        _do(request, found, form, what)
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        form.refuse(refusal, **_BESIDE)
    return form.is_whole


def _do(request: HttpRequest, found: Nomination, form: Filled, what: str) -> None:
    seen, now = viewer(request), timezone.now()
    if what == "take":
        take(seen, found, form.text("key", most=120), at=now)
        return
    uids = form.uids("uid")
    if len(uids) != (2 if what in ("join", "apart") else 1):
        raise Refused(problem("H103", "uid"))
    if what in ("claim", "unclaim"):
        (claim if what == "claim" else unclaim)(seen, found, uids[0], at=now)
        return
    why = form.text("why", most=300)
    (join_retyped if what == "join" else tell_retyped_apart)(seen, found, uids[0], uids[1], why, at=now)


def _write(request: HttpRequest, found: Nomination, form: Filled) -> bool:
    text, evidence = form.text("text", most=1000, needed=True), form.text("evidence", most=500)
    began, ended = form.day("began_on", needed=True), form.day("ended_on", needed=True)
    if not form.is_whole or began is None or ended is None:
        return False
    written = Written(text=text, began_on=began, ended_on=ended, evidence=evidence)
    write_achievement(viewer(request), found, written, at=timezone.now())
    return True
