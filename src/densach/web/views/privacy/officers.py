"""The officer of a commune: what people ask about their data with its clock, and whom a paper is entered for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.access import commune_answering, people_to_serve, request_to_answer
from densach.assessing.privacy.models import DataRequest
from densach.assessing.privacy.reading import asked_of, thread_of, with_clock
from densach.assessing.privacy.requesting import LONGEST_TEXT, Settlement, Words, settle, write_in_thread
from densach.authority.roles import Right
from densach.problems import Refused
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.privacy.acting import acted

A_PAGE = 50
DOES = ("write", "done", "refused")


@require_safe
@needs(Right.ANSWER_ABOUT_DATA)
def waiting(request: HttpRequest) -> HttpResponse:
    """What the commune is asked, the most pressing first, or what was settled."""
    seen = viewer(request)
    commune, start, settled = commune_answering(seen), asked_start(request), request.GET.get("xong") == "1"
    rows = asked_of(commune, seen.today, only_open=not settled, first=start, count=A_PAGE + 1)
    following = start + A_PAGE if len(rows) > A_PAGE else None
    page = {"clocks": rows[:A_PAGE], "settled": settled, "next": following, "today": seen.today}
    return render(request, "web/privacy/waiting.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ANSWER_ABOUT_DATA)
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request: write to whoever asked, or settle it with the reason."""
    seen = viewer(request)
    asked = request_to_answer(seen, uid)
    form = Filled(request.POST)
    if request.method == "POST" and _answered(request, asked, form):
        say_done(request, "privacy.done_answer_" + form.typed["does"])
        back = "web:data_answer" if form.typed["does"] == "write" else "web:data_requests"
        return HttpResponseRedirect(reverse(back, args=[asked.uid] if back == "web:data_answer" else []))
    page = {"clock": with_clock(asked, seen.today), "thread": thread_of(asked), "form": form}
    return render(request, "web/privacy/answer.html", page)


@require_safe
@needs(Right.ENTER_PROTECTED, Right.ANSWER_ABOUT_DATA)
def find(request: HttpRequest) -> HttpResponse:
    """Find somebody in the commune for whom a paper was handed in."""
    asked = asked_text(request)
    found = people_to_serve(viewer(request), asked.text) if asked.problem is None else []
    return render(request, "web/privacy/find.html", {"asked": asked, "found": found})


def _answered(request: HttpRequest, asked: DataRequest, form: Filled) -> bool:
    seen, does = viewer(request), form.one_of("does", dict.fromkeys(DOES))
    text = form.text("text", most=LONGEST_TEXT)
    if not form.is_whole:
        return False
    role, act = seen.role or "", acted(request)
    try:
        if does == "write":
            words = Words(text=text, by=seen.account, role=role, officer=True)
            write_in_thread(asked, words, on=seen.today, act=act)
        else:
            how = Settlement(done=does == "done", reason=text, by=seen.account, role=role)
            settle(asked, how, on=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, U158="text")
    return form.is_whole
