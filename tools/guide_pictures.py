"""Take the pictures of the guide: each role of the demonstration at its own work, in a real browser.

`python -m tools.guide_pictures` opens the demonstration that ships, serves it, and writes docs/pictures/guide/*.png,
whose pages are those that tests/story/test_every_role.py walks, and the tile map of the synthetic country for the
README. With names behind it, it takes only these.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, ViewportSize, sync_playwright

import densach.config.ready  # noqa: F401  - before what asks for settings
from densach.trial import ready_made, serving
from tests.story.browsing import QUIET
from tests.story.roles import signed_in

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures" / "guide"
# Who looks, where, and the links that are followed from there, by their words.
SHOWN: dict[str, tuple[str, ...]] = {
    "bang-cac-buoc": ("can-bo-xa", "/xa/2026-mau"),
    "nha": ("chu-ho", "/nha"),
    "thon": ("truong-thon", "/thon"),
    "nhap-nhanh": ("chi-hoi", "/thon/nhap-nhanh"),
    "tinh": ("can-bo-tinh", "/tinh"),
    "ban-soan": ("soan-luat", "/ban-soan"),
    "ghi-nhieu-phieu": ("can-bo-xa", "/thon", "Thôn", "In phiếu", "Ghi phiếu đồng ý đã ký", "Ghi nhiều phiếu đã ký"),
    "khen-thuong": ("thi-dua-xa", "/khen-thuong"),
    "don-thu": ("tiep-dan-xa", "/don-thu"),
    "don-vi": ("truong-don-vi", "/don-vi"),
    "hoi": ("hoi-khuyen-hoc-xa", "/hoi"),
    "du-lieu-ca-nhan": ("cong-dan", "/du-lieu-cua-toi"),
    "guong-tot": ("thi-dua-xa", "/guong-tot"),
    "hoi-dong": ("hoi-dong-xa", "/hoi-dong", "Phiên họp"),
    "so-khen-thuong": ("thi-dua-xa", "/so-khen-thuong"),
    "tai-khoan": ("cong-dan", "/tai-khoan"),
}
TILE_MAP = ROOT / "docs" / "pictures" / "tile-map.png"
NARROW: ViewportSize = {"width": 640, "height": 900}


def main(*names: str) -> None:
    """Take every picture anew, or those of some names."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        if not ready_made.unpack(Path(folder)):
            raise SystemExit(2)
        site = serving.start(Path(folder), ready_made.copy(Path(folder)))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=list(QUIET))
        try:
            for name in names or SHOWN:
                _take(browser, site, name)
            if not names:
                _take_tile_map(browser, site)
        finally:
            browser.close()
            serving.stop(Path(folder))


def _take(browser: Browser, site: str, name: str) -> None:
    """One page as its role sees it, on the device that the role comes with."""
    username, address, *links = SHOWN[name]
    with signed_in(browser, site, username) as page:
        page.goto(address)
        for link in links:
            page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state()
        page.screenshot(path=PICTURES / f"{name}.png")
        print(PICTURES / f"{name}.png")


def _take_tile_map(browser: Browser, site: str) -> None:
    """The tiles with their key and the statement that nobody in them is real."""
    page = browser.new_page(viewport=NARROW, locale="vi-VN")
    page.goto(f"{site}/ca-nuoc-gia-lap")
    page.locator("figure.country").screenshot(path=TILE_MAP)
    print(TILE_MAP)


if __name__ == "__main__":
    main(*sys.argv[1:])
