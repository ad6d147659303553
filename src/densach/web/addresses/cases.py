"""Complaints and denunciations about commendation."""

from __future__ import annotations

from django.urls import path

from densach.web.views.cases import lists, one

urlpatterns = [
    path("don-thu", lists.cases, name="cases"),
    path("don-thu/moi", lists.receive, name="case_receive"),
    path("don-thu/<uuid:uid>", one.case, name="case"),
]
