"""The dashboards: the country, a province, a commune, with their charts and files."""

from __future__ import annotations

from django.urls import path

from densach.web.views import dashboards, equity

urlpatterns = [
    path("bang-so-lieu", dashboards.dashboard, name="dashboard"),
    path("bang-so-lieu/<uuid:uid>", dashboards.dashboard, name="dashboard_of"),
    path("bang-so-lieu/<uuid:uid>/muc-tieu", dashboards.aims, name="dashboard_aims"),
    path("bang-so-lieu/<uuid:uid>/muc-tieu.svg", dashboards.aims_chart, name="dashboard_aims_chart"),
    path("bang-so-lieu/<uuid:uid>/cong-bang", equity.breakdown, name="breakdown"),
    path("bang-so-lieu/<uuid:uid>/cong-bang.csv", equity.breakdown_file, name="breakdown_file"),
    path("bang-so-lieu/<uuid:uid>/chenh-lech", equity.spread, name="spread"),
    path("bang-so-lieu/<uuid:uid>/chenh-lech.csv", equity.spread_file, name="spread_file"),
    path("bang-so-lieu/<uuid:uid>/<slug:name>.svg", dashboards.chart, name="dashboard_chart"),
    path("bang-so-lieu/<uuid:uid>/<slug:name>.csv", dashboards.file, name="dashboard_file"),
]
