"""Coming in and going out, and the first password of an account that an officer has made."""

from __future__ import annotations

from allauth.account import views as library
from allauth.account.internal.stagekit import clear_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.accounts.domain import set_first_password
from densach.problems import Problem, Refused, problem
from densach.web.signing.fields import SignInForm
from densach.web.signing.flash import say_done

sign_in = library.LoginView.as_view(template_name="web/accounts/sign_in.html", form_class=SignInForm)
sign_out = library.LogoutView.as_view(template_name="web/accounts/sign_out.html")


@require_POST
def turn_back(request: HttpRequest) -> HttpResponse:
    """Leave a sign-in that was begun, to begin another way."""
    clear_login(request)
    return HttpResponseRedirect(reverse("web:sign_in"))


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """This account was closed."""
    return render(request, "web/accounts/inactive.html", status=403)


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """The form for the code on paper and a password, and what was wrong with what was sent."""
    if request.method != "POST":
        return _first_password(request, ())
    if not ratelimit.consume(request, action="first_code"):
        return _first_password(request, (), 429)
    sent = {name: request.POST.get(name, "") for name in ("username", "code", "password", "again")}
    if sent["password"] != sent["again"]:
        return _first_password(request, (problem("U117", "again"),))
    try:
        set_first_password(sent["username"], sent["code"], sent["password"], at=timezone.now())
    except Refused as refusal:
        return _first_password(request, refusal.problems)
    say_done(request, "accounts.done_first_password")
    return HttpResponseRedirect(reverse("web:sign_in"))


def _first_password(request: HttpRequest, problems: tuple[Problem, ...], status: int = 200) -> HttpResponse:
    username = request.POST.get("username", "")[:60]
    page = {"problems": {found.where: found for found in problems}, "username": username, "too_often": status == 429}
    return render(request, "web/accounts/first_password.html", page, status=status)
