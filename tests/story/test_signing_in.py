"""Coming in with a real browser: a second factor, a key of the device, and a slip of paper without scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
WORDS = "con trâu đi học chữ"
OWN_PAGES = ("/tai-khoan", "/tai-khoan/noi-dang-mo", "/tai-khoan/nhat-ky")
Site = tuple[str, dict[str, str]]


def by_name(address: str) -> str:
    """The same site by the name of this machine: a key belongs to a name, never to a number."""
    return f"http://localhost:{urlsplit(address).port}"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.entrances", "real") as (address, printed):
        yield by_name(address), json.loads(printed)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.entrances", "village") as (address, printed):
        yield by_name(address), json.loads(printed)


def is_good(page: Page) -> None:
    assert (faults(page), is_too_wide(page)) == ([], False)


def first_password(page: Page, entry: dict[str, str]) -> None:
    page.goto("/mat-khau-dau")
    is_good(page)
    page.fill("#username", entry["username"])
    page.fill("#code", entry["code"])
    page.fill("#password", WORDS)
    page.fill("#again", WORDS)
    page.click("main form button")
    expect(page.locator(".done")).to_contain_text("Đã đặt mật khẩu")


def sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    is_good(page)
    page.fill("#id_login", username)
    page.fill("#id_password", WORDS)
    page.click("main form.entry button:has-text('Đăng nhập') >> nth=0")


def with_device(page: Page) -> None:
    """A device that has a fingerprint and always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_an_administrator_sets_up_an_app_and_a_key_and_comes_in_with_each(chromium: Browser, real: Site) -> None:
    site, entry = real
    with opened(chromium, site, Way("phone")) as page:
        with_device(page)
        first_password(page, entry)
        sign_in(page, entry["username"])
        expect(page.locator("h1")).to_have_text("Vai này cần thêm một bước đăng nhập")
        is_good(page)
        page.click("main .action")
        page.fill("#id_password", WORDS)
        page.click("main button")
        expect(page.locator("h1")).to_have_text("Thêm ứng dụng tạo mã")
        is_good(page)
        secret = page.locator("details .code").text_content() or ""
        page.fill("#id_code", str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))))
        page.click("main form button")
        expect(page.locator("h1")).to_have_text("Mã dự phòng")
        is_good(page)
        recovery = page.locator(".codes li").first.text_content() or ""
        page.goto("/nguoi-va-vai")
        expect(page.locator("h1")).to_have_text("Ai giữ vai gì trong phạm vi này")
        is_good(page)
        page.goto("/tai-khoan/yeu-to-hai/khoa")
        is_good(page)
        page.fill("#id_name", "Điện thoại thử")
        page.click("form[data-key] button")
        expect(page.locator("main")).to_contain_text("Điện thoại thử")
        is_good(page)
        page.get_by_role("link", name="Đổi tên khóa này").click()
        is_good(page)
        page.fill("#id_name", "Điện thoại ở nhà")
        page.click("main form button")
        expect(page.locator("main")).to_contain_text("Điện thoại ở nhà")
        for address in (
            "/tai-khoan",
            "/tai-khoan/noi-dang-mo",
            "/tai-khoan/nhat-ky",
            "/nguoi-va-vai/giao",
            "/dang-xuat",
        ):
            page.goto(address)
            is_good(page)
        page.click("main button")
        page.goto("/dang-nhap")
        page.click("form[data-key] button")
        expect(page.locator("h1")).to_have_text("Những việc đang chờ trong vai này")
        page.goto("/tai-khoan/nhat-ky")
        expect(page.locator(".list li").first).to_contain_text("Khóa truy cập")
        page.goto("/dang-xuat")
        page.click("main button")
        sign_in(page, entry["username"])
        expect(page.locator("h1")).to_have_text("Thêm một bước nữa")
        is_good(page)
        page.fill("#id_code", recovery)
        page.click("main form.entry button >> nth=0")
        expect(page.locator("h1")).to_have_text("Những việc đang chờ trong vai này")


def takes_slip(page: Page, entry: dict[str, str]) -> None:
    """A village head prints a slip, and a household uses it."""
    page.goto("/mat-khau-dau")
    for name, value in (
        ("username", entry["username"]),
        ("code", entry["code"]),
        ("password", WORDS),
        ("again", WORDS),
    ):
        page.fill(f"#{name}", value)
    page.click("main form button")
    page.fill("#id_login", entry["username"])
    page.fill("#id_password", WORDS)
    page.click("main form.entry button >> nth=0")
    page.goto("/phieu-nhan-vai")
    page.check("input[name=household] >> nth=0")
    page.click(".thumb button")
    code = page.locator(".slip .big").text_content() or ""
    page.goto("/dang-xuat")
    page.click("main button")
    page.goto("/nhan-vai")
    page.fill("#code", code)
    page.fill("#birth_year", "1980")
    page.click("main form button")
    for name, value in (("username", "ho.mau"), ("password", WORDS), ("again", WORDS)):
        page.fill(f"#{name}", value)
    page.get_by_role("button", name="Lập tài khoản và nhận vai").click()
    expect(page.locator(".done")).to_contain_text("Đã lập tài khoản và nhận vai.")


def test_a_household_takes_its_slip_without_scripts_on_a_small_phone(chromium: Browser, village: Site) -> None:
    site, entry = village
    with opened(chromium, site, Way("small", scripts=False)) as page:
        takes_slip(page, entry)


def test_the_pages_of_slips_are_for_everybody(chromium: Browser, village: Site) -> None:
    site, entry = village
    with opened(chromium, site, Way("small", "en", scheme="dark")) as page:
        page.goto("/nhan-vai")
        is_good(page)
        page.fill("#code", entry["slip"])
        page.fill("#birth_year", "1981")
        page.click("main form button")
        is_good(page)
        page.fill("#code", entry["slip"])
        page.fill("#birth_year", "1980")
        page.click("main form button")
        expect(page.locator("#username")).to_be_visible()
        is_good(page)
