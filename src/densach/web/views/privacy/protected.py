"""Ethnic group, poverty and disability: said by the person on consent, or entered by an officer from a paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from densach.assessing.privacy.access import Own, facts_to_read, own_person, person_to_serve
from densach.assessing.privacy.holding import facts_told
from densach.assessing.privacy.protecting import (
    CHOICES_OF,
    LONGEST_SOURCE,
    Paper,
    enter_from_paper,
    giver_of,
    purpose_of_facts,
    say_own_fact,
    stated,
    take_back,
)
from densach.assessing.privacy.reading import used_for
from densach.authority.roles import Right
from densach.people.models import Person
from densach.people.numbers import load_keys
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, signed_in, viewer
from densach.web.views.privacy.acting import acted, own_word, paper_word

METHODS = ["GET", "HEAD", "POST"]
_LONGEST_VALUE = 60


@require_http_methods(METHODS)
@signed_in
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is said of oneself or of a child one stands for; said, said anew, or taken back."""
    whose = own_person(viewer(request), uid)
    form = Filled(request.POST)
    if request.method == "POST" and _say(request, whose, form):
        return HttpResponseRedirect(reverse("web:data_protected", args=[whose.person.uid]))
    return render(request, "web/privacy/protected.html", _page(request, whose.person, form) | {"own": whose})


@require_http_methods(METHODS)
@needs(Right.ENTER_PROTECTED)
def officer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The officer's page of one person: what is said, and entering it from a paper."""
    person = person_to_serve(viewer(request), uid)
    form = Filled(request.POST)
    if request.method == "POST" and _enter(request, person, form):
        say_done(request, "privacy.done_entered")
        return HttpResponseRedirect(reverse("web:data_enter_protected", args=[person.uid]))
    return render(request, "web/privacy/enter_protected.html", _page(request, person, form) | {"person": person})


def _page(request: HttpRequest, person: Person, form: Filled) -> dict[str, object]:
    seen = viewer(request)
    facts = facts_told(facts_to_read(seen, person), load_keys(settings.KEYS_FILE))
    now = {told.fact.kind: told for told in facts if told.fact.ended_at is None}
    used = used_for(person, purpose_of_facts(), seen.today)
    kinds = [(kind, choices, now.get(kind)) for kind, choices in CHOICES_OF.items()]
    return {"kinds": kinds, "facts": facts, "used": used, "form": form}


def _say(request: HttpRequest, whose: Own, form: Filled) -> bool:
    kind, seen = form.one_of("kind", CHOICES_OF), viewer(request)
    if not form.is_whole:
        return False
    if request.POST.get("lam") == "xoa":
        take_back(whose.person, kind, act=acted(request))
        say_done(request, "privacy.done_taken_back")
        return True
    said = stated(kind, form.text(kind, most=_LONGEST_VALUE))
    agrees = bool(form.text("agrees", most=2))
    try:
        keys, word = load_keys(settings.KEYS_FILE), own_word(request, whose)
        say_own_fact(whose.person, said, word, agrees=agrees, on=seen.today, keys=keys, act=acted(request))
    except Refused as refusal:
        form.refuse(refusal, U150=kind, U160="agrees")
        return False
    say_done(request, "privacy.done_said")
    return True


def _enter(request: HttpRequest, person: Person, form: Filled) -> bool:
    kind, seen = form.one_of("kind", CHOICES_OF), viewer(request)
    values = {each: form.text(each, most=_LONGEST_VALUE) for each in CHOICES_OF}
    source = form.text("source", most=LONGEST_SOURCE, needed=True)
    paper = Paper(source, form.text("paper", most=LONGEST_SOURCE), form.text("duty", most=LONGEST_SOURCE))
    if not form.is_whole:
        return False
    try:
        keys, word = load_keys(settings.KEYS_FILE), paper_word(request, giver_of(person, seen.today), paper.consent)
        enter_from_paper(person, stated(kind, values[kind]), paper, word, on=seen.today, keys=keys, act=acted(request))
    except Refused as refusal:
        form.refuse(refusal, U150=kind, U151="source", U152="duty", U160="paper")
    return form.is_whole
