"""What can be read at the desk: the list, one text with all that is found in it, and what it would change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.assessing.foreseeing.access import foresee
from densach.authority.roles import Right
from densach.formats.pictures import MAX_SENT_BYTES
from densach.lawmaking.access import editions_of, log_of, scans_of, see_text, texts_for, the_edition, the_scan, the_text
from densach.lawmaking.checking import begins
from densach.lawmaking.models import Kind, State
from densach.lawmaking.reading import tell
from densach.lawmaking.texts import PARTS, digest_of, file_names, texts_of
from densach.problems import Problem, Refused, problem
from densach.web.filling import Filled
from densach.web.sentences import language
from densach.web.viewing import needs, viewer


@require_safe
@needs(Right.WRITE_LAW)
def desk(request: HttpRequest) -> HttpResponse:
    """What is written at the desks that the viewer sees, by how far it has come."""
    found = texts_for(viewer(request))
    groups = [(state, [text for text in found if text.state == state]) for state in State.values]
    return render(request, "web/lawmaking/desk.html", {"groups": [one for one in groups if one[1]]})


@require_safe
@needs(Right.WRITE_LAW)
def text(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One text: where it stands, what can be done, what is wrong with it, and its story."""
    return text_page(request, uid)


def text_page(
    request: HttpRequest, uid: UUID, problems: tuple[Problem, ...] = (), form: Filled | None = None
) -> HttpResponse:
    """The page of one text, with what kept a step from being taken and the form that was sent."""
    seen = see_text(viewer(request), uid)
    parsed = seen.looked.text
    since = begins(parsed) if parsed else None
    page = {
        "seen": seen,
        "text": seen.text,
        "scans": scans_of(seen),
        "looked": seen.looked,
        "told": tell(seen.text, seen.looked, viewer(request).today, language()),
        "since": since,
        "today": viewer(request).today,
        "is_past": since is not None and since < viewer(request).today,
        "steps": log_of(viewer(request), uid),
        "editions": editions_of(viewer(request), uid),
        "files": _files(seen.text.policy_id, seen.text.target, overlay=seen.text.is_overlay, texts=seen.texts),
        "fills": seen.text.kind == Kind.FILLS,
        "problems": problems,
        "why": request.POST.get("why", ""),
        "form": form or Filled(request.POST),
        "largest": MAX_SENT_BYTES // 1_000_000,
    }
    return render(request, "web/lawmaking/text.html", page)


@require_safe
@needs(Right.WRITE_LAW)
def whole(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rubric as a jurist reads it, with this text in it."""
    seen = see_text(viewer(request), uid)
    told = tell(seen.text, seen.looked, viewer(request).today, language())
    page = {"text": seen.text, "told": told, "view": told and told.view, "documents": told and told.documents}
    return render(request, "web/lawmaking/read.html", page)


@require_safe
@needs(Right.WRITE_LAW)
def effect(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Which kept verdicts would change, counted."""
    found = foresee(viewer(request), uid)
    return render(request, "web/lawmaking/effect.html", {"found": found, "text": found.seen.text})


@require_safe
@needs(Right.WRITE_LAW)
def file(request: HttpRequest, uid: UUID, part: str, number: int) -> HttpResponse:
    """One file of one form of a text, byte for byte."""
    found = the_text(viewer(request), uid)
    data = getattr(texts_of(the_edition(found, number)), part, b"") if part in PARTS else b""
    if not data:
        raise Refused(problem("H103", part))
    name = file_names(found.policy_id, found.target, overlay=found.is_overlay)[part]
    response = HttpResponse(data, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@needs(Right.WRITE_LAW)
def scan(request: HttpRequest, uid: UUID, scan: UUID) -> HttpResponse:
    """The scan of a text, to be kept."""
    found = the_scan(viewer(request), uid, scan)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="ban-chup-{found.sha256[:12]}.pdf"'
    return response


def _files(policy_id: str, target: str, *, overlay: bool, texts: object) -> list[tuple[str, str, str]]:
    """The files of a text: part, name and hash."""
    names = file_names(policy_id, target, overlay=overlay)
    kept = ((part, getattr(texts, part)) for part in PARTS)
    return [(part, names[part], digest_of(data)) for part, data in kept if data]
