"""The pages of what goes to the system of the centre, for whoever handles awards at a province."""

from __future__ import annotations

from django.urls import path

from densach.web.views.central import answering, packages

urlpatterns = [
    path("trinh-trung-uong", packages.waiting, name="central_waiting"),
    path("trinh-trung-uong/moi/<uuid:uid>/<slug:award>", packages.prepare, name="prepare_central"),
    path("trinh-trung-uong/<uuid:uid>", packages.package, name="central_package"),
    path("trinh-trung-uong/<uuid:uid>/goi.zip", packages.archive, name="central_archive"),
    path("trinh-trung-uong/<uuid:uid>/tra-loi", answering.answering, name="central_answering"),
    path("trinh-trung-uong/<uuid:uid>/tra-loi/<uuid:answer_uid>", answering.taking_back, name="central_taking_back"),
]
