"""The whole matrix of role and address over two communes that are alike: nothing beside one's own is there.

What may not be opened is answered as if it were not there at all: not refused, not counted, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import get_resolver

from densach.authority.roles import Role
from tests.access.addresses import ANY_ACCOUNT, NOBODY, OPENS, OVER_BOTH, OWN_ACCOUNT, PUBLIC

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from pytest_django import DjangoDbBlocker

    from densach.accounts.models import Account
    from tests.access.world import Side, World

    Browsers = dict[Role | None, Client]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HIDDEN, NOT_POSTED = 404, 405
OF_WHAT = {
    "nha": "household",
    "phieu": "sheet",
    "thon": "village",
    "tinh": "place",
    "bao-cao": "place",
    "bang-so-lieu": "place",
    "nguoi-va-vai": "grant",
    "phieu-nhan-vai": "village",
    "du-lieu-cua-toi": "person",
    "nguoi-trong-xa": "person",
    "muc-tieu": "place",
    "khen-thuong": "nomination",
}
WORDS = {
    "household": "household",
    "thing": "household",
    "sheet": "sheet",
    "inquiry": "inquiry",
    "target": "target",
    "round_uid": "award_round",
}
PLAIN = {
    "name": "2026",
    "step": "registering",
    "rubric_id": "congdan-324-2022",
    "form": "citizen",
    "kind": "version",
    "dataset": "ttht-xoa-mu-chu",
    "period": "2026",
    "key": "2023-2025",
    "paper": "pdf",
    "layout": "giay-khen",
    "award": "giay_khen_xa",
}
MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001  - made first
    """Laid out once for all of these tests, each of which is undone by itself."""
    from django.db.transaction import atomic, set_rollback

    from tests.access.world import side_by_side

    with django_db_blocker.unblock(), atomic():
        yield side_by_side()
        set_rollback(True)


@pytest.fixture
def browsers(world: World) -> Browsers:
    """The browser of each role, and of whoever has none; nothing that is asked here signs anybody out."""
    everybody = [*world.accounts.items(), (None, world.nobody)]
    return {role: signed_in(who) for role, who in everybody}


def addresses(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the site as it is written."""
    for entry in (resolver or get_resolver()).url_patterns:
        written = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, written)
        else:
            yield written


ALL = sorted(set(addresses()))
GUARDED = [each for each in ALL if each not in PUBLIC | ANY_ACCOUNT and each.split("/")[0] not in OWN_ACCOUNT]


def about(written: str, side: Side | None) -> str:
    """An address with the identities of one commune put in; without one, with identities that nothing has."""

    def word(found: re.Match[str]) -> str:
        name = found[2]
        if found[1] == "uuid":
            thing = OF_WHAT.get(written.split("/", maxsplit=1)[0], "") if name == "uid" else WORDS.get(name, "")
            return str(side.uids.get(thing, MISSING)) if side else MISSING
        return PLAIN.get(name, "1")

    return "/" + re.sub(r"<(\w+):(\w+)>", word, written)


def theirs(world: World) -> dict[str, str]:
    """The addresses that name something, with what the other commune has of it; where neither has any, there is none.

    With an identity that nothing has, an address of one commune is the same as that of the other.
    """
    named = {written: about(written, world.there) for written in GUARDED}
    return {written: address for written, address in named.items() if address != about(written, None)}


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_every_address_of_the_site_is_in_the_matrix() -> None:
    assert set(OPENS) <= set(GUARDED)
    assert set(ALL) >= PUBLIC


def test_a_visitor_signs_in_first(client: Client) -> None:
    answers = {written: client.get(about(written, None)) for written in GUARDED}
    led = {written: str(a.headers.get("Location", "")).startswith("/dang-nhap?") for written, a in answers.items()}
    left = {written for written, a in answers.items() if a.status_code != NOT_POSTED and not led[written]}
    assert {written: answers[written].status_code for written in left} == dict.fromkeys(left, HIDDEN)


def test_each_role_opens_what_is_its_own_and_finds_nothing_beside_it(browsers: Browsers, world: World) -> None:
    opened = {written: opened_by(browsers, about(written, world.here)) for written in GUARDED}
    assert opened == {written: OPENS.get(written, NOBODY) for written in GUARDED}
    beside = {written: opened_by(browsers, address) for written, address in theirs(world).items()}
    assert beside == {written: OPENS.get(written, NOBODY) & OVER_BOTH for written in beside}
    assert len(beside) > 90


def opened_by(browsers: Browsers, address: str) -> frozenset[Role]:
    """The roles for whom an address is there; what takes a form only is asked for by sending an empty one."""
    there = set()
    for role, client in browsers.items():
        answer = ask(client, address)
        if answer.status_code != HIDDEN:
            assert role is not None, (address, answer.status_code)
            there.add(role)
    return frozenset(there)


def ask(client: Client, address: str) -> HttpResponseBase:
    """Look at an address, or where it takes a form only, look whether it is there for whoever sends nothing."""
    answer = client.get(address)
    return client.post(address) if answer.status_code == NOT_POSTED else answer


def test_what_is_beside_ones_own_looks_as_if_it_were_not_there(browsers: Browsers, world: World) -> None:
    for written, address in theirs(world).items():
        for role in OPENS.get(written, NOBODY) - OVER_BOTH:
            beside, nowhere = (browsers[role].get(each) for each in (address, about(written, None)))
            assert told(beside) == told(nowhere), (written, role)


def test_the_sheet_of_whoever_is_silent_is_there_for_the_state_alone(browsers: Browsers, world: World) -> None:
    from tests.access.world import SILENT

    uid = world.here.uids["silent"]
    here = replace(world.here, uids=world.here.uids | {"sheet": uid})
    sheets = {written for written in GUARDED if about(written, here) != about(written, world.here)}
    checking = about("thon/<uuid:uid>/kiem-tra/<uuid:sheet>", here)
    for role in (Role.CHAPTER_OFFICER, Role.ASSOCIATION_OFFICER):
        client = browsers[role]
        opens = [written for written in GUARDED if role in OPENS.get(written, NOBODY)]
        answers = {written: ask(client, about(written, here)).status_code for written in opens if written in sheets}
        assert answers == dict.fromkeys(answers, HIDDEN)
        for written in opens:
            text = client.get(about(written, world.here)).getvalue().decode(errors="ignore")
            assert (SILENT in text, str(uid) in text) == (False, False), (written, role)
    for role, address in ((Role.VILLAGE_HEAD, "/thon/con-thieu"), (Role.COMMUNE_OFFICER, checking)):
        assert SILENT in browsers[role].get(address).content.decode()


def told(answer: HttpResponseBase) -> str:
    """What an answer says, whichever identity was asked for and whatever token its forms carry."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", answer.getvalue().decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_no_page_of_one_commune_names_the_other(browsers: Browsers, world: World) -> None:
    names = ["Mẫu 101", "Mẫu 102", "H101", *(str(uid) for uid in world.there.uids.values())]
    for written in GUARDED:
        for role in OPENS.get(written, NOBODY) - OVER_BOTH - {Role.ADMINISTRATOR, Role.AUDITOR}:
            answer = browsers[role].get(about(written, world.here))
            if answer.headers.get("Content-Type", "").startswith(("text/", "application/json")):
                assert [name for name in names if name in answer.content.decode()] == [], (written, role)


def test_what_is_sent_to_the_other_commune_changes_nothing(browsers: Browsers, world: World) -> None:
    from densach.history.models import Entry

    before = Entry.objects.count()
    for address in theirs(world).values():
        for role in set(Role) - OVER_BOTH:
            browsers[role].post(address, {"why": "thử", "version": "1"})
    assert Entry.objects.count() == before
