"""A sitting with its agenda, and the files one after another, for members and for who prepares it."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.authority.roles import Right
from densach.awards.councils import access
from densach.awards.councils.domain import keep_note
from densach.awards.councils.following import see_law, see_where_they_went
from densach.awards.councils.minutes import papers_of
from densach.awards.councils.voting import declare_interest, withdraw_interest
from densach.formats.official.keeping import read_kept
from densach.problems import Refused, problem
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, signed_in, viewer
from densach.web.views.councils.balloting import keys

FORM = ["GET", "HEAD", "POST"]
LONGEST, HIGHEST = 2000, 100
PAPERS = {"bien-ban": 0, "kiem-phieu": 1}


@require_safe
@signed_in
def sitting(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """A sitting: how far it has come, what one may do, and its agenda."""
    room = access.room_of(viewer(request), sitting)
    seen = access.see_agenda(room, asked_start(request))
    page = {
        "room": room,
        "sitting": room.sitting,
        "agenda": seen,
        "unfinished": access.see_unfinished(room),
        "went": see_where_they_went(room, [line.item for line in seen.lines]),
    }
    return render(request, "web/councils/sitting.html", page)


@require_http_methods(FORM)
@signed_in
def file(request: HttpRequest, sitting: UUID, item: UUID) -> HttpResponse:
    """The file of one nomination, with a member's own score and note."""
    room = access.room_of(viewer(request), sitting)
    seen, form = access.see_file(room, item), Filled(request.POST)
    if request.method == "POST" and room.own is not None:
        score = form.number("score", least=0, most=HIGHEST) if request.POST.get("score") else None
        text = form.text("text", most=LONGEST)
        if form.is_whole:
            keep_note(room.sitting, room.own, item, score, text)
            say_done(request, "councils.done_note")
            onward = seen.after if request.POST.get("viec") == "tiep" and seen.after else seen.line.item
            return HttpResponseRedirect(reverse("web:council_file", args=[sitting, onward.uid]))
    elif seen.line.note is not None:
        note = seen.line.note
        form.typed |= {"score": "" if note.score is None else str(note.score), "text": note.text}
    went = see_where_they_went(room, [seen.line.item])
    page = {"room": room, "sitting": room.sitting, "seen": seen, "form": form, "went": went}
    return render(request, "web/councils/file.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def law(request: HttpRequest, sitting: UUID, item: UUID) -> HttpResponse:
    """What the law says of a file, each rule with its article and mark; only that part where the file asks for it."""
    seen = viewer(request)
    room = access.room_of(seen, sitting)
    found, judgement = see_law(seen, room, item)
    page = {"room": room, "sitting": room.sitting, "item": found, "judgement": judgement}
    live = bool(getattr(request, "htmx", False))
    response = render(request, "web/councils/law_part.html" if live else "web/councils/law.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(FORM)
@needs(Right.SIT_IN_COUNCIL)
def interest(request: HttpRequest, sitting: UUID, item: UUID) -> HttpResponse:
    """Declare an interest in a nominee."""
    seen = viewer(request)
    room, seat = access.room_with_seat(seen, sitting)
    found, form = access.item_in(room, item), Filled(request.POST)
    if request.method == "POST":
        words = form.text("interest", most=300, needed=True)
        try:
            if form.is_whole:
                declare_interest(room.sitting, seat, item, words, keys=keys(), act=seen.act(timezone.now()))
                say_done(request, "councils.done_interest", name=found.nomination.nominee.name)
                return HttpResponseRedirect(reverse("web:council_file", args=[sitting, item]))
        except Refused as refusal:
            form.refuse(refusal)
    page = {"room": room, "item": found, "form": form}
    return render(request, "web/councils/interest.html", page, status=200 if form.is_whole else 400)


@require_POST
@needs(Right.SIT_IN_COUNCIL)
def no_interest(request: HttpRequest, sitting: UUID, item: UUID) -> HttpResponse:
    """Take back an interest that was declared by mistake."""
    seen = viewer(request)
    room, seat = access.room_with_seat(seen, sitting)
    withdraw_interest(room.sitting, seat, item, act=seen.act(timezone.now()))
    say_done(request, "councils.done_no_interest")
    return HttpResponseRedirect(reverse("web:council_file", args=[sitting, item]))


@require_safe
@signed_in
def part(request: HttpRequest, sitting: UUID, item: UUID, part: UUID) -> HttpResponse:
    """A paper of a dossier: the file that was handed in, or the paper made here as PDF."""
    room = access.room_of(viewer(request), sitting)
    found = access.part_in(room, item, part)
    if found.content:
        return paper_file(read_kept(found.content), found.kind, "pdf", room.sitting.held_on)
    content = bytes(found.file or b"")
    is_pdf = content.startswith(b"%PDF")
    response = HttpResponse(BytesIO(content), content_type="application/pdf" if is_pdf else "application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.uid}{".pdf" if is_pdf else ""}"'
    return response


@require_safe
@signed_in
def paper(request: HttpRequest, sitting: UUID, name: str, form: str) -> HttpResponse:
    """The minutes or the count of a sitting as PDF or Word."""
    if name not in PAPERS:
        raise Refused(problem("H103", name))
    room = access.room_of(viewer(request), sitting)
    held_on = room.sitting.held_on
    return paper_file(papers_of(room)[PAPERS[name]], f"{name}-{held_on:%Y-%m-%d}", form, held_on)
