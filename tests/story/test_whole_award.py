"""From a village's nomination, over a complaint that holds it, to the signed award, its notice and public page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Site, Way, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
PC, PHONE = Way("pc"), Way("phone")
NAME, MATTER = "Lò Thị Kín MẪU", "Cho rằng báo cáo ghi thừa một năm (MẪU)"


@pytest.fixture(scope="module")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory, "tests.story.awarded") as (address, printed):
        yield Site(chromium, address, json.loads(printed))


def test_nominator_officer_signer_and_citizen(site: Site) -> None:
    dossier = _put_forward(site)
    _received(site, dossier)
    case = _complaint(site)
    with site.as_role("officer", PC) as page:
        page.goto("/quyet-dinh-khen")
        expect(page.get_by_text("1 đề nghị đang tạm dừng xét")).to_be_visible()
        site.read(page, "held apart")
        page.get_by_role("link", name="Chuẩn bị quyết định").click()
        expect(page.get_by_text("Không có đề nghị nào để đưa vào quyết định.")).to_be_visible()
        site.read(page, "nothing to decide")
        assert page.context.request.get(case).status == 404
    _answered(site, case)
    decision = _decided(site)
    with opened(site.browser, site.address, PHONE) as page:
        page.goto(f"{decision}/cong-bo")
        expect(page.locator("main")).to_contain_text("1 hộ gia đình")
        expect(page.locator("main")).not_to_contain_text("Nguyễn Văn Mẫu")
        site.read(page, "public")
    with site.as_role("head", PHONE) as page:
        page.goto("/quyet-dinh-khen/thong-bao")
        expect(page.locator("main")).to_contain_text("trao tận tay")
        site.read(page, "told")
    assert site.found == {}


def _put_forward(site: Site) -> str:
    with site.as_role("head", PHONE) as page:
        page.goto("/khen-thuong/de-nghi")
        page.get_by_role("link", name="Giấy khen của Chủ tịch").first.click()
        page.get_by_label("Tìm trong sổ theo tên").fill("nguyen van mau 1")
        page.get_by_role("button", name="Tìm").click()
        page.get_by_role("button", name="Chọn Hộ Nguyễn Văn Mẫu 1").click()
        page.get_by_role("button", name="Dùng kết quả này").click()
        page.get_by_role("link", name="Tiếp: nội dung ghi trên giấy khen").click()
        page.get_by_label("Nội dung khen").fill("Đã có thành tích tiêu biểu trong xây dựng gia đình học tập (MẪU)")
        page.get_by_role("button", name="Lưu và kiểm tra hồ sơ").click()
        page.get_by_role("button", name="Trình hồ sơ").click()
        expect(page.get_by_text("Đã trình. Có thể rút")).to_be_visible()
        return page.url.split("#")[0]


def _received(site: Site, dossier: str) -> None:
    with site.as_role("officer", PC) as page:
        page.goto(dossier)
        page.get_by_label("Ngày nhận đủ hồ sơ").fill(site.told["today"])
        page.get_by_role("button", name="Ghi ngày nhận").click()
        page.get_by_role("button", name="Đủ điều kiện xét").click()
        site.read(page, "eligible")


def _complaint(site: Site) -> str:
    with site.as_role("hears", PC) as page:
        page.goto("/don-thu")
        site.read(page, "no cases")
        page.get_by_role("link", name="Tiếp nhận đơn").click()
        page.locator("main #q").fill("mau 1")
        page.locator("main form.search button").click()
        page.get_by_role("link", name="Nguyễn Văn Mẫu 1").first.click()
        site.read(page, "receive a case")
        _choose(page, "kind", "complaint")
        _choose(page, "how", "in_person")
        page.locator("[name=what]").fill(MATTER)
        page.locator("[name=name]").fill(NAME)
        page.get_by_role("button", name="Tiếp nhận đơn").click()
        expect(page.get_by_text(MATTER)).to_be_visible()
        assert page.get_by_text(NAME).count() == 0
        site.read(page, "case")
        page.locator("button[value=read]").click()
        expect(page.get_by_text(NAME)).to_be_visible()
        site.read(page, "informant")
        page.locator("form:has(button[value=start]) [name=basis]").fill("Thông báo thụ lý MẪU số 09")
        page.locator("button[value=start]").click()
        site.read(page, "verifying")
        page.goto("/don-thu")
        site.read(page, "cases")
        page.locator("table a").first.click()
        return page.url


def _choose(page: Page, name: str, value: str) -> None:
    """One of several, as a list or as buttons."""
    found = page.locator(f"select[name={name}]")
    if found.count():
        found.select_option(value)
    else:
        page.locator(f"[name={name}][value={value}]").check()


def _answered(site: Site, case: str) -> None:
    with site.as_role("hears", PHONE) as page:
        page.goto(case)
        form = page.locator("form:has(button[value=answer])")
        _choose(page, "outcome", "no_violation")
        form.locator("[name=basis]").fill("Kết luận MẪU số 07")
        form.locator("[name=answer]").fill(f"Trả lời bà {NAME}")
        page.locator("button[value=answer]").click()
        expect(page.get_by_text("Phần này nêu tên").first).to_be_visible()
        site.read(page, "answer that names")
        page.locator("form:has(button[value=answer]) [name=answer]").fill("Không có vi phạm (MẪU)")
        page.locator("button[value=answer]").click()
        expect(page.get_by_text("Đã ghi kết luận").first).to_be_visible()
        site.read(page, "answered")


def _decided(site: Site) -> str:
    with site.as_role("officer", PC) as page:
        page.goto("/quyet-dinh-khen")
        page.get_by_role("link", name="Chuẩn bị quyết định").click()
        page.get_by_label("Văn bản làm căn cứ").fill("Tờ trình MẪU số 03")
        page.get_by_label("Họ tên người ký").fill("Nguyễn Thị Hòa")
        page.locator("[name=without]").fill("Khen thưởng kịp thời (MẪU)")
        site.read(page, "prepare")
        page.get_by_role("button", name="Lấy số và chuẩn bị để ký").click()
        decision = page.url
        site.read(page, "prepared")
    with site.as_role("leader", PHONE) as page:
        page.goto(decision)
        page.get_by_role("button", name="Ghi là đã ký").click()
        page.get_by_role("button", name="Công bố").click()
        site.read(page, "published")
    with site.as_role("officer", PHONE) as page:
        page.goto(f"{decision}/bao-tin")
        expect(page.get_by_text("Chưa có căn cứ").first).to_be_visible()
        page.get_by_label("Bằng cách nào").fill("trao tận tay")
        site.read(page, "telling")
        page.get_by_role("button", name="Ghi là đã báo những nơi đã chọn").click()
        site.read(page, "told by the officer")
    return decision


def test_an_answer_of_the_centre_is_entered_and_taken_back(site: Site) -> None:
    with site.as_role("province", PC) as page:
        page.goto("/trinh-trung-uong")
        site.read(page, "central")
        package = f"/trinh-trung-uong/{site.told['package']}"
        page.goto(f"{package}/tra-loi")
        _choose(page, "answer", "returned")
        page.get_by_label("Nguyễn Thị MẪU").check()
        page.locator("[name=number]").fill("15/BNV (MẪU)")
        page.locator("[name=reason]").fill("Thiếu xác nhận (MẪU)")
        site.read(page, "answering")
        page.locator("main form button").click()
        expect(page.get_by_text("Đã ghi câu trả lời")).to_be_visible()
        site.read(page, "package")
        page.get_by_role("link", name="Ghi nhầm?").first.click()
        site.read(page, "taking back")
        page.locator("[name=why]").fill("Văn bản của gói khác (MẪU)")
        page.get_by_role("button", name="Rút câu trả lời").click()
        expect(page.get_by_role("heading", name="Câu trả lời đã rút")).to_be_visible()
        site.read(page, "taken back")
    assert site.found == {}


@pytest.mark.parametrize("way", [PC, Way("phone", scripts=False), Way("small", "en")], ids=str)
def test_what_else_the_rooms_show_has_no_fault(site: Site, way: Way) -> None:
    pages = {
        "officer": (
            "/quyet-dinh-khen", "/quyet-dinh-khen/may-in", "/so-khen-thuong", "/so-khen-thuong/quy", "/guong-tot",
            "/khen-thuong/thong-ke", "/khen-thuong/thong-ke/dan-toc", "/khen-thuong/dot",
        ),
        "hears": ("/don-thu", "/don-thu/moi"),
        "head": ("/guong-tot", "/quyet-dinh-khen/thong-bao"),
        "province": ("/trinh-trung-uong", f"/trinh-trung-uong/{site.told['package']}"),
    }  # fmt: skip
    for who, addresses in pages.items():
        with site.as_role(who, way) as page:
            for address in addresses:
                page.goto(address)
                if way.scripts:
                    site.read(page, f"{way} {address}")
    assert site.found == {}
