"""What a village signs on paper about its own data: the list, one household's sheet, a slip of the pen put right."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.papers import LONGEST_WHY, cross_out
from densach.assessing.scans.access import sheets_of
from densach.assessing.villages.access import Village, village_seen
from densach.assessing.villages.consents.access import act_to_cross_out, consents_counted, home_to_sign, homes_listed
from densach.authority.roles import Right
from densach.policy.personal_data import purposes
from densach.web.asking import asked_text
from densach.web.consent_forms import enter_sent, home_form
from densach.web.consent_scans import FIELD, LIMITS, attached_to
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.village.lists import asked_search

METHODS = ["GET", "HEAD", "POST"]
OPEN_ONLY = "chua-noi"


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def listed(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The households of a village with how many of each said nothing yet."""
    village, asked = consents_village(request, uid), asked_text(request)
    only_open = request.GET.get("loc", "") == OPEN_ONLY
    shown = homes_listed(village, asked.text, asked_search(request).after, only_open=only_open)
    page = {"village": village, "asked": asked, "shown": shown, "only_open": only_open, "open_only": OPEN_ONLY}
    return render(request, "web/village/consents.html", page | {"counted": consents_counted(village)})


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def home(request: HttpRequest, household: UUID, uid: UUID | None = None) -> HttpResponse:
    """The sheet of a household, as it was signed: each purpose of each person, the day, and where the sheet lies."""
    village = consents_village(request, uid)
    found, form = home_to_sign(village, household), Filled(request.POST)
    if request.method == "POST":
        attached = attached_to(form, request.FILES.get(FIELD))
        if count := enter_sent(viewer(request), found, form, attached):
            say_done(request, "consents.entered", count=count)
            return HttpResponseRedirect(reverse("web:village_consent", args=[village.uid, household]))
    sheet = home_form(found, form)
    page = {"village": village, "home": found, "form": form, "sheet": sheet, "limits": LIMITS}
    page["signed"] = sheets_of(found)
    return render(request, "web/village/consent.html", page, status=400 if sheet.is_wrong else 200)


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def put_right(request: HttpRequest, household: UUID, act: UUID, uid: UUID | None = None) -> HttpResponse:
    """Cross out what was copied by mistake, with the reason."""
    village = consents_village(request, uid)
    found, form = home_to_sign(village, household), Filled(request.POST)
    person, row = act_to_cross_out(found, act)
    back = reverse("web:village_consent", args=[village.uid, household])
    if request.method == "POST":
        why = form.text("why", most=LONGEST_WHY, needed=True)
        if form.is_whole:
            cross_out(person, row, why, by=viewer(request).account, act=viewer(request).act(timezone.now(), why))
            say_done(request, "consents.crossed_out")
            return HttpResponseRedirect(back)
    page = {"village": village, "home": found, "form": form, "person": person, "row": row, "back": back}
    page["purpose"] = purposes()[row.purpose]
    return render(request, "web/village/cross_out.html", page, status=200 if form.is_whole else 400)


def consents_village(request: HttpRequest, uid: UUID | None) -> Village:
    """The village whose consents whoever asks may enter."""
    return village_seen(viewer(request), uid, law_of, Right.ENTER_CONSENTS)
