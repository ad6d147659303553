"""The steps of a text: put forward, sent back, approved, published."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from densach.authority.roles import Right
from densach.lawmaking import domain
from densach.problems import Refused, problem
from densach.web.drafting.forms import form_seen
from densach.web.sentences import say
from densach.web.viewing import needs, viewer
from densach.web.views.lawmaking.reading import text_page

Step = Callable[[HttpRequest, UUID], object]


def _put_forward(request: HttpRequest, uid: UUID) -> object:
    return domain.put_forward(viewer(request), uid, seen=form_seen(request.POST.dict()), at=timezone.now())


def _send_back(request: HttpRequest, uid: UUID) -> object:
    return domain.send_back(viewer(request), uid, why=request.POST.get("why", "")[:2000], at=timezone.now())


def _approve(request: HttpRequest, uid: UUID) -> object:
    return domain.approve(viewer(request), uid, seen=form_seen(request.POST.dict()), at=timezone.now())


def _publish(request: HttpRequest, uid: UUID) -> object:
    return domain.publish(viewer(request), uid, past_is_meant="past" in request.POST, at=timezone.now())


STEPS: dict[str, Step] = {"trinh": _put_forward, "tra-lai": _send_back, "duyet": _approve, "ban-hanh": _publish}
DONE = {"trinh": "put_forward", "tra-lai": "sent_back", "duyet": "approved", "ban-hanh": "published"}


@require_POST
@needs(Right.WRITE_LAW)
def decide(request: HttpRequest, uid: UUID, step: str) -> HttpResponseBase:
    """Take one step; what keeps it from being taken is told on the page of the text, with what was typed."""
    if step not in STEPS:
        raise Refused(problem("H103", step))
    try:
        STEPS[step](request, uid)
    except Refused as refused:
        if any(found.code == "H103" for found in refused.problems):
            raise
        return text_page(request, uid, refused.problems)
    messages.success(request, say("desk.done_" + DONE[step]))
    return HttpResponseRedirect(reverse("web:desk_text", args=[uid]))
