"""The pages that speak of the site itself."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from densach.policy.viewing import rubric_rows
from densach.web.asking import today
from densach.web.law import law
from densach.web.sentences import language
from densach.web.views.synthetic import holds_synthetic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Đèn Sách is, and the four things that a visitor comes for."""
    rows = rubric_rows(law(), today(), language())
    read = sum(row.state.state != "unknown" for row in rows)
    page = {"rubrics": len(rows), "read": read, "claims": len(law().claims), "synthetic": holds_synthetic()}
    return render(request, "web/home.html", page)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, what it keeps of its visitors, and whom to tell."""
    return render(request, "web/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise to people who read and write in other ways, and what was tried."""
    return render(request, "web/accessibility.html")


@csrf_exempt  # changes nothing but the language of the visitor's own pages, so that pages need no token and no cookie
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen in a cookie, and go back to the page."""
    chosen, back = request.POST.get("language"), request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if inside else "/")
    if chosen in dict(settings.LANGUAGES):
        name, age, safe = settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_COOKIE_AGE, settings.LANGUAGE_COOKIE_SECURE
        response.set_cookie(name, chosen, max_age=age, secure=safe, httponly=True, samesite="Lax")
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  - a watcher sends nothing
    """For those who watch the server: `ok` when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
