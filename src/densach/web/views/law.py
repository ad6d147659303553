"""The law for anybody: the rubrics, one rubric as a text, and who may recognise."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.authority.competence import all_competences
from densach.lawmaking.standing import library_for
from densach.policy.viewing import rubric_rows, view_rubric
from densach.web.asking import asked_day, today
from densach.web.law import law, standing
from densach.web.sentences import language


@require_safe
def rubrics(request: HttpRequest) -> HttpResponse:
    """Every rubric with how much of it is read, by what it is for."""
    rows = rubric_rows(law(), today(), language())
    groups = [(subject, list(found)) for subject, found in groupby(rows, key=lambda row: row.subject)]
    page = {"groups": groups, "today": today(), "published": standing().rubrics}
    return render(request, "web/law.html", page)


@require_safe
def rubric(request: HttpRequest, rubric_id: str) -> HttpResponse:
    """One rubric as a jurist reads it; with `?noi=`, as it stands in a place that has a text of its own."""
    asked = asked_day(request)
    published = standing().about(rubric_id, today())
    wanted = request.GET.get("noi", "")
    there = next((one.text.place for one in published if one.text.place and str(one.text.place.uid) == wanted), None)
    library = library_for(("vn",), today(), there) if there else law()
    view = view_rubric(library, rubric_id, asked.day, language(), questions=True)
    versions = [row for row in rubric_rows(law(), asked.day, language()) if row.subject == view.rubric.subject]
    page = {"asked": asked, "view": view, "versions": versions, "published": published, "there": there}
    return render(request, "web/rubric.html", page)


@require_safe
def competence(request: HttpRequest) -> HttpResponse:
    """Who may recognise each title on a day; not knowing it is shown with its question."""
    asked = asked_day(request)
    titles = all_competences(law(), asked.day)
    return render(request, "web/competence.html", {"asked": asked, "titles": titles})
