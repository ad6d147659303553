"""The pages of units, clans and the association, and every dossier."""

from __future__ import annotations

from django.urls import path

from densach.web.views.units import association, clan, dossier, unit

_DOSSIER = "ho-so/<uuid:uid>"

urlpatterns = [
    path("don-vi", unit.unit, name="unit"),
    path("don-vi/bat-dau", unit.begin, name="unit_begin"),
    path("don-vi/to-danh-gia", unit.team, name="team"),
    path("don-vi/to-danh-gia/<uuid:uid>", unit.release, name="team_release"),
    path("dong-ho", clan.clan, name="clan"),
    path("dong-ho/bat-dau", clan.begin, name="clan_begin"),
    path("dong-ho/ho/<uuid:uid>", clan.let_go, name="clan_let_go"),
    path("nha/dong-ho", clan.invitations, name="clan_invitations"),
    path("nha/dong-ho/moi/<uuid:uid>", clan.reply, name="clan_reply"),
    path("nha/dong-ho/<uuid:uid>/ra", clan.withdraw, name="clan_withdraw"),
    path("hoi", association.association, name="association"),
    path("hoi/cham", association.next_group, name="association_next"),
    path("hoi/cham/<uuid:uid>", association.check, name="association_check"),
    path("hoi/xem-lai/<uuid:uid>", association.look_again, name="association_again"),
    path(_DOSSIER, dossier.dossier, name="dossier"),
    path(f"{_DOSSIER}/gui", dossier.send, name="dossier_send"),
    path(f"{_DOSSIER}/dem-lai", dossier.count, name="dossier_count"),
    path(f"{_DOSSIER}/cong-dich-vu", dossier.portal, name="dossier_portal"),
    path(f"{_DOSSIER}/tren-giay", dossier.letterhead, name="dossier_letterhead"),
    path(f"{_DOSSIER}/bien-ban", dossier.minutes, name="dossier_minutes"),
    path(f"{_DOSSIER}/giay-to/<slug:name>.pdf", dossier.paper, {"form": "pdf"}, name="dossier_pdf"),
    path(f"{_DOSSIER}/giay-to/<slug:name>.docx", dossier.paper, {"form": "docx"}, name="dossier_docx"),
]
