"""The file of a commune as its province and the ministry read it: asking back, verifying, approving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.authority.roles import Right
from densach.problems import Problem, Refused, problem
from densach.reporting.below import inquiries
from densach.reporting.below.access import File, round_for_opinion, see_file
from densach.reporting.below.calendar import dates_of
from densach.reporting.below.inquiries import Asked
from densach.reporting.below.opinions import Kind, Said, may_say, say_opinion
from densach.reporting.models import Inquiry
from densach.web.law import law_of
from densach.web.sentences import language, say
from densach.web.trying import outcome_of
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import asked_year, typed_count, typed_day, typed_uid, years

TELLING = {"again": inquiries.ask_again, "settle": inquiries.settle}
DONE = "province.done_"  # completed by what was done
BESIDE = ("text", "due", "due_basis", "reason")


@require_safe
@needs(Right.VERIFY_BELOW)
def commune_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file of a commune for a year."""
    return _page(request, uid, {}, ())


@require_POST
@needs(Right.VERIFY_BELOW)
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the commune something about its file."""

    def asking() -> None:
        form, year = request.POST, asked_year(request)[0]
        asked = Asked(
            uid=typed_uid(form.get("uid", "")),
            text=form.get("text", ""),
            due=typed_day(form.get("due", "")),
            due_basis=form.get("due_basis", ""),
        )
        inquiries.ask(viewer(request), round_for_opinion(viewer(request), uid, year), asked, at=timezone.now())

    return _done(request, uid, asking, "asked")


@require_POST
@needs(Right.VERIFY_BELOW)
def go_on(request: HttpRequest, uid: UUID, inquiry: UUID) -> HttpResponse:
    """Ask once more in a thread, or settle it."""
    what = "settle" if "settle" in request.POST else "again"

    def speaking() -> Inquiry:
        read, text = typed_count(request.POST.get("read", "")), request.POST.get("text", "")
        return TELLING[what](viewer(request), inquiry, text, read=read, at=timezone.now())

    return _done(request, uid, speaking, what)


@require_POST
@needs(Right.VERIFY_BELOW)
def opine(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Verify, approve, send back, or withdraw what was said."""
    form = request.POST
    kind = form.get("kind", "")

    def speaking() -> None:
        if kind not in Kind.values:
            raise Refused(problem("R184", "kind"))
        read = typed_count(form.get("read", ""))
        said = Said(kind=Kind(kind), reason=form.get("reason", ""), read=read, seal=form.get("seal", ""))
        round_ = round_for_opinion(viewer(request), uid, asked_year(request)[0])
        say_opinion(viewer(request), round_, said, at=timezone.now())

    return _done(request, uid, speaking, kind)


def _done(request: HttpRequest, uid: UUID, happen: Callable[[], object], what: str) -> HttpResponse:
    """Let it happen and go back to the file; where it is refused the page comes again with all that was typed."""
    try:
        happen()
    except Refused as refusal:
        if any(each.code == "H103" for each in refusal.problems):
            raise
        return _page(request, uid, request.POST.dict(), refusal.problems)
    messages.success(request, say(f"{DONE}{what}"))
    year = asked_year(request)[0]
    return HttpResponseRedirect(f"{reverse('web:commune_file', args=[uid])}?nam={year}")


def _page(request: HttpRequest, uid: UUID, typed: dict[str, Any], refused: tuple[Problem, ...]) -> HttpResponse:
    year, unread = asked_year(request)
    seen = see_file(viewer(request), uid, year, law_of)
    beside = dict.fromkeys(BESIDE) | {each.where: each for each in refused if each.where in BESIDE}
    page = {
        "seen": seen,
        "outcome": outcome_of(seen.case.judge, seen.case.facts, language()) if seen.case else None,
        "steps": may_say(viewer(request), seen.last) if _is_verified_here(request) and seen.case else (),
        "dues": _dues(seen),
        "typed": dict.fromkeys(BESIDE, "") | typed,
        "beside": beside,
        "problems": (*unread, *(each for each in refused if each.where not in BESIDE)),
        "form_uid": typed.get("uid") or uuid4(),
        "own_place": viewer(request).place,
        "years": years(),
    }
    return render(request, "web/province/file.html", page)


def _is_verified_here(request: HttpRequest) -> bool:
    where = viewer(request).where
    return where is not None and where.level in {"province", "country"}


def _dues(seen: File) -> tuple[object, ...]:
    """The days of the commune's own title in the texts."""
    packs = seen.round.packs if seen.round else "vn"
    return next((each.dues for each in dates_of(law_of(packs), seen.year) if each.title.model == "commune"), ())
