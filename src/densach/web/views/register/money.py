"""The emulation fund of a place, and award money that goes out of it and comes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.awards.register import access
from densach.awards.register.fund import MOST, balance_of, enter_income, open_fund
from densach.awards.register.models import Award, Fund, FundEntry
from densach.awards.register.money import Payment, pay, recover, sum_of
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused, problem
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import demonstration, signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
FIRST_YEAR, LAST_YEAR = 2024, 2100


@require_http_methods(FORM)
@signed_in
def funds(request: HttpRequest) -> HttpResponse:
    """The funds of the place by year, and opening another."""
    seen, form = viewer(request), Filled(request.POST)
    rows = access.funds_for(seen)
    if request.method == "POST":
        made = _opened(request, form)
        if made is not None:
            messages.success(request, say("register.done_fund"))
            return HttpResponseRedirect(reverse("web:award_fund", args=[made.uid]))
    else:
        last = balance_of(rows[0]).closing if rows else 0
        is_open = any(row.year == seen.today.year for row in rows)
        form.typed = {"year": str(seen.today.year + is_open), "opening": str(max(last, 0))}
    page = {"funds": [(row, balance_of(row)) for row in rows], "form": form, "handles": seen.may(access.HANDLES)}
    return render(request, "web/register/funds.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def fund(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The books of a fund, and entering what came in."""
    seen, form = viewer(request), Filled(request.POST)
    found, first = access.fund_for(seen, uid), asked_start(request)
    if request.method == "POST" and _income(request, found, form):
        messages.success(request, say("register.done_income"))
        return HttpResponseRedirect(request.path)
    if request.method != "POST":
        form.typed = {"on": seen.today.isoformat()}
    entries = access.entries_in(found, first)
    page = {
        "fund": found,
        "books": balance_of(found),
        "entries": entries[: access.ON_A_PAGE],
        "following": first + access.ON_A_PAGE if len(entries) > access.ON_A_PAGE else None,
        "before": max(first - access.ON_A_PAGE, 0) if first else None,
        "form": form,
        "handles": seen.may(access.HANDLES),
    }
    return render(request, "web/register/fund.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def paying(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pay an award out of the fund, or enter that its money came back after it was cancelled."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.award_for(seen, uid)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", uid))
    books = [row for row in access.funds_for(seen) if row.is_fictional == is_fictional(found)]
    if request.method == "POST" and _paid(request, found, books, form):
        return HttpResponseRedirect(reverse("web:award", args=[uid]))
    if request.method != "POST":
        form.typed = {"on": seen.today.isoformat(), "received_by": found.name}
    page = {
        "one": found,
        "form": form,
        "funds": [(str(row.uid), say("register.fund_named", year=str(row.year))) for row in books],
        "sum": sum_of(commendation_law(), found),
        "trail": access.trail_of(seen, found),
    }
    return render(request, "web/register/paying.html", page, status=200 if form.is_whole else 400)


def is_fictional(award: Award) -> bool:
    """Whether an award is made up: made-up money never shares the books with real money."""
    return award.decision.round.is_fictional or award.decision.place.fictional


def _opened(request: HttpRequest, form: Filled) -> Fund | None:
    seen = viewer(request)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", "fund"))
    year, basis = form.number("year", least=FIRST_YEAR, most=LAST_YEAR), form.text("basis", most=300, needed=True)
    opening, place = form.number("opening", least=0, most=MOST), access.own_place(seen)
    if not form.is_whole:
        return None
    fictional = demonstration(request) or place.fictional
    try:
        return open_fund(place, year, opening, basis, fictional=fictional, act=seen.act(timezone.now(), basis))
    except Refused as refusal:
        form.refuse(refusal, Q330="year")
        return None


def _income(request: HttpRequest, found: Fund, form: Filled) -> FundEntry | None:
    seen = viewer(request)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", "income"))
    on, basis = form.day("on", needed=True), form.text("basis", most=300, needed=True)
    amount = form.number("amount", least=1, most=MOST)
    if not form.is_whole or on is None:
        return None
    try:
        return enter_income(found, amount, basis, on=on, today=seen.today, act=seen.act(timezone.now(), basis))
    except Refused as refusal:
        form.refuse(refusal, Q331="on")
        return None


def _paid(request: HttpRequest, award: Award, books: list[Fund], form: Filled) -> bool:
    seen, on = viewer(request), form.day("on", needed=True)
    chosen = form.one_of("fund", {str(row.uid): row for row in books})
    basis = form.text("basis", most=300)
    comes_back = request.POST.get("do") == "recover"
    payment = None if comes_back else _payment(request, form)
    if comes_back and not basis:
        form.problems["basis"] = problem("R171", "basis")
    if not form.is_whole or on is None:
        return False
    fund_ = next(row for row in books if str(row.uid) == chosen)
    act = seen.act(timezone.now(), basis)
    try:
        if payment is None:
            recover(award, fund_, basis, on=on, today=seen.today, act=act)
        else:
            pay(award, fund_, payment, commendation_law(), today=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, Q331="on", Q334="on", Q335="amount", Q336="over_why", Q338="on", Q345="basis")
        return False
    messages.success(request, say("register.done_recovered" if comes_back else "register.done_paid"))
    return True


def _payment(request: HttpRequest, form: Filled) -> Payment | None:
    receipt, by = form.text("receipt", most=60, needed=True), form.text("received_by", most=200, needed=True)
    amount = form.number("amount", least=1, most=MOST) if request.POST.get("amount") else None
    basis, over, on = form.text("basis", most=300), form.text("over_why", most=300), form.day("on", needed=True)
    if on is None:
        return None
    return Payment(on=on, receipt=receipt, received_by=by, amount=amount, basis=basis, over_why=over)
