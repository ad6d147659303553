"""Asking about one's own data: to correct it, to stop a use of it, to erase it; and following what was asked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from densach.assessing.privacy.access import Own, own_person, own_request
from densach.assessing.privacy.clock import due_days
from densach.assessing.privacy.correcting import FIELDS, LONGEST_OTHER
from densach.assessing.privacy.models import DataRequest
from densach.assessing.privacy.reading import overview_of, thread_of, with_clock
from densach.assessing.privacy.requesting import (
    ASKED_OF_PEOPLE,
    LONGEST_TEXT,
    Ask,
    Words,
    ask_erasure,
    ask_people,
    write_in_thread,
)
from densach.policy.personal_data import purposes, request_rules
from densach.policy.purposes import RequestKind
from densach.problems import Problem, Refused, problem
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer
from densach.web.views.privacy.acting import acted, own_word

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@signed_in
def ask(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The form of a request to the commune, and what was wrong with what was sent."""
    seen = viewer(request)
    own = own_person(seen, uid)
    wanted = next((each for each in ASKED_OF_PEOPLE if each == kind), None)
    if wanted is None:
        raise Refused(problem("H103", kind))
    form = Filled(request.POST)
    made = _asked(request, own, form, wanted) if request.method == "POST" else None
    if made is not None:
        say_done(request, "privacy.done_asked", day=made.settle_by)
        return HttpResponseRedirect(reverse("web:data_request", args=[made.uid]))
    about = FIELDS if kind == "correct" else tuple(purposes().values())
    rule = request_rules()[kind]
    page = {"own": own, "kind": kind, "about": about, "form": form, "rule": rule, "due": due_days(rule, seen.today)}
    return render(request, "web/privacy/ask.html", page)


@require_http_methods(METHODS)
@signed_in
def erase(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What can be erased and what cannot, with the article; what rests on consent goes at once."""
    seen = viewer(request)
    own = own_person(seen, uid)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            chosen, word = request.POST.getlist("purposes"), own_word(request, own)
            made = ask_erasure(own.person, chosen, word, on=seen.today, act=acted(request))
            say_done(request, "privacy.done_erasure")
            return HttpResponseRedirect(reverse("web:data_request", args=[made.uid]))
        except Refused as refusal:
            problems = refusal.problems
    page = {"own": own, "used": overview_of(own.person, seen.today).used, "problems": problems}
    return render(request, "web/privacy/erase.html", page)


@require_http_methods(METHODS)
@signed_in
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request: how far it is, by when it is due, what was written, and writing more."""
    seen = viewer(request)
    whose, asked = own_request(seen, uid)
    form = Filled(request.POST)
    if request.method == "POST" and _written(request, asked, form):
        say_done(request, "privacy.done_written")
        return HttpResponseRedirect(reverse("web:data_request", args=[asked.uid]))
    page = {"own": whose, "clock": with_clock(asked, seen.today), "thread": thread_of(asked), "form": form}
    return render(request, "web/privacy/request.html", page)


def _asked(request: HttpRequest, own: Own, form: Filled, kind: RequestKind) -> DataRequest | None:
    about = form.one_of("about", dict.fromkeys(FIELDS) if kind == "correct" else purposes())
    wanted, text = form.text("wanted", most=LONGEST_OTHER), form.text("text", most=LONGEST_TEXT)
    if not form.is_whole:
        return None
    asked = Ask(kind=kind, about=about, wanted=wanted, text=text)
    try:
        return ask_people(own.person, asked, own_word(request, own), on=viewer(request).today, act=acted(request))
    except Refused as refusal:
        form.refuse(refusal, U157="wanted", U158="text")
        return None


def _written(request: HttpRequest, asked: DataRequest, form: Filled) -> bool:
    seen, text = viewer(request), form.text("text", most=LONGEST_TEXT)
    if not form.is_whole:
        return False
    words = Words(text=text, by=seen.account, role=seen.role or "", officer=False)
    try:
        write_in_thread(asked, words, on=seen.today, act=acted(request))
    except Refused as refusal:
        form.refuse(refusal, U158="text")
    return form.is_whole
