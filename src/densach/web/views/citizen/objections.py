"""Objecting to what came out, following the answer, and answering for the commune."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.objections.access import (
    may_answer,
    objection_to_read,
    objections_to_answer,
    objections_to_read,
    said_to_read,
    sheet_to_object,
)
from densach.assessing.objections.domain import answer_objection, make_objection, write_again
from densach.assessing.objections.models import About, Objection, Outcome
from densach.assessing.sheets.access import name_on, names_on
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import needs, signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
LONGEST, LONGEST_ASKS = 2000, 300


@require_http_methods(FORM)
@signed_in
def object_to(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form of an objection about a sheet, below those that were made before."""
    seen = viewer(request)
    sheet, form = sheet_to_object(seen, uid), Filled(request.POST)
    if request.method == "POST":
        about = form.one_of("about", dict(About.choices))
        asks = form.text("asks", most=LONGEST_ASKS, needed=True)
        text = form.text("text", most=LONGEST, needed=True)
        if form.is_whole:
            try:
                act = seen.act(timezone.now())
                made = make_objection(sheet, About(about), asks=asks, text=text, by=seen.account, act=act)
                messages.success(request, say("objection.made"))
                return HttpResponseRedirect(_page_of(made))
            except Refused as refusal:
                form.refuse(refusal, K122="about")
    else:
        form.typed = dict.fromkeys(("about", "asks", "text"), "")
    page = {
        "sheet": sheet,
        "name": name_on(sheet, seen.today),
        "form": form,
        "earlier": objections_to_read(seen, sheet),
        "kinds": About.values,
    }
    return render(request, "web/citizen/object.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def objection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One objection with everything that was written in it; the commune answers here, and one can go on."""
    seen = viewer(request)
    found, form = objection_to_read(seen, uid), Filled(request.POST)
    answers = may_answer(seen, found)
    form.typed = dict.fromkeys(("outcome", "text"), "")
    if request.method == "POST":
        try:
            if _take(seen, found, form, answers=answers):
                messages.success(request, say("objection.answered" if answers else "objection.continued"))
                return HttpResponseRedirect(_page_of(found))
        except Refused as refusal:
            form.refuse(refusal)
    page = {
        "objection": found,
        "sheet": found.sheet,
        "name": name_on(found.sheet, seen.today),
        "said": said_to_read(found),
        "form": form,
        "answers": answers,
        "outcomes": Outcome.values,
    }
    return render(request, "web/citizen/objection.html", page, status=200 if form.is_whole else 400)


@require_safe
@needs(Right.RUN_ROUND)
def objections(request: HttpRequest) -> HttpResponse:
    """The objections of one's commune, those that wait first."""
    seen = viewer(request)
    rows = objections_to_answer(seen)
    names = names_on([row.sheet for row in rows], seen.today)
    page = {"rows": [(row, names[row.sheet.pk]) for row in rows], "waiting": sum(row.state == "open" for row in rows)}
    return render(request, "web/citizen/objections.html", page)


def _take(seen: Viewer, found: Objection, form: Filled, *, answers: bool) -> bool:
    """Keep what was written, as the answer or as something more; not where the form is not whole."""
    text, act = form.text("text", most=LONGEST, needed=True), seen.act(timezone.now())
    outcome = form.one_of("outcome", dict(Outcome.choices)) if answers else ""
    if not form.is_whole:
        return False
    if answers:
        answer_objection(found, Outcome(outcome), text, by=seen.account, act=act)
    else:
        write_again(found, text, by=seen.account, act=act)
    return True


def _page_of(found: Objection) -> str:
    return reverse("web:objection", args=[found.uid])
