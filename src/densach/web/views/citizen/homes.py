"""The page of a home: who lives there, how far each sheet is, and registering."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from densach.assessing.domain import subjects_for
from densach.assessing.sheets.access import (
    Home,
    Line,
    round_to_register_in,
    see_home,
    thing_to_register,
    title_for,
    way_of_writing,
)
from densach.assessing.sheets.domain import CAN_BE_WRITTEN, begin_sheet
from densach.assessing.sheets.marks import Glance, glance_at
from densach.assessing.villages.rubrics import judge_for
from densach.places.access import find_anywhere
from densach.policy.assumed import adult_age
from densach.problems import Refused, problem
from densach.web.asking import asked_text
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

MOST_FOUND = 20


@dataclass(frozen=True)
class Shown:
    """A line of the page with the marks of its sheet, where one was begun."""

    line: Line
    glance: Glance | None
    can_be_written: bool


@require_safe
@signed_in
def home(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """One's own home, or one of the households of one's place: what it still lacks, and what to do next."""
    seen = see_home(viewer(request), uid)
    if not seen.is_attached:
        return _unattached(request, seen)
    shown = [shown_line(seen, line) for line in seen.lines]
    page = {
        "home": seen,
        "lines": shown,
        "lacking": sum(one.glance.lacking for one in shown if one.glance),
        "not_begun": sum(one.line.may_begin for one in shown),
        "adult_age": adult_age(),
    }
    return render(request, "web/citizen/home.html", page)


def _unattached(request: HttpRequest, seen: Home) -> HttpResponse:
    """How somebody who stands in no household comes into one: which commune, and whom to ask there."""
    asked = asked_text(request)
    findings = find_anywhere(asked.text, viewer(request).today, MOST_FOUND) if asked.text else None
    page = "web/found.html" if getattr(request, "htmx", False) else "web/citizen/unattached.html"
    response = render(request, page, {"home": seen, "asked": asked, "findings": findings})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """Register a person or a household for its title, and go on to the sheet."""
    seen = viewer(request)
    thing = thing_to_register(seen, request.POST.get("over", ""), _uid(request.POST.get("uid", "")))
    round_, title = round_to_register_in(thing, seen.today), title_for(thing)
    sheet = begin_sheet(
        round_,
        subjects_for(title.kind, [thing.pk])[thing.pk],
        title.key,
        by=seen.account,
        way=way_of_writing(seen, thing),
        act=seen.act(timezone.now()),
    )
    messages.success(request, say("citizen.registered", year=str(round_.year)))
    return HttpResponseRedirect(reverse("web:sheet_fill", args=[sheet.uid]))


def shown_line(home: Home, line: Line) -> Shown:
    """A line with its marks."""
    if line.sheet is None or home.round is None:
        return Shown(line, None, can_be_written=False)
    glance = glance_at(judge_for(home.round, line.title, law_of(home.round.packs)), line.sheet, line.assessment)
    return Shown(line, glance, line.sheet.state in CAN_BE_WRITTEN)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(problem("H103", "uid")) from error
