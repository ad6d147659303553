"""Giving and withdrawing consent to one purpose: by one's account, or by an officer from a paper."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from densach.assessing.privacy.access import home_to_copy, own_person, person_to_serve
from densach.assessing.privacy.consenting import LONGEST_PAPER, consent_purpose, give_consent, withdraw_consent
from densach.assessing.privacy.models import ConsentAct, Giver
from densach.assessing.privacy.papers import Sheet, enter_sheet, may_sign
from densach.assessing.privacy.reading import goes_on_without, overview_of, used_for
from densach.authority.roles import Right
from densach.people.models import Person
from densach.policy.personal_data import purposes
from densach.problems import Problem, Refused, problem
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, signed_in, viewer
from densach.web.views.failing import NOT_THERE
from densach.web.views.privacy.acting import acted, own_word

METHODS = ["GET", "HEAD", "POST"]
Deed = Callable[..., ConsentAct]
DOES: dict[str, Deed] = {"give": give_consent, "withdraw": withdraw_consent}


@require_http_methods(METHODS)
@signed_in
def consent(request: HttpRequest, uid: UUID, purpose: str) -> HttpResponse:
    """What a consent means, and the button that gives or withdraws it."""
    seen = viewer(request)
    own = own_person(seen, uid)
    wanted = consent_purpose(purpose)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        does = request.POST.get("lam", "")
        try:
            _deed(does)(own.person, wanted.id, own_word(request, own), on=seen.today, act=acted(request))
            say_done(request, "privacy.done_" + does)
            return HttpResponseRedirect(reverse("web:data_of", args=[own.person.uid]))
        except Refused as refusal:
            if all(each.code in NOT_THERE for each in refusal.problems):
                raise
            problems = refusal.problems
    used = used_for(own.person, wanted, seen.today)
    page = {"own": own, "used": used, "goes_on": goes_on_without(wanted), "problems": problems}
    return render(request, "web/privacy/consent.html", page)


@require_http_methods(METHODS)
@needs(Right.ANSWER_ABOUT_DATA)
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter a consent, or its withdrawal, that somebody handed in on paper."""
    seen = viewer(request)
    person = person_to_serve(seen, uid)
    form = Filled(request.POST)
    if request.method == "POST" and _enter(request, person, form):
        say_done(request, "privacy.done_paper_" + form.typed["does"])
        return HttpResponseRedirect(reverse("web:data_paper", args=[person.uid]))
    used = [one for one in overview_of(person, seen.today).used if one.standing is not None]
    page = {"person": person, "used": used, "form": form, "givers": may_sign(person, seen.today)}
    page["home"] = home_to_copy(seen, person)
    return render(request, "web/privacy/paper.html", page)


def _enter(request: HttpRequest, person: Person, form: Filled) -> bool:
    purpose, giver = form.one_of("purpose", _consents()), form.one_of("giver", dict.fromkeys(Giver.values))
    does, number = form.one_of("does", DOES), form.text("paper", most=LONGEST_PAPER)
    signed_on, kept_at = form.day("signed_on", needed=True), form.text("kept_at", most=LONGEST_PAPER, needed=True)
    if not form.is_whole or signed_on is None:
        return False
    seen = viewer(request)
    sheet = Sheet(signed_on=signed_on, kept_at=kept_at, number=number, by=seen.account, role=seen.role or "")
    try:
        says = {purpose: does == "give"}
        enter_sheet(person, says, Giver(giver), sheet, today=seen.today, act=acted(request, sheet.name))
    except Refused as refusal:
        form.refuse(refusal, U154="giver", U155="giver", U163="signed_on", U164="kept_at", U165="signed_on")
    return form.is_whole


def _deed(does: str) -> Deed:
    if does not in DOES:
        raise Refused(problem("H103", "lam"))
    return DOES[does]


def _consents() -> dict[str, object]:
    return {name: purpose for name, purpose in purposes().items() if purpose.basis == "consent"}
