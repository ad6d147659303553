"""The pages that need no account."""

from __future__ import annotations

from django.urls import path

from densach.web.views import about, certificates, figures, law, places, synthetic, trying

urlpatterns = [
    path("", about.home, name="home"),
    path("tim-xa", places.find, name="find"),
    path("noi/<uuid:uid>", places.place, name="place"),
    path("tham-quyen", law.competence, name="competence"),
    path("luat", law.rubrics, name="law"),
    path("luat/<slug:rubric_id>", law.rubric, name="rubric"),
    path("luat/<slug:rubric_id>/thu", trying.try_rubric, name="try"),
    path("luat/<slug:rubric_id>/chuong-trinh.json", trying.program, name="program"),
    path("chung-nhan", certificates.ask, name="check"),
    path("chung-nhan/<str:code>", certificates.certificate, name="certificate"),
    path("so-lieu", figures.figures, name="figures"),
    path("so-lieu/<str:claim>.svg", figures.chart, name="figures_chart"),
    path("ca-nuoc-gia-lap", synthetic.country, name="synthetic"),
    path("gioi-thieu", about.about, name="about"),
    path("tro-nang", about.accessibility, name="accessibility"),
    path("ngon-ngu", about.choose_language, name="language"),
    path("healthz", about.health, name="health"),
]
