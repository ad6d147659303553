"""What those above asked a commune, on the commune's own page, with its answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.problems import Problem, Refused
from densach.reporting.below.access import see_opinions, see_questions
from densach.reporting.below.inquiries import answer
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.province.asking import typed_count


@require_safe
@signed_in
def questions(request: HttpRequest) -> HttpResponse:
    """Every question about the commune's files, those that wait for an answer first."""
    return _page(request, None, "", ())


@require_POST
@signed_in
def reply(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Answer one of them; where it is refused what was typed stands in its field again."""
    text, read = request.POST.get("text", ""), typed_count(request.POST.get("read", ""))
    try:
        answer(viewer(request), inquiry, text, read=read, at=timezone.now())
    except Refused as refusal:
        if any(each.code == "H103" for each in refusal.problems):
            raise
        return _page(request, inquiry, text, refusal.problems)
    messages.success(request, say("province.done_answered"))
    return HttpResponseRedirect(reverse("web:questions_from_above"))


def _page(request: HttpRequest, at: UUID | None, typed: str, problems: tuple[Problem, ...]) -> HttpResponse:
    threads = sorted(see_questions(viewer(request)), key=lambda thread: thread.last != "asked")
    place = viewer(request).where
    page: dict[str, Any] = {"threads": threads, "place": place, "at": at, "typed": typed, "problems": problems}
    page["opinions"] = see_opinions(viewer(request))
    page["waiting"] = sum(thread.last == "asked" for thread in threads)
    return render(request, "web/province/questions.html", page)
