"""What an officer of a commune does beside the round, on a PC and on a phone, with no fault on any page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.assessing.evidence.making import photo
from tests.story.browsing import Way, opened
from tests.story.conftest import served
from tests.story.test_running_a_round import BOARD, Desk
from tests.workbooks.making import HEAD, written

pytestmark = pytest.mark.slow
BOTH = pytest.mark.parametrize("way", [Way("pc"), Way("phone", scripts=True), Way("small")], ids=str)


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    with served(tmp_path_factory, "tests.story.desk") as (address, printed):
        yield address, json.loads(printed)


@pytest.fixture
def officer(chromium: Browser, commune: tuple[str, dict[str, str]], way: Way) -> Iterator[Desk]:
    address, said = commune
    with opened(chromium, address, way) as page:
        page.context.add_cookies([{"name": "sessionid", "value": said["commune_officer"], "url": address}])
        yield Desk(page)


@BOTH
def test_a_decision_of_a_year_before_is_typed(officer: Desk, way: Way) -> None:
    page = officer.page
    officer.go(f"{BOARD}/nam-truoc")
    officer.follow("Ghi một quyết định của năm trước")
    page.get_by_label("Danh hiệu", exact=True).select_option("family")
    page.get_by_label("Số quyết định").fill(f"12/QĐ-{way.device}")
    page.get_by_label("Ngày ký").fill("2025-01-15")
    page.get_by_label("Chức danh ký").select_option(label="Chủ tịch UBND cấp xã (MẪU)")
    page.get_by_label("Căn cứ").fill("Biên bản 03/BB")
    page.get_by_label("Vì sao được công nhận").fill("Hội nghị thôn chấm 86 điểm")
    page.get_by_label("Người chấm").fill("Ban công tác Mặt trận")
    page.get_by_label("Mỗi dòng một trường hợp").fill("1. Nguyễn Văn Mẫu 1\n2. Nguyen Van Mao 2\n3. Lê Thị Đã Chuyển")
    officer.press("Ghi quyết định")
    officer.see("2 dòng của danh sách chưa rõ là ai")
    page.get_by_label("Hộ Nguyễn Văn Mẫu 2").check()
    page.get_by_label("Để lại, chưa ghi").last.check()
    scan: FilePayload = {"name": "qd.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.get_by_label("Ảnh hoặc tệp PDF của quyết định").set_input_files(scan)
    officer.press("Ghi quyết định")
    officer.see("1 dòng của danh sách còn để lại")
    officer.see("Ảnh chụp quyết định")
    officer.follow("Ghi tiếp những dòng này")


@BOTH
def test_two_records_are_laid_side_by_side_and_decided(officer: Desk, way: Way) -> None:
    officer.go("/xa/trung")
    officer.follow("Trần Thị Mẫu 1")
    officer.see("Công dân học tập năm 2025 (số 12/QĐ)")
    officer.page.get_by_label("Vì sao quyết định như vậy").fill(f"Đã hỏi tại nhà, {way}")
    officer.press("Là hai người")
    officer.go("/xa/trung/da-xem")
    officer.follow("Trần Thị Mẫu 1")
    officer.page.get_by_label("Vì sao xem lại").fill("Hỏi lại")
    officer.press("Đưa cặp này ra xem lại")


@BOTH
def test_own_work_stands_in_one_list(officer: Desk, way: Way, tmp_path: Path) -> None:
    officer.go("/viec-nen")
    bring_to_look(officer, written(tmp_path, "register", [HEAD | {"household": way.device}], "vn", "demo"))
    officer.go("/viec-nen")
    officer.see("Xem thử")


def bring_to_look(desk: Desk, file: Path) -> None:
    desk.go(f"{BOARD}/nhap")
    desk.page.get_by_label("Tệp cần nhập").set_input_files(file)
    desk.press("Gửi để xem thử")


@BOTH
def test_the_board_uses_the_width_there_is(officer: Desk, way: Way) -> None:
    officer.go(BOARD)
    steps = officer.page.locator(".board > li")
    tops = [box["y"] for place in range(2) if (box := steps.nth(place).bounding_box())]
    assert (tops[0] == tops[1]) is (way.device == "pc")


@pytest.mark.parametrize("way", [Way()], ids=str)
def test_a_scan_of_a_decision_is_compared_by_eye_and_a_prepared_one_is_cancelled(officer: Desk, way: Way) -> None:
    page = officer.page
    page.goto(f"{BOARD}/quyet-dinh/citizen")
    page.get_by_label("Căn cứ").fill("Biên bản họp MẪU")
    officer.press("Chuẩn bị để ký")
    officer.see("Hủy trước khi ký")
    with page.expect_download() as download:
        page.evaluate("address => { location.href = address }", f"{BOARD}/quyet-dinh/citizen/du-thao.pdf")
    draft: FilePayload = {
        "name": "quet.pdf", "mimeType": "application/pdf", "buffer": Path(download.value.path()).read_bytes()
    }  # fmt: skip
    page.get_by_text("Hủy trước khi ký", exact=True).click()
    page.get_by_label("Vì sao hủy").fill(f"Danh sách thiếu một hộ, {way}")
    officer.look()
    officer.press("Hủy quyết định này")
    officer.see("Đã hủy trước khi ký")
    page.goto(f"{BOARD}/quyet-dinh/citizen")
    page.get_by_label("Căn cứ").fill("Biên bản họp MẪU")
    officer.press("Chuẩn bị để ký")
    page.get_by_label("Tệp PDF đã ký").set_input_files(draft)
    officer.press("Gửi tệp đã ký")
    officer.see("lời văn có chỗ khác")
    officer.press("Đã so bằng mắt, đúng là quyết định này")
    officer.see("Đã có người so bằng mắt")
