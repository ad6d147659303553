"""Reminding: the officer sees everything; what hangs on a wall or goes to a chat names only households."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.assessing.villages.access import Village, all_households, named_by_acts, names_of, village_seen
from densach.authority.roles import Right
from densach.formats.village_papers import WallNotice, notice_pdf, notice_picture
from densach.problems import Refused, problem
from densach.web.law import law_of
from densach.web.viewing import needs, viewer
from densach.web.village_words import decision_texts, wall_notice, wall_text


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def reminder(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A reminder and the decisions as texts to paste, and where the picture and the papers are."""
    village = village_seen(viewer(request), uid, law_of)
    page: dict[str, object] = {"village": village}
    if village.round is not None:
        text = wall_text(_notice(village))
        page["text"] = f"MẪU – KHÔNG CÓ GIÁ TRỊ\n{text}" if village.is_specimen else text
        page["decisions"] = list(decision_texts(named_by_acts(village)))
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


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
