"""Every role of the demonstration walks its pages in a real browser, on the device its people have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from densach.trial import ready_made, serving
from tests.story.browsing import faults, is_too_wide
from tests.story.roles import ACCOUNTS, signed_in, walked

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demonstration_site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("trang")
    yield serving.start(folder, ready_made.copy(demonstration))
    serving.stop(folder)


@pytest.mark.parametrize("username", ACCOUNTS)
def test_a_role_walks_its_pages(username: str, chromium: Browser, demonstration_site: str) -> None:
    """Each page is there, says where one is and whether it is made up, fits the screen, and has no serious fault."""
    with signed_in(chromium, demonstration_site, username) as page:
        wrong = {}
        for address in walked(page, demonstration_site):
            titles = page.locator("h1").count()
            says_what_it_shows = page.locator("p.notice").count() > 0  # MẪU, or that all of it is real
            found = (titles, says_what_it_shows, is_too_wide(page), faults(page))
            if found != (1, True, False, []):
                wrong[address] = found
        assert wrong == {}
