"""The page of each head: where targets are late, what waits for a signature, the other targets, the tasks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.reporting.targets.access import HOLDS, see_own
from densach.reporting.targets.waiting import waiting_for
from densach.web.duty import Duty
from densach.web.viewing import needs, viewer
from densach.web.views.province.duties import duties_above_and_below


@require_safe
@needs(Right.SEE_OWN_TASKS)
def head(request: HttpRequest) -> HttpResponse:
    """All that one head answers for, on one page."""
    seen = viewer(request)
    page = {
        "aimed": see_own(seen),
        "waiting": waiting_for(seen),
        "tasks": tasks_of(seen),
        "role": seen.role,
    }
    return render(request, "web/targets/head.html", page)


def tasks_of(viewer: Viewer) -> list[Duty]:
    """What waits for this head in reports and questions, and the way to all other tasks."""
    found = duties_above_and_below(viewer)
    if viewer.may(Right.SEE_FIGURES) and viewer.where is not None and viewer.where.level in HOLDS:
        found.append(Duty("heads.returns", reverse("web:returns")))
    return [*found, Duty("heads.all_tasks", reverse("web:duties"), more="heads.all_tasks_more")]


def duties_of_heads(viewer: Viewer) -> list[Duty]:
    """The way to the page of a head, for whoever has one."""
    return [Duty("heads.duty", reverse("web:head"))] if viewer.may(Right.SEE_OWN_TASKS) else []
