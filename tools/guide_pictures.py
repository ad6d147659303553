"""Take the pictures of the guide: each role of the demonstration at its own work, in a real browser.

`python -m tools.guide_pictures` makes the demonstration, serves it, and writes docs/pictures/guide/*.png. The pages are
those that tests/story/test_every_role.py walks.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import densach.config.ready  # noqa: F401  - before what asks for settings
from densach.trial import ready_made, serving
from tests.story.browsing import QUIET
from tests.story.roles import signed_in

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures" / "guide"
SHOWN: dict[str, tuple[str, str]] = {
    "bang-cac-buoc": ("can-bo-xa", "/xa/2026-mau"),
    "nha": ("chu-ho", "/nha"),
    "thon": ("truong-thon", "/thon"),
    "nhap-nhanh": ("chi-hoi", "/thon/nhap-nhanh"),
    "tinh": ("can-bo-tinh", "/tinh"),
    "ban-soan": ("soan-luat", "/ban-soan"),
}


def main() -> None:
    """Take every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        if not ready_made.make(Path(folder)):
            raise SystemExit(2)
        site = serving.start(Path(folder), ready_made.copy(Path(folder)))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        try:
            for name, (username, address) in SHOWN.items():
                with signed_in(browser, site, username) as page:
                    page.goto(address)
                    page.screenshot(path=PICTURES / f"{name}.png")
                    print(PICTURES / f"{name}.png")
        finally:
            browser.close()
            serving.stop(Path(folder))


if __name__ == "__main__":
    main()
