"""The pages of those above a commune, what they ask it, and the page of each head."""

from __future__ import annotations

from django.urls import path

from densach.web.views.province import comparing, file, going_up, leads, questions, situation, table

urlpatterns = [
    path("tinh", table.below, name="below"),
    path("tinh/bang.csv", table.below_file, name="below_file"),
    path("tinh/han", table.dates, name="dates"),
    path("tinh/trinh-bo", going_up.going_up, name="going_up"),
    path("tinh/so-sanh", comparing.comparison, name="comparison"),
    path("tinh/so-sanh.csv", comparing.comparison_file, name="comparison_file"),
    path("tinh/dau-hieu", leads.leads, name="commune_leads"),
    path("tinh/dau-hieu/<uuid:lead>", leads.lead, name="commune_lead"),
    path("tinh/<uuid:uid>", table.below, name="province"),
    path("tinh/<uuid:uid>/bang.csv", table.below_file, name="province_file"),
    path("tinh/xa/<uuid:uid>", file.commune_file, name="commune_file"),
    path("tinh/xa/<uuid:uid>/hoi", file.ask, name="ask_commune"),
    path("tinh/xa/<uuid:uid>/hoi/<uuid:inquiry>", file.go_on, name="ask_again"),
    path("tinh/xa/<uuid:uid>/y-kien", file.opine, name="opine"),
    path("cau-hoi-cap-tren", questions.questions, name="questions_from_above"),
    path("cau-hoi-cap-tren/<uuid:inquiry>", questions.reply, name="reply_above"),
    path("tinh-hinh", situation.situation, name="situation"),
]
