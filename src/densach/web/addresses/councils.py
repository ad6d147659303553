"""The pages of councils: who sits in them, what they read, how they vote."""

from __future__ import annotations

from django.urls import path

from densach.web.views.councils import balloting, leading, own, preparing, reading

_COUNCIL, _SITTING = "hoi-dong/<uuid:council>", "hoi-dong/phien/<uuid:sitting>"
_FILE = f"{_SITTING}/ho-so/<uuid:item>"

urlpatterns = [
    path("hoi-dong", own.start, name="councils"),
    path("hoi-dong/moi", own.found, name="council_found"),
    path(_COUNCIL, own.council, name="council"),
    path(f"{_COUNCIL}/thanh-vien", own.name, name="council_name"),
    path(f"{_COUNCIL}/thanh-vien/<uuid:member>/thoi", own.leave, name="council_leave"),
    path(f"{_COUNCIL}/phien-moi", preparing.prepare, name="council_prepare"),
    path(_SITTING, reading.sitting, name="council_sitting"),
    path(f"{_SITTING}/sua", preparing.write, name="council_write"),
    path(f"{_SITTING}/diem-danh", preparing.attendance, name="council_roll"),
    path(f"{_SITTING}/chuong-trinh", preparing.agenda, name="council_agenda"),
    path(f"{_SITTING}/bo-ra/<uuid:item>", preparing.remove, name="council_off"),
    path(f"{_SITTING}/thao-luan", preparing.discussion, name="council_discussion"),
    path(f"{_SITTING}/phieu-giay/<uuid:seat>", preparing.paper_ballot, name="council_paper_ballot"),
    path(f"{_SITTING}/chuyen-buoc", preparing.go_on, name="council_go_on"),
    path(_FILE, reading.file, name="council_file"),
    path(f"{_FILE}/quy-dinh", reading.law, name="council_law"),
    path(f"{_FILE}/loi-ich", reading.interest, name="council_interest"),
    path(f"{_FILE}/rut-loi-ich", reading.no_interest, name="council_no_interest"),
    path(f"{_FILE}/giay/<uuid:part>", reading.part, name="council_part"),
    path(f"{_SITTING}/bo-phieu", balloting.ballot, name="council_ballot"),
    path(f"{_SITTING}/dieu-hanh", leading.lead, name="council_lead"),
    path(f"{_SITTING}/<slug:name>.<str:form>", reading.paper, name="council_paper"),
]
