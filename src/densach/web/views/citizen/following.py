"""Following a sheet: what happened to it day by day, and what came out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from densach.assessing.certificates.holding import HOLDERS
from densach.assessing.evidence.access import evidence_to_read
from densach.assessing.objections.access import may_object, objections_to_read
from densach.assessing.sheets.access import (
    may_write,
    name_on,
    sheet_to_read,
    thing_of,
    verdict_to_read,
)
from densach.assessing.sheets.domain import CAN_BE_WRITTEN
from densach.assessing.sheets.marks import facts_judged, glance_at
from densach.assessing.sheets.story import story_of
from densach.assessing.titles import BY_KEY
from densach.assessing.villages.rubrics import judge_for
from densach.web.law import law_of
from densach.web.sentences import language
from densach.web.trying import outcome_of
from densach.web.viewing import signed_in, viewer


@require_safe
@signed_in
def follow(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file of a sheet: how it stands, every step with its day, what the checker said, and what comes next."""
    seen = viewer(request)
    sheet = sheet_to_read(seen, uid)
    assessment = verdict_to_read(sheet)
    page = {
        "sheet": sheet,
        "name": name_on(sheet, seen.today),
        "steps": story_of(sheet),
        "assessment": assessment,
        "owns": seen.role in HOLDERS,
        "objects": sheet.sent_at is not None and may_object(seen, sheet),
        "objections": objections_to_read(seen, sheet) if sheet.sent_at else [],
        "pieces": len(evidence_to_read(seen, sheet)),
        "glance": glance_at(
            judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs)), sheet, assessment
        ),
        "writes": sheet.state in CAN_BE_WRITTEN and may_write(seen, thing_of(sheet.subject)),
    }
    return render(request, "web/citizen/follow.html", page)


@require_safe
@signed_in
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the law gives for a sheet that was sent: each indicator with its article, and what to do next."""
    seen = viewer(request)
    sheet = sheet_to_read(seen, uid)
    assessment = verdict_to_read(sheet)
    if assessment is None:
        return HttpResponseRedirect(reverse("web:sheet", args=[sheet.uid]))
    judge = judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs))
    outcome = outcome_of(judge, facts_judged(judge, assessment), language())
    page = {"sheet": sheet, "name": name_on(sheet, seen.today), "outcome": outcome, "rubric": judge.rubric}
    return render(request, "web/citizen/result.html", page)
