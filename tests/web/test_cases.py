"""The pages of cases: one way through them, and that nobody else's page says who brought one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from densach.authority.roles import Role
from tests.awards.dossier.making import Desk, desk, eligible
from tests.reporting.below import another
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from densach.awards.cases.models import Case
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
NAME, CONTACT, WHAT = "Lò Thị Kín MẪU", "0912000777", "Kê khai không đúng (MẪU)"
FORM = {"kind": "denunciation", "how": "post", "received_on": "2026-11-20", "what": WHAT}


@pytest.fixture(autouse=True)
def _edge(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    from tests.authority.roles import TODAY

    settings.KEYS_FILE = tmp_path / "keys.json"
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


@pytest.fixture
def hears(here: Desk) -> Client:
    return signed_in(Role.CASE_OFFICER, here.small.place, here.act)


def brought(hears: Client, about: object = "") -> Case:
    from densach.awards.cases.models import Case

    sent = FORM | {"name": NAME, "contact": CONTACT, "nomination": str(about)}
    response = hears.post("/don-thu/moi", sent)
    assert response.status_code == 302, text_of(response)
    return Case.objects.get(uid=response["Location"].rsplit("/", 1)[1])


def test_from_the_paper_to_the_answer(hears: Client, here: Desk) -> None:
    made = eligible(here)
    assert "Khiếu nại, tố cáo về khen thưởng" in text_of(hears.get("/khen-thuong"))
    assert "Chưa có đơn nào" in text_of(hears.get("/don-thu"))
    assert str(made.uid) in hears.get("/don-thu/moi?q=Nguyễn").content.decode()
    assert made.nominee.name in text_of(hears.get(f"/don-thu/moi?ho-so={made.uid}"))
    page = f"/don-thu/{brought(hears, made.uid).uid}"
    said = text_of(hears.get(page))
    assert WHAT in said
    assert NAME not in said
    assert "Chưa đọc được văn bản, không chạy đồng hồ." in said
    read = hears.post(page, {"do": "read"})
    assert NAME in text_of(read)
    assert read.headers["Cache-Control"] == "no-store"
    started = hears.post(page, {"do": "start", "basis": "Thông báo MẪU 05", "on": "2026-11-20"}, follow=True)
    assert "Đã ghi bắt đầu xác minh" in text_of(started)
    ends = {"do": "answer", "outcome": "no_violation", "basis": "Kết luận MẪU 07", "on": "26/11/2026"}
    named = hears.post(page, ends | {"answer": f"Thưa bà {NAME}"})
    assert named.status_code == 400
    assert "Phần này nêu tên" in text_of(named)
    assert "Đã ghi kết luận" in text_of(hears.post(page, ends | {"answer": "Không vi phạm"}, follow=True))
    assert "Đã đóng đơn" in text_of(hears.post(page, {"do": "close", "why": ""}, follow=True))


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(hears: Client) -> None:
    wrong = hears.post("/don-thu/moi", FORM | {"received_on": "27/11/2026", "kind": "x", "name": NAME})
    assert wrong.status_code == 400
    assert NAME in wrong.content.decode()
    assert hears.post("/don-thu/moi", FORM | {"received_on": "2026-11-27"}).status_code == 400
    page = f"/don-thu/{brought(hears).uid}"
    for sent in ({}, {"do": "x"}, {"do": "start"}, {"do": "close"}, {"do": "assign", "account": "x"}):
        assert hears.post(page, sent).status_code == 400
    assert hears.get("/don-thu/moi?ho-so=x").status_code == 200


def test_no_page_of_anybody_else_says_who_brought_it(hears: Client, here: Desk, thai_nguyen: Place) -> None:
    made = eligible(here)
    page = f"/don-thu/{brought(hears, made.uid).uid}"
    hears.post(page, {"do": "read"})
    hears.post(page, {"do": "start", "basis": "Thông báo MẪU 05", "on": "2026-11-20"})
    place, beside = here.small.place, another(thai_nguyen, 7, here.act).place
    colleague = signed_in(Role.CASE_OFFICER, place, here.act)
    assert colleague.get(page).status_code == 200
    assert colleague.post(page, {"do": "read"}).status_code == 404
    others = [
        colleague,
        signed_in(Role.EMULATION_OFFICER, place, here.act),
        signed_in(Role.COMMUNE_LEADER, place, here.act),
        signed_in(Role.AUDITOR, place, here.act),
        signed_in(Role.ADMINISTRATOR, place, here.act),
        signed_in(Role.CASE_OFFICER, beside, here.act),
    ]
    dossier = f"/khen-thuong/ho-so/{made.uid}"
    addresses = ("/don-thu", page, "/khen-thuong", dossier, f"{dossier}/nhat-ky", "/nhat-ky-dang-nhap", "/viec-cua-toi")
    for client in others:
        for address in addresses:
            said = client.get(address, follow=True).content.decode()
            assert NAME not in said
            assert CONTACT not in said
            assert WHAT not in said
    for client in others[1:]:
        assert client.get(page).status_code == 404
        assert client.post(page, {"do": "read"}).status_code == 404
    assert [client.get("/don-thu").status_code for client in others[1:5]] == [404] * 4
    assert page not in others[5].get("/don-thu").content.decode()


def test_the_same_queries_for_one_case_and_for_three(hears: Client, here: Desk) -> None:
    made = eligible(here)
    page = f"/don-thu/{brought(hears, made.uid).uid}"
    one = queries_of(hears, "/don-thu", page, "/don-thu/moi?q=Nguyễn")
    brought(hears, made.uid)
    brought(hears)
    assert queries_of(hears, "/don-thu", page, "/don-thu/moi?q=Nguyễn") == one
    assert list(one.values()) == [5, 6, 7]
