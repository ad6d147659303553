"""The commune's own dossier: begun, seen, sent to the province, and opened again where the province sent it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.assessing.dossiers.access import (
    OF_COMMUNE,
    own_commune_of_dossier,
    round_to_begin_in,
    see_dossier,
    see_workplace,
)
from densach.assessing.dossiers.domain import begin_dossier
from densach.assessing.sheets.access import may_write
from densach.assessing.sheets.domain import CAN_BE_WRITTEN, give_back
from densach.assessing.sheets.judging import judge_group
from densach.problems import Refused, problem
from densach.reporting.below.access import sent_back
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.units.dossier import page_of


@require_safe
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """The dossier of one's commune in the round that takes answers; where there is none, how to begin."""
    seen = viewer(request)
    place = own_commune_of_dossier(seen)
    workplace = see_workplace(seen, place, OF_COMMUNE)
    sheet = next((one.sheet for one in workplace.titles), None)
    if sheet is None:
        page = {"workplace": workplace, "writes": may_write(seen, place), "name": seen.where.name if seen.where else ""}
        return render(request, "web/units/commune.html", page)
    opinion = None if sheet.state in CAN_BE_WRITTEN else sent_back(seen, sheet.round)
    return page_of(request, see_dossier(seen, sheet.uid), {"opinion": opinion})


@require_POST
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Register the commune for its title and open its dossier, with what its records count filled in."""
    seen = viewer(request)
    place = own_commune_of_dossier(seen)
    if not may_write(seen, place):
        raise Refused(problem("H103", "xa"))
    round_, act = round_to_begin_in(seen), seen.act(timezone.now())
    sheet = begin_dossier(round_, OF_COMMUNE[0], place.pk, by=seen.account, act=act)
    judge_group(sheet, law_of(round_.packs), act=act)
    messages.success(request, say("units.begun_commune"))
    return HttpResponseRedirect(reverse("web:own_dossier"))


@require_POST
@signed_in
def open_again(request: HttpRequest) -> HttpResponse:
    """Open the sheet again, because the province sent the file back; its reason goes along."""
    seen = viewer(request)
    place = own_commune_of_dossier(seen)
    sheet = next((one.sheet for one in see_workplace(seen, place, OF_COMMUNE).titles), None)
    opinion = sent_back(seen, sheet.round) if sheet is not None else None
    if sheet is None or opinion is None or not may_write(seen, place):
        raise Refused(problem("H103", "xa"))
    give_back(sheet, sheet.version, by=seen.account, note=opinion.reason, act=seen.act(timezone.now(), opinion.reason))
    messages.success(request, say("units.opened_again"))
    return HttpResponseRedirect(reverse("web:own_dossier"))
