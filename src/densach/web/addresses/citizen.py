"""The pages of a citizen and of a household: the home, its sheets, their evidence, objections and certificates."""

from __future__ import annotations

from django.urls import path

from densach.web.views.citizen import filling, following, homes

urlpatterns = [
    path("nha", homes.home, name="home_of_mine"),
    path("nha/dang-ky", homes.register, name="register"),
    path("nha/<uuid:uid>", homes.home, name="home_of"),
    path("phieu/<uuid:uid>", following.follow, name="sheet"),
    path("phieu/<uuid:uid>/ghi", filling.fill, name="sheet_fill"),
    path("phieu/<uuid:uid>/ket-qua", following.result, name="sheet_result"),
    path("phieu/<uuid:uid>/chuong-trinh.json", filling.program, name="sheet_program"),
]
