"""Trying a rubric: in the browser by the runner of the rules, and on the server for whoever has no JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from densach.rules.export import to_json
from densach.web.law import judge_of
from densach.web.sentences import language
from densach.web.trying import empty_trial, try_out


@csrf_exempt  # changes nothing and keeps nothing, so that the page needs no token and no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def try_rubric(request: HttpRequest, rubric_id: str) -> HttpResponse:
    """The sheet of a rubric, and what comes out of the answers that were sent."""
    judge = judge_of(rubric_id)
    sent = request.method == "POST"
    trial = try_out(judge, request.POST.dict(), language()) if sent else empty_trial(judge, language())
    response = render(request, "web/try.html", {"rubric": judge.rubric, "trial": trial, "sent": sent})
    if sent:
        response.headers["Cache-Control"] = "no-store"
    return response


@conditional_page
@require_safe
def program(request: HttpRequest, rubric_id: str) -> HttpResponse:  # noqa: ARG001  - a script sends nothing
    """The rubric as the runner in the browser takes it."""
    return HttpResponse(to_json(judge_of(rubric_id)), content_type="application/json")
