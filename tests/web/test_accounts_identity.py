"""Signing in with an identity from elsewhere, against a real provider in a process of its own."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.cache import cache

from densach.config.identity import Provider, read_provider
from densach.problems import Refused
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
WORDS = "matkhau-MAU-1315"
HOA = {"sub": "079080000001", "name": "Lê Thị  MẪU", "email": "hoa@mau.example", "email_verified": True}
GO = "/dang-nhap/dinh-danh/di"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that knows one person."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--user-claims", json.dumps(HOA)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(autouse=True)
def connected(issuer: str, settings: Settings) -> Iterator[None]:
    provider = Provider(issuer, "densach", "bi-mat-MAU", "VNeID MẪU")
    settings.IDENTITY, settings.SOCIALACCOUNT_PROVIDERS = provider, provider.for_library()
    yield
    cache.clear()


def prove(address: str, **form: str) -> str:
    """Say at the provider who one is; the address that the browser is sent back to."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"{parts.path}?{parts.query}", urlencode(form), headers)
    with closing(connection), connection.getresponse() as answer:
        assert answer.status == 302, answer.read()
        back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come(client: Client, *, how: str = "", **form: str) -> HttpResponseBase:
    """Go to the provider and come back."""
    away = client.post(GO + how)
    assert away.status_code == 302
    return client.get(prove(away["Location"], **(form or {"sub": str(HOA["sub"])})))


def accounts() -> list[tuple[str, str, str]]:
    from densach.accounts.models import Account

    rows = Account.objects.order_by("pk")
    return [(re.sub(r"\.[a-z0-9]{8}$", ".…", row.username), row.name, row.email) for row in rows]


def test_who_proves_an_identity_gets_an_account_without_a_role_and_the_same_one_again(client: Client) -> None:
    from allauth.socialaccount.models import SocialAccount

    from densach.accounts.models import SignIn
    from densach.authority.models import Grant

    assert "Đăng nhập bằng VNeID MẪU" in text_of(client.get("/dang-nhap"))
    for _ in range(2):
        assert come(client)["Location"] == "/viec-cua-toi"
        assert "chưa giữ vai nào" in text_of(client.get("/viec-cua-toi"))
        client.post("/dang-xuat")
    assert accounts() == [("dinh-danh.…", "Lê Thị MẪU", "")]
    assert list(SocialAccount.objects.values_list("uid", "extra_data")) == [(HOA["sub"], {})]
    assert [row.way for row in SignIn.objects.all()] == ["provider", "provider"]
    assert not Grant.objects.exists()


def test_the_same_mail_address_opens_nobody_elses_account(client: Client) -> None:
    from allauth.account.models import EmailAddress

    victim = account("hoa.le")
    victim.email = str(HOA["email"])
    victim.save()
    EmailAddress.objects.create(user=victim, email=victim.email, verified=True, primary=True)
    come(client)
    assert accounts() == [("hoa.le", "Người MẪU hoa.le", HOA["email"]), ("dinh-danh.…", "Lê Thị MẪU", "")]
    assert client.session["_auth_user_id"] != str(victim.pk)


def confirmed(client: Client) -> Account:
    who = account("hoa.le")
    client.post("/dang-nhap", {"login": "hoa.le", "password": WORDS})
    assert come(client, how="?process=connect")["Location"] == "/dang-nhap/xac-nhan"
    assert client.post("/dang-nhap/xac-nhan", {"password": WORDS})["Location"] == "/tai-khoan/dinh-danh"
    return who


def test_an_account_is_linked_by_who_is_signed_in_and_says_the_password_again(client: Client) -> None:
    who = confirmed(client)
    assert "Tài khoản này đã liên kết với VNeID MẪU." in text_of(client.get("/tai-khoan/dinh-danh"))
    client.post("/dang-xuat")
    come(client)
    assert client.session["_auth_user_id"] == str(who.pk)
    assert client.post("/tai-khoan/dinh-danh/bo")["Location"] == "/tai-khoan/dinh-danh"
    assert "Đã bỏ liên kết." in text_of(client.get("/tai-khoan/dinh-danh"))
    assert len(accounts()) == 1


def test_an_identity_of_one_account_is_not_taken_by_another(client: Client) -> None:
    who = confirmed(client)
    client.post("/dang-xuat")
    account("nam.le")
    client.post("/dang-nhap", {"login": "nam.le", "password": WORDS})
    come(client, how="?process=connect")
    client.post("/dang-nhap/xac-nhan", {"password": WORDS})
    assert "đã liên kết với một tài khoản khác" in text_of(client.get("/tai-khoan/dinh-danh"))
    assert who.socialaccount_set.count() == 1


def test_who_stops_there_or_comes_back_with_nonsense_is_not_in(client: Client) -> None:
    assert come(client, action="deny")["Location"] in {"/dang-nhap/dinh-danh/huy", "/dang-nhap"}
    for answer in ("code=x&state=y", "", "error=access_denied", "state=%00", "code=x"):
        back = client.get(f"/dang-nhap/dinh-danh/ve?{answer}")
        assert (back.status_code, "_auth_user_id" in client.session) == (302, False)
    assert "Chưa đăng nhập được bằng tài khoản định danh" in text_of(client.get("/dang-nhap"))


def test_an_answer_for_another_browser_is_worth_nothing(client: Client) -> None:
    from django.test import Client as Browser

    away = client.post(GO)["Location"]
    back = prove(away, sub=str(HOA["sub"]))
    other = Browser()
    other.get(back)
    assert "_auth_user_id" not in other.session


def test_only_a_form_of_ours_leads_away_and_only_to_the_provider(client: Client, issuer: str) -> None:
    from django.test import Client as Browser

    assert client.get(GO).status_code == 405
    assert Browser(enforce_csrf_checks=True).post(GO).status_code == 403
    assert client.post(GO)["Location"].startswith(f"{issuer}/oauth2/authorize?")
    assert client.post("/dang-nhap/khong-co/di").status_code == 404


def test_a_provider_that_does_not_answer_is_said(client: Client, settings: Settings) -> None:
    provider = Provider("http://127.0.0.1:9", "densach", "x", "VNeID MẪU")
    settings.SOCIALACCOUNT_PROVIDERS = provider.for_library()
    assert client.post(GO)["Location"] == "/dang-nhap"


def test_without_a_provider_nothing_is_offered(client: Client, settings: Settings) -> None:
    settings.IDENTITY, settings.SOCIALACCOUNT_PROVIDERS = None, {}
    assert "VNeID" not in text_of(client.get("/dang-nhap"))
    assert client.post(GO).status_code == 404
    client.force_login(account("hoa.le"))
    assert "chưa nối với nơi cấp định danh nào" in text_of(client.get("/tai-khoan/dinh-danh"))


def test_the_file_of_a_provider_is_read_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "dinh-danh.toml"
    (tmp_path / "bi-mat").write_text("s3cret\n", "utf-8")
    whole = 'issuer = "https://id.example/"\nclient_id = "densach"\nsecret_file = "bi-mat"\nname = "VNeID"\n'
    file.write_text(whole, "utf-8")
    provider = read_provider(str(file))
    assert provider == Provider("https://id.example", "densach", "s3cret", "VNeID")
    assert provider.origin == "https://id.example"
    assert read_provider("") is None
    for broken in ("", "x", whole.replace("https", "http"), whole.replace("bi-mat", "khong-co"), "issuer = 1"):
        file.write_text(broken, "utf-8")
        with pytest.raises(Refused, match="U130"):
            read_provider(str(file))
