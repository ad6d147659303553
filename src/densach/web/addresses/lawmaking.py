"""The lawyer's desk: what is written there, from the first draft to the law."""

from __future__ import annotations

from django.urls import path

from densach.web.views.lawmaking import cases, deciding, reading, writing

urlpatterns = [
    path("ban-soan", reading.desk, name="desk"),
    path("ban-soan/moi", writing.choose, name="desk_choose"),
    path("ban-soan/moi/<slug:kind>/<slug:rubric_id>", writing.begin, name="desk_begin"),
    path("ban-soan/<uuid:uid>", reading.text, name="desk_text"),
    path("ban-soan/<uuid:uid>/doc", reading.whole, name="desk_read"),
    path("ban-soan/<uuid:uid>/anh-huong", reading.effect, name="desk_effect"),
    path("ban-soan/<uuid:uid>/tep/<slug:part>/<int:number>", reading.file, name="desk_file"),
    path("ban-soan/<uuid:uid>/ban-chup", deciding.send_scan, name="desk_send_scan"),
    path("ban-soan/<uuid:uid>/ban-chup/<uuid:scan>", reading.scan, name="desk_scan"),
    path("ban-soan/<uuid:uid>/soan/<slug:part>", writing.write, name="desk_write"),
    path("ban-soan/<uuid:uid>/soan/<slug:part>/kiem", writing.check, name="desk_check"),
    path("ban-soan/<uuid:uid>/truong-hop", cases.cases, name="desk_cases"),
    path("ban-soan/<uuid:uid>/cho-trong", writing.fill, name="desk_fill"),
    path("ban-soan/<uuid:uid>/buoc/<slug:step>", deciding.decide, name="desk_step"),
]
