"""The returns that a place above waits for: who has sent, who has not, and by which day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.authority.roles import Right
from densach.policy.reported import datasets
from densach.problems import Problem, Refused, problem
from densach.reporting.figures.access import may_receive
from densach.reporting.figures.domain import set_deadline
from densach.reporting.figures.periods import Period, read_period
from densach.reporting.figures.showing import see_received
from densach.web.sentences import say
from densach.web.viewing import demonstration, needs, viewer
from densach.web.views.province.asking import typed_day


@require_safe
@needs(Right.SEE_FIGURES)
def received(request: HttpRequest, dataset: str, period: str) -> HttpResponse:
    """Who below has sent a data set for a period."""
    return _page(request, dataset, asked_period(dataset, period), {}, ())


@require_POST
@needs(Right.SEE_FIGURES)
def deadline(request: HttpRequest, dataset: str, period: str) -> HttpResponseBase:
    """Say by which day it is wanted."""
    asked, typed = asked_period(dataset, period), {name: request.POST.get(name, "") for name in ("before", "basis")}
    try:
        before = typed_day(typed["before"])
        if before is None:
            raise Refused(problem("G121", "before"))
        set_deadline(viewer(request), datasets()[dataset], asked, before, typed["basis"], at=timezone.now())
    except Refused as refusal:
        if not may_receive(viewer(request), datasets()[dataset]):
            raise Refused(problem("H103", dataset)) from refusal
        return _page(request, dataset, asked, typed, refusal.problems)
    messages.success(request, say("returns.done_deadline"))
    return HttpResponseRedirect(reverse("web:received", args=[dataset, period]))


def asked_period(dataset: str, period: str) -> Period:
    """The period of an address; refused (H103) where there is none like it."""
    known = datasets().get(dataset)
    if known is None:
        raise Refused(problem("H103", dataset))
    try:
        return read_period(period, known.period)
    except Refused as refusal:
        raise Refused(problem("H103", period)) from refusal


def _page(
    request: HttpRequest, dataset: str, period: Period, typed: dict[str, str], problems: tuple[Problem, ...]
) -> HttpResponse:
    fictional = demonstration(request) and "that" not in request.GET
    seen = see_received(viewer(request), dataset, period, fictional=fictional)
    page = {
        "seen": seen,
        "place": viewer(request).where,
        "typed": typed,
        "problems": problems,
        "may_receive": may_receive(viewer(request), seen.dataset),
        "fictional": fictional,
    }
    return render(request, "web/returns/received.html", page, status=400 if problems else 200)
