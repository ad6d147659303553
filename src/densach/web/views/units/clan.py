"""The page of a clan: its families by registration, its own dossier; and what a household answers to a clan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.dossiers.access import OF_CLAN, round_to_begin_in, see_workplace
from densach.assessing.dossiers.clans import answer, enrol, leave
from densach.assessing.dossiers.domain import begin_dossier
from densach.assessing.dossiers.kin import (
    clan_to_leave,
    commune_of,
    family_of_clan,
    family_to_ask,
    invitation_to_answer,
    own_clan,
    see_invitations,
    see_kin,
)
from densach.assessing.sheets.judging import judge_group
from densach.people.models import Clan
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@signed_in
def clan(request: HttpRequest) -> HttpResponse:
    """The families of one's clan, asking one more, and the dossier of the clan."""
    seen, form = viewer(request), Filled(request.POST)
    thing = own_clan(seen)
    if request.method == "POST" and _enrolled(request, thing, form):
        return HttpResponseRedirect(reverse("web:clan"))
    workplace = see_workplace(seen, thing, OF_CLAN)
    page = {"workplace": workplace, "kin": see_kin(seen, thing, workplace.round), "form": form}
    return render(request, "web/units/clan.html", page, status=200 if form.is_whole else 400)


@require_POST
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Register the clan for its title and open its dossier."""
    seen = viewer(request)
    thing = own_clan(seen)
    round_, act = round_to_begin_in(seen), seen.act(timezone.now())
    sheet = begin_dossier(round_, OF_CLAN[0], thing.pk, by=seen.account, act=act)
    judge_group(sheet, law_of(round_.packs), act=act)
    messages.success(request, say("units.begun"))
    return HttpResponseRedirect(reverse("web:dossier", args=[sheet.uid]))


@require_http_methods(FORM)
@signed_in
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a family leave one's clan, with the reason."""
    seen, form = viewer(request), Filled(request.POST)
    household = family_of_clan(seen, uid)
    if request.method == "POST":
        why = form.text("why", most=300, needed=True)
        if form.is_whole:
            leave(own_clan(seen), household, why, on=seen.today, act=seen.act(timezone.now(), why))
            messages.success(request, say("units.family_left"))
            return HttpResponseRedirect(reverse("web:clan"))
    kin = see_kin(seen, own_clan(seen), None)
    name = next(family.name for family in kin.families if family.uid == uid)
    page = {"form": form, "name": name, "back": reverse("web:clan"), "of": "family"}
    return render(request, "web/units/leave.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def invitations(request: HttpRequest) -> HttpResponse:
    """What clans ask one's household, and which it is registered with."""
    return render(request, "web/units/invitations.html", {"seen": see_invitations(viewer(request))})


@require_POST
@signed_in
def reply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say yes or no to a clan for one's household."""
    seen = viewer(request)
    enrolment, commune = invitation_to_answer(seen, uid)
    joins = request.POST.get("answer") == "yes"
    answer(enrolment, commune, joins=joins, by=seen.account, on=seen.today, act=seen.act(timezone.now()))
    messages.success(request, say("units.joined" if joins else "units.declined", clan=enrolment.clan.name))
    return HttpResponseRedirect(reverse("web:clan_invitations"))


@require_http_methods(FORM)
@signed_in
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one's household out of a clan again."""
    seen, form = viewer(request), Filled(request.POST)
    thing, household = clan_to_leave(seen, uid)
    if request.method == "POST":
        why = form.text("why", most=300, needed=True)
        if form.is_whole:
            leave(thing, household, why, on=seen.today, act=seen.act(timezone.now(), why))
            messages.success(request, say("units.family_left"))
            return HttpResponseRedirect(reverse("web:clan_invitations"))
    page = {"form": form, "name": thing.name, "back": reverse("web:clan_invitations"), "of": "clan"}
    return render(request, "web/units/leave.html", page, status=200 if form.is_whole else 400)


def _enrolled(request: HttpRequest, thing: Clan, form: Filled) -> bool:
    seen = viewer(request)
    code, head = form.text("code", most=80, needed=True), form.text("head", most=120, needed=True)
    paper = form.text("paper", most=200)
    if not form.is_whole:
        return False
    try:
        household = family_to_ask(seen, code, head)
        act = seen.act(timezone.now(), paper)
        enrol(thing, commune_of(seen), household, paper, by=seen.account, on=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, K178="code", K179="code")
        return False
    messages.success(request, say("units.family_joined" if paper else "units.family_asked", name=head))
    return True
