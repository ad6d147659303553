"""From what a council passed to the cancelled award, in a browser: signed, published, printed, paid, cancelled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.formats.signing import signed
from tests.story.browsing import Way, opened
from tests.story.conftest import served
from tests.story.test_running_a_round import Desk

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    with served(tmp_path_factory, "tests.story.awarding") as (address, printed):
        yield address, json.loads(printed)


@pytest.fixture(params=[Way("pc"), Way("small", scripts=True)], ids=str)
def desk(request: pytest.FixtureRequest, chromium: Browser, commune: tuple[str, dict[str, str]]) -> Iterator[Desk]:
    with opened(chromium, commune[0], request.param) as page:
        yield Desk(page)


def become(desk: Desk, commune: tuple[str, dict[str, str]], role: str) -> None:
    address, said = commune
    desk.page.context.add_cookies([{"name": "sessionid", "value": said[role], "url": address}])


def test_a_decision_from_the_list_to_a_cancelled_award(desk: Desk, commune: tuple[str, dict[str, str]]) -> None:
    page = desk.page
    become(desk, commune, "emulation_officer")
    desk.go("/quyet-dinh-khen")
    desk.follow("Chuẩn bị quyết định")
    for box in page.get_by_role("checkbox").all()[1:]:
        box.uncheck()
    today = page.get_by_label("Ngày ký", exact=True).input_value()
    page.get_by_label("Văn bản làm căn cứ").fill("Biên bản họp Hội đồng MẪU")
    page.get_by_label("Họ tên người ký").fill("Nguyễn Thị Hòa")
    desk.press("Lấy số và chuẩn bị để ký")
    decision = page.url
    file: FilePayload = {
        "name": "da-ky.pdf",
        "mimeType": "application/pdf",
        "buffer": _signed(page.context.request.get(f"{decision}/van-ban.pdf").body()),
    }
    page.locator("#file").set_input_files(file)
    desk.press("Gửi tệp đã ký")
    desk.see("Chữ ký số của MẪU Nguyễn Thị Hòa")
    become(desk, commune, "commune_leader")
    desk.go(decision)
    desk.press("Ghi là đã ký")
    desk.see("các trường hợp đã vào Sổ khen thưởng")
    desk.press("Công bố")
    desk.follow("Trang công bố")
    become(desk, commune, "emulation_officer")
    desk.go(f"{decision}/bao-tin")
    page.get_by_label("Bằng cách nào").fill("trao tận tay")
    desk.press("Ghi là đã báo những nơi đã chọn")
    desk.go(f"{decision}/in")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp in").click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    _pay(desk, decision)
    become(desk, commune, "commune_leader")
    page.reload()
    desk.follow("Hủy khen thưởng")
    page.get_by_label("Số quyết định hủy").fill("09/QĐ-UBND")
    page.get_by_label("Ngày ký quyết định hủy").fill(today)
    page.get_by_label("Văn bản làm căn cứ").fill("Kết luận MẪU")
    page.get_by_label("Lý do cụ thể").fill("khai gian thành tích")
    desk.press("Ghi quyết định hủy")
    desk.see("Tiền phải thu hồi: 500.000 đồng")
    desk.go("/so-khen-thuong?q=le+van")
    desk.see("đã hủy theo 09/QĐ-UBND")


def _signed(pdf: bytes) -> bytes:
    """Signed in another thread: the one of the browser runs a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(signed, pdf).result()


def _pay(desk: Desk, decision: str) -> None:
    """Open the fund of the year unless it is there, then pay the first of the list, and leave the page of the award."""
    page = desk.page
    desk.go("/so-khen-thuong/quy")
    if not page.get_by_role("link", name="Quỹ năm").count():
        page.get_by_label("Số đầu năm (đồng)").fill("9000000")
        page.get_by_label("Căn cứ của số đầu năm").fill("Sổ quỹ MẪU")
        desk.press("Mở quỹ")
        page.get_by_label("Số tiền (đồng)").fill("1000000")
        page.get_by_label("Căn cứ", exact=True).fill("Dự toán MẪU")
        desk.press("Ghi khoản thu")
    desk.go(decision)
    page.locator("ol.list a").first.click()
    desk.follow("Chi tiền thưởng")
    page.get_by_label("Số chứng từ chi").fill("PC-01")
    page.get_by_label("Số tiền khác (đồng)").fill("500000")
    page.get_by_label("Căn cứ của số tiền này").fill("Quy chế MẪU")
    desk.press("Ghi khoản chi")
    desk.see("Chi 500.000 đồng")


def test_every_other_page_has_no_fault(desk: Desk, commune: tuple[str, dict[str, str]]) -> None:
    become(desk, commune, "emulation_officer")
    for address in ("/quyet-dinh-khen", "/quyet-dinh-khen/may-in", "/quyet-dinh-khen/thong-bao", "/so-khen-thuong"):
        desk.go(address)
    desk.page.get_by_label("Tìm theo tên hoặc số quyết định").fill("mau")
    desk.page.wait_for_timeout(800)
    desk.look()
    desk.page.locator("#ket-qua tbody a").first.click()
    desk.look()
    for link in ("Ghi việc trao", "Cấp lại"):
        if desk.page.get_by_role("link", name=link).count():
            desk.follow(link)
            desk.page.go_back()
