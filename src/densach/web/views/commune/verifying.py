"""The second look: fixing a list, drawing a sample, entering what was found, and the leads beside it."""

from __future__ import annotations

from secrets import randbelow
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.models import Round
from densach.assessing.steps.access import RUNS, own_round
from densach.assessing.verifying.access import (
    SAMPLED,
    draw_in,
    draws_in,
    file_in,
    lead_in,
    leads_in,
    see_draw,
    titles_to_draw,
    villages_in,
)
from densach.assessing.verifying.domain import Choice, Look, draw_sample, enter_finding, fix_list
from densach.assessing.verifying.finding import dismiss_lead, find_leads, take_lead
from densach.assessing.verifying.models import Draw, DrawnFile, Found
from densach.measures.sampling import CONFIDENCE
from densach.places.models import Place
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.law import law_of_round
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
# Our own words, not law: what an auditor would take for a beginning. The commune chooses, and says why.
USUAL = {"percent": "5", "confidence": str(CONFIDENCE.numerator * 100 // CONFIDENCE.denominator), "returns_at": "3"}
LONGEST = 2000


@require_safe
@signed_in
def draws(request: HttpRequest, name: str) -> HttpResponse:
    """The samples of a round, and what may be drawn."""
    round_ = own_round(viewer(request), name, RUNS)
    page = {"name": name, "round": round_, "draws": draws_in(round_)}
    return render(request, "web/commune/draws.html", page)


@require_http_methods(FORM)
@signed_in
def fix(request: HttpRequest, name: str) -> HttpResponse:
    """Fix the list that a sample will be drawn from, with the choice of the commune and its reason."""
    round_, form = own_round(viewer(request), name, RUNS), Filled(request.POST)
    villages = villages_in(round_)
    if request.method == "POST":
        made = _fixed(request, round_, form, {uid: row.place for uid, row in villages.items()})
        if made is not None:
            return HttpResponseRedirect(reverse("web:draw", args=[name, made.uid]))
    else:
        form.typed = dict(USUAL)
    page = {"name": name, "round": round_, "form": form, "villages": villages}
    page["titles"] = titles_to_draw(round_)
    return render(request, "web/commune/fix.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def draw(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """One sample: its seed, its files, what it proves by now."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    found, form = draw_in(round_, uid), Filled(request.POST)
    if request.method == "POST":
        seed = form.text("seed", most=120) or str(randbelow(10**12))
        try:
            if form.is_whole:
                drawn = draw_sample(found, seed, act=seen.act(timezone.now()))
                messages.success(request, say("verify.drawn", count=drawn.size))
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal, R167="seed")
    page = {"name": name, "round": round_, "form": form, "seen": see_draw(found)}
    return render(request, "web/commune/draw.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def listed(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """The list that a sample was drawn from, one pseudonym a line, so that anybody can draw it again."""
    found = draw_in(own_round(viewer(request), name, RUNS), uid)
    response = HttpResponse(found.listed + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="danh-sach-boc-tham-{found.pk}.txt"'
    return response


@require_http_methods(FORM)
@signed_in
def finding(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """What the second look found of one file."""
    round_, form = own_round(viewer(request), name, RUNS), Filled(request.POST)
    file, about = file_in(round_, uid)
    if request.method == "POST" and _entered(request, file, form):
        messages.success(request, say("verify.kept"))
        return HttpResponseRedirect(reverse("web:draw", args=[name, file.draw.uid]))
    if request.method != "POST":
        form.typed = {"found": file.found, "what": file.what, "why": file.why, "version": str(file.version)}
    page = {"name": name, "round": round_, "form": form, "file": file, "about": about}
    page["title"] = SAMPLED[file.draw.title_key]
    return render(request, "web/commune/finding.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def leads(request: HttpRequest, name: str) -> HttpResponse:
    """The leads of a round, private to those who run it, and looking for more."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    if request.method == "POST":
        library = law_of_round(round_, seen)
        act = seen.act(timezone.now())
        new = sum(find_leads(round_, title, library, act=act) for title, _ in titles_to_draw(round_))
        messages.success(request, say("verify.leads_found", count=new))
        return HttpResponseRedirect(request.path)
    return render(request, "web/commune/leads.html", {"name": name, "round": round_, "leads": leads_in(round_)})


@require_http_methods(FORM)
@signed_in
def lead(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """One lead: by which numbers it came about, and what becomes of it."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS), Filled(request.POST)
    found = lead_in(round_, uid)
    if request.method == "POST":
        try:
            reason = form.text("reason", most=LONGEST)
            if form.is_whole:
                dismiss_lead(found.lead, reason, act=seen.act(timezone.now(), reason))
                messages.success(request, say("verify.dismissed"))
                return HttpResponseRedirect(reverse("web:leads", args=[name]))
        except Refused as refusal:
            form.refuse(refusal, R175="reason")
    page = {"name": name, "round": round_, "form": form, "seen": found}
    return render(request, "web/commune/lead.html", page, status=200 if form.is_whole else 400)


@require_POST
@signed_in
def take(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """Have the files of a lead looked through beside a sample of the same title."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    found, chosen = lead_in(round_, uid), Filled(request.POST).uids("draw")
    into = next((each for each in found.draws if each.uid in chosen), None)
    if into is None:
        messages.error(request, say("verify.no_draw"))
        return HttpResponseRedirect(reverse("web:lead", args=[name, uid]))
    new = take_lead(found.lead, into, act=seen.act(timezone.now()))
    messages.success(request, say("verify.taken", count=new))
    return HttpResponseRedirect(reverse("web:draw", args=[name, into.uid]))


def _fixed(request: HttpRequest, round_: Round, form: Filled, villages: dict[str, Place]) -> Draw | None:
    """The list as it was fixed; None where the form says why not."""
    seen = viewer(request)
    key = form.one_of("title", SAMPLED)
    village = form.one_of("village", {"": None, **villages})
    choice = Choice(
        percent=form.number("percent", least=1, most=50),
        confidence=form.number("confidence", least=50, most=99),
        returns_at=form.number("returns_at", least=1, most=1000),
        reason=form.text("reason", most=LONGEST, needed=True),
    )
    if not form.is_whole:
        return None
    try:
        act = seen.act(timezone.now(), choice.reason)
        return fix_list(round_, key, villages.get(village), choice, by=seen.account, act=act)
    except Refused as refusal:
        form.refuse(refusal, R164="title", R163="title")
        return None


def _entered(request: HttpRequest, file: DrawnFile, form: Filled) -> bool:
    seen = viewer(request)
    found = form.one_of("found", dict(Found.choices))
    what, why = (form.text(field, most=LONGEST) for field in ("what", "why"))
    version = form.number("version", least=1, most=1_000_000)
    if not form.is_whole:
        return False
    try:
        look = Look(found=Found(found), what=what, why=why)
        enter_finding(file, look, version, by=seen.account, act=seen.act(timezone.now(), why))
    except Refused as refusal:
        form.refuse(refusal, R168="what")
        return False
    return True
