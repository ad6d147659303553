"""The pages of work that is done in the background."""

from __future__ import annotations

from django.urls import path

from densach.web.views import jobs

urlpatterns = [
    path("viec-nen", jobs.own, name="own_jobs"),
    path("cong-viec/<uuid:uid>", jobs.progress, name="job"),
    path("cong-viec/<uuid:uid>/tep/<uuid:file_uid>", jobs.made_file, name="job_file"),
]
