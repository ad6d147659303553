"""The pages of whoever works in a village; with the identity of the village, or without it in one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from densach.web.views.village import checking, consents, copying, dossier, entering, lists, papers, scans, telling


def _both(tail: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    return [path(f"thon{tail}", view, name=name), path(f"thon/<uuid:uid>{tail}", view, name=name)]


urlpatterns = [
    *_both("", lists.village, "village"),
    path("thon/ho-so", dossier.own, name="village_dossier"),
    path("thon/ho-so/bat-dau", dossier.begin, name="village_dossier_begin"),
    *_both("/luoi", lists.grid, "village_grid"),
    *_both("/ho/<uuid:household>", lists.household, "village_household"),
    *_both("/nhap-nhanh", entering.entry, "village_entry"),
    *_both("/nhap-nhanh/gui", entering.send_all, "village_send"),
    *_both("/nhap-nhanh/<str:form>/<uuid:thing>", entering.write, "village_write"),
    *_both("/nhap-phieu", entering.from_paper, "village_from_paper"),
    *_both("/kiem-tra", checking.next_sheet, "village_check"),
    *_both("/kiem-tra/<uuid:sheet>", checking.check, "village_check_sheet"),
    *_both("/in-phieu", papers.choose, "village_papers"),
    *_both("/in-ca-thon", papers.whole, "village_print"),
    *_both("/phieu.pdf", papers.sheets, "village_sheets"),
    *_both("/to-nhac.pdf", papers.slips, "village_slips"),
    *_both("/phieu-dong-y.pdf", papers.consent_sheets, "village_consent_sheets"),
    *_both("/dong-y", consents.listed, "village_consents"),
    *_both("/dong-y/nhap-nhanh", copying.grid, "village_copy"),
    *_both("/dong-y/nhap-nhanh/<uuid:household>", copying.enter, "village_copy_home"),
    *_both("/dong-y/<uuid:household>", consents.home, "village_consent"),
    *_both("/dong-y/<uuid:household>/bo/<uuid:act>", consents.put_right, "village_cross_out"),
    *_both("/dong-y/<uuid:household>/ban-chup/<uuid:act>", scans.sheet, "village_scans"),
    *_both("/dong-y/<uuid:household>/tep/<uuid:scan>", scans.opened, "village_scan"),
    *_both("/dong-y/<uuid:household>/tep/<uuid:scan>/bo", scans.put_right, "village_scan_out"),
    *_both("/nhac", telling.reminder, "village_reminder"),
    *_both("/nhac.png", telling.picture, "village_picture"),
    *_both("/quyet-dinh-<int:number>.png", telling.decision, "village_decision"),
    *_both("/niem-yet.pdf", telling.wall, "village_wall"),
    *_both("/con-thieu", telling.lacking, "village_lacking"),
]
