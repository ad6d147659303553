"""Writing at the desk: choosing what, the form that begins it, the file itself with live checks, its holes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.authority.roles import Right
from densach.lawmaking import domain
from densach.lawmaking.access import SeenText, see_text
from densach.lawmaking.checking import look
from densach.lawmaking.models import Kind, State, packs_of
from densach.lawmaking.offering import offer_of, offers
from densach.lawmaking.reading import tell
from densach.lawmaking.texts import PARTS, Texts, file_names
from densach.places.access import is_demonstration
from densach.problems import Problem, Refused, problem
from densach.web.drafting.forms import BeginningForm, empty_form, filled_form, form_seen, read_form
from densach.web.sentences import language, say
from densach.web.viewing import needs, viewer


@require_safe
@needs(Right.WRITE_LAW)
def choose(request: HttpRequest) -> HttpResponse:
    """Every rubric, and what can be written about it at this desk."""
    fictional = _is_fictional(request)
    page = {"offers": offers(viewer(request), packs_of(fictional=fictional)), "fictional": fictional}
    return render(request, "web/lawmaking/choose.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LAW)
def begin(request: HttpRequest, kind: str, rubric_id: str) -> HttpResponseBase:
    """The form that begins a text."""
    fictional = _is_fictional(request)
    offer = offer_of(viewer(request), packs_of(fictional=fictional), rubric_id, kind)
    if request.method != "POST":
        return _form(request, empty_form(offer, Kind(kind), fictional=fictional))
    form = read_form(offer, Kind(kind), request.POST.dict(), fictional=fictional)
    if form.begins is None:
        return _form(request, form)
    text = domain.begin(viewer(request), form.begins, at=timezone.now())
    messages.success(request, say("desk.done_begun"))
    return HttpResponseRedirect(reverse("web:desk_text", args=[text.uid]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LAW)
def write(request: HttpRequest, uid: UUID, part: str) -> HttpResponseBase:
    """One file of a text, to be written by hand; what is wrong stands beside it."""
    seen = _opened(request, uid, part)
    if request.method != "POST":
        is_draft = seen.text.state == State.DRAFT
        return _editor(request, seen, part, _read(getattr(seen.texts, part))) if is_draft else _to(uid)
    typed = _typed(request)
    texts = replace(seen.texts, **{part: typed.encode()})
    try:
        domain.save(viewer(request), uid, texts, seen=form_seen(request.POST.dict()), at=timezone.now())
    except Refused as refused:
        return _editor(request, seen, part, typed, refused.problems)
    messages.success(request, say("desk.done_saved"))
    return HttpResponseRedirect(reverse("web:desk_write", args=[uid, part]))


@require_POST
@needs(Right.WRITE_LAW)
def check(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """What is wrong with what is being typed; nothing is saved."""
    seen = _opened(request, uid, part)
    texts = replace(seen.texts, **{part: _typed(request).encode()})
    return render(request, "web/lawmaking/findings.html", _findings(request, seen, texts))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LAW)
def fill(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The holes of a draft as a form; saving it writes the file anew."""
    seen = see_text(viewer(request), uid)
    packs, fictional = seen.text.packs, seen.text.fictional
    offer = offer_of(viewer(request), packs, seen.text.target, Kind.FILLS)
    if request.method != "POST":
        form = filled_form(offer, seen.texts, fictional=fictional) if _is_form(seen) else None
        return _form(request, form, seen) if form else _to(uid)
    form = read_form(offer, Kind.FILLS, request.POST.dict(), fictional=fictional)
    if form.begins is None:
        return _form(request, form, seen)
    try:
        texts = _under_its_name(form.begins.texts, form.begins.policy_id, seen)
        domain.save(viewer(request), uid, texts, seen=form_seen(request.POST.dict()), at=timezone.now())
    except Refused as refused:
        return _form(request, form, seen, refused.problems)
    messages.success(request, say("desk.done_saved"))
    return _to(uid)


def _is_form(seen: SeenText) -> bool:
    return seen.text.kind == Kind.FILLS and seen.text.state == State.DRAFT


def _under_its_name(texts: Texts, named: str, seen: SeenText) -> Texts:
    """The files with the id that the text was begun under, whatever day they name now."""
    law = texts.law.replace(f"id: {named}\n".encode(), f"id: {seen.text.policy_id}\n".encode(), 1)
    return replace(texts, law=law, cases=seen.texts.cases)


def _form(
    request: HttpRequest, form: BeginningForm, seen: SeenText | None = None, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    page = {"form": form, "seen": seen, "problems": problems}
    return render(request, "web/lawmaking/form.html", page)


def _editor(
    request: HttpRequest, seen: SeenText, part: str, typed: str, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    names = file_names(seen.text.policy_id, seen.text.target, overlay=seen.text.is_overlay)
    texts = replace(seen.texts, **{part: typed.encode()})
    page = {
        "seen": seen,
        "part": part,
        "parts": [(one, names[one]) for one in PARTS],
        "typed": typed,
        "other": _read(getattr(seen.texts, part)) if any(one.code == "P181" for one in problems) else None,
        "problems": problems,
        **_findings(request, seen, texts),
    }
    return render(request, "web/lawmaking/write.html", page)


def _findings(request: HttpRequest, seen: SeenText, texts: Texts) -> dict[str, Any]:
    looked = look(seen.text, texts, viewer(request).today)
    told = tell(seen.text, looked, viewer(request).today, language())
    return {"text": seen.text, "looked": looked, "told": told, "documents": told and told.documents}


def _opened(request: HttpRequest, uid: UUID, part: str) -> SeenText:
    """A text with a file that it can have; refused (H103) for any other."""
    if part not in PARTS:
        raise Refused(problem("H103", part))
    return see_text(viewer(request), uid)


def _typed(request: HttpRequest) -> str:
    """The text of the form with the line ends of our files: a browser sends others."""
    return request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")


def _read(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_fictional(request: HttpRequest) -> bool:
    return "mau" in request.GET and is_demonstration()


def _to(uid: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))
