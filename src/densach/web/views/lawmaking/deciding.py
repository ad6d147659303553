"""The steps of a text: put forward, sent back, approved, published."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from densach.authority.roles import Right
from densach.formats.pictures import check_evidence
from densach.lawmaking import domain
from densach.problems import Refused, problem
from densach.web.drafting.forms import form_seen
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import needs, viewer
from densach.web.views.lawmaking.reading import text_page

Step = Callable[[HttpRequest, UUID], object]


def _put_forward(request: HttpRequest, uid: UUID) -> object:
    return domain.put_forward(viewer(request), uid, seen=form_seen(request.POST.dict()), at=timezone.now())


def _send_back(request: HttpRequest, uid: UUID) -> object:
    return domain.send_back(viewer(request), uid, why=request.POST.get("why", "")[:2000], at=timezone.now())


def _approve(request: HttpRequest, uid: UUID) -> object:
    return domain.approve(viewer(request), uid, seen=form_seen(request.POST.dict()), at=timezone.now())


def _publish(request: HttpRequest, uid: UUID) -> object:
    return domain.publish(viewer(request), uid, past_is_meant="past" in request.POST, at=timezone.now())


def _drop(request: HttpRequest, uid: UUID) -> object:
    return domain.drop(viewer(request), uid, at=timezone.now())


def _take_up(request: HttpRequest, uid: UUID) -> object:
    return domain.take_up(viewer(request), uid, at=timezone.now())


def _approve_end(request: HttpRequest, uid: UUID) -> object:
    return domain.approve_end(viewer(request), uid, at=timezone.now())


def _leave_end(request: HttpRequest, uid: UUID) -> object:
    return domain.leave_end(viewer(request), uid, at=timezone.now())


def _approve_undo(request: HttpRequest, uid: UUID) -> object:
    return domain.approve_undo(viewer(request), uid, at=timezone.now())


def _leave_undo(request: HttpRequest, uid: UUID) -> object:
    return domain.leave_undo(viewer(request), uid, at=timezone.now())


STEPS: dict[str, Step] = {
    "trinh": _put_forward,
    "tra-lai": _send_back,
    "duyet": _approve,
    "ban-hanh": _publish,
    "bo": _drop,
    "lay-lai": _take_up,
    "dong-y-het": _approve_end,
    "thoi-het": _leave_end,
    "dong-y-giu-lai": _approve_undo,
    "thoi-giu-lai": _leave_undo,
}
DONE = {
    "trinh": "put_forward",
    "tra-lai": "sent_back",
    "duyet": "approved",
    "ban-hanh": "published",
    "bo": "dropped",
    "lay-lai": "taken_up",
    "dong-y-het": "end_approved",
    "thoi-het": "end_left",
    "dong-y-giu-lai": "undo_approved",
    "thoi-giu-lai": "undo_left",
}


@require_POST
@needs(Right.WRITE_LAW)
def decide(request: HttpRequest, uid: UUID, step: str) -> HttpResponseBase:
    """Take one step; what keeps it from being taken is told on the page of the text, with what was typed."""
    if step == "xin-het":
        return _ask_end(request, uid)
    if step == "xin-giu-lai":
        return _ask_undo(request, uid)
    if step not in STEPS:
        raise Refused(problem("H103", step))
    try:
        STEPS[step](request, uid)
    except Refused as refused:
        if any(found.code == "H103" for found in refused.problems):
            raise
        return text_page(request, uid, refused.problems)
    messages.success(request, say("desk.done_" + DONE[step]))
    return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))


def _ask_end(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    form = Filled(request.POST)
    on, basis = form.day("end_on", needed=True), form.text("end_basis", most=400, needed=True)
    if form.is_whole and on:
        try:
            domain.ask_end(viewer(request), uid, on, basis, at=timezone.now())
        except Refused as refusal:
            form.refuse(refusal, P225="end_on")
    return _done(request, uid, "end_asked", form)


def _ask_undo(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    form = Filled(request.POST)
    basis = form.text("undo_basis", most=400, needed=True)
    if form.is_whole:
        try:
            domain.ask_undo(viewer(request), uid, basis, at=timezone.now())
        except Refused as refusal:
            form.refuse(refusal)
    return _done(request, uid, "undo_asked", form)


@require_POST
@needs(Right.WRITE_LAW)
def send_scan(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Keep the scan of the paper with the text."""
    form, file = Filled(request.POST), request.FILES.get("scan")
    if file is None:
        form.problems["scan"] = problem("E106", "–")
    else:
        try:
            sent = check_evidence(file.name or "–", file.read())
            domain.keep_scan(viewer(request), uid, file.name or "ban-chup.pdf", sent, at=timezone.now())
        except Refused as refusal:
            form.refuse(
                refusal, **{each.code: "scan" for each in refusal.problems if each.code.startswith(("E", "P223"))}
            )
    return _done(request, uid, "scan_kept", form)


def _done(request: HttpRequest, uid: UUID, what: str, form: Filled) -> HttpResponseBase:
    if not form.is_whole:
        return text_page(request, uid, tuple(form.others), form)
    messages.success(request, say("desk.done_" + what))
    return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))
