"""The first page after signing in, and changing the role."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from densach.authority.describing import described
from densach.problems import Refused, problem
from densach.web.duties import duties_of
from densach.web.viewing import keep_role, known, signed_in, viewer


@require_safe
@signed_in
def duties(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer in this role, and the other roles they hold."""
    seen = viewer(request)
    page = {"duties": duties_of(seen), "held": described(seen.grants, seen.today), "acting": seen.acting}
    return render(request, "web/mine/duties.html", page)


@require_POST
@known
def choose_role(request: HttpRequest) -> HttpResponse:
    """Go on in another of one's own roles; refused (H103) in any other."""
    chosen = request.POST.get("role", "")
    held = {str(grant.uid) for grant in viewer(request).grants}
    if chosen not in held:
        raise Refused(problem("H103", "vai"))
    keep_role(request, UUID(chosen))
    return HttpResponseRedirect(reverse("web:duties"))
