"""The pages of a village, as its head and its chapter use them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import GOOD
from tests.assessing.privacy.making import agree
from tests.assessing.villages.making import Working, at_every_stage, working
from tests.authority.roles import account, given
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
LIVE = {"HX-Request": "true"}
OWN = (
    "/thon",
    "/thon?tinh-trang=con-thieu",
    "/thon?tinh-trang=dat&q=mau",
    "/thon?tinh-trang=khong-co&q=%00&sau=%00",
    "/thon/luoi",
    "/thon/nhap-nhanh",
    "/thon/nhap-nhanh?cach=giup&tinh-trang=tat-ca",
    "/thon/nhap-nhanh?phieu=gia-dinh",
    "/thon/nhap-phieu",
    "/thon/nhap-phieu?ma=h2",
    "/thon/nhap-phieu?ma=khong-co",
    "/thon/in-phieu",
    "/thon/nhac",
    "/thon/con-thieu",
)


def signed_in(client: Client, role: Role, thing: Thing, act: Act) -> Client:
    who = account(f"{role}-thu")
    given(who, role, thing, act)
    client.force_login(who)
    return client


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    found = working(commune, act, 4)
    at_every_stage(found, act)
    agree(act)
    return found


@pytest.fixture
def chapter(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)


def whole(html: str) -> None:
    """What must hold for every page of ours."""
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "no such variable" not in html
    assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html)
    assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids)
    for name in re.findall(r' for="([^"]+)"', html):
        assert name in ids


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(chapter: Client, made: Working, lang: str) -> None:
    household = made.small.subject("family", "H2").household
    assert household is not None
    for page in (*OWN, f"/thon/ho/{household.uid}"):
        response = chapter.get(page, headers={"Accept-Language": lang})
        assert response.status_code == 200, page
        whole(response.content.decode())
    opened = chapter.get("/thon/kiem-tra", headers={"Accept-Language": lang}, follow=True)
    whole(opened.content.decode())


@pytest.mark.parametrize("page", [*OWN, "/thon/kiem-tra", "/thon/phieu.pdf", "/thon/nhac.png"])
def test_who_has_no_role_in_a_village_finds_nothing(client: Client, made: Working, act: Act, page: str) -> None:
    person = made.small.subject("citizen", "Nguyễn Văn Mẫu 1").person
    assert person is not None
    assert signed_in(client, Role.CITIZEN, person, act).get(page).status_code == 404


def test_the_neighbour_cannot_be_guessed(chapter: Client, made: Working, act: Act) -> None:
    theirs = made.sheet(made.other, GOOD, act, to="sent")
    household, person = made.small.subject("family", "H90").household, theirs.subject.person
    assert household is not None
    assert person is not None
    here, there = made.small.village.uid, made.neighbour.uid
    for page in (
        f"/thon/{there}",
        f"/thon/{there}/nhap-nhanh",
        f"/thon/{there}/nhac.png",
        f"/thon/{there}/kiem-tra",
        f"/thon/ho/{household.uid}",
        f"/thon/{here}/ho/{household.uid}",
        f"/thon/kiem-tra/{theirs.uid}",
        f"/thon/phieu.pdf?ho={household.uid}",
        f"/thon/to-nhac.pdf?ho={household.uid}",
        "/thon/phieu.pdf?ho=khong-doc-duoc",
    ):
        assert chapter.get(page).status_code == 404, page
    for page in (f"/thon/nhap-nhanh/nguoi/{person.uid}", f"/thon/nhap-nhanh/gia-dinh/{household.uid}",
                 f"/thon/kiem-tra/{theirs.uid}", f"/thon/{there}/nhap-nhanh/gui"):  # fmt: skip
        assert chapter.post(page, {"a1": "3"}).status_code == 404, page
    for page in (*OWN, "/thon/luoi"):
        assert "Mẫu 90" not in chapter.get(page).content.decode()


@pytest.mark.parametrize("households", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"),
    [("/thon", 8), ("/thon?tinh-trang=con-thieu", 8), ("/thon/luoi", 8), ("/thon/nhap-nhanh", 8),
     ("/thon/nhap-phieu?ma=H1", 8), ("/thon/in-phieu", 8), ("/thon/nhac", 10), ("/thon/con-thieu", 8)],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow(
    client: Client, commune: Place, act: Act, households: int, page: str, queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    made = working(commune, act, households)
    signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    with django_assert_num_queries(queries):
        client.get(page)


def test_a_commune_officer_chooses_among_the_villages(client: Client, made: Working, act: Act) -> None:
    officer = signed_in(client, Role.COMMUNE_OFFICER, made.small.place, act)
    said = text_of(officer.get("/thon"))
    assert "Thôn Đoài 4 hộ" in said
    assert "Thôn Đông 1 hộ" in said
    assert "Nguyễn Văn Mẫu 90" in text_of(officer.get(f"/thon/{made.neighbour.uid}"))


def test_the_row_says_why_it_is_there(chapter: Client) -> None:
    said = text_of(chapter.get("/thon?tinh-trang=con-thieu"))
    assert "H2 Nguyễn Văn Mẫu 2 → ↺ · chưa có phiếu" in said
    assert "Trần Thị Mẫu 2: trả lại để bổ sung, “Chưa rõ lớp học nào”. Chờ kiểm tra: Nguyễn Văn Mẫu 2." in said
    assert "Chưa có phiếu: Trần Thị Mẫu 3. Nguyễn Văn Mẫu 3: còn 8 câu chưa trả lời." in said
    assert "H1 " not in said.partition("Trang")[0]
    html = chapter.get("/thon").content.decode()
    assert 'aria-label="1 phiếu trả lại; 1 phiếu chờ kiểm tra."' in html
    assert "Mọi phiếu đã kiểm tra và đạt." in html


def test_typing_is_answered_with_the_table_alone_and_scrolling_with_the_rows(chapter: Client) -> None:
    table = chapter.get("/thon?q=tran+3", headers=LIVE).content.decode()
    assert "<html" not in table
    assert re.findall(r'<td class="id">(\w+)</td>', table) == ["H3"]
    rows = chapter.get("/thon?sau=H2", headers=LIVE).content.decode()
    assert "<table" not in rows
    assert re.findall(r'<td class="id">(\w+)</td>', rows) == ["H3", "H4"]


def test_where_no_round_is_open_the_pages_say_so(client: Client, made: Working, act: Act) -> None:
    from datetime import date

    from densach.assessing.domain import close_round

    close_round(made.round, date(2026, 11, 1), act=act)
    signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    for page in OWN:
        response = client.get(page)
        assert response.status_code == 200, page
        whole(response.content.decode())
    assert "Xã chưa mở đợt đánh giá nào" in text_of(client.get("/thon"))
    assert client.get("/thon/phieu.pdf").status_code == 400
    assert client.get("/thon/nhac.png").status_code == 400


def test_what_waits_in_the_village_stands_among_the_duties(chapter: Client, made: Working, act: Act) -> None:
    said = text_of(chapter.get("/viec-cua-toi"))
    assert "Thôn Đoài: 2 phiếu chờ kiểm tra" in said
    assert "Thôn Đoài: 2 hộ chưa gửi đủ phiếu" in said
    made.sheet(made.other, GOOD, act, to="sent")
    assert "Thôn Đoài: 2 phiếu chờ kiểm tra" in text_of(chapter.get("/viec-cua-toi"))
    chapter.logout()
    officer = signed_in(chapter, Role.COMMUNE_OFFICER, made.small.place, act)
    assert "Các thôn, tổ dân phố của xã" in text_of(officer.get("/viec-cua-toi"))
