"""A session ends when it is left alone or too old, pages read write nothing, and each sign-in is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from densach.authority.roles import Role
from densach.web.signing.lifetimes import OFFICERS, OTHERS, WRITE_EVERY, Lifetime
from tests.authority.roles import account, given
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ENTRY = {"login": "hoa.le", "password": "matkhau-MAU-1315"}


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> Iterator[None]:
    yield
    cache.clear()


def grow_old(client: Client, *, since: int = 0, used: int = 0) -> None:
    """Let this many seconds pass since the session began and was used."""
    session = client.session
    kept = session["doi"]
    session["doi"] = kept | {"since": kept["since"] - since, "used": kept["used"] - used}
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan").status_code == 200


@pytest.mark.parametrize(
    ("role", "lifetime"), [(None, OTHERS), (Role.COMMUNE_OFFICER, OFFICERS), (Role.PARTY_HEAD, OTHERS)]
)
def test_a_session_ends_after_a_time_that_depends_on_what_is_at_stake(
    client: Client, commune: Place, act: Act, role: Role | None, lifetime: Lifetime
) -> None:
    who = account("hoa.le")
    if role:
        given(who, role, commune, act)
    idle, whole = lifetime.idle, lifetime.whole
    for used, since, stays in (
        (idle - 60, idle - 60, True),
        (idle + 1, idle + 1, False),
        (0, whole - 60, True),
        (0, whole + 1, False),
    ):
        client.force_login(who)
        grow_old(client, used=used, since=since)
        assert is_in(client) == stays
    assert "Đã tự đăng xuất" in text_of(client.get("/dang-nhap"))


def test_reading_pages_writes_at_most_every_few_minutes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(account("hoa.le"))
    for _ in range(2):
        with django_assert_num_queries(4) as asked:
            client.get("/tai-khoan")
        # PostgreSQL is asked a prepared question, which only reads, by its name.
        assert {(query["sql"] or "SELECT").split()[0] for query in asked.captured_queries} == {"SELECT"}
    grow_old(client, used=WRITE_EVERY)
    before = client.session["doi"]["used"]
    client.get("/tai-khoan")
    assert client.session["doi"]["used"] > before


def test_the_places_where_one_is_signed_in_are_seen_and_ended_from_afar(client: Client) -> None:
    from django.test import Client as Browser

    account("hoa.le")
    other = Browser(headers={"User-Agent": "Máy ở trụ sở"})
    client.post("/dang-nhap", ENTRY)
    other.post("/dang-nhap", ENTRY)
    page = text_of(client.get("/tai-khoan/noi-dang-mo"))
    assert "Máy này" in page
    assert "Máy ở trụ sở" in page
    assert client.post("/tai-khoan/noi-dang-mo").status_code == 302
    assert "Đã đăng xuất mọi nơi khác." in text_of(client.get("/tai-khoan"))
    assert (is_in(client), is_in(other)) == (True, False)


def test_staying_signed_in_is_asked_for(client: Client) -> None:
    account("hoa.le")
    client.post("/dang-nhap", ENTRY)
    assert client.cookies["sessionid"]["max-age"] == ""
    client.post("/dang-xuat")
    client.post("/dang-nhap", ENTRY | {"remember": "on"})
    assert client.cookies["sessionid"]["max-age"] == OTHERS.whole


def test_each_try_stands_in_the_log_of_its_owner_with_a_shortened_network(client: Client) -> None:
    from densach.accounts.models import SignIn

    account("hoa.le")
    other = account("khac.le")
    for name, password, address in (("hoa.le", "sai-mat-khau", "203.0.113.77"), ("khong.co", "sai", "203.0.113.77"),
                                    ("hoa.le", ENTRY["password"], "2001:db8:1:2::77")):  # fmt: skip
        client.post("/dang-nhap", {"login": name, "password": password}, REMOTE_ADDR=address)
    rows = SignIn.objects.order_by("pk").values_list("account__username", "way", "succeeded", "network")
    assert list(rows) == [
        ("hoa.le", "password", False, "203.0.113.0/24"),
        (None, "password", False, "203.0.113.0/24"),
        ("hoa.le", "password", True, "2001:db8:1::/48"),
    ]
    page = text_of(client.get("/tai-khoan/nhat-ky"))
    assert ("vào được" in page, "không vào được" in page, "Mạng 203.0.113.0/24" in page) == (True, True, True)
    client.force_login(other)
    assert "203.0.113" not in text_of(client.get("/tai-khoan/nhat-ky"))


def test_the_log_is_read_within_the_place_only(client: Client, commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.accounts.domain import note_sign_in
    from densach.accounts.models import Way
    from tests.authority.roles import NOW

    people = {name: account(name) for name in ("can.bo", "tinh", "khong.vai", "lanh.dao", "kiem.tra")}
    given(people["can.bo"], Role.COMMUNE_OFFICER, commune, act)
    given(people["tinh"], Role.PROVINCE_OFFICER, thai_nguyen, act)
    given(people["lanh.dao"], Role.COMMUNE_LEADER, commune, act)
    for who in people.values():
        note_sign_in(who, Way.PASSWORD, succeeded=True, network="203.0.113.0/24", at=NOW)
    note_sign_in(None, Way.PASSWORD, succeeded=False, network="198.51.100.0/24", at=NOW)
    client.force_login(people["lanh.dao"])
    page = text_of(client.get("/nhat-ky-dang-nhap"))
    assert [name in page for name in ("can.bo", "tinh", "khong.vai", "198.51.100")] == [True, False, False, False]
    assert "can.bo" not in text_of(client.get("/nhat-ky-dang-nhap", {"q": "lanh"}))
    client.force_login(people["can.bo"])
    assert client.get("/nhat-ky-dang-nhap").status_code == 404
