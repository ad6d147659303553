"""Entering what the centre answered to a package."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.awards.central import access
from densach.awards.central.domain import Said, answer, take_back
from densach.awards.central.models import Answer, Package, Receipt
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
ANSWERS = dict(Answer.choices)


@require_http_methods(FORM)
@signed_in
def answering(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter an answer: of the whole package, or of some of its nominations."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.package_for(seen, uid)
    if request.method == "POST":
        if _answered(request, found, form):
            messages.success(request, say("central.done_answered"))
            return HttpResponseRedirect(reverse("web:central_package", args=[found.uid]))
    else:
        form.typed = {"on": seen.today.isoformat(), "came_on": seen.today.isoformat()}
    page = {
        "one": found,
        "rows": [each for each in access.packed_for(found) if not each.out],
        "form": form,
        "answers": [(key, say(f"central.answer_{key}")) for key in ANSWERS],
        "chosen": set(form.uids("packed")),
    }
    return render(request, "web/central/answering.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def taking_back(request: HttpRequest, uid: UUID, answer_uid: UUID) -> HttpResponse:
    """Take an answer back that was entered wrongly, with why."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.package_for(seen, uid)
    receipt = access.receipt_for(found, answer_uid)
    if request.method == "POST" and _taken_back(request, found, receipt, form):
        messages.success(request, say("central.done_taken_back"))
        return HttpResponseRedirect(reverse("web:central_package", args=[found.uid]))
    page = {"one": found, "receipt": receipt, "form": form}
    return render(request, "web/central/taking_back.html", page, status=200 if form.is_whole else 400)


def _taken_back(request: HttpRequest, package: Package, receipt: Receipt, form: Filled) -> bool:
    why = form.text("why", most=300)
    try:
        if form.is_whole:
            take_back(viewer(request), package, receipt.uid, why, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q514="why")
    return form.is_whole


def _answered(request: HttpRequest, package: Package, form: Filled) -> bool:
    said = _said(form)
    if said is None:
        return False
    try:
        answer(viewer(request), package, said, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q508="on", Q509="number", Q510="reason", Q511="packed", Q512="answer")
    return form.is_whole


def _said(form: Filled) -> Said | None:
    given, number = form.one_of("answer", ANSWERS), form.text("number", most=80, needed=True)
    on, came_on = form.day("on", needed=True), form.day("came_on", needed=True)
    reason = form.text("reason", most=500)
    if not form.is_whole or on is None or came_on is None:
        return None
    packed = tuple(form.uids("packed"))
    return Said(answer=Answer(given), number=number, on=on, came_on=came_on, reason=reason, packed=packed)
