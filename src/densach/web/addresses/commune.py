"""The pages of those who run a commune's round, and of those who sign in it."""

from __future__ import annotations

from django.urls import path

from densach.web.views.commune import board, importing, log, takeover, verifying

_ROUND = "xa/<slug:name>"

urlpatterns = [
    path("xa", board.latest, name="commune"),
    path("xa/mo-dot", board.begin, name="begin_round"),
    path(_ROUND, board.board, name="round"),
    path(f"{_ROUND}/buoc/<slug:step>", board.step, name="round_step"),
    path(f"{_ROUND}/dong-dot", board.close, name="close_round"),
    path(f"{_ROUND}/nhat-ky", log.log, name="round_log"),
    path(f"{_ROUND}/nhap", importing.send, name="send_workbook"),
    path(f"{_ROUND}/nhap/<uuid:uid>", importing.understood, name="understood"),
    path(f"{_ROUND}/nhap/mau/<str:file>", importing.template, name="workbook_template"),
    path(f"{_ROUND}/nam-truoc", takeover.takeover, name="takeover"),
    path(f"{_ROUND}/xem-lai", verifying.draws, name="draws"),
    path(f"{_ROUND}/xem-lai/chot-danh-sach", verifying.fix, name="fix_list"),
    path(f"{_ROUND}/xem-lai/<uuid:uid>", verifying.draw, name="draw"),
    path(f"{_ROUND}/xem-lai/<uuid:uid>/danh-sach.txt", verifying.listed, name="draw_listed"),
    path(f"{_ROUND}/xem-lai/ho-so/<uuid:uid>", verifying.finding, name="finding"),
    path(f"{_ROUND}/dau-hieu", verifying.leads, name="leads"),
    path(f"{_ROUND}/dau-hieu/<uuid:uid>", verifying.lead, name="lead"),
    path(f"{_ROUND}/dau-hieu/<uuid:uid>/xem-lai", verifying.take, name="take_lead"),
]
