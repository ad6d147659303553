"""Reminding: the officer sees everything; what hangs on a wall or goes to a chat names only households."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from densach.assessing.villages.access import Village, all_households, decisions_told, names_of, village_seen
from densach.assessing.villages.decisions import ToldDecision
from densach.authority.roles import Right
from densach.formats.village_papers import DecisionNotice, WallNotice, decision_picture, notice_pdf, notice_picture
from densach.problems import Refused, problem
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.village_words import decision_notice, decision_text, wall_notice, wall_text


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def reminder(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A reminder and the decisions as texts to paste, and where the picture and the papers are."""
    village = village_seen(viewer(request), uid, law_of)
    page: dict[str, object] = {"village": village}
    if village.round is not None:
        text = wall_text(_notice(village))
        page["text"] = f"MẪU – KHÔNG CÓ GIÁ TRỊ\n{text}" if village.is_specimen else text
        page["decisions"] = [
            (number, decision_text(_told(request, village, each), fictional=each.act.fictional))
            for number, each in enumerate(decisions_told(village), 1)
        ]
    return render(request, "web/village/reminder.html", page)


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def picture(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The reminder as a picture for a chat."""
    village = village_seen(viewer(request), uid, law_of)
    data = notice_picture(_notice(village), made_on=village.today, fictional=village.is_specimen)
    return _file(data, "image/png", "nhac.png")


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def decision(request: HttpRequest, number: int, uid: UUID | None = None) -> HttpResponse:
    """One decision as a picture for a chat, by its number on the page."""
    village = village_seen(viewer(request), uid, law_of)
    found = next(iter(decisions_told(village)[number - 1 : number]), None) if number else None
    if found is None:
        raise Refused(problem("H103", number))
    notice = _told(request, village, found)
    data = decision_picture(notice, made_on=village.today, fictional=found.act.fictional)
    return _file(data, "image/png", f"quyet-dinh-{number}.png")


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def wall(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The notice for the wall of the village's house of culture."""
    village = village_seen(viewer(request), uid, law_of)
    data = notice_pdf(_notice(village), made_on=village.today, fictional=village.is_specimen)
    return _file(data, "application/pdf", "niem-yet.pdf")


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def lacking(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Who still lacks what, for the eyes of the officer alone."""
    village = village_seen(viewer(request), uid, law_of)
    rows = [row for row in all_households(village) if row.lacking]
    return render(request, "web/village/lacking.html", {"village": village, "rows": rows})


def _notice(village: Village) -> WallNotice:
    if village.round is None:
        raise Refused(problem("K143", "nhac"))
    return wall_notice(all_households(village), *names_of(village), village.round.year)


def _told(request: HttpRequest, village: Village, decision: ToldDecision) -> DecisionNotice:
    address = ""
    if decision.page is not None:
        origin = settings.PUBLIC_URL or request.build_absolute_uri("/")
        address = origin.rstrip("/") + reverse("web:act", args=[decision.page])
    return decision_notice(decision, *names_of(village), address)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
