"""A commune's round in a browser of the size of a PC, from opening it to the printed certificates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
MINUTE = 60_000
YEAR = 2026
BOARD = f"/xa/{YEAR}-mau"


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("so")
    with served(tmp_path_factory, "tests.story.running", str(folder)) as (address, printed):
        yield address, json.loads(printed)


class Desk:
    """Somebody at a PC: goes to pages, presses buttons, and finds no fault with any page on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        self.look()

    def see(self, text: str, timeout: int = 5000) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=timeout)

    def look(self) -> None:
        assert (self.page.url, faults(self.page), is_too_wide(self.page)) == (self.page.url, [], False)


def bring_in(desk: Desk, file: str, stage: str) -> None:
    """Send a workbook, see how it is understood, load it."""
    desk.go(f"{BOARD}/nhap")
    desk.page.get_by_label("Tệp cần nhập").set_input_files(file)
    desk.page.get_by_label(stage).check()
    desk.press("Gửi để xem thử")
    expect(desk.page.get_by_role("link", name="Xem cách hiểu tệp")).to_be_visible(timeout=MINUTE)
    desk.follow("Xem cách hiểu tệp")
    desk.press("Đúng, nhập vào sổ")
    desk.see("Đã xong.", MINUTE)


def judge(desk: Desk) -> None:
    desk.go(f"{BOARD}/ket-luan")
    desk.press("Kết luận cả đợt")
    desk.see("Đã xong.", MINUTE)


def test_a_round_runs_from_its_opening_to_the_certificates(
    chromium: Browser, commune: tuple[str, dict[str, str]]
) -> None:
    address, said = commune
    with opened(chromium, address, Way("pc")) as page, opened(chromium, address, Way("pc")) as other:
        for each, role in ((page, "commune_officer"), (other, "commune_leader")):
            each.context.add_cookies([{"name": "sessionid", "value": said[role], "url": address}])
        officer, leader = Desk(page), Desk(other)
        officer.go("/xa")
        officer.follow("Mở đợt")
        page.get_by_label("Năm đánh giá").fill(str(YEAR))
        page.get_by_label("Kèm bộ văn bản MẪU").check()
        officer.press("Mở đợt")
        officer.see(f"Đã mở đợt năm {YEAR}")
        bring_in(officer, said["register"], "Sổ hộ, hoặc kết quả tự đánh giá")
        bring_in(officer, said["citizens"], "Sổ hộ, hoặc kết quả tự đánh giá")
        bring_in(officer, said["citizens"], "Kết quả chi hội đã kiểm tra")
        draw_and_find(officer)
        judge(officer)
        meet(officer)
        decide(officer, leader)
        officer.go(f"{BOARD}/giay-chung-nhan")
        officer.press("In giấy chứng nhận Công dân học tập")
        officer.see("1 giấy chứng nhận", MINUTE)
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải giay-chung-nhan").click()
        assert Path(download.value.path()).read_bytes()[:5] == b"%PDF-"
        officer.go(BOARD)
        officer.see("1 giấy chứng nhận đã in trong 1 trường hợp được công nhận")
        officer.go(f"{BOARD}/nhat-ky")
        officer.see("Người MẪU commune_leader")


def draw_and_find(officer: Desk) -> None:
    officer.go(f"{BOARD}/xem-lai")
    officer.follow("Chốt danh sách để bốc thăm")
    officer.page.get_by_label("Vì sao chọn như vậy").fill("Xã MẪU tự chọn")
    officer.press("Chốt danh sách để bốc thăm")
    officer.page.get_by_label("Số bốc thăm").fill("12345")
    officer.press("Bốc thăm")
    officer.follow("Nguyễn Văn Mẫu")
    officer.page.get_by_label("Đúng như lần kiểm tra trước").check()
    officer.press("Lưu kết quả xem lại")
    officer.see("Cả 1 hồ sơ bốc thăm đều đúng.")


def meet(officer: Desk) -> None:
    officer.go(f"{BOARD}/hop")
    officer.follow("Ghi một cuộc họp")
    for label, words in (("Chủ tọa", "Bà Mẫu"), ("Thư ký", "Ông Mẫu"), ("Có mặt", "Bà Mẫu\nÔng Mẫu")):
        officer.page.get_by_label(label, exact=True).fill(words)
    officer.press("Lưu cuộc họp")
    officer.press("Kết thúc và lưu biên bản")
    officer.follow("Xem danh sách đề nghị")
    officer.follow("Công dân học tập")
    officer.see("Nguyễn Văn Mẫu")


def decide(officer: Desk, leader: Desk) -> None:
    officer.go(f"{BOARD}/quyet-dinh")
    officer.follow("Chuẩn bị để ký Công dân học tập")
    officer.page.get_by_label("Căn cứ").fill("Biên bản họp MẪU")
    officer.press("Chuẩn bị để ký")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Văn bản để ký (PDF)").click()
    leader.go(officer.page.url)
    leader.page.get_by_label("Tệp PDF đã ký").set_input_files(
        {"name": "da-ky.pdf", "mimeType": "application/pdf", "buffer": Path(download.value.path()).read_bytes()}
    )
    leader.press("Gửi tệp đã ký")
    leader.see("Đúng tệp đã chuẩn bị")
    leader.press("Ghi là đã ký")
    leader.press("Công bố")
    leader.follow("Trang công khai")
    leader.see("công nhận 1 trường hợp")
