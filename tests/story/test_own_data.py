"""A head of household on a phone looks after their data and a child's; the officer of the commune answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.story.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
WORDS = "matkhau-MAU-1315"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    with served(tmp_path_factory, "tests.story.privacy") as (address, printed):
        yield address, json.loads(printed.splitlines()[-1])


def signs_in(page: Page, name: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", WORDS)
    page.click("main form button")
    page.wait_for_url("**/viec-cua-toi")


def is_sound(page: Page) -> None:
    assert (page.url, faults(page), is_too_wide(page)) == (page.url, [], False)


@pytest.mark.parametrize("scripts", [True, False])
def test_consent_fact_correction_and_answer(
    chromium: Browser, household: tuple[str, dict[str, str]], scripts: bool
) -> None:
    site, uids = household
    with opened(chromium, site, Way(scripts=scripts)) as page:
        signs_in(page, "chu.ho")
        page.click("text=Dữ liệu của tôi và cách dùng")
        page.click("text=Nguyễn Văn Mẫu 1")
        page.locator("li:has(h2:text('Chi hội và Hội')) >> text=Xem và trả lời").click()
        page.click("text=Đồng ý với việc này")
        assert page.locator(".done").inner_text().startswith("Đã ghi lời đồng ý.")
        page.locator("li:has(h2:text('Chi hội và Hội')) >> text=Xem và rút lại").click()
        page.click("text=Rút lại ngay")
        page.goto(f"/du-lieu-cua-toi/{uids['head']}/dieu-rieng")
        page.fill("input[name=ethnicity]", "Dân tộc MẪU")
        page.locator("section:has(input[name=ethnicity]) input[name=agrees]").check()
        page.locator("section:has(input[name=ethnicity]) button:has-text('Ghi lại')").first.click()
        assert "Dân tộc MẪU" in page.inner_text("main")
        page.locator("section:has(input[name=ethnicity]) button:has-text('Xóa điều này')").click()
        page.goto(f"/du-lieu-cua-toi/{uids['head']}/dong-y/fairness")
        page.click("text=Rút lại ngay")
        page.goto(f"/du-lieu-cua-toi/{uids['head']}/de-nghi/correct")
        page.select_option("#about", "home")
        page.fill("#wanted", "Thôn Đông")
        page.fill("#text", "Đã chuyển nhà")
        page.click("text=Gửi >> nth=-1")
        request = page.url
        assert "Chờ tiếp nhận." in page.inner_text(".standing")
        assert "Đã chuyển nhà" in page.inner_text("main")
    with opened(chromium, site, Way("pc", scripts=scripts)) as page:
        signs_in(page, "can.bo")
        page.click("text=1 yêu cầu về dữ liệu cá nhân đang chờ")
        page.click("text=Nguyễn Văn Mẫu 1: Đề nghị sửa")
        page.fill("#text", "Sổ hộ đã sửa")
        page.click("text=Làm theo yêu cầu")
        assert page.locator(".done").inner_text() == "Đã làm theo yêu cầu và ghi lý do."
    with opened(chromium, site, Way(scripts=scripts)) as page:
        signs_in(page, "chu.ho")
        page.goto(request)
        assert "Sổ hộ đã sửa" in page.inner_text("main")


@pytest.mark.parametrize("way", [Way(), Way("small"), Way(scheme="dark", lang="en")], ids=str)
def test_every_page_reads_well(chromium: Browser, household: tuple[str, dict[str, str]], way: Way) -> None:
    site, uids = household
    with opened(chromium, site, way) as page:
        signs_in(page, "chu.ho")
        page.goto("/du-lieu-cua-toi")
        is_sound(page)
        for who in ("head", "child"):
            for part in ("", "/dang-giu", "/ho-so", "/nhat-ky", "/tai-ve", "/dieu-rieng", "/xoa", "/de-nghi/correct",
                         "/de-nghi/object", "/dong-y/certificate_name", "/dong-y/fairness"):  # fmt: skip
                page.goto(f"/du-lieu-cua-toi/{uids[who]}{part}")
                is_sound(page)
    with opened(chromium, site, way) as page:
        signs_in(page, "can.bo")
        child = f"/nguoi-trong-xa/{uids['child']}"
        desk = ("/yeu-cau-du-lieu", "/yeu-cau-du-lieu?xong=1", "/nguoi-trong-xa?q=mau")
        for part in (*desk, f"{child}/giay-dong-y", f"{child}/dieu-rieng"):
            page.goto(part)
            is_sound(page)
