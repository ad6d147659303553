"""Objecting on a phone, and the commune that answers; what was typed is kept, and no deadline is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import open_year, settle
from tests.assessing.sheets.making import sent
from tests.web.test_citizen import HEAD, as_head, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
WORDS = {"about": "verdict", "asks": "Xem lại mục a2", "text": "Đã học một lớp ở trung tâm."}


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def sheet(small: Small, act: Act) -> str:
    return f"/phieu/{sent(open_year(small, act), small.subject('citizen', HEAD), act).uid}"


def test_one_objects_the_commune_answers_and_one_goes_on(client: Client, sheet: str, small: Small, act: Act) -> None:
    as_head(client, small, act)
    form = text_of(client.get(f"{sheet}/y-kien"))
    assert "chưa nêu thời hạn trả lời" in form
    response = client.post(f"{sheet}/y-kien", WORDS, follow=True)
    address = response.redirect_chain[0][0]
    assert "Ý kiến đang chờ xã trả lời" in text_of(response)
    assert client.get("/y-kien").status_code == 404
    signed_in(client, Role.COMMUNE_OFFICER, small.place, act)
    assert "1 ý kiến đang chờ trả lời" in text_of(client.get("/y-kien"))
    refused = client.post(address, {"text": "Đúng vậy"})
    assert (refused.status_code, "Đúng vậy" in refused.content.decode()) == (400, True)
    answered = client.post(address, {"text": "Đã xem giấy của lớp", "outcome": "accepted"}, follow=True)
    assert "Xã đã trả lời ý kiến" in text_of(answered)
    as_head(client, small, act)
    assert "Chấp nhận Đã xem giấy của lớp" in text_of(client.get(address))
    assert "Ý kiến đã gửi (1)" in text_of(client.get(sheet))
    assert "Ý kiến lại chờ xã trả lời" in text_of(client.post(address, {"text": "Cảm ơn"}, follow=True))


@pytest.mark.parametrize(
    ("change", "status"),
    [({"about": ""}, 400), ({"about": "x"}, 400), ({"asks": ""}, 400), ({"text": " "}, 400),
     ({"text": "x" * 2001}, 400), ({"about": "left_off"}, 400), ({"text": "có\x00chữ"}, 302)],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_and_what_was_typed_is_kept(
    client: Client, sheet: str, small: Small, act: Act, change: dict[str, str], status: int
) -> None:
    as_head(client, small, act)
    response = client.post(f"{sheet}/y-kien", WORDS | change)
    assert response.status_code == status
    if status == 400:
        html = response.content.decode()
        assert 'role="alert"' in html
        assert all(text in html for name, text in WORDS.items() if name not in change)


def test_a_second_one_is_told_that_the_first_waits(client: Client, sheet: str, small: Small, act: Act) -> None:
    as_head(client, small, act)
    client.post(f"{sheet}/y-kien", WORDS)
    again = client.post(f"{sheet}/y-kien", WORDS)
    assert (again.status_code, "đang chờ trả lời" in text_of(again)) == (400, True)


def test_a_neighbour_finds_nothing(client: Client, sheet: str, small: Small, act: Act) -> None:
    as_head(client, small, act)
    address = client.post(f"{sheet}/y-kien", WORDS).headers["Location"]
    as_head(client, small, act, "H2")
    for page in (address, f"{sheet}/y-kien"):
        assert client.get(page).status_code == 404
        assert client.post(page, WORDS).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often(
    client: Client, small: Small, act: Act, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    round_ = open_year(small, act)
    names = (HEAD, "Trần Thị Mẫu 1", "Nguyễn Văn Mẫu 2")
    for name in names[:count]:
        sheet = sent(round_, small.subject("citizen", name), act)
        signed_in(client, Role.CITIZEN, sheet.subject.person, act)
        client.post(f"/phieu/{sheet.uid}/y-kien", WORDS)
    signed_in(client, Role.COMMUNE_OFFICER, small.place, act)
    with django_assert_num_queries(4):
        assert client.get("/y-kien").status_code == 200
