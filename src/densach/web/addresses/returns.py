"""The returns that go up the levels, and what a place above has received."""

from __future__ import annotations

from django.urls import path

from densach.web.views.returns import files, pages, receiving, trails

ONE = "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>"

urlpatterns = [
    path("bao-cao", pages.desk, name="returns"),
    path("bao-cao/<slug:dataset>/<str:period>", receiving.received, name="received"),
    path("bao-cao/<slug:dataset>/<str:period>/bang.csv", files.received_file, name="received_file"),
    path("bao-cao/<slug:dataset>/<str:period>/han", receiving.deadline, name="deadline"),
    path(ONE, pages.one_return, name="return"),
    path(f"{ONE}/buoc", pages.step, name="return_step"),
    path(f"{ONE}/mau.xlsx", files.template, name="return_template"),
    path(f"{ONE}/tep", files.upload, name="return_upload"),
    path(f"{ONE}/nguon/<str:code>", trails.trail, name="return_trail"),
]
