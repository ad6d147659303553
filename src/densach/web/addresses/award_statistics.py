"""The statistics of awards, for whoever reads the register of awards."""

from __future__ import annotations

from django.urls import path

from densach.web.views import award_statistics

urlpatterns = [
    path("khen-thuong/thong-ke", award_statistics.statistics, name="award_statistics"),
    path("khen-thuong/thong-ke/dan-toc", award_statistics.minorities, name="award_minorities"),
    path("khen-thuong/thong-ke.xlsx", award_statistics.workbook, name="award_statistics_workbook"),
]
