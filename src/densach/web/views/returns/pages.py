"""The pages of returns: what a place has to report, one return, and the steps that it goes through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.problems import Problem, Refused, problem
from densach.reporting.figures import domain
from densach.reporting.figures.access import Of, find_return
from densach.reporting.figures.showing import see_desk, see_return
from densach.web.figure_work import ask_for_breakdown
from densach.web.sentences import say
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import typed_count
from densach.web.views.returns.form import Form, fields_of, read_form

Step = Callable[[Viewer, Of, str, datetime], object]
STEPS: dict[str, Step] = {
    "undo": lambda who, of, _, at: domain.undo(who, of, at=at),
    "compute": lambda who, of, _, at: domain.compute(who, of, at=at),
    "approve": lambda who, of, _, at: domain.approve(who, of, at=at),
    "accept": lambda who, of, _, at: domain.accept(who, of, at=at),
    "take_back": lambda who, of, _, at: domain.take_back(who, of, at=at),
    "give_back": lambda who, of, why, at: domain.give_back(who, of, why, at=at),
    "reopen": lambda who, of, why, at: domain.reopen(who, of, why, at=at),
}
DONE = "returns.done_"  # completed by what was done


@require_safe
@needs(Right.SEE_FIGURES)
def desk(request: HttpRequest) -> HttpResponse:
    """What the viewer's place has to report, and what places below report to it."""
    page = {"seen": see_desk(viewer(request)), "place": viewer(request).where}
    return render(request, "web/returns/desk.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_FIGURES)
def one_return(request: HttpRequest, dataset: str, period: str, uid: UUID) -> HttpResponseBase:
    """One return: read it, or write its numbers and send them to the head."""
    of = find_return(viewer(request), dataset, period, uid)
    if request.method != "POST":
        return page_of(request, of, Form())
    form = read_form(request.POST, of.dataset)
    if "HX-Request" in request.headers:
        return _keep_by_itself(request, of, form)
    what = "sent" if "send" in request.POST else "kept"
    if not form.problems:
        form.problems += write_form(request, of, form, send=what == "sent")
    if form.problems:
        return page_of(request, of, form)
    messages.success(request, say(f"{DONE}{what}"))
    return HttpResponseRedirect(address_of(of))


@require_POST
@needs(Right.SEE_FIGURES)
def step(request: HttpRequest, dataset: str, period: str, uid: UUID) -> HttpResponseBase:
    """One step of a return: approve, accept, take or give back, open again."""
    of = find_return(viewer(request), dataset, period, uid)
    name = request.POST.get("step", "")
    if name not in STEPS:
        return page_of(request, of, Form(problems=[problem("G120", "step")]))
    why = request.POST.get("why", "")
    try:
        STEPS[name](viewer(request), of, why, timezone.now())
    except Refused as refusal:
        _only_ours(refusal)
        return page_of(request, of, Form(typed={"why": why, "step": name}, problems=list(refusal.problems)))
    if name == "accept":
        ask_for_breakdown(viewer(request), of)
    messages.success(request, say(f"{DONE}{name}"))
    return HttpResponseRedirect(address_of(of))


def _keep_by_itself(request: HttpRequest, of: Of, form: Form) -> HttpResponse:
    """While somebody writes: keep what can be read, and say so beside the buttons with what is not kept."""
    partly, version = bool(form.problems), typed_count(request.POST.get("version", ""))
    try:
        version = domain.write(viewer(request), of, form.numbers, at=timezone.now(), version=version).version
    except Refused as refusal:
        _only_ours(refusal)
        partly = False
        form.problems += refusal.problems
    told = [(each, of.dataset.indicator(each.where)) for each in form.problems]
    page = {"problems": told, "partly": partly, "version": version, "now": timezone.localtime()}
    return render(request, "web/returns/kept.html", page)


def write_form(request: HttpRequest, of: Of, form: Form, *, send: bool) -> list[Problem]:
    """Write what was typed, and send it on where that is wanted; what is refused comes back as problems."""
    at, version = timezone.now(), typed_count(request.POST.get("version", ""))
    try:
        put = domain.send if send else domain.write
        put(viewer(request), of, form.numbers, at=at, version=version)
    except Refused as refusal:
        _only_ours(refusal)
        return list(refusal.problems)
    return []


def address_of(of: Of) -> str:
    """Where the page of a return is."""
    return reverse("web:return", args=[of.dataset.id, of.period.code, of.where.place.uid])


def page_of(request: HttpRequest, of: Of, form: Form) -> HttpResponse:
    """The page of a return, with what was typed and what is wrong with it."""
    seen = see_return(viewer(request), of)
    page = {
        "seen": seen,
        "of": of,
        "fields": fields_of(seen, form),
        "form": form,
        "others": form.others({line.indicator.code for line in seen.lines}),
        "is_own": viewer(request).place == of.where.place,
    }
    return render(request, "web/returns/return.html", page, status=400 if form.problems else 200)


def _only_ours(refusal: Refused) -> None:
    """What is not there for this viewer stays so."""
    if any(each.code == "H103" for each in refusal.problems):
        raise refusal
