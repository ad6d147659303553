"""Signing in by a code to the phone or by mail: the same answer for unknown ones, few tries, and no code in any log."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.cache import cache

from densach.accounts.sending import OUTBOX
from densach.web.signing.later import wait_until_sent
from tests.authority.roles import account
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http.response import HttpResponseBase
    from django.test import Client
    from pytest_django import Settings

    from densach.accounts.models import Account

pytestmark = pytest.mark.django_db
PHONE, MAIL = "+84912345678", "hoa@mau.example"
SENDER = "densach.accounts.sending.FileSender"
EIGHT = re.compile(r"\d{4}-\d{4}")


@pytest.fixture(autouse=True)
def can_send(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.HOME, settings.PHONE_SENDER, settings.MAIL_IS_SET = tmp_path, SENDER, True
    yield
    wait_until_sent()
    cache.clear()


@pytest.fixture
def hoa() -> Account:
    from allauth.account.models import EmailAddress

    made = account("hoa.le")
    made.phone, made.phone_verified, made.email = PHONE, True, MAIL
    made.save()
    EmailAddress.objects.create(user=made, email=MAIL, verified=True, primary=True)
    return made


def messages(folder: Path) -> list[str]:
    wait_until_sent()
    file = folder / OUTBOX
    return file.read_text("utf-8").splitlines() if file.exists() else []


def code_in(text: str) -> str:
    [code] = EIGHT.findall(text)
    return str(code)


def ask(client: Client, to: str) -> HttpResponseBase:
    return client.post("/dang-nhap/ma", {"to": to})


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan").status_code == 200


def test_a_code_to_the_phone_lets_one_in(
    client: Client, hoa: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from densach.accounts.models import SignIn

    with caplog.at_level(logging.DEBUG):
        assert ask(client, "0912 345 678")["Location"] == "/dang-nhap/ma/nhap"
        [message] = messages(tmp_path)
        assert message.startswith(f"{PHONE} Ma dang nhap Den Sach")
        page = client.get("/dang-nhap/ma/nhap")
        assert code_in(message) not in page.content.decode()
        answer = client.post("/dang-nhap/ma/nhap", {"code": code_in(message).replace("-", " ")})
    assert answer["Location"] == "/viec-cua-toi"
    assert is_in(client)
    assert code_in(message) not in caplog.text
    assert (tmp_path / OUTBOX).stat().st_mode & 0o777 == 0o600
    assert [(row.account, row.way, row.succeeded) for row in SignIn.objects.all()] == [(hoa, "phone", True)]


def test_a_code_by_mail_lets_one_in(client: Client, hoa: Account) -> None:
    ask(client, " HOA@mau.example")
    wait_until_sent()
    [message] = mail.outbox
    assert (message.to, message.subject) == ([MAIL], "Mã đăng nhập Đèn Sách")
    client.post("/dang-nhap/ma/nhap", {"code": code_in(str(message.body))})
    assert is_in(client)
    assert hoa.sign_ins.get().way == "mail"


@pytest.mark.parametrize(("known", "unknown"), [("0912345678", "0912345679"), (MAIL, "khong@mau.example")])
def test_nobody_learns_whether_an_account_is_there(client: Client, hoa: Account, known: str, unknown: str) -> None:
    from django.test import Client as Browser

    told = []
    for browser, to in ((client, known), (Browser(), unknown)):
        answer = ask(browser, to)
        pages = [text_of(browser.get("/dang-nhap/ma/nhap"))]
        pages += [text_of(browser.post("/dang-nhap/ma/nhap", {"code": "0000-0000"})) for _ in range(2)]
        last = browser.post("/dang-nhap/ma/nhap", {"code": "0000-0000"})
        shown = to if "@" in to else f"+84{to[1:]}"
        told.append((answer["Location"], [page.replace(shown, "") for page in pages], last["Location"]))
    assert told[0] == told[1]
    assert hoa.sign_ins.filter(succeeded=False).count() == 3


def test_a_code_is_worth_three_tries_and_ten_minutes(client: Client, hoa: Account, tmp_path: Path) -> None:
    ask(client, PHONE)
    code = code_in(messages(tmp_path)[-1])
    for _ in range(3):
        client.post("/dang-nhap/ma/nhap", {"code": "0000-0000"})
    client.post("/dang-nhap/ma/nhap", {"code": code})
    assert not is_in(client)
    ask(client, PHONE)
    code = code_in(messages(tmp_path)[-1])
    session = client.session
    login = session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session["account_login"] = login
    session.save()
    assert client.post("/dang-nhap/ma/nhap", {"code": code})["Location"] == "/dang-nhap/ma"
    assert not is_in(client)
    assert hoa.is_active


def test_codes_are_not_sent_again_and_again(hoa: Account, tmp_path: Path) -> None:
    from django.test import Client as Browser

    answers = [ask(Browser(), PHONE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "quá nhiều lần thử" in text_of(answers[3])
    assert len(messages(tmp_path)) == 3
    assert hoa.phone == PHONE


@pytest.mark.parametrize("to", ["", "hoa.le", "12345", "@", "hoa@", "x" * 300])
def test_what_is_no_phone_and_no_address_is_said_beside_the_field(client: Client, to: str) -> None:
    answer = ask(client, to)
    assert answer.status_code == 200
    assert 'class="problem"' in answer.getvalue().decode()


def test_a_site_that_cannot_send_does_not_offer_it(client: Client, settings: Settings, hoa: Account) -> None:
    settings.PHONE_SENDER, settings.MAIL_IS_SET = "", False
    assert "/dang-nhap/ma" not in client.get("/dang-nhap").content.decode()
    assert "chưa gửi được mã" in text_of(client.get("/dang-nhap/ma"))
    assert ask(client, PHONE).status_code == 200
    assert hoa.phone == PHONE


def test_a_sender_that_fails_changes_nothing_on_the_page_and_tells_no_code(
    client: Client, hoa: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / OUTBOX).mkdir()
    assert ask(client, PHONE).status_code == 302
    wait_until_sent()
    assert not EIGHT.search(caplog.text)
    assert hoa.phone == PHONE


def test_who_typed_a_wrong_number_turns_back(client: Client, hoa: Account) -> None:
    ask(client, "0912345670")
    assert client.get("/dang-nhap")["Location"] == "/dang-nhap/ma/nhap"
    assert client.post("/dang-nhap/thoi")["Location"] == "/dang-nhap"
    assert client.get("/dang-nhap").status_code == 200
    assert client.get("/dang-nhap/thoi").status_code == 405
    assert hoa.phone == PHONE


def test_phone_and_password_let_one_in_too(client: Client, hoa: Account) -> None:
    for login in ("0912 345 678", MAIL):
        client.post("/dang-nhap", {"login": login, "password": "matkhau-MAU-1315"})
        assert is_in(client)
        client.post("/dang-xuat")
    assert hoa.phone == PHONE


def confirm(client: Client, page: str) -> None:
    """The password again, as the page asks before what matters."""
    answer = client.post("/dang-nhap/xac-nhan", {"password": "matkhau-MAU-1315", "next": page})
    assert answer.status_code in {302, 200}


def test_a_phone_is_kept_once_its_code_came_back(client: Client, hoa: Account, tmp_path: Path) -> None:
    from densach.accounts.models import Account

    nam = account("nam.le")
    client.post("/dang-nhap", {"login": "nam.le", "password": "matkhau-MAU-1315"})
    assert "/dang-nhap/xac-nhan" in client.post("/tai-khoan/dien-thoai", {"phone": "0987 654 321"})["Location"]
    confirm(client, "/tai-khoan/dien-thoai")
    [message] = messages(tmp_path)
    assert message.startswith("+84987654321 ")
    assert Account.objects.get(pk=nam.pk).phone is None
    client.post("/tai-khoan/dien-thoai/ma", {"code": "0000-0000"})
    client.post("/tai-khoan/dien-thoai/ma", {"code": code_in(message)})
    assert Account.objects.get(pk=nam.pk).phone == "+84987654321"
    assert "Đang dùng số +84 … 321." in text_of(client.get("/tai-khoan"))
    assert hoa.phone == PHONE


def test_somebody_elses_phone_is_not_taken_and_not_told(client: Client, hoa: Account, tmp_path: Path) -> None:
    from densach.accounts.models import Account

    nam = account("nam.le")
    client.post("/dang-nhap", {"login": "nam.le", "password": "matkhau-MAU-1315"})
    client.post("/tai-khoan/dien-thoai", {"phone": PHONE})
    confirm(client, "/tai-khoan/dien-thoai")
    assert "Nếu có tài khoản với số" in text_of(client.get("/tai-khoan/dien-thoai/ma"))
    for message in messages(tmp_path):
        client.post("/tai-khoan/dien-thoai/ma", {"code": code_in(message)})
    assert Account.objects.get(pk=nam.pk).phone is None
    assert Account.objects.get(pk=hoa.pk).phone == PHONE


def test_a_mail_address_is_kept_once_its_code_came_back(client: Client) -> None:
    from densach.accounts.models import Account

    nam = account("nam.le")
    client.post("/dang-nhap", {"login": "nam.le", "password": "matkhau-MAU-1315"})
    client.post("/tai-khoan/thu", {"email": "nam@mau.example", "action_add": "1"})
    confirm(client, "/tai-khoan/thu")
    wait_until_sent()
    assert Account.objects.get(pk=nam.pk).email == ""
    client.post("/tai-khoan/thu/ma", {"code": code_in(str(mail.outbox[-1].body))})
    assert Account.objects.get(pk=nam.pk).email == "nam@mau.example"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_is_whole_in_both_languages(client: Client, hoa: Account, lang: str) -> None:
    assert "no such variable" not in client.get("/dang-nhap", headers={"Accept-Language": lang}).content.decode()
    ask(client, PHONE)
    for page in ("/dang-nhap/ma/nhap",):
        html = client.get(page, headers={"Accept-Language": lang}).content.decode()
        assert "no such variable" not in html
        assert html.count("<h1") == 1
    client.force_login(hoa)
    for page in (
        "/tai-khoan",
        "/tai-khoan/dien-thoai",
        "/tai-khoan/thu",
        "/tai-khoan/noi-dang-mo",
        "/tai-khoan/nhat-ky",
    ):
        html = client.get(page, headers={"Accept-Language": lang}).content.decode()
        assert "no such variable" not in html
        assert html.count("<h1") == 1
