"""One's own account: the ways in, where it is open, how it was signed in to."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from densach.accounts.queries import sign_ins_of
from densach.authority.describing import described
from densach.authority.roles import Right
from densach.authority.watching import A_PAGE, sign_ins_within
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.signing.second import needs_second_factor
from densach.web.viewing import known, lacks_second_factor, needs, viewer

LATEST = 50  # rows of one's own log; who needs more asks whoever reads the log


@require_safe
@known
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what can be changed."""
    return render(request, "web/accounts/account.html", {"needed": needs_second_factor(viewer(request))})


@require_safe
@known
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why the role in use needs a second factor, and what to do."""
    if not lacks_second_factor(request):
        return HttpResponseRedirect(reverse("web:duties"))
    seen = viewer(request)
    assert seen.account is not None  # noqa: S101  - the guard of the page asked before
    back = request.GET.get("next", "")
    page = {"has_one": is_mfa_enabled(seen.account), "held": described(seen.grants, seen.today), "acting": seen.acting}
    page["back"] = back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else "/"
    return render(request, "web/accounts/second_factor_needed.html", page)


@require_safe
@known
def log(request: HttpRequest) -> HttpResponse:
    """How one's own account was signed in to, or tried."""
    who = viewer(request).account
    assert who is not None  # noqa: S101  - the guard of the page asked before
    return render(request, "web/accounts/log.html", {"rows": sign_ins_of(who)[:LATEST]})


@require_safe
@needs(Right.READ_LOG)
def log_here(request: HttpRequest) -> HttpResponse:
    """How people who hold a role in the place signed in."""
    text, start = asked_text(request), asked_start(request)
    shown = sign_ins_within(viewer(request), text.text, start)
    turn = {"next": start + A_PAGE, "previous": max(start - A_PAGE, 0) if start else None}
    return render(request, "web/accounts/log_here.html", {"shown": shown, "text": text} | turn)
