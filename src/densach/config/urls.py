"""All addresses of the site, and what is answered where there is none."""

from __future__ import annotations

from django.urls import include, path

from densach.api.interface import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("densach.web.urls")),
    path("", include("densach.web.addresses.signing_in")),
]

handler400 = "densach.web.views.failing.bad_request"
handler403 = "densach.web.views.failing.forbidden"
handler404 = "densach.web.views.failing.not_found"
handler500 = "densach.web.views.failing.broken"
handler429 = "densach.web.views.failing.too_often"
