"""A slip with a code to the phone instead of a password: few tries, and nothing told of other accounts."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from densach.accounts.sending import OUTBOX
from densach.authority.roles import Role
from densach.web.signing.later import wait_until_sent
from tests.authority.roles import account, given
from tests.authority.slipping import head, people
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
PHONE = "+84912345678"
EIGHT = re.compile(r"\d{4}-\d{4}")


@pytest.fixture(autouse=True)
def can_send(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.HOME, settings.PHONE_SENDER = tmp_path, "densach.accounts.sending.FileSender"
    yield
    wait_until_sent()
    cache.clear()


@pytest.fixture
def slip(commune: Place, act: Act) -> str:
    """The code of a slip for the head of the first household, born in 1980."""
    from django.test import Client

    village, officer, who = people(commune, act, 2), Client(), account("truong.thon")
    given(who, Role.VILLAGE_HEAD, village, act)
    officer.force_login(who)
    answer = officer.post(f"/phieu-nhan-vai/{village.uid}/in", {"household": str(head()[1].uid)})
    [code] = re.findall(r'<p class="big">([A-Z0-9-]+)</p>', answer.content.decode())
    return str(code)


def sent(folder: Path) -> list[str]:
    wait_until_sent()
    file = folder / OUTBOX
    return file.read_text("utf-8").splitlines() if file.exists() else []


def last_code(folder: Path) -> str:
    return str(EIGHT.findall(sent(folder)[-1])[0])


def uses(client: Client, slip: str) -> Client:
    assert client.post("/nhan-vai", {"code": slip, "birth_year": "1980"})["Location"] == "/nhan-vai/tai-khoan"
    return client


def test_a_slip_and_a_code_make_an_account_without_a_password(
    client: Client, slip: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from django.test import Client as Browser

    from densach.accounts.models import Account, SignIn
    from densach.assessing.privacy.models import ConsentAct

    with caplog.at_level(logging.DEBUG):
        page = text_of(uses(client, slip).get("/nhan-vai/tai-khoan"))
        assert "Bằng mã gửi đến điện thoại" in page
        assert "Hoặc bằng tên đăng nhập và mật khẩu" in page
        assert client.post("/nhan-vai/tai-khoan", {"phone": "0912 345 678"})["Location"] == "/nhan-vai/ma"
        assert f"Một mã đã được gửi đến {PHONE}." in text_of(client.get("/nhan-vai/ma"))
        code = last_code(tmp_path)
        assert client.post("/nhan-vai/ma", {"code": code})["Location"] == "/viec-cua-toi"
    told = text_of(client.get("/viec-cua-toi"))
    made = Account.objects.get(phone=PHONE)
    assert (made.phone_verified, made.has_usable_password(), made.name) == (True, False, "Nguyễn Văn Mẫu 1")
    assert re.fullmatch(r"nguyen\.van\.mau\.1\.\d{4}", made.username)
    assert f"Tên tài khoản là {made.username}" in told
    assert [(row.way, row.succeeded) for row in SignIn.objects.filter(account=made)] == [("phone", True)]
    assert [(row.purpose, row.given, row.by) for row in ConsentAct.objects.all()] == [("contact", True, made)]
    assert (code in caplog.text, PHONE in caplog.text) == (False, False)
    again = Browser()
    again.post("/dang-nhap/ma", {"to": "0912345678"})
    assert again.post("/dang-nhap/ma/nhap", {"code": last_code(tmp_path)}).status_code == 302
    assert again.get("/tai-khoan").status_code == 200
    assert "Mã hoặc năm sinh không đúng" in text_of(Browser().post("/nhan-vai", {"code": slip, "birth_year": "1980"}))


def test_a_wrong_code_works_three_times_at_most_and_another_can_be_sent(
    client: Client, slip: str, tmp_path: Path
) -> None:
    uses(client, slip).post("/nhan-vai/tai-khoan", {"phone": "0912345678"})
    first = last_code(tmp_path)
    wrong = f"{(int(first[:4]) + 1) % 10_000:04}-0000"
    told = [text_of(client.post("/nhan-vai/ma", {"code": wrong})) for _ in range(2)]
    assert ["Còn thử được 2 lần" in told[0], "Còn thử được 1 lần" in told[1]] == [True, True]
    assert client.post("/nhan-vai/ma", {"again": "1"}).status_code == 302
    second = last_code(tmp_path)
    assert "Mã không đúng" in text_of(client.post("/nhan-vai/ma", {"code": first}))
    assert second != first
    for _ in range(2):
        answer = client.post("/nhan-vai/ma", {"code": wrong})
    assert "Mã này không dùng được nữa" in text_of(answer)
    assert client.post("/nhan-vai/ma", {"code": second})["Location"] == "/nhan-vai/tai-khoan"


def test_a_phone_of_another_account_is_told_nothing_before_its_code_and_then_asks_to_add_the_role(
    client: Client, slip: str, tmp_path: Path
) -> None:
    from densach.authority.models import Grant

    mine = account("con.gai")
    mine.phone, mine.phone_verified = PHONE, True
    mine.save()
    pages = []
    for number in ("0912345678", "0987654321"):
        uses(client, slip).post("/nhan-vai/tai-khoan", {"phone": number})
        pages.append(text_of(client.get("/nhan-vai/ma")).replace(PHONE, "").replace("+84987654321", ""))
    assert pages[0] == pages[1]
    client.post("/nhan-vai/tai-khoan", {"phone": "0912345678"})
    assert client.post("/nhan-vai/ma", {"code": last_code(tmp_path)})["Location"] == "/nhan-vai/tai-khoan"
    assert "Vai sẽ được thêm vào tài khoản của Người MẪU con.gai." in text_of(client.get("/nhan-vai/tai-khoan"))
    assert not Grant.objects.filter(account=mine).exists()
    assert client.post("/nhan-vai/tai-khoan")["Location"] == "/viec-cua-toi"
    assert [grant.role for grant in Grant.objects.filter(account=mine)] == [Role.HOUSEHOLD_HEAD]


def test_no_phone_is_rung_again_and_again_and_what_is_no_phone_stays_as_typed(client: Client, slip: str) -> None:
    answer = uses(client, slip).post("/nhan-vai/tai-khoan", {"phone": "09 <b>"})
    assert "Số điện thoại này chưa đúng dạng." in text_of(answer)
    assert 'value="09 &lt;b&gt;"' in answer.content.decode()
    statuses = [client.post("/nhan-vai/tai-khoan", {"phone": "0912345678"}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 200]


def test_without_a_slip_nothing_is_sent_and_without_a_sender_the_page_asks_for_a_password(
    client: Client, slip: str, tmp_path: Path, settings: Settings
) -> None:
    assert client.post("/nhan-vai/tai-khoan", {"phone": "0912345678"})["Location"] == "/nhan-vai"
    assert client.get("/nhan-vai/ma")["Location"] == "/nhan-vai"
    assert sent(tmp_path) == []
    settings.PHONE_SENDER = ""
    page = text_of(uses(client, slip).get("/nhan-vai/tai-khoan"))
    assert ("Bằng mã gửi đến điện thoại" in page, "Chọn tên đăng nhập và mật khẩu." in page) == (False, True)
    assert "Chưa có mật khẩu." in text_of(client.post("/nhan-vai/tai-khoan", {"phone": "0912345678"}))


def test_the_sender_for_trying_writes_on_the_screen(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    from densach.accounts.sending import sender

    settings.PHONE_SENDER = "densach.accounts.sending.ConsoleSender"
    found = sender()
    assert found is not None
    found.send(PHONE, "Ma 1234-5678")
    assert capsys.readouterr().err == f"{PHONE} Ma 1234-5678\n"
