"""The chair's page: quorum and rules, opening, closing, ties, the end."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.awards.councils import access
from densach.awards.councils.counting import close_voting, end_sitting, settle_ties
from densach.awards.councils.models import Seat
from densach.awards.councils.room import Room
from densach.awards.councils.voting import open_voting
from densach.problems import Refused, problem
from densach.web.council_work import AT_ONCE, ask_to_end
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.councils.balloting import keys

LATEST = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SIT_IN_COUNCIL)
def lead(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """What the chair sees and does; how many voted is shown, and never what before the count."""
    seen = viewer(request)
    room, form = access.room_presided_by(seen, sitting), Filled(request.POST)
    if request.method == "POST" and room.own is not None:
        version = form.number("version", least=1, most=LATEST)
        what = request.POST.get("viec", "")
        do = _DOINGS.get(what)
        if do is None:
            raise Refused(problem("H103", "viec"))
        if form.is_whole and what == "ket-thuc" and access.see_agenda(room, 0, 0).total > AT_ONCE:
            job = ask_to_end(room.sitting, version, seen)
            return HttpResponseRedirect(reverse("web:job", args=[job.uid]))
        try:
            if form.is_whole:
                say_done(request, do(request, room, room.own, version, form))
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal, Q218="why", Q217="why")
    return render(request, "web/councils/lead.html", _page(room, form), status=200 if form.is_whole else 400)


def _page(room: Room, form: Filled) -> dict[str, object]:
    return {
        "room": room,
        "sitting": room.sitting,
        "form": form,
        "agenda": access.see_agenda(room, 0, 0),
        "rules": access.see_thresholds(room),
        "turnout": access.see_turnout(room),
        "interests": access.see_interests(room),
        "quotas": access.see_quotas(room),
        "ties": access.see_ties(room),
        "chosen": {str(uid) for uid in form.uids("chon")},
    }


def _open(request: HttpRequest, room: Room, seat: Seat, version: int, form: Filled) -> str:  # noqa: ARG001  - one shape
    seen = viewer(request)
    open_voting(room.sitting, seat, version, keys=keys(), today=seen.today, act=seen.act(timezone.now()))
    return "councils.done_opened"


def _close(request: HttpRequest, room: Room, seat: Seat, version: int, form: Filled) -> str:  # noqa: ARG001  - one shape
    close_voting(room.sitting, seat, version, keys=keys(), act=viewer(request).act(timezone.now()))
    return "councils.done_closed"


def _settle(request: HttpRequest, room: Room, seat: Seat, version: int, form: Filled) -> str:
    why = form.text("why", most=300)
    settle_ties(room.sitting, seat, form.uids("chon"), why, version, act=viewer(request).act(timezone.now(), why))
    return "councils.done_settled"


def _end(request: HttpRequest, room: Room, seat: Seat, version: int, form: Filled) -> str:  # noqa: ARG001  - one shape
    seen = viewer(request)
    end_sitting(room.sitting, seat, version, act=seen.act(timezone.now()))
    return "councils.done_ended"


_DOINGS: dict[str, Callable[[HttpRequest, Room, Seat, int, Filled], str]] = {
    "mo": _open,
    "dong": _close,
    "bang-phieu": _settle,
    "ket-thuc": _end,
}
