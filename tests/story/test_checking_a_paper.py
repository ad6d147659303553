"""Somebody holds a certificate and a phone: the code is read from it, the name is typed, and the page says the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import Way, faults, is_too_wide, opened

pytestmark = pytest.mark.slow
STATES = ("valid", "corrected", "withdrawn", "specimen")
PLAIN = [Way(device, lang, scripts=False) for device in ("small", "pc") for lang in ("vi", "en")]
LOOKS = [Way("phone", "vi"), Way("pc", "en", scheme="dark")]
RIGHT = {"vi": "Đúng tên", "en": "The same name"}
WRONG = {"vi": "Không đúng tên trên giấy", "en": "Not the name on the paper"}


@pytest.fixture
def page(
    chromium: Browser, site_with_papers: tuple[str, dict[str, str]], request: pytest.FixtureRequest
) -> Iterator[Page]:
    with opened(chromium, site_with_papers[0], getattr(request, "param", Way())) as page:
        yield page


@pytest.fixture
def papers(site_with_papers: tuple[str, dict[str, str]]) -> dict[str, str]:
    return site_with_papers[1]


@pytest.mark.parametrize(("page", "way"), [(way, way) for way in PLAIN], indirect=["page"], ids=map(str, PLAIN))
def test_a_paper_is_checked_without_scripts_by_keyboard(page: Page, way: Way, papers: dict[str, str]) -> None:
    page.goto("/")
    page.locator(".cards a[href='/chung-nhan']").press("Enter")
    page.locator("#ma").fill(papers["valid"].lower().replace("-", " "))
    page.keyboard.press("Tab")
    page.keyboard.type(papers["name"])
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(RIGHT[way.lang])
    page.locator("#ten").fill("Ai Đó")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(WRONG[way.lang])
    assert page.url.endswith(f"/chung-nhan/{papers['valid']}")
    assert not is_too_wide(page)


@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=map(str, LOOKS))
def test_each_way_a_paper_stands_is_accessible_and_fits(page: Page, papers: dict[str, str]) -> None:
    found = {}
    for state in STATES:
        page.goto(f"/chung-nhan/{papers[state]}")
        found[state] = [*faults(page), *(["too wide"] if is_too_wide(page) else [])]
    page.locator("#ten").fill("Ai Đó")
    page.locator("form.paper button").click()
    found["another name"] = faults(page)
    assert found == {state: [] for state in found}


@pytest.mark.parametrize("page", [Way("small", "vi"), Way("small", "en")], indirect=True, ids=["vi", "en"])
def test_nothing_is_cut_on_the_smallest_screen_with_letters_twice_as_large(page: Page, papers: dict[str, str]) -> None:
    page.set_viewport_size({"width": 640, "height": 800})
    for state in STATES:
        page.goto(f"/chung-nhan/{papers[state]}")
        page.evaluate("document.documentElement.style.setProperty('font-size', '212.5%')")
        assert not is_too_wide(page), state


@pytest.mark.parametrize("page", [Way("pc")], indirect=True)
def test_what_was_found_can_be_printed(page: Page, papers: dict[str, str]) -> None:
    page.goto(f"/chung-nhan/{papers['corrected']}")
    page.emulate_media(media="print")
    expect(page.locator(".face")).to_be_visible()
    expect(page.locator(".standing")).to_be_visible()
    expect(page.locator("form.paper")).to_be_hidden()
