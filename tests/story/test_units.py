"""A school, a clan, the association and the commune make their dossiers on a PC; every page is read by everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.story.browsing import Site, Way, is_too_wide
from tests.story.conftest import served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site_of_units(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.units") as (address, printed):
        yield Site(chromium, address, json.loads(printed))


def test_a_unit_a_clan_the_commune_and_the_association_do_their_work(site_of_units: Site) -> None:
    site, pc = site_of_units, Way("pc")
    with site.as_role("head", pc) as page:
        page.goto("/don-vi/to-danh-gia")
        page.get_by_label("Họ và tên").fill("Lê Thị Mẫu")
        page.get_by_label("Số quyết định").fill("12/QĐ-TH")
        page.get_by_label("Ngày ký quyết định").fill("2026-09-01")
        page.get_by_role("button", name="Ghi vào Tổ").click()
        expect(page.get_by_text("Lê Thị Mẫu đã vào Tổ đánh giá.")).to_be_visible()
        site.read(page, "team")
        page.goto("/don-vi")
        site.read(page, "unit")
        page.get_by_role("button", name="Đăng ký và lập hồ sơ (Đơn vị học tập cấp huyện)").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Hồ sơ Đơn vị học tập cấp huyện")
        site.read(page, "dossier")
        for link, heading in (("Ghi biên bản họp", "Ghi biên bản họp Tổ đánh giá"),
                              ("Ghi mã hồ sơ và biên nhận", "Ghi mã hồ sơ và biên nhận của cổng dịch vụ công"),
                              ("Ghi cách đơn vị đứng tên", "Cách đơn vị đứng tên trên giấy tờ")):  # fmt: skip
            page.get_by_role("link", name=link).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
            site.read(page, heading)
            page.go_back()
        page.get_by_role("button", name="Gửi hồ sơ").click()
        expect(page.get_by_text("Đã gửi hồ sơ.")).to_be_visible()
        page.goto("/don-vi")
        page.get_by_role("button", name="Đăng ký và lập hồ sơ (Đơn vị học tập (xét trong đợt của xã))").click()
        page.get_by_role("button", name="Gửi hồ sơ").click()
    with site.as_role("clan", pc) as page:
        page.goto("/dong-ho")
        page.get_by_label("Mã hộ").fill("H9")
        page.get_by_label("Họ và tên chủ hộ").fill("Nguyễn Văn Mẫu 9")
        page.get_by_role("button", name="Mời vào dòng họ").click()
        expect(page.get_by_text("Đã mời gia đình Nguyễn Văn Mẫu 9.")).to_be_visible()
        site.read(page, "clan")
    with site.as_role("home", pc) as page:
        page.goto("/nha/dong-ho")
        site.read(page, "invitations")
        page.get_by_role("button", name="Đồng ý (Họ Nguyễn MẪU)", exact=True).click()
        expect(page.get_by_text("Gia đình đã vào Họ Nguyễn MẪU.")).to_be_visible()
    _commune_and_association(site, pc)
    assert site.found == {}


def _commune_and_association(site: Site, pc: Way) -> None:
    with site.as_role("officer", pc) as page:
        page.goto("/xa/ho-so")
        site.read(page, "commune begins")
        page.get_by_role("button", name="Đăng ký và lập hồ sơ").click()
        expect(page.get_by_text("Đếm từ sổ.").first).to_be_visible()
        site.read(page, "commune")
    with site.as_role("association", pc) as page:
        page.goto("/hoi")
        site.read(page, "association")
        page.get_by_role("link", name="Chấm từ hồ sơ gửi sớm nhất").click()
        site.read(page, "check")
        page.get_by_role("button", name="Giữ như tự đánh giá").click()
        expect(page.get_by_text("Không có hồ sơ nào chờ chấm; 1 hồ sơ đã chấm.")).to_be_visible()
    with site.as_role("above", Way("pc", "en", scheme="dark")) as page:
        page.goto("/hoi?nam=2026")
        site.read(page, "above")


@pytest.mark.parametrize("way", [Way("phone"), Way("small", "en")], ids=str)
def test_the_pages_fit_a_phone(site_of_units: Site, way: Way) -> None:
    pages = {"head": ["/don-vi", "/don-vi/to-danh-gia"], "clan": ["/dong-ho"], "officer": ["/xa/ho-so"],
             "association": ["/hoi"], "above": ["/hoi?nam=2026"]}  # fmt: skip
    for role, addresses in pages.items():
        with site_of_units.as_role(role, way) as page:
            for address in addresses:
                page.goto(address)
                assert not is_too_wide(page), address
