"""The accounts of the demonstration, each on the device its people have, and a walk along what its pages lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from densach.authority.roles import Role
from densach.trial.accounts import PASSWORD, ROLES
from tests.story.browsing import Way, opened

ON_A_PHONE = frozenset(
    {
        Role.CITIZEN,
        Role.HOUSEHOLD_HEAD,
        Role.CLAN_HEAD,
        Role.VILLAGE_HEAD,
        Role.CHAPTER_OFFICER,
        Role.PARTY_HEAD,
        Role.FRONT_HEAD,
        Role.ORGANISATION_HEAD,
    }
)
MOST_PAGES = 8
ACCOUNTS = {username: role for username, role, _ in ROLES}
FILE = re.compile(r"\.(pdf|docx|xlsx|csv|json|txt|png|svg)(\?|$)|/tep/|/giay/[0-9a-f-]{36}$|/xuat")
OUTSIDE = ("/luat", "/tim-xa", "/noi/", "/so-lieu", "/tham-quyen", "/chung-nhan", "/gioi-thieu", "/tro-nang", "/#")


def way_of(username: str) -> Way:
    """A phone for whoever comes with one, else a PC."""
    return Way("phone" if ACCOUNTS[username] in ON_A_PHONE else "pc")


@contextmanager
def signed_in(chromium: Browser, site: str, username: str) -> Iterator[Page]:
    """A browser in which an account of the demonstration has just signed in."""
    with opened(chromium, site, way_of(username)) as page:
        page.goto("/dang-nhap")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url(f"{site}/viec-cua-toi")
        yield page


def walked(page: Page, site: str) -> Iterator[str]:
    """One address after another, from the first page on; each is open in the browser while it is given."""
    waiting, seen = ["/viec-cua-toi"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page.goto(address)
        yield address
        waiting += [link for link in links_on(page, site) if link not in seen]


def links_on(page: Page, site: str) -> list[str]:
    """Where the content of a page leads to within the site, without files and what the public has too."""
    found = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.href)")
    inside = [str(link).removeprefix(site).partition("#")[0] for link in found if str(link).startswith(site)]
    kept = [link for link in dict.fromkeys(inside) if link and not FILE.search(link)]
    return [link for link in kept if not link.startswith(OUTSIDE)]
