"""Judging a round, its meetings with their minutes, and the recognition list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.meetings.access import (
    BY_KEY,
    DECIDED,
    found_by_name,
    judged_in,
    list_of,
    meeting_in,
    meetings_in,
    see_meeting,
    title_in,
)
from densach.assessing.meetings.domain import (
    Held,
    Said,
    close_meeting,
    decide_otherwise,
    hold_meeting,
    make_list,
    write_meeting,
)
from densach.assessing.meetings.models import Meeting
from densach.assessing.models import Round
from densach.assessing.steps.access import RUNS, SIGNS, own_round
from densach.formats.official.keeping import kept_text, read_kept
from densach.problems import Refused, problem
from densach.reporting.papers.meeting_minutes import meeting_minutes
from densach.reporting.round_counts import round_counts
from densach.web.asking import asked_text
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.round_work import ask_to_judge
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.commune.importing import asker

FORM = ["GET", "HEAD", "POST"]
LONGEST = 5000


@require_http_methods(FORM)
@signed_in
def judge(request: HttpRequest, name: str) -> HttpResponse:
    """What came out for each title, and judging everybody again."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    if request.method == "POST":
        job = ask_to_judge(round_, asker=asker(seen))
        return HttpResponseRedirect(reverse("web:job", args=[job.uid]))
    page = {"name": name, "round": round_, "counts": round_counts(round_)}
    return render(request, "web/commune/judge.html", page)


@require_safe
@signed_in
def meetings(request: HttpRequest, name: str) -> HttpResponse:
    """The meetings of a round."""
    round_ = own_round(viewer(request), name, RUNS)
    page = {"name": name, "round": round_, "meetings": meetings_in(round_)}
    return render(request, "web/commune/meetings.html", page)


@require_http_methods(FORM)
@signed_in
def hold(request: HttpRequest, name: str) -> HttpResponse:
    """Write a new meeting down."""
    round_, form = own_round(viewer(request), name, RUNS), Filled(request.POST)
    if request.method == "POST":
        made = _written(request, round_, form, None)
        if made is not None:
            return HttpResponseRedirect(reverse("web:meeting", args=[name, made.uid]))
    else:
        form.typed = {"held_on": viewer(request).today.isoformat()}
    return _meeting_form(request, name, round_, form, None)


@require_http_methods(FORM)
@signed_in
def write(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """Correct what is written of a meeting before it ends."""
    round_, form = own_round(viewer(request), name, RUNS), Filled(request.POST)
    found = meeting_in(round_, uid)
    if request.method == "POST":
        if _written(request, round_, form, found) is not None:
            return HttpResponseRedirect(reverse("web:meeting", args=[name, uid]))
    else:
        form.typed = _typed(found)
    return _meeting_form(request, name, round_, form, found)


@require_http_methods(FORM)
@signed_in
def meeting(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """One meeting: what came out, where it decides otherwise, and its end."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS), Filled(request.POST)
    found = meeting_in(round_, uid)
    if request.method == "POST":
        version = form.number("version", least=1, most=1_000_000)
        try:
            if form.is_whole:
                minutes = kept_text(meeting_minutes(see_meeting(found)))
                close_meeting(found, minutes, version, act=seen.act(timezone.now()))
                messages.success(request, say("meeting.closed"))
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal)
    page = {"name": name, "round": round_, "seen": see_meeting(found), "form": form}
    return render(request, "web/commune/meeting.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def minutes(request: HttpRequest, name: str, uid: UUID, form: str) -> HttpResponse:
    """The minutes of a meeting as PDF or Word: as they were kept, or as they would be now."""
    found = meeting_in(own_round(viewer(request), name, RUNS, SIGNS), uid)
    document = read_kept(found.minutes) if found.is_closed else meeting_minutes(see_meeting(found))
    return paper_file(document, f"bien-ban-hop-{found.held_on:%Y-%m-%d}", form, found.held_on)


@require_safe
@signed_in
def choose(request: HttpRequest, name: str, uid: UUID, model: str) -> HttpResponse:
    """Find somebody of a title for whom the meeting decides otherwise."""
    round_, title = own_round(viewer(request), name, RUNS), title_in(model)
    asked = asked_text(request)
    found = found_by_name(round_, title, asked.text)
    page = {"name": name, "round": round_, "meeting": meeting_in(round_, uid), "title": title, "asked": asked}
    return render(request, "web/commune/choose.html", page | {"found": found})


@require_http_methods(FORM)
@signed_in
def otherwise(request: HttpRequest, name: str, uid: UUID, model: str, who: UUID) -> HttpResponse:
    """Write down that the meeting decides against the verdict of one subject."""
    seen = viewer(request)
    round_, title, form = own_round(seen, name, RUNS), title_in(model), Filled(request.POST)
    found = meeting_in(round_, uid)
    subject, about = judged_in(round_, title, who)
    if request.method == "POST":
        proposed = form.one_of("proposed", {"co": True, "khong": False}) == "co"
        reason = form.text("reason", most=LONGEST, needed=True)
        scorer, sheet = form.text("scorer", most=200, needed=True), form.text("paper_sheet", most=200)
        said = Said(
            proposed=proposed, level=form.text("level", most=20), reason=reason, scorer=scorer, paper_sheet=sheet
        )
        try:
            if form.is_whole:
                decide_otherwise(found, subject, title.key, said, act=seen.act(timezone.now(), reason))
                messages.success(request, say("meeting.decided", name=about.name))
                return HttpResponseRedirect(reverse("web:meeting", args=[name, uid]))
        except Refused as refusal:
            form.refuse(refusal, R207="proposed")
    page = {"name": name, "round": round_, "meeting": found, "title": title, "about": about, "form": form, "who": who}
    return render(request, "web/commune/otherwise.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def lists(request: HttpRequest, name: str) -> HttpResponse:
    """The recognition lists of a round by title, and making them of who is met now."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    if request.method == "POST":
        act = seen.act(timezone.now(), "lập danh sách đề nghị")
        for title in DECIDED.values():
            make_list(round_, title.key, act=act)
        messages.success(request, say("meeting.listed"))
        return HttpResponseRedirect(request.path)
    page = {"name": name, "round": round_, "counts": round_counts(round_)}
    return render(request, "web/commune/lists.html", page)


@require_safe
@signed_in
def one_list(request: HttpRequest, name: str, model: str) -> HttpResponse:
    """The recognition list of one title."""
    round_ = own_round(viewer(request), name, RUNS, SIGNS)
    number = request.GET.get("trang", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 10_000):
        raise Refused(problem("H103", "danh-sach"))
    page = {"name": name, "round": round_, "listing": list_of(round_, title_in(model), int(number))}
    return render(request, "web/commune/list.html", page)


def _meeting_form(request: HttpRequest, name: str, round_: Round, form: Filled, found: Meeting | None) -> HttpResponse:
    chosen = request.POST.getlist("agenda") if request.method == "POST" else found.agenda if found else list(BY_KEY)
    page = {"name": name, "round": round_, "form": form, "meeting": found, "titles": BY_KEY.values(), "chosen": chosen}
    return render(request, "web/commune/hold.html", page, status=200 if form.is_whole else 400)


def _written(request: HttpRequest, round_: Round, form: Filled, found: Meeting | None) -> Meeting | None:
    """The meeting as it was written down; None where the form says why not."""
    act = viewer(request).act(timezone.now())
    held_on = form.day("held_on", needed=True)
    agreed = form.number("agreed", least=0, most=10_000) if request.POST.get("agreed") else None
    version = form.number("version", least=1, most=1_000_000) if found else 0
    short = {key: form.text(key, most=most, needed=needed) for key, most, needed in _SHORT}
    agenda = tuple(key for key in BY_KEY if key in request.POST.getlist("agenda"))
    if not form.is_whole or held_on is None:
        return None
    held = Held(held_on=held_on, agreed=agreed, agenda=agenda, **short)
    try:
        return hold_meeting(round_, held, act=act) if found is None else write_meeting(found, held, version, act=act)
    except Refused as refusal:
        form.refuse(refusal, R201="agreed", R202="agenda")
        return None


_SHORT = (
    ("begins", 20, False),
    ("place", 200, False),
    ("chair", 120, True),
    ("secretary", 120, True),
    ("present", LONGEST, True),
    ("absent", LONGEST, False),
    ("discussion", LONGEST, False),
)


def _typed(found: Meeting) -> dict[str, str]:
    typed = {key: str(getattr(found, key)) for key, _, _ in _SHORT}
    agreed = "" if found.agreed is None else str(found.agreed)
    return typed | {"held_on": found.held_on.isoformat(), "agreed": agreed, "version": str(found.version)}
