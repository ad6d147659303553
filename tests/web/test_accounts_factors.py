"""The second factor: set up, asked for, replaced by recovery codes, and needed for roles that decide."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import TestCase

from densach.authority.roles import Role
from tests.authority.roles import account, given
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase
    from django.test import Client

    from densach.accounts.models import Account
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ENTRY = {"login": "hoa.le", "password": "matkhau-MAU-1315"}
APP = "/tai-khoan/yeu-to-hai/ung-dung"


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> Iterator[None]:
    yield
    cache.clear()


def code_now(secret: str, step: int = 0) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def signed_in(client: Client, page: str) -> HttpResponseBase:
    """Sign in by password, say it again, and open a page that matters."""
    client.post("/dang-nhap", ENTRY)
    assert "/dang-nhap/xac-nhan" in client.get(page)["Location"]
    client.post("/dang-nhap/xac-nhan", {"password": ENTRY["password"], "next": page})
    return client.get(page)


def with_app(client: Client) -> str:
    """Add an app to the account, and tell its secret."""
    page = signed_in(client, APP)
    [secret] = re.findall(r'<p class="code">([A-Z2-7]+)</p>', page.getvalue().decode())
    assert "Mã hoặc khóa không đúng." in text_of(client.post(APP, {"code": "000000"}))
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(APP, {"code": code_now(secret)})["Location"].endswith("/ma-du-phong")
    return str(secret)


def test_an_app_is_added_by_its_picture_and_its_secret_is_not_readable_in_the_database(client: Client) -> None:
    from allauth.mfa.models import Authenticator

    who = account("hoa.le")
    secret = with_app(client)
    assert secret not in str(list(Authenticator.objects.values()))
    page = client.get("/tai-khoan/yeu-to-hai/ma-du-phong")
    assert "Còn 10 mã." in text_of(page)
    assert who.authenticator_set.count() == 2


def test_the_picture_breaks_no_policy(client: Client) -> None:
    account("hoa.le")
    html = signed_in(client, APP).getvalue().decode()
    assert "<svg" in html
    assert not re.search(r"style=|data:image|<script(?! src=)", html)


def test_the_password_alone_is_not_enough_then(client: Client) -> None:
    from django.test import Client as Browser

    from densach.accounts.models import SignIn

    account("hoa.le")
    secret = with_app(client)
    phone = Browser()
    assert phone.post("/dang-nhap", ENTRY)["Location"] == "/dang-nhap/yeu-to-hai"
    assert phone.get("/tai-khoan").status_code == 302
    assert "Mã hoặc khóa không đúng." in text_of(phone.post("/dang-nhap/yeu-to-hai", {"code": "000000"}))
    code = code_now(secret)
    assert phone.post("/dang-nhap/yeu-to-hai", {"code": code})["Location"] == "/viec-cua-toi"
    assert phone.get("/tai-khoan").status_code == 200
    assert [(row.way, row.succeeded) for row in SignIn.objects.order_by("pk")] == [
        ("password", True), ("app", False), ("app", True)
    ]  # fmt: skip
    again = Browser()
    again.post("/dang-nhap", ENTRY)
    assert "không đúng" in text_of(again.post("/dang-nhap/yeu-to-hai", {"code": code}))


def test_second_factors_are_not_tried_out(client: Client) -> None:
    from django.test import Client as Browser

    account("hoa.le")
    secret = with_app(client)
    phone = Browser()
    phone.post("/dang-nhap", ENTRY)
    for _ in range(5):
        phone.post("/dang-nhap/yeu-to-hai", {"code": "000000"})
    assert "tạm dừng 15 phút" in text_of(phone.post("/dang-nhap/yeu-to-hai", {"code": code_now(secret)}))
    assert phone.get("/tai-khoan").status_code == 302


def test_a_recovery_code_works_once(client: Client) -> None:
    from django.test import Client as Browser

    account("hoa.le")
    with_app(client)
    codes = re.findall(r"<li>(\d{8})</li>", client.get("/tai-khoan/yeu-to-hai/ma-du-phong").content.decode())
    assert len(codes) == 10
    for expected in (302, 200):
        phone = Browser()
        phone.post("/dang-nhap", ENTRY)
        assert phone.post("/dang-nhap/yeu-to-hai", {"code": codes[0]}).status_code == expected


def test_an_app_is_removed_and_recovery_codes_go_with_it(client: Client) -> None:
    who = account("hoa.le")
    with_app(client)
    assert client.post(f"{APP}/bo")["Location"] == "/tai-khoan/yeu-to-hai"
    assert who.authenticator_set.count() == 0


@pytest.mark.parametrize(
    "sent", ["", "x", "[]", "1", '"x"', "{}", '{"id": "x"}', '{"rawId": 1, "response": []}', "\x00"]
)
def test_what_is_no_key_is_said_and_lets_nobody_in(client: Client, sent: str) -> None:
    answer = client.post("/dang-nhap/khoa", {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap")
    assert client.get("/tai-khoan").status_code == 302


def administrator(thai_nguyen: Place, act: Act) -> Account:
    who = account("hoa.le")
    given(who, Role.ADMINISTRATOR, thai_nguyen, act)
    return who


def test_a_role_that_decides_waits_for_a_second_factor(client: Client, thai_nguyen: Place, act: Act) -> None:
    who = administrator(thai_nguyen, act)
    client.force_login(who)
    for page in ("/viec-cua-toi", "/nguoi-va-vai", "/nhat-ky-dang-nhap"):
        assert client.get(page)["Location"].startswith("/tai-khoan/can-yeu-to-hai?next=")
    page = text_of(client.get("/tai-khoan/can-yeu-to-hai?next=/nguoi-va-vai"))
    assert "Vai này cần thêm một bước đăng nhập" in page
    assert client.get("/tai-khoan").status_code == 200
    sign_in_with_factor(client, who)
    assert client.get("/nguoi-va-vai").status_code == 200
    assert client.get("/tai-khoan/can-yeu-to-hai")["Location"] == "/viec-cua-toi"


def test_whoever_has_one_shows_it_and_comes_back(client: Client, thai_nguyen: Place, act: Act) -> None:
    who = administrator(thai_nguyen, act)
    secret = with_app(client)
    client.force_login(who)
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    html = client.get("/tai-khoan/can-yeu-to-hai?next=/nguoi-va-vai").content.decode()
    assert "/dang-nhap/xac-nhan/ma?next=/nguoi-va-vai" in html
    answer = client.post("/dang-nhap/xac-nhan/ma", {"code": code_now(secret), "next": "/nguoi-va-vai"})
    assert answer["Location"] == "/nguoi-va-vai"
    assert client.get("/nguoi-va-vai").status_code == 200


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_led_elsewhere(client: Client, thai_nguyen: Place, act: Act, back: str) -> None:
    client.force_login(administrator(thai_nguyen, act))
    html = client.get("/tai-khoan/can-yeu-to-hai", {"next": back}).content.decode()
    assert not [link for link in re.findall(r'href="([^"]*)"', html) if "evil" in link or "alert" in link]


def test_a_second_factor_of_one_is_none_of_another(client: Client, thai_nguyen: Place, act: Act) -> None:
    who = administrator(thai_nguyen, act)
    sign_in_with_factor(client, account("khac.le"))
    client.force_login(who)
    assert client.get("/nguoi-va-vai").status_code == 302


def test_a_demonstration_asks_for_none_and_says_so(client: Client, commune: Place, act: Act) -> None:
    who = account("hoa.le")
    given(who, Role.COMMUNE_LEADER, commune, act)
    client.force_login(who)
    assert client.get("/nguoi-va-vai").status_code == 200
    for page in ("/tai-khoan", "/tai-khoan/yeu-to-hai"):
        assert "ở bản trình diễn thì không đòi" in text_of(client.get(page))


def test_whoever_decides_nothing_needs_none(client: Client, thai_nguyen: Place, act: Act) -> None:
    who = account("hoa.le")
    given(who, Role.PROVINCE_OFFICER, thai_nguyen, act)
    client.force_login(who)
    assert client.get("/viec-cua-toi").status_code == 200


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_is_whole_in_both_languages(client: Client, lang: str) -> None:
    account("hoa.le")
    pages = {APP: signed_in(client, APP).getvalue().decode()}
    for page in ("/tai-khoan/yeu-to-hai", "/tai-khoan/yeu-to-hai/khoa", "/dang-nhap/xac-nhan", APP):
        pages[page] = client.get(page, headers={"Accept-Language": lang}).content.decode()
    for html in pages.values():
        assert "no such variable" not in html
        assert html.count("<h1") == 1


def key_of(who: Account, name: str) -> str:
    """Where a key of the account is given another name."""
    from allauth.mfa.models import Authenticator

    made = Authenticator.objects.create(user=who, type="webauthn", data={"name": name, "credential": {}})
    return f"/tai-khoan/yeu-to-hai/khoa/{made.pk}/ten"


def named(page: str) -> str:
    from allauth.mfa.models import Authenticator

    return str(Authenticator.objects.get(pk=page.split("/")[-2]).data["name"])


def test_a_key_is_renamed_by_its_owner_alone(client: Client) -> None:
    who = account("hoa.le")
    signed_in(client, "/tai-khoan/yeu-to-hai/khoa")
    page = key_of(who, "Máy MẪU")
    form = client.get(page)
    assert 'value="Máy MẪU"' in form.getvalue().decode()
    refused = client.post(page, {"name": "x" * 61})
    assert (refused.status_code, "x" * 61 in text_of_fields(refused), named(page)) == (200, True, "Máy MẪU")
    assert client.post(page, {"name": "Máy ở trụ sở"})["Location"] == "/tai-khoan/yeu-to-hai"
    assert named(page) == "Máy ở trụ sở"
    beside = key_of(account("nguoi-khac"), "Máy khác")
    assert (client.get(beside).status_code, client.post(beside, {"name": "của tôi"}).status_code) == (404, 404)
    assert named(beside) == "Máy khác"


def text_of_fields(response: HttpResponseBase) -> str:
    return " ".join(re.findall(r'value="([^"]*)"', response.getvalue().decode()))
