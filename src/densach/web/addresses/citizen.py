"""The pages of a citizen and of a household: the home, its sheets, their evidence, objections and certificates."""

from __future__ import annotations

from django.urls import path

from densach.web.views.citizen import evidence, filling, following, homes, objections, papers

urlpatterns = [
    path("nha", homes.home, name="home_of_mine"),
    path("nha/dang-ky", homes.register, name="register"),
    path("nha/giay", papers.certificates, name="papers"),
    path("nha/giay/<uuid:uid>", papers.certificate, name="paper"),
    path("nha/giay/<uuid:uid>.pdf", papers.pdf, name="paper_pdf"),
    path("nha/<uuid:uid>", homes.home, name="home_of"),
    path("phieu/<uuid:uid>", following.follow, name="sheet"),
    path("phieu/<uuid:uid>/ghi", filling.fill, name="sheet_fill"),
    path("phieu/<uuid:uid>/ket-qua", following.result, name="sheet_result"),
    path("phieu/<uuid:uid>/minh-chung", evidence.evidence, name="sheet_evidence"),
    path("minh-chung/<uuid:uid>", evidence.piece, name="evidence_piece"),
    path("minh-chung/<uuid:uid>/bo", evidence.remove, name="evidence_remove"),
    path("phieu/<uuid:uid>/y-kien", objections.object_to, name="object_to"),
    path("y-kien", objections.objections, name="objections"),
    path("y-kien/<uuid:uid>", objections.objection, name="objection"),
    path("phieu/<uuid:uid>/chuong-trinh.json", filling.program, name="sheet_program"),
]
