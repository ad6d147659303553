"""The worked cases of a draft: the table of how they come out, and the form that adds one or takes one out."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.lawmaking import domain
from densach.lawmaking.access import SeenText, see_text
from densach.lawmaking.models import State
from densach.policy.case_writing import with_case, without_case
from densach.problems import Refused, problem
from densach.web.drafting.cases import VERDICTS, CaseForm, empty_case, read_case
from densach.web.drafting.forms import form_seen
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import needs, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LAW)
def cases(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Add a case with a form, try it before, or take one out; each saving is another form of the draft."""
    seen = see_text(viewer(request), uid)
    if seen.text.state != State.DRAFT:
        return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))
    form = Filled(request.POST)
    if request.method != "POST":
        return _page(request, seen, empty_case(seen, form, viewer(request).today))
    if "bo" in request.POST:
        return _taken_out(request, seen, form)
    made = read_case(seen, form, viewer(request).today)
    if made.case is not None and "luu" in request.POST:
        try:
            text = with_case(_file(seen), seen.looked.rubric_id, made.case)
            return _saved(request, seen, text, "case_saved")
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, seen, made)


def _taken_out(request: HttpRequest, seen: SeenText, form: Filled) -> HttpResponse:
    given = request.POST["bo"]
    try:
        if not (given.isascii() and given.isdecimal() and len(given) < 5):
            raise Refused(problem("H103", "bo"))
        return _saved(request, seen, without_case(_file(seen), int(given)), "case_dropped")
    except Refused as refusal:
        form.refuse(refusal)
    return _page(request, seen, empty_case(seen, form, viewer(request).today))


def _saved(request: HttpRequest, seen: SeenText, text: str, told: str) -> HttpResponse:
    texts = replace(seen.texts, cases=text.encode())
    domain.save(viewer(request), seen.text.uid, texts, seen=form_seen(request.POST.dict()), at=timezone.now())
    messages.success(request, say(f"desk.{told}"))
    return HttpResponseRedirect(reverse("web:desk_cases", args=[seen.text.uid]))


def _file(seen: SeenText) -> str:
    return seen.texts.cases.decode("utf-8", "replace")


def _page(request: HttpRequest, seen: SeenText, made: CaseForm) -> HttpResponse:
    page = {"seen": seen, "text": seen.text, "looked": seen.looked, "made": made, "form": made.form}
    status = 400 if request.method == "POST" and made.is_wrong else 200
    return render(request, "web/lawmaking/make_case.html", page | {"verdicts": VERDICTS}, status=status)
