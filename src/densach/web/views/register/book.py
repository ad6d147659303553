"""The register of awards: found by name, number or year; one award with all that hangs on it, and what follows it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards.register import access
from densach.awards.register.book import write_register
from densach.awards.register.cancelling import CancelOrder, cancel_award, free_achievement, take_items_back
from densach.awards.register.deadlines import reissue_days
from densach.awards.register.handing import Asked, ask_again, hand_over, issue_again
from densach.awards.register.models import Award, Ground
from densach.awards.register.money import sum_of
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused, problem
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import demonstration, signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """One page of the register."""
    asked, year = asked_text(request), _year(request)
    found = access.register_for(viewer(request), asked.text, year, asked_start(request))
    page = {"found": found, "asked": asked, "year": year}
    name = "web/register/rows.html" if request.headers.get("HX-Request") else "web/register/register.html"
    return render(request, name, page)


@require_safe
@signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """All rows that a search finds, as a workbook."""
    seen = viewer(request)
    rows = access.whole_register_for(seen, asked_text(request).text, _year(request))
    fictional = demonstration(request) or any(row.decision.round.is_fictional for row in rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "so.xlsx"
        write_register(path, rows, made_on=seen.today, fictional=fictional)
        response = HttpResponse(BytesIO(path.read_bytes()), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="so-khen-thuong-{seen.today:%Y-%m-%d}.xlsx"'
    return response


@require_safe
@signed_in
def award(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One award: what it used, other awards of the same recipient, papers, money, notices, and what was cancelled."""
    seen = viewer(request)
    found = access.award_for(seen, uid)
    page = {
        "one": found,
        "trail": access.trail_of(seen, found),
        "sum": sum_of(commendation_law(), found),
        "signs": seen.may(access.SIGNS),
        "handles": seen.may(access.HANDLES),
    }
    return render(request, "web/register/award.html", page)


@require_http_methods(FORM)
@signed_in
def handing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note which items were handed over, to whom and when."""
    found, form = _handled(request, uid), Filled(request.POST)
    if request.method == "POST":
        items, by = form.text("items", most=200, needed=True), form.text("received_by", most=200, needed=True)
        on, seen = form.day("on", needed=True), viewer(request)
        try:
            if form.is_whole and on is not None:
                hand_over(found, items, by, on=on, today=seen.today, act=seen.act(timezone.now()))
                return _done(request, found, "handed")
        except Refused as refusal:
            form.refuse(refusal, Q350="on")
    else:
        form.typed = {"items": found.items, "received_by": found.name, "on": viewer(request).today.isoformat()}
    page = {"one": found, "form": form}
    return render(request, "web/register/handing.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def reissuing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that a certificate is asked for again, and later that it was issued."""
    found, form, seen = _handled(request, uid), Filled(request.POST), viewer(request)
    waiting = next((row for row in access.trail_of(seen, found).reissues if row.issued_on is None), None)
    if request.method == "POST" and _reissued(request, found, form, issue=waiting is not None):
        return _done(request, found, "reissued" if waiting else "reissue_asked")
    if request.method != "POST":
        form.typed = {"on": seen.today.isoformat()}
    deadline = reissue_days(commendation_law(), found.decision)
    page = {"one": found, "form": form, "waiting": waiting, "deadline": deadline}
    return render(request, "web/register/reissuing.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def cancelling(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel an award by a later decision of whoever decided, and note what came back."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.award_for(seen, uid)
    if not seen.may(access.SIGNS):
        raise Refused(problem("H103", uid))
    if request.method == "POST" and _cancelled(request, found, form):
        return HttpResponseRedirect(request.path)
    page = {"one": found, "trail": access.trail_of(seen, found), "form": form, "grounds": Ground.choices}
    return render(request, "web/register/cancelling.html", page, status=200 if form.is_whole else 400)


def _year(request: HttpRequest) -> int | None:
    given = request.GET.get("nam", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else None


def _handled(request: HttpRequest, uid: UUID) -> Award:
    seen = viewer(request)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", uid))
    return access.award_for(seen, uid)


def _done(request: HttpRequest, award_: Award, what: str) -> HttpResponseRedirect:
    messages.success(request, say("register.done_" + what))
    return HttpResponseRedirect(reverse("web:award", args=[award_.uid]))


def _reissued(request: HttpRequest, award_: Award, form: Filled, *, issue: bool) -> bool:
    seen, on = viewer(request), form.day("on", needed=True)
    reason = "" if issue else form.text("reason", most=300, needed=True)
    note = form.text("note", most=300)
    if not form.is_whole or on is None:
        return False
    act = seen.act(timezone.now(), reason)
    try:
        if issue:
            issue_again(award_, on=on, today=seen.today, act=act)
        else:
            found = reissue_days(commendation_law(), award_.decision, on)
            ask_again(award_, Asked(on=on, reason=reason, note=note), found, today=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, Q352="on", Q350="on")
        return False
    return True


def _cancelled(request: HttpRequest, award_: Award, form: Filled) -> bool:
    """Whether what was asked for is done: cancelling, items that came back, or an achievement that is set free."""
    seen, what = viewer(request), request.POST.get("do", "")
    act = seen.act(timezone.now(), form.text("reason", most=1000))
    try:
        if what == "items":
            on = form.day("on", needed=True)
            if on is not None:
                take_items_back(award_, on=on, today=seen.today, act=act)
        elif what == "free":
            for uid in form.uids("achievement"):
                free_achievement(award_, uid, form.text("why", most=300), on=seen.today, act=act)
        else:
            order = _order(form)
            if order is not None:
                cancel_award(award_, order, today=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, Q340="signed", Q342="on", Q343="why")
        return False
    if form.is_whole:
        messages.success(request, say("register.done_" + (what if what in {"items", "free"} else "cancelled")))
    return form.is_whole


def _order(form: Filled) -> CancelOrder | None:
    number, basis = form.text("number", most=60, needed=True), form.text("basis", most=300, needed=True)
    reason, signed = form.text("reason", most=1000, needed=True), form.day("signed", needed=True)
    ground = form.one_of("ground", dict(Ground.choices))
    if not form.is_whole or signed is None:
        return None
    return CancelOrder(number=number, signed=signed, ground=Ground(ground), basis=basis, reason=reason)
