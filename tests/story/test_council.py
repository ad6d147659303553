"""A secretary makes a sitting, three members vote in secret, the chair closes and ends it; every page is read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.story.browsing import Site, Way, is_too_wide
from tests.story.conftest import served

pytestmark = pytest.mark.slow
PC, PHONE = Way("pc"), Way("phone")


@pytest.fixture(scope="module")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.council") as (address, printed):
        yield Site(chromium, address, json.loads(printed))


def test_a_secret_sitting_from_the_agenda_to_the_minutes(site: Site) -> None:
    address = _prepared(site)
    _read_by_a_member(site, address)
    _led(site, address, "Mở bỏ phiếu", "Đã mở bỏ phiếu.")
    for who, said, count in (("chair", "Đồng ý", 4), ("second", "Đồng ý", 3), ("absent", "Không đồng ý", 4)):
        _voted(site, address, who, said, count)
    _led(site, address, "Đóng bỏ phiếu và kiểm phiếu", "Đã đóng và kiểm phiếu.")
    _settled(site, address)
    with site.as_role("secretary", PC) as page:
        page.goto(f"{address}/thao-luan")
        page.get_by_label("Ý kiến khác").fill("Một ý kiến khác MẪU")
        site.read(page, "discussion")
        page.get_by_role("button", name="Ghi lại").click()
        expect(page.get_by_text("Đã ghi ý kiến.")).to_be_visible()
    _led(site, address, "Kết thúc phiên họp và lưu biên bản", "Phiên họp đã kết thúc")
    with site.as_role("secretary", PC) as page:
        page.goto(address)
        expect(page.get_by_text("1 đồng ý, 1 không, 0 trắng; 0 không bỏ")).to_be_visible()
        expect(page.get_by_text("2 đồng ý, 1 không, 0 trắng; 0 không bỏ")).to_have_count(3)
        expect(page.get_by_role("link", name="Đang chờ quyết định khen thưởng")).to_have_count(2)
        site.read(page, "ended")
        for name, beginning in (("PDF", b"%PDF"), ("Word", b"PK")):
            for paper in ("Biên bản họp", "Biên bản kiểm phiếu"):
                with page.expect_download() as kept:
                    page.get_by_role("link", name=f"{paper} ({name})").click()
                assert kept.value.path().read_bytes().startswith(beginning)
    _filed(site)
    assert site.found == {}


def test_every_page_of_a_council_is_read(site: Site) -> None:
    with site.as_role("secretary", PHONE) as page:
        home = f"/hoi-dong/{site.told['council']}"
        for where in ("/hoi-dong", "/hoi-dong/moi", home, f"{home}/thanh-vien", f"{home}/phien-moi"):
            page.goto(where)
            site.read(page, where)
        page.goto(home)
        page.get_by_role("link", name="Thôi tham gia").first.click()
        site.read(page, "leave")
        page.goto(f"{home}/phien-moi")
        page.get_by_label("Ngày họp").fill(site.told["today"])
        page.get_by_label("Cách bỏ phiếu").select_option("cong-khai")
        page.get_by_role("button", name="Ghi lại").click()
        page.goto(page.url.removesuffix("/chuong-trinh"))
        site.read(page, "an empty sitting")
        for name in ("Sửa ngày, cách bỏ phiếu, quy tắc", "Điểm danh", "Đưa thêm đề nghị vào chương trình"):
            page.get_by_role("link", name=name).click()
            site.read(page, name)
            page.go_back()
    assert site.found == {}


def _read_by_a_member(site: Site, address: str) -> None:
    """A member with an interest in the first nominee reads the files and keeps a note."""
    with site.as_role("second", PHONE) as page:
        page.goto(address)
        page.get_by_role("link", name="Đọc hồ sơ từ đầu").click()
        expect(page.get_by_text("điều cần người xem xét.")).to_be_visible()
        site.read(page, "file")
        page.goto(f"{page.url}/quy-dinh")
        site.read(page, "law of a file")
        page.get_by_role("link", name="Về hồ sơ").click()
        page.get_by_role("link", name="Khai lợi ích liên quan").click()
        page.get_by_label("Liên quan thế nào").fill("Em ruột MẪU")
        site.read(page, "interest")
        page.get_by_role("button", name="Khai lợi ích liên quan").click()
        expect(page.get_by_text("Đã khai lợi ích liên quan: Em ruột MẪU")).to_be_visible()
        page.get_by_label("Điểm, từ 0 đến 100").fill("80")
        page.get_by_role("button", name="Lưu và sang hồ sơ sau").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Hồ sơ số 2")


def _settled(site: Site, address: str) -> None:
    """Three have equal ballots for two places; the one that the decree prefers is ticked, the chair takes one more."""
    with site.as_role("chair", PHONE) as page:
        page.goto(f"{address}/dieu-hanh")
        expect(page.get_by_text("Còn 2 chỗ cho 3 đề nghị bằng phiếu.")).to_be_visible()
        site.read(page, "ties")
        expect(page.get_by_label("Bà Lê Thị Mẫu Ba")).to_be_checked()
        page.get_by_label("Lê Thị Mẫu 1").check()
        page.get_by_label("Lý do chọn").fill("Nữ trước (R-17), rồi người nhiều năm hơn MẪU")
        page.get_by_role("button", name="Xác nhận những đề nghị trong chỉ tiêu").click()
        expect(page.get_by_text("Đã xác nhận.")).to_be_visible()


def _filed(site: Site) -> None:
    """What the council found stands in the dossier, where the officer takes it as PDF."""
    with site.as_role("secretary", PHONE) as page:
        page.goto("/khen-thuong")
        page.get_by_role("link", name="Bà Lê Thị Mẫu Ba").click()
        site.read(page, "dossier")
        with page.expect_download() as kept:
            page.get_by_role("link", name="PDF Biên bản xét khen thưởng").click()
        assert kept.value.path().read_bytes().startswith(b"%PDF")
        page.get_by_role("link", name="Xem đối chiếu với quy định").click()
        site.read(page, "findings")


def _prepared(site: Site) -> str:
    """A sitting with its agenda and its roll; gives its address."""
    with site.as_role("secretary", PC) as page:
        page.goto("/hoi-dong")
        site.read(page, "start")
        page.get_by_role("link", name="Hội đồng Thi đua - Khen thưởng xã MẪU").click()
        site.read(page, "council")
        page.get_by_role("link", name="Chuẩn bị phiên họp").click()
        page.get_by_label("Ngày họp").fill(site.told["today"])
        site.read(page, "prepare")
        page.get_by_role("button", name="Ghi lại").click()
        site.read(page, "agenda")
        page.get_by_role("button", name="Đưa tất cả 4 đề nghị vào").click()
        expect(page.get_by_text("Đã đưa 4 đề nghị vào chương trình.")).to_be_visible()
        address = page.url
        page.get_by_role("link", name="Điểm danh").click()
        for name, mark in (("chair", "có mặt"), ("second", "có mặt"), ("absent", "vắng mặt, có ý kiến bằng văn bản")):
            page.get_by_role("group", name=f"Người MẪU {name}").get_by_label(mark, exact=True).check()
        site.read(page, "roll")
        page.get_by_role("button", name="Ghi lại").click()
        expect(page.get_by_text("3 thành viên; 2 có mặt; 1 vắng mặt có ý kiến bằng văn bản.")).to_be_visible()
        return address


def _led(site: Site, address: str, button: str, said: str) -> None:
    with site.as_role("chair", PC) as page:
        page.goto(f"{address}/dieu-hanh")
        site.read(page, button)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(said).first).to_be_visible()


def _voted(site: Site, address: str, who: str, said: str, count: int) -> None:
    with site.as_role(who, PHONE) as page:
        page.goto(f"{address}/bo-phieu")
        expect(page.get_by_role("group").filter(has=page.get_by_label("Phiếu trắng"))).to_have_count(count)
        for each in page.get_by_label(said, exact=True).all():
            each.check()
        site.read(page, f"ballot of {who}")
        page.get_by_role("button", name="Bỏ những phiếu đã chọn").click()
        expect(page.get_by_text(f"Đã bỏ {count} phiếu.")).to_be_visible()
        expect(page.get_by_text("Đã bỏ phiếu cho mọi đề nghị.")).to_be_visible()


@pytest.mark.parametrize("way", [Way("small", "en"), Way("phone", scripts=False)], ids=str)
def test_the_pages_fit_a_phone(site: Site, way: Way) -> None:
    for who, addresses in {"secretary": ["/hoi-dong", f"/hoi-dong/{site.told['council']}", "/hoi-dong/moi"],
                           "chair": ["/hoi-dong"]}.items():  # fmt: skip
        with site.as_role(who, way) as page:
            for address in addresses:
                page.goto(address)
                assert not is_too_wide(page), address
