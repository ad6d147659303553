"""A village head puts a family forward on a phone, and the officer takes the dossier in; every page is read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.story.browsing import Site, Way
from tests.story.conftest import served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site_of_awards(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.awards") as (address, printed):
        yield Site(chromium, address, json.loads(printed))


def test_from_the_village_to_the_dossier_that_came_in(site_of_awards: Site) -> None:
    site = site_of_awards
    with site.as_role("head", Way("phone")) as page:
        page.goto("/viec-cua-toi")
        page.get_by_role("link", name="Khen thưởng").first.click()
        site.read(page, "empty list")
        page.get_by_role("link", name="Đề nghị khen thưởng").click()
        site.read(page, "choose")
        page.get_by_role("link", name="Giấy khen của Chủ tịch").first.click()
        page.get_by_label("Tìm trong sổ theo tên").fill("nguyen van mau 1")
        page.get_by_role("button", name="Tìm").click()
        site.read(page, "whom")
        page.get_by_role("button", name="Chọn Hộ Nguyễn Văn Mẫu 1").click()
        site.read(page, "ledger")
        page.get_by_role("button", name="Dùng kết quả này").click()
        expect(page.locator("strong", has_text="Hồ sơ này dựa vào")).to_be_visible()
        page.get_by_role("link", name="Tiếp: nội dung ghi trên giấy khen").click()
        page.get_by_label("Nội dung khen").fill("Đã có thành tích tiêu biểu trong xây dựng gia đình học tập (MẪU)")
        site.read(page, "words")
        page.get_by_role("button", name="Lưu và kiểm tra hồ sơ").click()
        page.get_by_role("button", name="Lập giấy này Báo cáo thành tích").click()
        site.read(page, "dossier")
        page.get_by_role("button", name="Trình hồ sơ").click()
        expect(page.get_by_text("Đã trình. Có thể rút")).to_be_visible()
        address = page.url.split("#")[0]
    with site.as_role("officer", Way("pc")) as page:
        page.goto("/khen-thuong")
        page.get_by_label("Tên người, hộ, tập thể").fill("mau 1")
        expect(page.get_by_text("1 hồ sơ.")).to_be_visible()
        site.read(page, "list")
        page.goto(address)
        page.get_by_label("Ngày nhận đủ hồ sơ").fill("2026-03-15")
        page.get_by_role("button", name="Ghi ngày nhận").click()
        site.read(page, "received")
        page.get_by_role("link", name="Xem đối chiếu với quy định").click()
        site.read(page, "findings")
        page.goto("/khen-thuong/dot")
        site.read(page, "rounds")
    assert site.found == {}
