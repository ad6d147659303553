"""Every form that any role comes to, sent as no browser would: never our mistake, nothing half written, no word lost.

What it found stands as quick tests beside the pages where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.addresses import OPENS
from tests.web.fuzzing.judging import fault_of, fault_of_query
from tests.web.fuzzing.preparing import prepare
from tests.web.fuzzing.sending import plans, queries
from tests.web.fuzzing.walking import LEFT_ALONE, Found, browser, route_of, walk
from tests.web.test_access_matrix import ALL, about

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ENTRANCES = ["/viec-cua-toi", "/tai-khoan", "/", "/nhan-vai", "/mat-khau-dau", "/dang-nhap"]
OF_A_FORM, OF_A_PAGE = 8, 2  # how many ways each is tried


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    from tests.access.world import side_by_side

    settings.EVIDENCE_FOLDER, settings.WORK_FOLDER = tmp_path / "evidence", tmp_path / "work"
    settings.KEYS_FILE = tmp_path / "keys.json"
    return side_by_side("vn,demo")


def test_no_form_of_the_site_breaks_or_loses_what_was_typed(world: World) -> None:
    assert prepare(world) == []
    found = all_forms(world)
    posted = {route_of(each.form.action) for each in found if each.form.method == "post"}
    assert len(posted) >= 55
    assert [fault for each in found for fault in faults_of(world, each)] == []


def all_forms(world: World) -> list[Found]:
    """One of each form, with the first role that comes to it."""
    found: dict[object, Found] = {}
    for role, who in [*world.accounts.items(), (None, None)]:
        own = [
            about(each, world.here).replace("/xa/2026", "/xa/2026-mau") for each in ALL if role in OPENS.get(each, ())
        ]
        for each in walk(browser(who), [*ENTRANCES, *own], role):
            found.setdefault((route_of(each.form.action), each.form.shape), each)
            found.setdefault(route_of(each.page), each)
    return [each for each in found.values() if route_of(each.form.action)]


def faults_of(world: World, found: Found) -> list[str]:
    """What is wrong with the page of a form, with other queries, and with what the form answers."""
    client = browser(world.accounts[found.role] if found.role else None)
    faults: dict[str, str] = {}

    def page(query: str) -> None:
        note(fault_of_query(client, found.page, query), query)

    def note(fault: str, how: object) -> None:
        if fault:
            faults.setdefault(fault, f"{found.role} {found.page} {found.form.action}: {fault} ({how})")

    tried(page, queries(), OF_A_PAGE)
    if found.form.method != "post":
        tried(
            lambda query: note(fault_of_query(client, found.form.action, query), query), queries(found.form), OF_A_FORM
        )
    elif route_of(found.form.action) not in LEFT_ALONE:
        beside = [str(uid) for uid in world.there.uids.values()]
        tried(lambda plan: note(fault_of(client, found, plan), plan), plans(found.form, beside), OF_A_FORM)
    return list(faults.values())


def tried(what: Callable[[Any], None], ways: st.SearchStrategy[Any], count: int) -> None:
    """Try so many ways, the same ones each time."""
    each = settings(max_examples=count, derandomize=True, database=None, deadline=None,
                    suppress_health_check=list(HealthCheck))  # fmt: skip
    each(given(ways)(what))()
