"""The worked cases of a draft: the table of how they come out, and the form that adds, changes or takes out one."""

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
from densach.policy.case_writing import key_of, with_case, with_case_changed, without_case
from densach.policy.cases import Case
from densach.problems import Refused, problem
from densach.web.drafting.cases import VERDICTS, CaseForm, empty_case, opened_case, read_case
from densach.web.drafting.forms import form_seen
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import needs, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LAW)
def cases(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Add or change a case with a form, try it before, or take one out; each saving is another form of the draft."""
    seen = see_text(viewer(request), uid)
    if seen.text.state != State.DRAFT:
        return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))
    form = Filled(request.POST)
    if request.method != "POST":
        return _opened(request, seen, form)
    if "bo" in request.POST:
        return _taken_out(request, seen, form)
    made = read_case(seen, form, viewer(request).today)
    if made.case is not None and "luu" in request.POST:
        try:
            return _kept(request, seen, made.case)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, seen, made, request.POST.get("sua", ""))


def _opened(request: HttpRequest, seen: SeenText, form: Filled) -> HttpResponse:
    """The form for another case, or with a case of the draft in it; one that asks for more is changed in the file."""
    today, key = viewer(request).today, request.GET.get("sua", "")
    if not key:
        return _page(request, seen, empty_case(seen, form, today))
    case = next((run.case for run in seen.looked.own if key_of(run.case) == key), None)
    if case is None:
        raise Refused(problem("H103", "sua"))
    made = opened_case(seen, case, today)
    if made.case == case:
        return _page(request, seen, made, key)
    messages.warning(request, say("desk.case_by_hand_only", name=case.name))
    return HttpResponseRedirect(reverse("web:desk_write", args=[seen.text.uid, "cases"]))


def _kept(request: HttpRequest, seen: SeenText, case: Case) -> HttpResponse:
    if key := request.POST.get("sua", ""):
        return _saved(request, seen, with_case_changed(_file(seen), key, case), "case_changed")
    return _saved(request, seen, with_case(_file(seen), seen.looked.rubric_id, case), "case_saved")


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


def _page(request: HttpRequest, seen: SeenText, made: CaseForm, key: str = "") -> HttpResponse:
    page = {"seen": seen, "text": seen.text, "looked": seen.looked, "made": made, "form": made.form, "key": key[:16]}
    status = 400 if request.method == "POST" and made.is_wrong else 200
    return render(request, "web/lawmaking/make_case.html", page | {"verdicts": VERDICTS}, status=status)
