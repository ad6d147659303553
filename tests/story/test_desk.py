"""Two people make a text law in a real browser, and the law pages show it; a PC, as an office has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from densach.policy.files import HOME
from densach.trial import ready_made, serving
from densach.web.signing.demonstration import trial_accounts
from tests.story.browsing import Way, faults, is_too_wide, opened

pytestmark = pytest.mark.slow
FAMILY = HOME / "demo/mau-01/2021-01-01/giadinh-387-2022-mau.overlay.yaml"
WAY = Way("pc")


@pytest.fixture(scope="module")
def site_of_all(demonstration: Path) -> Iterator[tuple[str, str]]:
    """The address of a demonstration, and the password of its accounts."""
    home = ready_made.copy(demonstration)
    listed = trial_accounts(home)
    assert listed
    yield serving.start(demonstration, home), listed.password
    serving.stop(demonstration)


def enter(page: Page, name: str, password: str) -> None:
    page.goto("/dang-nhap")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form.entry button:not([type=button])").click()
    page.get_by_role("link", name="Bàn soạn thảo").first.click()


def sound(page: Page) -> None:
    """Nothing keeps anybody from using the page."""
    page.wait_for_load_state()
    assert faults(page) == []
    assert not is_too_wide(page)


def stricter(head: str) -> str:
    """The made-up text of the family as it was begun, with the body of the packaged one and more points to reach."""
    body = FAMILY.read_text("utf-8").partition("\nfacts:")[2].replace("at_least: {value: 70}", "at_least: {value: 100}")
    return f"{head.partition('facts: []')[0]}style: points\ntotal: 100\nfacts:{body}"


def begin(page: Page) -> None:
    """Choose the family, made up as it is here, and write what stands on the paper."""
    page.get_by_role("link", name="Bắt đầu một văn bản").click()
    sound(page)
    page.get_by_role("link", name="Soạn luật MẪU cho bản trình diễn").click()
    page.locator('a[href="/ban-soan/moi/transcription/giadinh-387-2022?mau"]').click()
    sound(page)
    page.get_by_role("button", name="Bắt đầu bản thảo").click()
    expect(page.locator(".problem").first).to_contain_text("Ô này chưa được điền.")
    typed = {
        "number": "77/2026/QĐ-MẪU",
        "kind_vi": "Quyết định (MẪU)",
        "title_vi": "Bộ tiêu chí Gia đình học tập (MẪU)",
        "issuer_vi": "Cơ quan hư cấu (MẪU)",
        "signed": "01/11/2024",
        "valid_from": "01/01/2025",
        "scan_sha256": "a" * 64,
        "transcribed_by": "Người chép MẪU",
        "second_reader": "Người đọc lại MẪU",
    }
    for name, value in typed.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Bắt đầu bản thảo").click()
    expect(page.locator(".done")).to_contain_text("Bản thảo đã được lưu.")


def write(page: Page) -> None:
    """Write the file by hand: a mistake shows while it is typed, with its line, and goes away."""
    page.get_by_role("link", name="Soạn tệp").click()
    sound(page)
    area = page.locator("#text")
    text = stricter(area.input_value())
    area.fill(text.replace("fact: learning_corner", "fact: khong_co"))
    expect(page.locator(".mistakes")).to_contain_text("khong_co")
    expect(page.locator(".mistakes li").first).to_contain_text("Dòng ")
    area.fill(text)
    expect(page.locator("#tim-thay")).to_contain_text("Không thấy lỗi nào.")
    expect(page.locator(".changes")).to_contain_text("từ 100 điểm")
    expect(page.locator("table.cases")).to_contain_text("khác trước")
    sound(page)
    page.get_by_role("button", name="Lưu bản thảo").click()
    expect(page.locator(".done")).to_contain_text("Đã lưu một bản mới")
    page.get_by_role("link", name="Về trang của văn bản").click()


def test_two_people_make_a_text_law(chromium: Browser, site_of_all: tuple[str, str]) -> None:
    site, password = site_of_all
    with opened(chromium, site, WAY) as writer, opened(chromium, site, WAY) as second:
        enter(writer, "soan-luat", password)
        sound(writer)
        begin(writer)
        write(writer)
        writer.get_by_role("button", name="Trình người thứ hai duyệt").click()
        expect(writer.locator("main")).to_contain_text("cần một người soạn thảo khác")
        sound(writer)
        assert writer.get_by_role("button", name="Duyệt văn bản này").count() == 0

        enter(second, "duyet-luat", password)
        second.locator('a[href^="/ban-soan/"]', has_text="giadinh-387-2022").click()
        second.get_by_role("link", name="Xem kết luận nào sẽ đổi").click()
        expect(second.locator(".shifts h2")).to_contain_text("Gia đình học tập")
        expect(second.locator(".shift-bars")).to_contain_text("● đạt → ◯ chưa đạt")
        second.get_by_text("Theo nơi").first.click()
        sound(second)
        second.get_by_role("link", name="Về trang của văn bản").click()
        second.get_by_role("link", name="Đọc trọn bộ tiêu chí").click()
        sound(second)
        second.go_back()
        second.get_by_role("button", name="Duyệt văn bản này").click()
        sound(second)
        second.get_by_role("button", name="Ban hành").click()
        expect(second.locator("main")).to_contain_text("là một ngày đã qua")
        second.get_by_label("Đã xem ảnh hưởng").check()
        second.get_by_role("button", name="Ban hành").click()
        expect(second.locator(".done")).to_contain_text("Đã ban hành.")
        sound(second)
        second.goto("/ban-soan")
        expect(second.locator("main")).to_contain_text("Người duyệt: ")
        sound(second)
        second.goto("/luat/giadinh-387-2022")
        expect(second.locator("main")).not_to_contain_text("77/2026/QĐ-MẪU")


@pytest.mark.parametrize("way", [Way("small", "vi"), Way("phone", "en", scheme="dark")], ids=str)
def test_the_desk_is_read_on_a_small_screen_too(chromium: Browser, site_of_all: tuple[str, str], way: Way) -> None:
    site, password = site_of_all
    with opened(chromium, site, way) as page:
        page.goto("/dang-nhap?next=/ban-soan/moi")
        page.locator("input[name=login]").fill("soan-luat")
        page.locator("input[name=password]").fill(password)
        page.locator("main form.entry button:not([type=button])").click()
        sound(page)
        page.goto("/ban-soan/moi/fills/donvitinh-tt24-2023")
        sound(page)
