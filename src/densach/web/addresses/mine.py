"""The pages of whoever has signed in: what waits for them, and the role they are in."""

from __future__ import annotations

from django.urls import path

from densach.web.views import mine

urlpatterns = [
    path("viec-cua-toi", mine.duties, name="duties"),
    path("viec-cua-toi/vai", mine.choose_role, name="choose_role"),
]
