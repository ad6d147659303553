"""Commendation in the demonstration: every room has something to see for those who work there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from densach.trial import ready_made, serving
from tests.story.roles import signed_in

pytestmark = pytest.mark.slow
SEEN = {
    ("thi-dua-xa", "/khen-thuong"): ("28 hồ sơ.", "Đang ở Hội đồng"),
    ("thi-dua-xa", "/hoi-dong"): ("Hội đồng Thi đua - Khen thưởng xã MẪU Đèn Sách",),
    ("thi-dua-xa", "/quyet-dinh-khen"): ("1 đề nghị Hội đồng đã đồng ý", "2 trường hợp · chờ ký", "đã công bố"),
    ("thi-dua-xa", "/so-khen-thuong"): ("1 đến 6 trong 6 trường hợp", "1.410.000 đồng", "chưa chi"),
    ("lanh-dao-xa", "/so-khen-thuong/quy"): ("Còn lại: 38.600.000 đồng",),
    ("thi-dua-xa", "/guong-tot"): ("3 việc đã kể, 2 đã có thư khen, 1 đang chờ.", "đã kể công khai"),
    ("truong-thon", "/guong-tot"): ("1 việc đã kể",),
    ("lanh-dao-xa", "/khen-thuong/thong-ke"): ("Phụ nữ, trong cá nhân", "2 / 3"),
    ("tiep-dan-xa", "/don-thu"): ("Đang xác minh", "Đã tiếp nhận"),
    ("thi-dua", "/trinh-trung-uong"): ("1 đề nghị Hội đồng đã đồng ý.",),
}


@pytest.fixture(scope="module")
def site_of_demonstration(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("trang")
    yield serving.start(folder, ready_made.copy(demonstration))
    serving.stop(folder)


@pytest.mark.parametrize("username", dict.fromkeys(username for username, _ in SEEN))
def test_a_room_is_not_empty(username: str, chromium: Browser, site_of_demonstration: str) -> None:
    with signed_in(chromium, site_of_demonstration, username) as page:
        for (who, address), words in SEEN.items():
            if who == username:
                page.goto(address)
                for each in words:
                    expect(page.locator("main")).to_contain_text(each)


def test_a_member_votes_at_the_sitting_that_is_open(chromium: Browser, site_of_demonstration: str) -> None:
    with signed_in(chromium, site_of_demonstration, "hoi-dong-xa-2") as page:
        page.goto("/hoi-dong")
        page.get_by_role("link", name="Phiên họp ngày 24/04/2026: 4 đề nghị").click()
        page.get_by_role("link", name="Bỏ phiếu").click()
        for each in page.get_by_label("Đồng ý", exact=True).all():
            each.check()
        page.get_by_role("button", name="Bỏ những phiếu đã chọn").click()
        expect(page.locator("main")).to_contain_text("4")
