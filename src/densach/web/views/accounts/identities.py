"""The identity from elsewhere that an account is linked with: seen, linked, and let go."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from densach.accounts.domain import unlink_identities
from densach.history.domain import Act
from densach.web.signing.flash import say_done
from densach.web.viewing import known, viewer


@require_safe
@known
def identities(request: HttpRequest) -> HttpResponse:
    """Whether an identity is linked, and what that means."""
    who = viewer(request).account
    assert who is not None  # noqa: S101  - the guard of the page asked before
    linked = who.socialaccount_set.exists()
    return render(
        request, "web/accounts/identities.html", {"linked": linked, "has_password": who.has_usable_password()}
    )


@require_POST
@known
def let_go(request: HttpRequest) -> HttpResponse:
    """End the link; only where a password is left to sign in with."""
    who = viewer(request).account
    assert who is not None  # noqa: S101  - the guard of the page asked before
    if not who.has_usable_password():
        return HttpResponseRedirect(reverse("account_set_password"))
    unlink_identities(who, act=Act(who=str(who.uid), at=timezone.now(), why="chủ tài khoản"))
    say_done(request, "accounts.done_identity_let_go")
    return HttpResponseRedirect(reverse("web:identities"))


@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the provider, to prove there who one is; back to signing in where it does not answer."""
    try:
        response: HttpResponseBase = oidc.login(request, provider_id)
    except RequestException:
        say_done(request, "accounts.identity_error")
        return HttpResponseRedirect(reverse("web:sign_in"))
    return response


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Nobody was signed in elsewhere."""
    say_done(request, "accounts.identity_cancelled")
    return HttpResponseRedirect(reverse("web:sign_in"))
