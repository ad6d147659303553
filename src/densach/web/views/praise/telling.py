"""The good examples of one's place with their days, entering one, and one with what followed it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards.candidates.finding import Candidate, candidate, find_candidates
from densach.awards.praise import access
from densach.awards.praise.domain import LINKS, Told, tell
from densach.awards.praise.models import GoodExample, Who
from densach.problems import Refused
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import demonstration, signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
WHO = dict(Who.choices)


@require_safe
@signed_in
def examples(request: HttpRequest) -> HttpResponse:
    """What was told here, and how soon it was praised."""
    shown = access.examples_for(viewer(request), asked_start(request))
    return render(request, "web/praise/examples.html", {"shown": shown})


@require_http_methods(FORM)
@signed_in
def tell_one(request: HttpRequest) -> HttpResponse:
    """Enter a good example: of somebody found in the register, or of a typed name."""
    seen, form = viewer(request), Filled(request.POST)
    access.require_entering(seen)
    asked = request.GET.get("q", "")[:100]
    if request.method == "POST":
        made = _told(request, form)
        if made is not None:
            messages.success(request, say("praise.done_told"))
            return HttpResponseRedirect(reverse("web:good_example", args=[made.uid]))
    else:
        form.typed = {"told_on": seen.today.isoformat()}
    found = find_candidates(seen, asked, fictional=demonstration(request)) if asked.strip() else []
    page = {
        "form": form,
        "asked": asked,
        "found": [each for each in found if each.what in LINKS],
        "chosen": request.POST.get("found", ""),
        "kinds": [(key, say(f"praise.who_{key}")) for key in WHO],
    }
    return render(request, "web/praise/telling.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def example(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One good example, with its letters, events and who took it over."""
    found = access.example_for(viewer(request), uid)
    page = {"one": found, "followed": access.followed(found)}
    return render(request, "web/praise/example.html", page)


def _told(request: HttpRequest, form: Filled) -> GoodExample | None:
    deed, told_by = form.text("deed", most=1000, needed=True), form.text("told_by", most=200)
    deed_on, told_on = form.day("deed_on", needed=True), form.day("told_on", needed=True)
    found = _found(request)
    name = form.text("name", most=200, needed=found is None)
    who = form.one_of("who", WHO) if found is None else Who.PERSON
    if not form.is_whole or deed_on is None or told_on is None:
        return None
    said = Told(deed=deed, deed_on=deed_on, told_on=told_on, told_by=told_by, found=found, who=Who(who), name=name)
    try:
        return tell(viewer(request), said, fictional=demonstration(request), at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q601="deed", Q602="deed_on")
        return None


def _found(request: HttpRequest) -> Candidate | None:
    """Whoever was chosen of the register; nobody where a name was typed."""
    what, _, uid = request.POST.get("found", "").partition(":")
    if what not in LINKS:
        return None
    try:
        return candidate(viewer(request), what, UUID(uid), fictional=demonstration(request))
    except ValueError:
        return None
