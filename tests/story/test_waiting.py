"""An import as the one who sent it sees it: it waits, it is done by the worker beside the site, and its end is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
MINUTE = 60_000


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    with served(tmp_path_factory, "tests.story.waiting") as (address, printed):
        yield address, json.loads(printed)


def sign_in(page: Page, address: str, session: str) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def test_the_page_follows_the_work_by_itself_to_its_end(chromium: Browser, sent: tuple[str, dict[str, str]]) -> None:
    address, jobs = sent
    with opened(chromium, address, Way("small")) as page:
        sign_in(page, address, jobs["session"])
        page.goto(f"/cong-viec/{jobs['good']}")
        expect(page.get_by_text("Việc này đang chờ đến lượt")).to_be_visible()
        assert (faults(page), is_too_wide(page)) == ([], False)
        expect(page.get_by_text("Đã xong.")).to_be_visible(timeout=MINUTE)
        expect(page.get_by_text("Sổ hộ: thêm 2 dòng, sửa 0 dòng, giữ nguyên 0 dòng.")).to_be_visible()
        assert page.locator("progress").count() == 0
        assert (faults(page), is_too_wide(page)) == ([], False)


def test_without_scripts_one_looks_again_and_takes_the_marked_copy(
    chromium: Browser, sent: tuple[str, dict[str, str]]
) -> None:
    address, jobs = sent
    with opened(chromium, address, Way("phone", scripts=False)) as page:
        sign_in(page, address, jobs["session"])
        page.goto(f"/cong-viec/{jobs['wrong']}")
        again = page.get_by_role("link", name="Xem lại đã đến đâu")
        while again.count():
            again.click()
            page.wait_for_timeout(500)
        expect(page.get_by_text("chưa có gì được ghi vào sổ")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải so-ho-can-sua.xlsx").click()
        copy = BytesIO(Path(download.value.path()).read_bytes())
        assert openpyxl.load_workbook(copy).sheetnames[0] == "Ô cần sửa"


def test_a_refused_import_is_readable_on_a_phone(chromium: Browser, sent: tuple[str, dict[str, str]]) -> None:
    address, jobs = sent
    with opened(chromium, address, Way("small", lang="en", scheme="dark")) as page:
        sign_in(page, address, jobs["session"])
        page.goto(f"/cong-viec/{jobs['wrong']}")
        expect(page.get_by_text("Why, and what to do")).to_be_visible(timeout=MINUTE)
        assert (faults(page), is_too_wide(page)) == ([], False)
