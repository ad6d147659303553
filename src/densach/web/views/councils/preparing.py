"""The secretary's pages of a sitting: preparing it, the roll, the agenda, what was said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from densach.authority.roles import Right
from densach.awards.councils import access
from densach.awards.councils.counting import move_on, write_discussion
from densach.awards.councils.domain import (
    Planned,
    mark_attendance,
    prepare_sitting,
    put_on_agenda,
    take_off,
    write_sitting,
)
from densach.awards.councils.models import Attendance, Choice, Seat, Sitting
from densach.awards.councils.room import Room
from densach.awards.councils.voting import cast
from densach.problems import Refused, problem
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.councils.balloting import chosen_in, keys
from densach.web.views.councils.regulating import CHOICES, regulation_in, typed_of

FORM = ["GET", "HEAD", "POST"]
LONGEST = 5000
LATEST = 1_000_000


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def prepare(request: HttpRequest, council: UUID) -> HttpResponse:
    """Prepare a sitting of a council on a round."""
    seen = viewer(request)
    found, form = access.council_prepared_by(seen, council), Filled(request.POST)
    rounds = {str(each.uid): each for each in access.see_rounds(found)}
    if request.method == "POST":
        uid, planned = form.one_of("round", rounds), _planned(form)
        try:
            if planned is not None:
                made = prepare_sitting(found, rounds[uid], planned, act=seen.act(timezone.now()))
                say_done(request, "councils.done_prepared")
                return HttpResponseRedirect(reverse("web:council_agenda", args=[made.uid]))
        except Refused as refusal:
            form.refuse(refusal, Q222="quorum_source", Q224="held_on")
    else:
        form.typed |= {"held_on": seen.today.isoformat(), "secret": "kin"} | typed_of(found)
    page = {"council": found, "rounds": [(key, each.name) for key, each in rounds.items()]}
    return _sitting_form(request, form, page)


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def write(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Change what was prepared of a sitting."""
    seen = viewer(request)
    room, form = access.room_prepared_by(seen, sitting), Filled(request.POST)
    if request.method == "POST":
        version, planned = form.number("version", least=1, most=LATEST), _planned(form)
        try:
            if planned is not None:
                write_sitting(room.sitting, planned, version, act=seen.act(timezone.now()))
                say_done(request, "councils.done_written")
                return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))
        except Refused as refusal:
            form.refuse(refusal, Q222="quorum_source", Q224="held_on")
    else:
        form.typed |= _typed(room.sitting)
    return _sitting_form(request, form, {"council": room.sitting.council, "sitting": room.sitting, "rounds": []})


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def attendance(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Call the roll: who came, who votes in writing, who is absent."""
    seen = viewer(request)
    room, form = access.room_prepared_by(seen, sitting), Filled(request.POST)
    if request.method == "POST":
        known = dict(Attendance.choices)
        marks = {seat.uid: form.one_of(str(seat.uid), known) for seat in room.seats}
        version = form.number("version", least=1, most=LATEST)
        try:
            if form.is_whole:
                mark_attendance(room.sitting, marks, version, act=seen.act(timezone.now()))
                say_done(request, "councils.done_roll")
                return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))
        except Refused as refusal:
            form.refuse(refusal)
    page = {"room": room, "form": form, "marks": Attendance.choices[1:]}
    return render(request, "web/councils/roll.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def agenda(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Put nominations on the agenda: those ticked, or all that wait, of one award or of every one."""
    seen = viewer(request)
    room, form = access.room_prepared_by(seen, sitting), Filled(request.POST)
    award = (request.POST if request.method == "POST" else request.GET).get("hinh-thuc", "")[:60]
    if request.method == "POST":
        uids = None if request.POST.get("viec") == "tat-ca" else form.uids("chon")
        try:
            added, held = put_on_agenda(room.sitting, uids, award, act=seen.act(timezone.now()))
            say_done(request, "councils.done_added_held" if held else "councils.done_added", count=added, held=held)
            return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))
        except Refused as refusal:
            form.refuse(refusal)
    first = asked_start(request)
    rows, counts = access.see_waiting(room, award, first)
    page = {
        "room": room,
        "form": form,
        "rows": rows[: access.ON_A_PAGE],
        "awards": list(counts.items()),
        "award": award,
        "waiting": counts.get(award, 0) if award else sum(counts.values()),
        "next": first + access.ON_A_PAGE if len(rows) > access.ON_A_PAGE else None,
    }
    return render(request, "web/councils/agenda.html", page, status=200 if form.is_whole else 400)


@require_POST
@needs(Right.HANDLE_AWARDS)
def remove(request: HttpRequest, sitting: UUID, item: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    seen = viewer(request)
    room = access.room_prepared_by(seen, sitting)
    name = access.item_in(room, item).nomination.nominee.name
    take_off(room.sitting, item, act=seen.act(timezone.now()))
    say_done(request, "councils.done_off", name=name)
    return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def discussion(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Write what was said, and the opinions that differ."""
    seen = viewer(request)
    room, form = access.room_prepared_by(seen, sitting), Filled(request.POST)
    if request.method == "POST":
        said, dissent = (form.text(name, most=LONGEST) for name in ("discussion", "dissent"))
        version = form.number("version", least=1, most=LATEST)
        try:
            if form.is_whole:
                write_discussion(room.sitting, said, dissent, version, act=seen.act(timezone.now()))
                say_done(request, "councils.done_said")
                return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))
        except Refused as refusal:
            form.refuse(refusal)
    else:
        form.typed |= {"discussion": room.sitting.discussion, "dissent": room.sitting.dissent}
    page = {"room": room, "form": form}
    return render(request, "web/councils/discussion.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def paper_ballot(request: HttpRequest, sitting: UUID, seat: UUID) -> HttpResponse:
    """Enter the ballot on paper of an absent member, where the sitting votes openly."""
    seen = viewer(request)
    room, form = access.room_prepared_by(seen, sitting), Filled(request.POST)
    of = _absent(room, seat)
    lines = access.see_ballot(room, of, asked_start(request))
    if request.method == "POST":
        paper, choices = form.text("paper", most=200, needed=True), chosen_in(request, form, lines)
        try:
            if form.is_whole:
                count = cast(room.sitting, of, choices, keys=keys(), act=seen.act(timezone.now(), paper), paper=paper)
                say_done(request, "councils.done_paper", count=count, name=of.member.account.name)
                return HttpResponseRedirect(request.get_full_path())
        except Refused as refusal:
            form.refuse(refusal)
    page = {"room": room, "form": form, "lines": lines, "choices": Choice.choices, "seat": of}
    return render(request, "web/councils/paper_ballot.html", page, status=200 if form.is_whole else 400)


@require_POST
@needs(Right.HANDLE_AWARDS)
def go_on(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Move what a hold kept back."""
    seen = viewer(request)
    room = access.room_prepared_by(seen, sitting)
    count = move_on(room.sitting, act=seen.act(timezone.now()))
    say_done(request, "councils.done_moved", count=count)
    return HttpResponseRedirect(reverse("web:council_sitting", args=[sitting]))


def _planned(form: Filled) -> Planned | None:
    held_on = form.day("held_on", needed=True)
    begins, where = form.text("begins", most=20), form.text("where", most=200)
    secret = form.one_of("secret", {"kin": True, "cong-khai": False}) == "kin"
    rules = regulation_in(form)
    if not form.is_whole or held_on is None:
        return None
    return Planned(held_on=held_on, begins=begins, where=where, is_secret=secret, regulation=rules)


def _typed(sitting: Sitting) -> dict[str, str]:
    secret = "kin" if sitting.is_secret else "cong-khai"
    own = {"held_on": sitting.held_on.isoformat(), "begins": sitting.begins, "where": sitting.where, "secret": secret}
    return own | typed_of(sitting) | {"version": str(sitting.version)}


def _absent(room: Room, uid: UUID) -> Seat:
    found = next((each for each in room.seats if each.uid == uid and each.attendance == Attendance.WRITING), None)
    if found is None or room.sitting.is_secret:
        raise Refused(problem("H103", uid))
    return found


def _sitting_form(request: HttpRequest, form: Filled, page: dict[str, object]) -> HttpResponse:
    ways = [("kin", say("councils.secret")), ("cong-khai", say("councils.open_vote"))]
    said = page | {"form": form, "counted": CHOICES, "ways": ways}
    return render(request, "web/councils/prepare.html", said, status=200 if form.is_whole else 400)
