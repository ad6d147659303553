"""The papers of a dossier: made from a template, handed in as a file, and given out as PDF, Word or as they came."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.awards.access import nomination_of
from densach.awards.models import Nomination
from densach.awards.parts import document_of, hand_in, make_part, part_of
from densach.formats.pictures import MAX_SENT_BYTES, check_evidence
from densach.formats.signatures import signatures_of
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer
from densach.web.views.awards.dossier import show
from densach.web.views.failing import NOT_THERE


@require_POST
@signed_in
def put(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a paper, or hand one in; a file is told by what it is, and one whose signature is broken is refused."""
    form, found = Filled(request.POST), nomination_of(viewer(request), uid)
    kind = form.text("kind", most=60)
    try:
        _put(request, found, kind)
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        form.refuse(refusal)
        return show(request, found, form)
    say_done(request, "awards.done_part")
    return HttpResponseRedirect(reverse("web:nomination", args=[uid]) + "#giay")


@require_safe
@signed_in
def paper(request: HttpRequest, uid: UUID, part: UUID, form: str) -> HttpResponse:
    """A paper: a made one as PDF or Word, a handed-in one as it was kept; nothing of it runs."""
    found = part_of(nomination_of(viewer(request), uid), part)
    if found.is_made:
        return paper_file(document_of(found), f"{found.kind}-{str(uid)[:8]}", form, found.added_at.date())
    if form != found.ending:
        raise Refused(problem("H103", form))
    response = HttpResponse(BytesIO(bytes(found.file or b"")), content_type=found.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.kind}-{str(uid)[:8]}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _put(request: HttpRequest, found: Nomination, kind: str) -> None:
    seen, now, file = viewer(request), timezone.now(), request.FILES.get("file")
    if file is None and request.POST.get("what") == "make":
        make_part(seen, found, kind, at=now)
        return
    if file is None or not file.size:
        raise Refused(problem("R177", "file"))
    if file.size > MAX_SENT_BYTES:
        raise Refused(problem("E101", "file", limit=MAX_SENT_BYTES // 1_000_000))
    content = file.read()
    sent = check_evidence("file", content)
    signatures = signatures_of("file", content, at=now) if content.startswith(b"%PDF-") else ()
    hand_in(seen, found, kind, sent, signatures, at=now)
