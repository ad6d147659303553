"""A province reads its communes, asks one back, verifies and approves; the ministry sees the country."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.story.browsing import Site, Way, faults, is_too_wide
from tests.story.conftest import served

pytestmark = pytest.mark.slow
WAYS = [Way("pc"), Way("phone", "en", scheme="dark")]
YEAR = "nam=2026"


class ProvinceSite(Site):
    """A site with made-up communes, and the file of one of them."""

    def __init__(self, browser: Browser, address: str, told: dict[str, str]) -> None:
        super().__init__(browser, address, told)
        self.file = f"/tinh/xa/{told['commune']}?{YEAR}"


@pytest.fixture(scope="module")
def site_below(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProvinceSite]:
    with served(tmp_path_factory, "tests.story.province") as (address, printed):
        yield ProvinceSite(chromium, address, json.loads(printed))


@pytest.mark.parametrize("way", WAYS, ids=map(str, WAYS))
def test_every_page_is_read_by_everybody(site_below: ProvinceSite, way: Way) -> None:
    pages = {
        "province_officer": [f"/tinh?{YEAR}", f"/tinh?{YEAR}&loai=that", f"/tinh/han?{YEAR}", site_below.file],
        "ministry_officer": [f"/tinh?{YEAR}", f"/tinh?{YEAR}&loai=that"],
        "commune_officer": ["/cau-hoi-cap-tren", "/viec-cua-toi"],
        "front_head": [f"/tinh-hinh?{YEAR}"],
    }
    for role, addresses in pages.items():
        with site_below.as_role(role, way) as page:
            for address in addresses:
                page.goto(address)
                assert page.url == f"{site_below.address}{address}"
                site_below.read(page, f"{role} {address}")
    assert site_below.found == {}


def test_nothing_is_cut_on_the_smallest_screen(site_below: ProvinceSite) -> None:
    with site_below.as_role("ministry_officer", Way("small")) as page:
        for address in (f"/tinh?{YEAR}", f"/tinh?{YEAR}&loai=that"):
            page.goto(address)
            assert not is_too_wide(page), address
    with site_below.as_role("province_officer", Way("small")) as page:
        for address in (f"/tinh?{YEAR}", site_below.file):
            page.goto(address)
            assert not is_too_wide(page), address
            small = page.evaluate("""() => [...document.querySelectorAll(
                'main button, input[type=text], input[type=search], main select, main nav a, .below tbody th a')]
                .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
                .map(one => one.outerHTML.slice(0, 100))""")
            assert small == [], address


def test_more_communes_come_on_scrolling(site_below: ProvinceSite) -> None:
    with site_below.as_role("province_officer", Way("pc")) as page:
        page.goto(f"/tinh?{YEAR}&loai=that")
        expect(page.locator(".below tbody tr:not(.further)")).to_have_count(50)
        page.locator(".further").scroll_into_view_if_needed()
        expect(page.locator(".below tbody tr:not(.further)")).to_have_count(92)
        expect(page.locator(".below thead th").first).to_be_in_viewport()


def test_communes_are_marked_and_compared(site_below: ProvinceSite) -> None:
    with site_below.as_role("province_officer", Way("pc")) as page:
        page.goto(f"/tinh?{YEAR}")
        for order in range(2):
            page.locator(".pick input").nth(order).check()
        page.get_by_role("button", name="So sánh các xã đã đánh dấu").click()
        expect(page.locator(".bars rect.unknown")).to_have_count(2)
        assert faults(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải bảng này").click()
        assert download.value.suggested_filename == "MAU-so-sanh-family-2026.csv"


def test_a_file_is_asked_about_answered_verified_and_approved(site_below: ProvinceSite) -> None:
    with site_below.as_role("province_officer", Way("pc")) as page:
        page.goto(site_below.file)
        page.get_by_text("Hỏi xã một điều về hồ sơ").click()
        page.locator("#text").fill("Minh chứng nào cho tuần lễ học tập?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã gửi câu hỏi.")
    with site_below.as_role("commune_officer", Way("phone")) as page:
        page.goto("/viec-cua-toi")
        page.get_by_role("link", name="1 câu hỏi của cấp trên chờ xã trả lời").click()
        page.locator("textarea").fill("Kế hoạch số 5 và ảnh.")
        page.get_by_role("button", name="Gửi trả lời").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã gửi trả lời.")
        assert faults(page) == []
    with site_below.as_role("province_officer", Way("pc", scripts=False)) as page:
        page.goto(site_below.file)
        expect(page.locator("main")).to_contain_text("Kế hoạch số 5 và ảnh.")
        page.get_by_role("button", name="Gửi lại xã, kèm lý do").click()
        expect(page.locator("#reason-sai")).to_contain_text("Ô này còn để trống.")
        page.get_by_role("button", name="Đồng ý sau khi kiểm tra").click()
        expect(page.get_by_role("status").first).to_contain_text("cán bộ kiểm tra và đồng ý")
    with site_below.as_role("province_leader", Way("phone")) as page:
        page.goto(site_below.file)
        page.get_by_role("button", name="Lãnh đạo đồng ý").click()
        expect(page.get_by_role("status").first).to_contain_text("lãnh đạo tỉnh đồng ý")
        assert faults(page) == []
