"""Sơ kết and tổng kết: the reviews of a place, the words that people write for one, and its paper."""

from __future__ import annotations

from django.urls import path

from densach.web.views import reviews

urlpatterns = [
    path("bao-cao/so-ket", reviews.own, name="reviews"),
    path("bao-cao/so-ket/<slug:key>/<uuid:uid>", reviews.one, name="review"),
    path("bao-cao/so-ket/<slug:key>/<uuid:uid>/van-ban.<slug:paper>", reviews.taken, name="review_paper"),
]
