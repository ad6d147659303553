"""A village as its chapter works in it: by keyboard on a PC, on a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
PASSWORD = "matkhau-MAU-1315"  # noqa: S105  - of a made-up account
PAGES = ("/thon", "/thon/luoi", "/thon/nhap-nhanh", "/thon/nhap-phieu?ma=H3", "/thon/in-phieu", "/thon/nhac",
         "/thon/con-thieu", "/thon/kiem-tra")  # fmt: skip


@pytest.fixture(scope="module")
def site_of_village(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[tuple[str, str]]:
    """The address of the site, and the session of the chapter's officer."""
    with served(tmp_path_factory, "tests.story.village") as (address, printed):
        with opened(chromium, address, Way("pc")) as page:
            page.goto("/dang-nhap")
            page.locator("input[name=login]").fill(printed.strip())
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("input[name=password]").press("Enter")
            page.get_by_role("heading", name="Những việc đang chờ trong vai này").wait_for()
            [session] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
        yield address, str(session)


@pytest.fixture
def page(chromium: Browser, site_of_village: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[Page]:
    address, session = site_of_village
    with opened(chromium, address, getattr(request, "param", Way("pc"))) as page:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        yield page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent"))


def test_the_list_is_worked_by_keyboard_and_grows_while_scrolling(page: Page) -> None:
    page.goto("/thon")
    expect(page.locator("tbody tr:not(.more)")).to_have_count(50)
    page.locator(".more").scroll_into_view_if_needed()
    expect(page.locator("tbody tr:not(.more)")).to_have_count(60)
    page.evaluate("window.scrollTo(0, 0)")
    page.locator("tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Nguyễn Văn Mẫu 3"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Hộ H2, Nguyễn Văn Mẫu 2: còn 1 người chưa gửi phiếu")
    page.go_back()
    page.locator("tbody a").first.focus()
    page.keyboard.type("tran thi mau 41")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody .id")).to_have_text("H41")
    page.wait_for_url("**q=tran*")
    page.reload()
    expect(page.locator("tbody .id")).to_have_text("H41")


def test_the_head_of_the_table_stays_in_sight(page: Page) -> None:
    page.goto("/thon/luoi")
    page.evaluate("window.scrollTo(0, 1500)")
    assert page.locator("thead th").first.evaluate("one => one.getBoundingClientRect().top") == 0
    page.locator("#loc").fill("h7 mau")
    expect(page.locator("tbody tr:visible")).to_have_count(1)


def test_sheets_are_written_by_keyboard_one_row_at_a_time(page: Page) -> None:
    page.goto("/thon/nhap-nhanh?cach=giay&q=h1")
    rows = page.locator("tbody tr:not(.more)")
    expect(rows.first).to_contain_text("H10")
    rows.nth(0).locator("input[name=a1]").focus()
    for _ in range(9):
        page.keyboard.type("9")
        page.keyboard.press("ArrowRight")
    assert focused(page) == "c2"
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(rows.nth(0).locator("[role=status]")).to_have_text("Đã lưu; còn 0 câu trống.")
    assert focused(page) == "a1"
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator(".problem").first).to_have_text("Ghi số từ 0 đến 10.")
    expect(rows.nth(1).locator("input[name=a1]")).to_have_value("12")
    expect(rows.nth(1).locator("input[name=a2]")).to_have_value("8")
    assert faults(page) == []
    rows.nth(1).locator("input[name=a1]").fill("7")
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator("[role=status]")).to_have_text("Đã lưu; còn 8 câu trống.")
    expect(rows.nth(1).locator(".problem")).to_have_count(0)
    rows.nth(0).get_by_role("button", name="Gửi").click()
    expect(rows.nth(0).locator("[role=status]")).to_have_text("Đã gửi để kiểm tra.")
    expect(rows.nth(0).locator("input")).to_have_count(0)
    page.reload()
    expect(rows.nth(1).locator("input[name=a1]")).to_have_value("7")


def test_a_paper_is_copied_downwards_as_it_was_filled_in(page: Page) -> None:
    page.goto("/thon/nhap-phieu")
    page.keyboard.type("h20")
    page.keyboard.press("Enter")
    first = page.locator(".on-paper").first
    first.locator("input[name=a1]").focus()
    for _ in range(10):
        page.keyboard.type("8")
        page.keyboard.press("Enter")
    expect(first.locator("[role=status]")).to_have_text("Đã lưu; còn 0 câu trống.")
    assert page.evaluate("document.activeElement.closest('.on-paper').id") == (
        page.locator(".on-paper").nth(1).get_attribute("id")
    )


def test_sheets_are_scored_one_after_another(page: Page) -> None:
    page.goto("/thon/kiem-tra")
    first = page.locator("h1").inner_text()
    page.get_by_role("button", name="Giữ như tự đánh giá").click()
    expect(page.locator(".done")).to_contain_text("Đã giữ như tự đánh giá")
    assert page.locator("h1").inner_text() != first
    page.locator("input[name=a1]").fill("2")
    page.get_by_role("button", name="Ghi kết quả đã sửa").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa ghi lý do")
    expect(page.locator("input[name=a1]")).to_have_value("2")
    assert faults(page) == []


WAYS = [Way("phone"), Way("small", "en"), Way("pc", scheme="dark")]


@pytest.mark.parametrize("page", WAYS, indirect=True, ids=map(str, WAYS))
def test_every_page_is_accessible_and_fits(page: Page) -> None:
    found = {}
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if serious := faults(page) + ["too wide"] * is_too_wide(page):
            found[address] = serious
    assert found == {}


@pytest.mark.parametrize("page", [Way("phone", scripts=False)], indirect=True)
def test_without_scripts_rows_are_plain_forms_and_the_list_has_pages(page: Page) -> None:
    page.goto("/thon")
    page.get_by_role("link", name="Xem tiếp").click()
    expect(page.locator("tbody tr")).to_have_count(10)
    page.goto("/thon/nhap-nhanh?q=h30")
    row = page.locator("tbody tr").first
    row.locator("input[name=a1]").fill("8")
    row.get_by_role("button", name="Lưu").click()
    expect(page.locator(".done")).to_contain_text("Đã lưu; còn 9 câu trống.")
