"""The pages of those who run a commune's round, and of those who sign in it."""

from __future__ import annotations

from django.urls import path

from densach.web.views.commune import (
    board,
    closing,
    decisions,
    importing,
    log,
    meeting,
    pairs,
    past,
    takeover,
    verifying,
)
from densach.web.views.units import commune as own_dossier

_ROUND = "xa/<slug:name>"

urlpatterns = [
    path("xa", board.latest, name="commune"),
    path("xa/mo-dot", board.begin, name="begin_round"),
    # Before the rounds, which are named by one word too.
    path("xa/ho-so", own_dossier.own, name="own_dossier"),
    path("xa/ho-so/bat-dau", own_dossier.begin, name="own_dossier_begin"),
    path("xa/ho-so/mo-lai", own_dossier.open_again, name="own_dossier_open"),
    path("xa/trung", pairs.waiting, name="pairs"),
    path("xa/trung/da-xem", pairs.settled, name="settled_pairs"),
    path("xa/trung/<uuid:one>/<uuid:other>", pairs.pair, name="pair"),
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
    path(f"{_ROUND}/quyet-dinh", decisions.decisions, name="decisions"),
    path(f"{_ROUND}/quyet-dinh/<uuid:uid>", decisions.decision, name="decision"),
    path(f"{_ROUND}/quyet-dinh/<uuid:uid>/van-ban.<str:form>", decisions.paper, name="decision_paper"),
    path(f"{_ROUND}/quyet-dinh/<uuid:uid>/da-ky/<uuid:paper_uid>", decisions.signed_paper, name="signed_paper"),
    path(f"{_ROUND}/quyet-dinh/<uuid:uid>/thu-hoi/<uuid:who>", decisions.withdraw, name="withdraw_recognition"),
    path(f"{_ROUND}/quyet-dinh/<slug:model>", decisions.prepare, name="prepare_decision"),
    path(f"{_ROUND}/quyet-dinh/<slug:model>/du-thao.<str:form>", decisions.draft, name="draft_decision"),
    path(f"{_ROUND}/quyet-dinh/<slug:model>/dia-phuong", decisions.local, name="local_decision"),
    path("quyet-dinh/<uuid:uid>", decisions.act, name="act"),
    path(f"{_ROUND}/giay-chung-nhan", closing.certificates, name="print_certificates"),
    path(f"{_ROUND}/bao-cao", closing.report, name="report_up"),
    path(f"{_ROUND}/bao-cao/van-ban.<str:form>", closing.report_file, name="report_file"),
    path(f"{_ROUND}/nam-truoc", takeover.takeover, name="takeover"),
    path(f"{_ROUND}/nam-truoc/quyet-dinh", past.type_past, name="type_past"),
    path(f"{_ROUND}/nam-truoc/<uuid:uid>", past.past_act, name="past_act"),
    path(f"{_ROUND}/nam-truoc/<uuid:uid>/ban-quet/<uuid:file_uid>", past.scan, name="past_scan"),
    path(f"{_ROUND}/nam-truoc/<uuid:uid>/thu-hoi/<uuid:who>", past.withdraw_past, name="withdraw_past"),
    path(f"{_ROUND}/xem-lai", verifying.draws, name="draws"),
    path(f"{_ROUND}/xem-lai/chot-danh-sach", verifying.fix, name="fix_list"),
    path(f"{_ROUND}/xem-lai/<uuid:uid>", verifying.draw, name="draw"),
    path(f"{_ROUND}/xem-lai/<uuid:uid>/danh-sach.txt", verifying.listed, name="draw_listed"),
    path(f"{_ROUND}/xem-lai/ho-so/<uuid:uid>", verifying.finding, name="finding"),
    path(f"{_ROUND}/dau-hieu", verifying.leads, name="leads"),
    path(f"{_ROUND}/dau-hieu/<uuid:uid>", verifying.lead, name="lead"),
    path(f"{_ROUND}/dau-hieu/<uuid:uid>/xem-lai", verifying.take, name="take_lead"),
]
