"""The law for anybody: the rubrics, one rubric as a text, and who may recognise."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.authority.competence import all_competences
from densach.policy.viewing import rubric_rows, view_rubric
from densach.web.asking import asked_day, today
from densach.web.law import law
from densach.web.sentences import language


@require_safe
def rubrics(request: HttpRequest) -> HttpResponse:
    """Every rubric with how much of it is read, by what it is for."""
    rows = rubric_rows(law(), today(), language())
    groups = [(subject, list(found)) for subject, found in groupby(rows, key=lambda row: row.subject)]
    return render(request, "web/law.html", {"groups": groups, "today": today()})


@require_safe
def rubric(request: HttpRequest, rubric_id: str) -> HttpResponse:
    """One rubric as a jurist reads it."""
    asked = asked_day(request)
    view = view_rubric(law(), rubric_id, asked.day, language(), questions=True)
    versions = [row for row in rubric_rows(law(), asked.day, language()) if row.subject == view.rubric.subject]
    return render(request, "web/rubric.html", {"asked": asked, "view": view, "versions": versions})


@require_safe
def competence(request: HttpRequest) -> HttpResponse:
    """Who may recognise each title on a day; not knowing it is shown with its question."""
    asked = asked_day(request)
    titles = all_competences(law(), asked.day)
    return render(request, "web/competence.html", {"asked": asked, "titles": titles})
