"""Ways to look at the pages, and what must hold whichever way is taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERIOUS_FAULTS = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
}"""
SIZES = {"phone": (360, 740), "pc": (1280, 800), "small": (320, 640)}
LOCALES = {"vi": "vi-VN", "en": "en-US"}


class Way(NamedTuple):
    """How somebody looks at the pages."""

    device: str = "phone"
    lang: str = "vi"
    scripts: bool = True
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.device}-{self.lang}-{'scripts' if self.scripts else 'plain'}-{self.scheme}"


@contextmanager
def opened(browser: Browser, site: str, way: Way) -> Iterator[Page]:
    """A new page; at its end nothing may have been loaded from elsewhere, refused by the policy, or thrown."""
    width, height = SIZES[way.device]
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        locale=LOCALES[way.lang],
        java_script_enabled=way.scripts,
        color_scheme=way.scheme,
        reduced_motion="reduce",
    )
    context.add_init_script(AXE_SCRIPT)  # sent once for all pages: it is long
    page = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(site) else elsewhere.append(request.url))
    # A form that comes back with what is to be mended is an answer too (400), which the browser reports.
    page.on("console", lambda message: None if "status of 400" in message.text else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert elsewhere + complaints == [], elsewhere + complaints


def faults(page: Page) -> list[str]:
    """What the automatic checker of accessibility finds serious or critical, each with the first place it is at."""
    page.wait_for_load_state()  # what a click leads to may have begun and not be there yet
    return cast("list[str]", page.evaluate(SERIOUS_FAULTS))


def is_too_wide(page: Page) -> bool:
    """Whether one must scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


class Site:
    """A site on which people have signed in, and how each of them looks at it."""

    def __init__(self, browser: Browser, address: str, told: dict[str, str]) -> None:
        self.browser, self.address, self.told = browser, address, told
        self.found: dict[str, list[str]] = {}

    @contextmanager
    def as_role(self, role: str, way: Way) -> Iterator[Page]:
        """A page of somebody who has signed in, or of a visitor where no role is named."""
        with opened(self.browser, self.address, way) as page:
            if role:
                page.context.add_cookies([{"name": "sessionid", "value": self.told[role], "url": self.address}])
            yield page

    def read(self, page: Page, where: str) -> None:
        """Look at a page as the checker of accessibility does."""
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if serious := faults(page):
            self.found[where] = serious
        assert not is_too_wide(page), where
