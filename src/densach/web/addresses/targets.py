"""Targets: the national ones for everybody, those of a place, and the page of each head."""

from __future__ import annotations

from django.urls import path

from densach.web.views import heads
from densach.web.views.targets import setting, showing

urlpatterns = [
    path("muc-tieu", showing.national, name="targets"),
    path("muc-tieu/bang.csv", showing.national_file, name="targets_file"),
    path("muc-tieu/moi", setting.enter_target, name="enter_target"),
    path("muc-tieu/noi/<uuid:uid>", showing.place, name="place_targets"),
    path("muc-tieu/noi/<uuid:uid>/bang.csv", showing.place_file, name="place_targets_file"),
    path("muc-tieu/<uuid:target>", showing.story, name="target"),
    path("muc-tieu/<uuid:target>/sua", setting.replace_target, name="replace_target"),
    path("muc-tieu/<uuid:target>/bo-co-so", setting.lose_target_base, name="lose_target_base"),
    path("muc-tieu/<uuid:target>/ket-thuc", setting.end_target, name="end_target"),
    path("nguoi-dung-dau", heads.head, name="head"),
]
