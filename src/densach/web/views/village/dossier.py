"""The village's own dossier: begun by its head with what the commune's records count, then made as every other."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.assessing.dossiers.access import OF_VILLAGE, own_village, round_to_begin_in, see_dossier, see_workplace
from densach.assessing.dossiers.domain import begin_dossier
from densach.assessing.sheets.judging import judge_group
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.units.dossier import page_of


@require_safe
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """The dossier of one's village in the round that takes answers; where there is none, how to begin."""
    seen = viewer(request)
    workplace = see_workplace(seen, own_village(seen), OF_VILLAGE)
    sheet = next((one.sheet for one in workplace.titles), None)
    if sheet is not None:
        return page_of(request, see_dossier(seen, sheet.uid))
    page = {"workplace": workplace, "name": seen.where.name if seen.where else ""}
    return render(request, "web/village/dossier.html", page)


@require_POST
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Register the village for its title and open its dossier, with what the commune's records count filled in."""
    seen = viewer(request)
    place = own_village(seen)
    round_, act = round_to_begin_in(seen), seen.act(timezone.now())
    sheet = begin_dossier(round_, OF_VILLAGE[0], place.pk, by=seen.account, act=act)
    judge_group(sheet, law_of(round_.packs), act=act)
    messages.success(request, say("units.begun_village"))
    return HttpResponseRedirect(reverse("web:village_dossier"))
