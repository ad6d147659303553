"""Using a slip of paper: its code and a year of birth, then a new account, or the one that is in use.

A new account is entered by a name and a password, or by codes to a phone, which asks for nothing to be remembered.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from densach.accounts.models import Account
from densach.accounts.queries import account_by_phone
from densach.assessing.privacy.consenting import Word, give_consent
from densach.assessing.privacy.models import Giver
from densach.authority.slips.models import Slip
from densach.authority.slips.taking import (
    look_at_slip,
    slip_looked_at,
    take_as_newcomer,
    take_by_phone,
    take_with_account,
)
from densach.history.domain import Act
from densach.problems import Problem, Refused, problem
from densach.web.asking import today
from densach.web.signing.flash import say_done
from densach.web.signing.slip_phone import phone_confirmed, phone_waiting, send_code
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
        if viewer(request).account:
            return _add(request, slip)
        return _ask_phone(request) if settings.PHONE_SENDER and "phone" in request.POST else _make(request, slip)
    except Refused as refusal:
        return _choose(request, slip, refusal.problems)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(METHODS)
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent to the phone: with it the account is made, or the one that has this phone is entered."""
    slip, phone = _slip(request), phone_waiting(request)
    if slip is None or viewer(request).account or not phone:
        return HttpResponseRedirect(reverse("web:taken" if slip else "web:take"))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if "again" not in request.POST:
                return _enter(request, slip, phone_confirmed(request, request.POST.get("code", "")))
            send_code(request, phone)
            say_done(request, "accounts.done_code_sent_again")
            return HttpResponseRedirect(request.path)
        except Refused as refusal:
            problems = refusal.problems
    fields = {found.where: found for found in problems if found.where == "code"}
    page = {"phone": phone, "problems": fields, "others": [found for found in problems if found.where not in fields]}
    return render(request, "web/accounts/slip_code.html", page)


def _ask_phone(request: HttpRequest) -> HttpResponse:
    send_code(request, request.POST.get("phone", ""))
    return HttpResponseRedirect(reverse("web:taken_code"))


def _enter(request: HttpRequest, slip: Slip, phone: str) -> HttpResponse:
    """Whoever has a phone of an account enters it, and is asked there whether it takes the role; else one is made."""
    account, going_to = account_by_phone(phone), reverse("web:taken")
    if account is None:
        account, going_to = take_by_phone(slip.uid, phone, at=timezone.now(), today=today()), reverse("web:duties")
        del request.session[_KEPT]
        _agree_to_contact(slip, account)
        say_done(request, "accounts.done_account_by_phone", username=account.username)
    record_authentication(request, account, method="code", phone=phone)
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=going_to))
    return response


def _agree_to_contact(slip: Slip, account: Account) -> None:
    """Keep that the phone was given for being reached, as the page said before it was typed."""
    act = Act(who=str(account.uid), at=timezone.now(), why=f"Phiếu giấy số {slip.number}")
    word = Word(giver=Giver.SELF, by=account, role=slip.role)
    give_consent(slip.holder.same_as or slip.holder, "contact", word, on=today(), act=act)


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
    fields = {found.where: found for found in problems if found.where in {"username", "password", "again", "phone"}}
    others = [found for found in problems if found.where not in fields]
    page = {"slip": slip, "problems": fields, "others": others, "username": request.POST.get("username", "")[:60]}
    page["phone"] = request.POST.get("phone", "")[:40]
    return render(request, "web/accounts/taken.html", page)
