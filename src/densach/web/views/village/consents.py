"""What a village signs on paper about its own data: the list, one household's sheet, a slip of the pen put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.consenting import LONGEST_PAPER
from densach.assessing.privacy.models import Giver
from densach.assessing.privacy.papers import LONGEST_WHY, Said, Sheet, cross_out, enter_household, may_cross_out
from densach.assessing.villages.access import Village, village_seen
from densach.assessing.villages.consents.access import (
    Home,
    Signer,
    Spoken,
    act_to_cross_out,
    home_to_sign,
    homes_listed,
)
from densach.authority.roles import Right
from densach.policy.personal_data import purposes
from densach.problems import Problem, Refused
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer

METHODS = ["GET", "HEAD", "POST"]
SAYS = {"co": True, "khong": False}
OPEN_ONLY = "chua-noi"


@dataclass(frozen=True)
class Line:
    """One purpose of somebody on the form: how it stands, the name of its field, and what was chosen."""

    spoken: Spoken
    field: str
    chosen: str

    @property
    def may_cross_out(self) -> bool:
        """Whether the last word came from a sheet and can be crossed out."""
        last = self.spoken.last
        return last is not None and may_cross_out(last, [last])


@dataclass(frozen=True)
class Part:
    """The part of the form that is about one person; `signed_by` is the field of who signed, where that is asked."""

    signer: Signer
    lines: tuple[Line, ...]
    signed_by: str
    giver: str
    problem: Problem | None


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def listed(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The households of a village with how many of each said nothing yet."""
    village, asked = _village(request, uid), asked_text(request)
    only_open = request.GET.get("loc", "") == OPEN_ONLY
    text = asked.text if asked.problem is None else ""
    shown = homes_listed(village, text, asked_start(request), only_open=only_open)
    page = {"village": village, "asked": asked, "shown": shown, "only_open": only_open, "open_only": OPEN_ONLY}
    return render(request, "web/village/consents.html", page)


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def home(request: HttpRequest, household: UUID, uid: UUID | None = None) -> HttpResponse:
    """The sheet of a household, as it was signed: each purpose of each person, the day, and where the sheet lies."""
    village = _village(request, uid)
    found, form = home_to_sign(village, household), Filled(request.POST)
    if request.method == "POST" and _entered(request, found, form):
        return HttpResponseRedirect(reverse("web:village_consent", args=[village.uid, household]))
    beside = {each.where: each for each in form.others if _is_of(found, each.where)}
    form.others = [each for each in form.others if each.where not in beside]
    parts = [_part(request, signer, beside.get(str(signer.person.uid))) for signer in found.signers]
    page = {"village": village, "home": found, "form": form, "parts": parts, "wrong": len(beside)}
    return render(request, "web/village/consent.html", page, status=200 if form.is_whole and not beside else 400)


@require_http_methods(METHODS)
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def put_right(request: HttpRequest, household: UUID, act: UUID, uid: UUID | None = None) -> HttpResponse:
    """Cross out what was copied by mistake, with the reason."""
    village = _village(request, uid)
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


def _village(request: HttpRequest, uid: UUID | None) -> Village:
    return village_seen(viewer(request), uid, law_of, Right.ENTER_CONSENTS)


def _is_of(home: Home, where: str) -> bool:
    return where in {str(signer.person.uid) for signer in home.signers}


def _part(request: HttpRequest, signer: Signer, wrong: Problem | None) -> Part:
    lines = [(spoken, _field(spoken, signer)) for spoken in signer.spoken]
    signed_by = f"ky-{signer.person.uid}" if len(signer.givers) > 1 else ""
    return Part(
        signer,
        tuple(Line(spoken, field, request.POST.get(field, "")) for spoken, field in lines),
        signed_by,
        request.POST.get(signed_by, signer.givers[0]),
        wrong,
    )


def _field(spoken: Spoken, signer: Signer) -> str:
    return f"{spoken.purpose.id}-{signer.person.uid}"


def _entered(request: HttpRequest, home: Home, form: Filled) -> bool:
    seen, signed_on = viewer(request), form.day("signed_on", needed=True)
    kept_at = form.text("kept_at", most=LONGEST_PAPER, needed=True)
    said = [_said(request.POST, signer) for signer in home.signers]
    if not form.is_whole or signed_on is None:
        return False
    sheet = Sheet(signed_on=signed_on, kept_at=kept_at, by=seen.account, role=seen.role or "")
    try:
        count = enter_household(said, sheet, today=seen.today, act=seen.act(timezone.now(), sheet.name))
    except Refused as refusal:
        form.refuse(refusal, U163="signed_on", U164="kept_at")
        return False
    say_done(request, "consents.entered", count=count)
    return True


def _said(sent: Mapping[str, str], signer: Signer) -> Said:
    says = {
        spoken.purpose.id: SAYS[chosen]
        for spoken in signer.spoken
        if (chosen := sent.get(_field(spoken, signer), "")) in SAYS
    }
    given = sent.get(f"ky-{signer.person.uid}", "")
    giver = next((each for each in signer.givers if each == given), signer.givers[0])
    return Said(signer.person, Giver(giver), says)
