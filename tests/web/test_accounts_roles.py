"""The pages of who holds what: within the place, with a reason, and what was typed is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import account, given
from tests.authority.slipping import WORDS, head, people
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.models import Grant
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client, commune: Place, act: Act) -> Client:
    who = account("lanh.dao")
    given(who, Role.COMMUNE_LEADER, commune, act)
    client.force_login(who)
    return client


@pytest.fixture
def officer(commune: Place, act: Act) -> Grant:
    return given(account("can.bo"), Role.COMMUNE_OFFICER, commune, act)


def test_the_first_page_leads_there(leader: Client, commune: Place, act: Act) -> None:
    given(account("can.bo"), Role.COMMUNE_OFFICER, commune, act)
    page = leader.get("/viec-cua-toi")
    for address in ("/nguoi-va-vai", "/phieu-nhan-vai"):
        assert f'href="{address}"' in page.content.decode()


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    leader: Client, commune: Place, act: Act, homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people(commune, act, homes)
    for order in range(1, homes + 1):
        given(account(f"chu.ho.{order}"), Role.HOUSEHOLD_HEAD, head(order)[1], act)
    with django_assert_num_queries(7):
        assert f"Có {homes + 1} vai đang được giữ." in text_of(leader.get("/nguoi-va-vai"))


def test_a_role_is_given_to_somebody_new_and_the_code_is_shown_once(leader: Client, commune: Place) -> None:
    from django.test import Client as Browser

    form = leader.get("/nguoi-va-vai/giao")
    assert "Quản trị" not in text_of(form)
    send = {"who": "new", "name": "Trần Văn MẪU", "username": "tran.mau", "role": "commune_officer", "basis": ""}
    answer = leader.post("/nguoi-va-vai/giao", send)
    assert "Chưa ghi căn cứ" in text_of(answer)
    assert 'value="Trần Văn MẪU"' in answer.content.decode()
    answer = leader.post("/nguoi-va-vai/giao", send | {"basis": "QĐ MẪU 01", "until": "ngày mai"})
    assert "Ngày “ngày mai” không đọc được." in text_of(answer)
    answer = leader.post("/nguoi-va-vai/giao", send | {"basis": "QĐ MẪU 01"})
    assert answer["Cache-Control"] == "no-store"
    [code] = re.findall(r'<p class="big">([A-Z0-9-]+)</p>', answer.content.decode())
    entry = {"username": "tran.mau", "code": code, "password": WORDS, "again": WORDS}
    assert Browser().post("/mat-khau-dau", entry)["Location"] == "/dang-nhap"
    assert code not in leader.get("/nguoi-va-vai").content.decode()
    assert "tran.mau" in text_of(leader.get("/nguoi-va-vai", {"q": "tran van", "vai": "commune_officer"}))
    assert commune.pk


def test_a_role_is_given_to_who_is_known_and_twice_is_refused(leader: Client) -> None:
    account("hoa.le")
    send = {"who": "known", "known_as": "hoa.le", "role": "centre_director", "basis": "QĐ MẪU 02"}
    assert leader.post("/nguoi-va-vai/giao", send)["Location"] == "/nguoi-va-vai"
    assert "Đã giao vai cho Người MẪU hoa.le." in text_of(leader.get("/nguoi-va-vai"))
    assert "đang giữ vai" in text_of(leader.post("/nguoi-va-vai/giao", send))
    for change in ({"role": "administrator"}, {"role": "province_leader"}):
        assert "không giao được vai" in text_of(leader.post("/nguoi-va-vai/giao", send | change))
    assert "Chưa chọn vai." in text_of(leader.post("/nguoi-va-vai/giao", send | {"role": "x"}))
    assert "Không có tài khoản nào" in text_of(leader.post("/nguoi-va-vai/giao", send | {"known_as": "hoa"}))


def test_a_role_ends_with_a_reason_and_is_handed_over(leader: Client, officer: Grant) -> None:
    page = f"/nguoi-va-vai/{officer.uid}"
    assert "Quyết định MẪU số 01/QĐ-UBND" in text_of(leader.get(page))
    account("nguoi.den")
    send = {"known_as": "nguoi.den", "basis": "QĐ MẪU 03"}
    assert leader.post(f"{page}/chuyen", send)["Location"] == "/nguoi-va-vai"
    listed = leader.get("/nguoi-va-vai", {"vai": "commune_officer"}).content.decode()
    assert ("nguoi.den" in listed, "can.bo" in listed) == (True, False)
    [new] = re.findall(r"/nguoi-va-vai/([0-9a-f-]{36})", listed)
    assert "Chưa ghi căn cứ" in text_of(leader.post(f"/nguoi-va-vai/{new}/ket-thuc", {"why": ""}))
    assert leader.post(f"/nguoi-va-vai/{new}/ket-thuc", {"why": "chuyển công tác"})["Location"] == "/nguoi-va-vai"
    assert leader.get(f"/nguoi-va-vai/{new}").status_code == 404


def test_who_forgot_gets_a_new_code_with_a_reason(leader: Client, officer: Grant) -> None:
    page = f"/nguoi-va-vai/{officer.uid}/ma"
    assert "Chưa ghi lý do." in text_of(leader.post(page))
    assert "Mã đặt mật khẩu cho Người MẪU can.bo" in text_of(leader.post(page, {"code_why": "đến trụ sở xin"}))


def test_roles_elsewhere_are_not_there(leader: Client, thai_nguyen: Place, act: Act) -> None:
    grant = given(account("tinh"), Role.PROVINCE_OFFICER, thai_nguyen, act)
    page = f"/nguoi-va-vai/{grant.uid}"
    assert leader.get(page).status_code == 404
    for address in (f"{page}/ket-thuc", f"{page}/chuyen", f"{page}/ma"):
        assert leader.post(address, {"why": "x", "code_why": "x", "basis": "x"}).status_code == 404
    assert "tinh" not in re.findall(r'class="code">([^<]+)<', leader.get("/nguoi-va-vai").content.decode())


def test_an_equal_is_seen_but_not_ended(leader: Client, commune: Place, act: Act) -> None:
    from densach.authority.models import Grant

    other = given(account("lanh.dao.2"), Role.COMMUNE_LEADER, commune, act)
    page = text_of(leader.get(f"/nguoi-va-vai/{other.uid}"))
    assert "không phải vai đang dùng" in page
    assert leader.post(f"/nguoi-va-vai/{other.uid}/ket-thuc", {"why": "x"}).status_code == 200
    assert Grant.objects.get(pk=other.pk).valid_to == other.valid_to


def test_somebody_elses_role_is_not_taken_by_its_identity(leader: Client, officer: Grant) -> None:
    assert leader.post("/viec-cua-toi/vai", {"role": str(officer.uid)}).status_code == 404
    assert leader.post("/viec-cua-toi/vai", {"role": "abc"}).status_code == 404


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_is_whole_in_both_languages(leader: Client, officer: Grant, lang: str) -> None:
    for page in (
        "/nguoi-va-vai",
        "/nguoi-va-vai?sap-het=1",
        "/nguoi-va-vai/giao",
        f"/nguoi-va-vai/{officer.uid}",
        "/tai-khoan",
    ):
        html = leader.get(page, headers={"Accept-Language": lang}).content.decode()
        assert "no such variable" not in html
        assert html.count("<h1") == 1
        assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids)
