"""The pages of one's own data, and of the officer who answers for the data of the people of a commune."""

from __future__ import annotations

from django.urls import path

from densach.web.views.privacy import consents, officers, own, protected, requests

urlpatterns = [
    path("du-lieu-cua-toi", own.people, name="my_data"),
    path("du-lieu-cua-toi/<uuid:uid>", own.purposes_of, name="data_of"),
    path("du-lieu-cua-toi/<uuid:uid>/dang-giu", own.held, name="data_held"),
    path("du-lieu-cua-toi/<uuid:uid>/ho-so", own.files, name="data_files"),
    path("du-lieu-cua-toi/<uuid:uid>/nhat-ky", own.log, name="data_log"),
    path("du-lieu-cua-toi/<uuid:uid>/tai-ve", own.copy, name="data_copy"),
    path("du-lieu-cua-toi/<uuid:uid>/dong-y/<slug:purpose>", consents.consent, name="data_consent"),
    path("du-lieu-cua-toi/<uuid:uid>/ban-chup/<uuid:scan>", own.scan, name="data_scan"),
    path("du-lieu-cua-toi/<uuid:uid>/dieu-rieng", protected.own, name="data_protected"),
    path("du-lieu-cua-toi/<uuid:uid>/de-nghi/<slug:kind>", requests.ask, name="data_ask"),
    path("du-lieu-cua-toi/<uuid:uid>/xoa", requests.erase, name="data_erase"),
    path("yeu-cau-cua-toi/<uuid:uid>", requests.own, name="data_request"),
    path("yeu-cau-du-lieu", officers.waiting, name="data_requests"),
    path("yeu-cau-du-lieu/<uuid:uid>", officers.answer, name="data_answer"),
    path("nguoi-trong-xa", officers.find, name="data_people"),
    path("nguoi-trong-xa/<uuid:uid>/dieu-rieng", protected.officer, name="data_enter_protected"),
    path("nguoi-trong-xa/<uuid:uid>/giay-dong-y", consents.paper, name="data_paper"),
]
