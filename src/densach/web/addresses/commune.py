"""The pages of those who run a commune's round, and of those who sign in it."""

from __future__ import annotations

from django.urls import path

from densach.web.views.commune import board, importing, log, meeting, takeover, verifying

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
    path(f"{_ROUND}/ket-luan", meeting.judge, name="judge"),
    path(f"{_ROUND}/hop", meeting.meetings, name="meetings"),
    path(f"{_ROUND}/hop/moi", meeting.hold, name="hold_meeting"),
    path(f"{_ROUND}/hop/<uuid:uid>", meeting.meeting, name="meeting"),
    path(f"{_ROUND}/hop/<uuid:uid>/ghi", meeting.write, name="write_meeting"),
    path(f"{_ROUND}/hop/<uuid:uid>/bien-ban.<str:form>", meeting.minutes, name="minutes"),
    path(f"{_ROUND}/hop/<uuid:uid>/<slug:model>", meeting.choose, name="choose_subject"),
    path(f"{_ROUND}/hop/<uuid:uid>/<slug:model>/<uuid:who>", meeting.otherwise, name="decide_otherwise"),
    path(f"{_ROUND}/danh-sach", meeting.lists, name="lists"),
    path(f"{_ROUND}/danh-sach/<slug:model>", meeting.one_list, name="one_list"),
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
