"""A village copies a signed sheet, a file goes up to the ministry, a case is made, a slip opens with a phone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from densach.trial import serving
from tests.story.browsing import Site, Way, faults, is_too_wide
from tests.story.conftest import served

pytestmark = pytest.mark.slow
WAYS = [Way("pc"), Way("phone", "en", scheme="dark"), Way("small")]
MANY = "/thon/dong-y/nhap-nhanh?loc=tat-ca"


class PaperSite(Site):
    """A site with a draft of a text and a household whose sheet lies there."""

    def __init__(self, browser: Browser, address: str, told: dict[str, str], log: Path) -> None:
        super().__init__(browser, address, told)
        self.log = log
        self.sheet = f"/thon/dong-y/{told['household']}"
        self.cases = f"/ban-soan/{told['draft']}/truong-hop"
        self.file = f"/tinh/xa/{told['commune']}?nam=2026"


@pytest.fixture(scope="module")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperSite]:
    with served(tmp_path_factory, "tests.story.on_paper") as (address, printed):
        folder = max(tmp_path_factory.getbasetemp().glob("trang*"), key=lambda path: path.stat().st_ctime)
        yield PaperSite(chromium, address, json.loads(printed), folder / serving.LOG)


def seen(page: Page, name: str, way: Way) -> None:
    """Nothing serious is found, nothing is cut, and a picture is kept where one is asked for."""
    if way.scripts:  # without them nothing can be asked of a page
        assert (faults(page), is_too_wide(page)) == ([], False), name
    if folder := os.environ.get("DENSACH_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{way}.png", full_page=True)


@pytest.mark.parametrize("way", WAYS, ids=map(str, WAYS))
def test_every_page_is_for_everybody(site: PaperSite, way: Way) -> None:
    pages = {
        "village_head": {"dong-y": "/thon/dong-y", "phieu": site.sheet, "in": "/thon/in-phieu", "nhieu": MANY},
        "province_leader": {"trinh": "/tinh/trinh-bo", "ho-so": site.file},
        "ministry_officer": {"bo": "/tinh/trinh-bo"},
        "rubric_editor": {"truong-hop": site.cases},
    }
    for role, named in pages.items():
        with site.as_role(role, way) as page:
            for name, address in named.items():
                page.goto(address)
                seen(page, name, way)


def test_a_village_copies_a_signed_sheet_and_puts_a_slip_of_the_pen_right(site: PaperSite) -> None:
    way = Way("phone", scripts=False)
    with site.as_role("village_head", way) as page:
        page.goto("/thon/in-phieu")
        page.get_by_role("link", name="Ghi phiếu đồng ý đã ký").click()
        page.get_by_role("link", name="H1, Nguyễn Văn Mẫu 1").click()
        page.locator("#signed_on").fill("2026-11-20")
        page.locator("#kept_at").fill("Cặp MẪU")
        first = page.locator(".signer").first
        first.locator("fieldset").first.get_by_label("Đồng ý", exact=True).check()
        page.get_by_role("button", name="Ghi phiếu này").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã ghi 1 lời trên phiếu")
        seen(page, "phieu-da-ghi", way)
        page.get_by_role("link", name="Ghi nhầm").click()
        seen(page, "ghi-nham", way)
        page.locator("#why").fill("Dòng của người khác")
        page.get_by_role("button", name="Gạch dòng này").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã gạch dòng ghi nhầm.")
        page.locator("#kept_at").fill("")
        page.get_by_role("button", name="Ghi phiếu này").click()
        seen(page, "phieu-sai", way)


def test_files_go_up_and_the_ministry_agrees(site: PaperSite) -> None:
    with site.as_role("province_leader", Way("pc")) as page:
        page.goto("/tinh/trinh-bo")
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_role("button", name="Trình Bộ các hồ sơ đã đánh dấu").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã trình Bộ 2 hồ sơ.")
        seen(page, "trinh-xong", Way("pc"))
    with site.as_role("ministry_officer", Way("phone")) as page:
        page.goto("/viec-cua-toi")
        page.get_by_role("link", name="2 hồ sơ xã do tỉnh trình, chờ Bộ xem").click()
        seen(page, "bo-cho", Way("phone"))
        page.get_by_role("link", name="Mở hồ sơ").first.click()
        seen(page, "bo-ho-so", Way("phone"))
        page.get_by_role("button", name="Đề nghị tỉnh xem lại, kèm lý do").click()
        expect(page.locator("#reason-sai")).to_contain_text("Ô này còn để trống.")
        page.get_by_role("button", name="Nhất trí với hồ sơ tỉnh trình").click()
        expect(page.get_by_role("status").first).to_contain_text("Bộ nhất trí")


def test_a_case_is_made_with_a_form(site: PaperSite) -> None:
    with site.as_role("rubric_editor", Way("pc")) as page:
        page.goto(site.cases)
        page.locator("#case_name").fill("MẪU: chưa có số liệu nào")
        page.get_by_label("chưa xác định", exact=True).check()
        page.get_by_role("button", name="Chạy thử, chưa lưu").click()
        expect(page.locator(".outcome")).to_contain_text("ra đúng như đã nêu")
        seen(page, "truong-hop-thu", Way("pc"))
        page.get_by_role("button", name="Lưu trường hợp này").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã lưu trường hợp và chạy lại.")
        seen(page, "truong-hop-luu", Way("pc"))
        page.get_by_role("link", name="Sửa MẪU").first.click()
        page.locator("#case_name").fill("MẪU: đã sửa tại chỗ")
        seen(page, "truong-hop-sua", Way("pc"))
        page.get_by_role("button", name="Lưu chỗ sửa").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã sửa trường hợp ngay tại chỗ")
        page.get_by_role("button", name="Bỏ").first.click()
        expect(page.get_by_role("status").first).to_contain_text("Đã bỏ trường hợp")


def test_a_slip_opens_with_a_code_to_the_phone(site: PaperSite) -> None:
    way = Way("phone", scripts=False)
    with site.as_role("", way) as page:
        page.goto("/nhan-vai")
        page.fill("#code", site.told["slip"])
        page.fill("#birth_year", "1980")
        page.click("main form button")
        seen(page, "nhan-vai", way)
        page.fill("#phone", "0912 345 678")
        page.get_by_role("button", name="Gửi mã đến điện thoại này").click()
        seen(page, "ma", way)
        page.wait_for_timeout(1000)
        [code] = re.findall(r"\d{4}-\d{4}", site.log.read_text("utf-8"))
        page.fill("#code", code)
        page.click("main form button")
        expect(page.get_by_role("status").first).to_contain_text("Đã lập tài khoản và nhận vai.")
        seen(page, "da-vao", way)
