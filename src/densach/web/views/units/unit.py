"""The page of a unit: the titles it can ask for, its dossiers, and its Tổ đánh giá."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.dossiers.access import (
    OF_UNIT,
    member_to_release,
    own_unit,
    round_to_begin_in,
    see_team,
    see_workplace,
    title_to_begin,
    unit_to_lead,
)
from densach.assessing.dossiers.domain import Named, begin_dossier, name_member, release_member
from densach.assessing.sheets.judging import judge_group
from densach.authority.roles import Role
from densach.people.models import Unit
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def unit(request: HttpRequest) -> HttpResponse:
    """What one's unit can ask for in the round of its commune, and how far each dossier is."""
    seen = viewer(request)
    workplace = see_workplace(seen, own_unit(seen), OF_UNIT)
    team = [each for each in see_team(seen) if each.belongs_on(seen.today)]
    page = {"workplace": workplace, "team": team, "leads": seen.role is Role.UNIT_HEAD}
    return render(request, "web/units/unit.html", page)


@require_POST
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Register the unit for a title and open its dossier."""
    seen = viewer(request)
    thing, title = own_unit(seen), title_to_begin(request.POST.get("title", ""), OF_UNIT)
    round_, act = round_to_begin_in(seen), seen.act(timezone.now())
    sheet = begin_dossier(round_, title, thing.pk, by=seen.account, act=act)
    judge_group(sheet, law_of(round_.packs), act=act)
    messages.success(request, say("units.begun"))
    return HttpResponseRedirect(reverse("web:dossier", args=[sheet.uid]))


@require_http_methods(FORM)
@signed_in
def team(request: HttpRequest) -> HttpResponse:
    """The Tổ đánh giá of one's unit; its head names members by a decision."""
    seen, form = viewer(request), Filled(request.POST)
    thing = own_unit(seen)
    leads = seen.role is Role.UNIT_HEAD
    if request.method == "POST" and _named(request, unit_to_lead(seen), form):
        messages.success(request, say("units.named", name=form.typed["name"]))
        return HttpResponseRedirect(reverse("web:team"))
    page = {"unit": thing, "team": see_team(seen), "form": form, "leads": leads, "today": seen.today}
    return render(request, "web/units/team.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def release(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a member leave the team on a day, with the reason."""
    seen, form = viewer(request), Filled(request.POST)
    member = member_to_release(seen, uid)
    if request.method == "POST":
        on, why = form.day("on", needed=True), form.text("why", most=300, needed=True)
        if form.is_whole and on is not None:
            try:
                release_member(member, on, act=seen.act(timezone.now(), why))
                messages.success(request, say("units.released", name=member.name))
                return HttpResponseRedirect(reverse("web:team"))
            except Refused as refusal:
                form.refuse(refusal, K174="on")
    page = {"member": member, "form": form}
    return render(request, "web/units/release.html", page, status=200 if form.is_whole else 400)


def _named(request: HttpRequest, thing: Unit, form: Filled) -> bool:
    name, decision = form.text("name", most=120, needed=True), form.text("decision", most=60, needed=True)
    post, duty = form.text("post", most=120), form.text("duty", most=120)
    decided, since = form.day("decided_on", needed=True), form.day("valid_from")
    if not form.is_whole or decided is None:
        return False
    named = Named(name=name, post=post, duty=duty, decision=decision, decided_on=decided, valid_from=since or decided)
    try:
        name_member(thing, named, act=viewer(request).act(timezone.now(), decision))
    except Refused as refusal:
        form.refuse(refusal, K172="valid_from", K173="name")
        return False
    return True
