"""Using a slip of paper: its code and a year of birth, then a new account, or the one that is in use."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from densach.authority.slips.models import Slip
from densach.authority.slips.taking import look_at_slip, slip_looked_at, take_as_newcomer, take_with_account
from densach.problems import Problem, Refused, problem
from densach.web.asking import today
from densach.web.signing.flash import say_done
from densach.web.viewing import keep_role, viewer

_KEPT = "phieu"
_MINUTES = timedelta(minutes=30)  # to choose a name and a password, with somebody's help
METHODS = ["GET", "HEAD", "POST"]


@never_cache
@sensitive_post_parameters("code", "birth_year")
@require_http_methods(METHODS)
def take(request: HttpRequest) -> HttpResponse:
    """The form for the code and the year of birth; what is right leads on, and no address ever holds the code."""
    if request.method != "POST":
        return _ask(request)
    if not ratelimit.consume(request, action="slip"):
        return _ask(request, status=429)
    try:
        slip = look_at_slip(request.POST.get("code", "")[:60], request.POST.get("birth_year", "")[:10], today=today())
    except Refused as refusal:
        return _ask(request, refusal.problems)
    request.session[_KEPT] = {"slip": str(slip.uid), "until": (timezone.now() + _MINUTES).timestamp()}
    return HttpResponseRedirect(reverse("web:taken"))


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(METHODS)
def taken(request: HttpRequest) -> HttpResponse:
    """What the slip gives, and with which account."""
    slip = _slip(request)
    if slip is None:
        return HttpResponseRedirect(reverse("web:take"))
    if request.method != "POST":
        return _choose(request, slip)
    try:
        return _add(request, slip) if viewer(request).account else _make(request, slip)
    except Refused as refusal:
        return _choose(request, slip, refusal.problems)


def _add(request: HttpRequest, slip: Slip) -> HttpResponse:
    account = viewer(request).account
    assert account is not None  # noqa: S101  - asked before
    grant = take_with_account(slip.uid, account, at=timezone.now(), today=today())
    del request.session[_KEPT]
    keep_role(request, grant.uid)
    say_done(request, "accounts.done_role_added")
    return HttpResponseRedirect(reverse("web:duties"))


def _make(request: HttpRequest, slip: Slip) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("username", "password", "again")}
    if not sent["password"]:
        raise Refused(problem("U123", "password"))
    if sent["password"] != sent["again"]:
        raise Refused(problem("U117", "again"))
    account = take_as_newcomer(slip.uid, sent["username"], sent["password"], at=timezone.now(), today=today())
    del request.session[_KEPT]
    record_authentication(request, account, method="slip")
    response: HttpResponse = perform_login(request, Login(user=account))
    say_done(request, "accounts.done_account_made")
    return response


def _slip(request: HttpRequest) -> Slip | None:
    kept = request.session.get(_KEPT)
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    try:
        return slip_looked_at(UUID(kept["slip"]), today=today())
    except Refused:
        del request.session[_KEPT]
        return None


def _ask(request: HttpRequest, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    year = request.POST.get("birth_year", "")[:10]
    page = {"problems": {found.where: found for found in problems}, "birth_year": year, "too_often": status == 429}
    return render(request, "web/accounts/take.html", page, status=status)


def _choose(request: HttpRequest, slip: Slip, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    fields = {found.where: found for found in problems if found.where in {"username", "password", "again"}}
    others = [found for found in problems if found.where not in fields]
    page = {"slip": slip, "problems": fields, "others": others, "username": request.POST.get("username", "")[:60]}
    return render(request, "web/accounts/taken.html", page)
