"""Checking a certificate without an account: by the code on the paper, or from its QR code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from densach.assessing.certificates.access import see_certificate
from densach.problems import Refused
from densach.web.asking import AskedCertificate, asked_certificate, today
from densach.web.limiting import has_tried_too_much, note_wrong_try

METHODS = ["GET", "HEAD", "POST"]


@csrf_exempt  # keeps nothing of what is sent, so that the page needs no token and no cookie
@require_http_methods(METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """The form for the code and the name on the paper, and the answer to what was sent."""
    if request.method == "POST":
        return certificate(request, request.POST.get("code", ""))
    return render(request, "web/check.html", {"asked": AskedCertificate("", "")})


@csrf_exempt  # as above
@require_http_methods(METHODS)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate is and how it stands; a name that was sent is confirmed or not, and none is told."""
    asked = asked_certificate(request, code)
    if has_tried_too_much(request):
        return _form_again(request, asked)
    try:
        seen = see_certificate(asked.code, asked.name, on=today())
    except Refused as refusal:
        note_wrong_try(request)
        return _form_again(request, asked, refusal)
    if seen.name_is_right is False:
        note_wrong_try(request)
    here = reverse("web:certificate", args=[seen.code])
    return _private(request, "web/certificate.html", {"seen": seen, "asked": asked, "today": today(), "here": here})


def _form_again(request: HttpRequest, asked: AskedCertificate, refusal: Refused | None = None) -> HttpResponse:
    """The form with what was typed and a hint (404), or without one, for those who tried too often (429)."""
    problems = refusal.problems if refusal else ()
    words = {"asked": asked, "problems": problems, "too_often": refusal is None, "here": reverse("web:check")}
    return _private(request, "web/check.html", words, 404 if refusal else 429)


def _private(request: HttpRequest, page: str, words: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page about one paper: nobody keeps it, and no search engine lists it."""
    response = render(request, page, words, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
