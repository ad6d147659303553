"""The pages of slips: printed for a village, used with a phone in the hand, and worth nothing in a log."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from densach.authority.roles import Role
from tests.authority.roles import account, given
from tests.authority.slipping import WORDS, head, people
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
WRONG = "Mã hoặc năm sinh không đúng"


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def village(commune: Place, act: Act) -> Place:
    return people(commune, act, 3)


@pytest.fixture
def officer(client: Client, village: Place, act: Act) -> Client:
    who = account("truong.thon")
    given(who, Role.VILLAGE_HEAD, village, act)
    client.force_login(who)
    return client


def printed(officer: Client, village: Place, **chosen: str) -> list[str]:
    answer = officer.post(f"/phieu-nhan-vai/{village.uid}/in", chosen)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return re.findall(r'<p class="big">([A-Z0-9-]+)</p>', answer.content.decode())


def test_a_village_head_finds_somebody_prints_and_the_list_says_that_a_slip_waits(
    officer: Client, village: Place
) -> None:
    page = officer.get("/phieu-nhan-vai")
    assert "In phiếu nhận vai cho Thôn Đoài" in text_of(page)
    found = text_of(officer.get(f"/phieu-nhan-vai/{village.uid}", {"q": "tran thi"}))
    assert "Có 3 người trong thôn có tên giống “tran thi”." in found
    assert "Nguyễn Văn" not in found
    [code] = printed(officer, village, household=str(head()[1].uid))
    page = officer.get("/phieu-nhan-vai")
    assert "chưa dùng" in text_of(page)
    assert code not in page.content.decode()


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    client: Client, commune: Place, act: Act, homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    village, who = people(commune, act, homes), account("truong.thon")
    given(who, Role.VILLAGE_HEAD, village, act)
    client.force_login(who)
    with django_assert_num_queries(9):
        assert client.get("/phieu-nhan-vai").status_code == 200


def test_the_sheets_carry_the_page_as_a_picture_and_never_the_code_in_an_address(
    officer: Client, village: Place
) -> None:
    answer = officer.post(f"/phieu-nhan-vai/{village.uid}/in", {"whole": "1"})
    html = answer.content.decode()
    codes = re.findall(r'<p class="big">([A-Z0-9-]+)</p>', html)
    assert len(set(codes)) == 3
    assert not [
        address for address in re.findall(r'(?:href|src|action)="([^"]*)"', html) for c in codes if c in address
    ]
    picture = officer.get("/nhan-vai/qr.svg")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/svg+xml", b"<svg")
    assert "style" not in picture.content.decode()


def test_whoever_has_the_slip_gets_an_account_and_the_role(
    officer: Client, village: Place, caplog: pytest.LogCaptureFixture
) -> None:
    from django.test import Client as Browser

    [code] = printed(officer, village, household=str(head()[1].uid))
    phone = Browser()
    with caplog.at_level(logging.DEBUG):
        assert WRONG in text_of(phone.post("/nhan-vai", {"code": code, "birth_year": "1981"}))
        assert WRONG in text_of(phone.post("/nhan-vai", {"code": "ACDE-FHJK-MNPQ", "birth_year": "1980"}))
        assert (
            phone.post("/nhan-vai", {"code": code.lower(), "birth_year": "1980"})["Location"] == "/nhan-vai/tai-khoan"
        )
        page = text_of(phone.get("/nhan-vai/tai-khoan"))
        assert "Vai Chủ hộ Dành cho Nguyễn Văn Mẫu 1" in page
        send = {"username": "ho.mau", "password": WORDS, "again": WORDS}
        for change, told in (({"username": "truong.thon"}, "đã có người dùng"), ({"again": "x"}, "khác nhau"),
                             ({"password": "1234567890", "again": "1234567890"}, "quá dễ đoán"),
                             ({"password": ""}, "Chưa có mật khẩu")):  # fmt: skip
            answer = phone.post("/nhan-vai/tai-khoan", send | change)
            assert told in text_of(answer)
            assert f'value="{(send | change)["username"]}"' in answer.content.decode()
        before = phone.session.session_key
        assert phone.post("/nhan-vai/tai-khoan", send)["Location"] == "/viec-cua-toi"
    assert phone.session.session_key != before
    assert "Đã lập tài khoản và nhận vai." in text_of(phone.get("/viec-cua-toi"))
    assert code not in caplog.text
    assert WORDS not in caplog.text
    assert WRONG in text_of(Browser().post("/nhan-vai", {"code": code, "birth_year": "1980"}))


def test_somebody_signed_in_adds_the_role_and_is_in_it(officer: Client, village: Place) -> None:
    [code] = printed(officer, village, household=str(head()[1].uid))
    officer.post("/nhan-vai", {"code": code, "birth_year": "1980"})
    assert "Vai sẽ được thêm vào tài khoản của Người MẪU truong.thon." in text_of(officer.get("/nhan-vai/tai-khoan"))
    assert officer.post("/nhan-vai/tai-khoan")["Location"] == "/viec-cua-toi"
    page = text_of(officer.get("/viec-cua-toi"))
    assert "Đã thêm vai." in page
    assert "Chủ hộ" in page


def test_the_second_page_is_closed_without_the_first(client: Client) -> None:
    for answer in (client.get("/nhan-vai/tai-khoan"), client.post("/nhan-vai/tai-khoan", {"username": "ke.la"})):
        assert answer["Location"] == "/nhan-vai"


def test_codes_are_not_tried_out(client: Client) -> None:
    answers = [client.post("/nhan-vai", {"code": "ACDE-FHJK-MNPQ", "birth_year": "1980"}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]


def test_another_village_is_not_there(officer: Client, commune: Place, act: Act) -> None:
    other = people(commune, act, 0, "Thôn Thượng")
    assert officer.get(f"/phieu-nhan-vai/{other.uid}").status_code == 404
    assert officer.post(f"/phieu-nhan-vai/{other.uid}/in", {"whole": "1"}).status_code == 404
    assert officer.get(f"/phieu-nhan-vai/{commune.uid}").status_code == 404
    assert officer.post(f"/phieu-nhan-vai/{commune.uid}/in", {"person": "abc"}).status_code == 404


def test_a_commune_officer_chooses_the_village_first(client: Client, commune: Place, village: Place, act: Act) -> None:
    who = account("can.bo")
    given(who, Role.COMMUNE_OFFICER, commune, act)
    client.force_login(who)
    assert f"/phieu-nhan-vai/{village.uid}" in client.get("/phieu-nhan-vai").content.decode()
    assert client.get(f"/phieu-nhan-vai/{village.uid}").status_code == 200


def test_whoever_gives_no_rights_finds_nothing_here(client: Client, commune: Place, village: Place, act: Act) -> None:
    who = account("kiem.tra")
    given(who, Role.AUDITOR, commune, act)
    client.force_login(who)
    assert client.get("/phieu-nhan-vai").status_code == 404
    assert client.post(f"/phieu-nhan-vai/{village.uid}/in", {"whole": "1"}).status_code == 404
