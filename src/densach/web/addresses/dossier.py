"""Commendation: the list of what is put forward, putting forward, a dossier with its parts, and the rounds."""

from __future__ import annotations

from django.urls import path

from densach.web.views.awards import alike, dossier, findings, ledger, lists, papers, proposing, rounds

urlpatterns = [
    path("khen-thuong", lists.awards, name="awards"),
    path("khen-thuong/de-nghi", proposing.choose, name="propose"),
    path("khen-thuong/de-nghi/<uuid:round_uid>/<slug:award>", proposing.whom, name="propose_whom"),
    path("khen-thuong/ho-so/<uuid:uid>", dossier.nomination, name="nomination"),
    path("khen-thuong/ho-so/<uuid:uid>/buoc", dossier.step, name="nomination_step"),
    path("khen-thuong/ho-so/<uuid:uid>/noi-dung", proposing.words, name="nomination_words"),
    path("khen-thuong/ho-so/<uuid:uid>/thanh-tich", ledger.achievements, name="nomination_ledger"),
    path("khen-thuong/ho-so/<uuid:uid>/xem-xet", findings.findings, name="nomination_findings"),
    path("khen-thuong/ho-so/<uuid:uid>/giay", papers.put, name="nomination_part"),
    path("khen-thuong/ho-so/<uuid:uid>/giay/<uuid:part>.<str:form>", papers.paper, name="nomination_paper"),
    path("khen-thuong/ho-so/<uuid:uid>/nhat-ky", dossier.log, name="nomination_log"),
    path("khen-thuong/dot", rounds.all_rounds, name="award_rounds"),
    path("khen-thuong/dot/<uuid:round_uid>", rounds.one_round, name="award_round"),
    path("khen-thuong/trung", alike.nominees, name="nominees_alike"),
]
