"""Signing in by name and password: the same answer whatever was wrong, limits on tries, nobody led elsewhere."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from tests.authority.roles import account
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase
    from django.test import Client

pytestmark = pytest.mark.django_db
WORDS = "matkhau-MAU-1315"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> Iterator[None]:
    yield
    cache.clear()


def try_in(client: Client, login: str = "hoa.le", password: str = WORDS, **more: str) -> HttpResponseBase:
    return client.post("/dang-nhap", {"login": login, "password": password, **more})


def test_one_signs_in_and_out_by_name_and_password(client: Client) -> None:
    account("hoa.le")
    page = text_of(client.get("/"))
    assert ("Đăng nhập" in page, "Việc của tôi" in page) == (True, False)
    response = try_in(client, "Hoa.Le ")
    assert (response.status_code, response["Location"]) == (302, "/viec-cua-toi")
    page = text_of(client.get("/tai-khoan"))
    assert "Tài khoản của Người MẪU hoa.le" in page
    assert "Việc của tôi" in page
    assert client.post("/dang-xuat")["Location"] == "/"
    assert client.get("/tai-khoan")["Location"] == "/dang-nhap?next=/tai-khoan"


def test_what_was_wrong_is_never_told(client: Client) -> None:
    closed = account("khoa.lai")
    closed.is_active = False
    closed.save()
    account("hoa.le")
    answers = [
        try_in(client, login, password)
        for login, password in (("hoa.le", "sai-mat-khau-x"), ("khong.co", WORDS), ("khoa.lai", "sai-mat-khau-x"))
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert all(WRONG in text_of(answer) for answer in answers)
    [first, *rest] = [text_of(answer) for answer in answers]
    assert rest == [first, first]


def test_an_unknown_name_costs_the_server_a_hash_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    account("hoa.le")
    made: list[str] = []
    hash_it, check_it = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def encode(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        made.append("hash")
        return str(hash_it(self, password, salt))

    def verify(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        made.append("hash")
        return bool(check_it(self, password, encoded))

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    try_in(client, "hoa.le", "sai-mat-khau-x")
    known = len(made)
    try_in(client, "khong.co", "sai-mat-khau-x")
    assert (known, len(made)) == (1, 2)


@pytest.mark.parametrize("login", ["hoa.le", "khong.co"])
def test_five_wrong_tries_close_a_name_for_a_while_whether_it_is_there_or_not(client: Client, login: str) -> None:
    account("hoa.le")
    for order in range(5):
        answer = client.post(
            "/dang-nhap", {"login": login, "password": "sai-mat-khau-x"}, REMOTE_ADDR=f"203.0.113.{order}"
        )
        assert WRONG in text_of(answer)
    answer = client.post("/dang-nhap", {"login": login.upper(), "password": WORDS}, REMOTE_ADDR="198.51.100.7")
    assert "tạm dừng 15 phút" in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_one_network_does_not_try_names_out(client: Client) -> None:
    answers = [try_in(client, f"ten-{order}", "sai-mat-khau-x") for order in range(31)]
    assert "tạm dừng" in text_of(answers[20])
    assert answers[30].status_code == 429


@pytest.mark.parametrize(
    ("after", "leads"),
    [("/tai-khoan", "/tai-khoan"), ("https://evil.example/", "/viec-cua-toi"), ("//evil.example", "/viec-cua-toi"),
     ("javascript:alert(1)", "/viec-cua-toi"), ("/\\evil.example", "/viec-cua-toi"), ("", "/viec-cua-toi")],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(client: Client, after: str, leads: str) -> None:
    account("hoa.le")
    assert try_in(client, next=after)["Location"] == leads


def test_a_form_from_elsewhere_is_refused() -> None:
    from django.test import Client as Browser

    account("hoa.le")
    strict = Browser(enforce_csrf_checks=True)
    assert try_in(strict).status_code == 403
    assert "_auth_user_id" not in strict.session


def test_a_session_planted_before_signing_in_is_worth_nothing_after(client: Client) -> None:
    account("hoa.le")
    client.session["la"] = "x"
    client.post("/dang-nhap", {"login": "hoa.le", "password": "sai-mat-khau-x"})
    session = client.session
    session["cai-san"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = str(planted)
    try_in(client)
    assert client.session.session_key != planted


def test_a_password_stands_in_no_log_and_no_page(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    account("hoa.le")
    with caplog.at_level(logging.DEBUG):
        answer = try_in(client, "hoa.le", "Bí mật của riêng tôi 77")
    assert "Bí mật" not in caplog.text + answer.getvalue().decode()


def test_a_password_is_changed_with_the_one_so_far_and_others_sign_in_again(client: Client) -> None:
    from django.test import Client as Browser

    account("hoa.le")
    elsewhere = Browser()
    try_in(client)
    try_in(elsewhere)
    new = "con trâu đi học chữ"
    send = {"oldpassword": WORDS, "password1": new, "password2": new}
    answer = client.post("/tai-khoan/mat-khau", send | {"oldpassword": "sai-mat-khau-x"})
    assert "Mật khẩu đang dùng không đúng" in text_of(answer)
    answer = client.post("/tai-khoan/mat-khau", send | {"password1": "1234567890", "password2": "1234567890"})
    assert "quá dễ đoán" in text_of(answer)
    answer = client.post("/tai-khoan/mat-khau", send | {"password2": "khác đi một chút"})
    assert "Hai lần gõ mật khẩu khác nhau." in text_of(answer)
    assert client.post("/tai-khoan/mat-khau", send)["Location"] == "/tai-khoan"
    assert "Đã đổi mật khẩu" in text_of(client.get("/tai-khoan"))
    assert elsewhere.get("/tai-khoan").status_code == 302


def test_the_first_password_is_set_on_a_page_and_what_was_wrong_stands_beside_the_field(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    from densach.accounts.domain import Newcomer, give_first_code, make_account
    from densach.history.domain import Act
    from tests.web.moments import now

    act = Act(who="thử", at=now())
    code = give_first_code(make_account(Newcomer("nam.le", "Lê Văn MẪU"), act=act), act=act)
    new = "con trâu đi học chữ"
    send = {"username": "nam.le", "code": code, "password": new, "again": new}
    for change, told in (
        ({"again": "khác"}, "Hai lần gõ mật khẩu khác nhau"),
        ({"password": "ngắn", "again": "ngắn"}, "từ 10 đến 128 ký tự"),
        ({"code": "AAAA-AAAA-AAAA"}, "mã không đúng"),
    ):
        answer = client.post("/mat-khau-dau", send | change)
        assert told in text_of(answer)
        assert 'value="nam.le"' in answer.getvalue().decode()
        assert code not in answer.getvalue().decode()
    with caplog.at_level(logging.DEBUG):
        assert client.post("/mat-khau-dau", send)["Location"] == "/dang-nhap"
    assert "Đã đặt mật khẩu. Giờ có thể đăng nhập." in text_of(client.get("/dang-nhap"))
    assert try_in(client, "nam.le", new).status_code == 302
    assert code not in caplog.text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", ["/dang-nhap", "/mat-khau-dau"])
def test_a_page_is_whole_in_both_languages(client: Client, page: str, lang: str) -> None:
    response = client.get(page, headers={"Accept-Language": lang})
    html = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, lang)
    assert "no such variable" not in html
    assert html.count("<h1") == 1
    assert "no-store" in response["Cache-Control"]
