"""Equity and progress to targets on dashboards, and charts of published figures: both measures, and nothing leaks."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import TODAY, viewer
from tests.places.areas.making import decision
from tests.places.areas.making import entered as listed
from tests.reporting.below import country
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside
from tests.reporting.targets.making import entered
from tests.web.test_targets import sign_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 26/11/2026, when 2025 is the last year that is over."""
    for module in ("densach.web.viewing", "densach.web.views.dashboards"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


def three(province: Place, act: Act, shares: tuple[int, ...] = (20, 50, 80)) -> list[Place]:
    places = [beside(province, act, order) for order in range(2, 2 + len(shares))]
    for place, recognised in zip(places, shares, strict=True):
        accepted(place, "FAMILY", (100, 100, 100, recognised), year=2025)
    return places


def test_how_unlike_communes_are_is_said_absolutely_and_relatively(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    three(thai_nguyen, act)
    text = text_of(client.get(f"/bang-so-lieu/{thai_nguyen.uid}"))
    assert "3 nơi đã báo cáo, tính chung 50,0 % (150 / 300)" in text
    assert "trung bình 20,0 điểm phần trăm" in text
    assert "so với mức chung là 40,0 %" in text
    assert "không có khoảng tin cậy" in text


def test_nothing_is_worked_out_of_two_places_or_beside_hidden_counts(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    places = three(thai_nguyen, act, (20, 50))
    assert "Chưa đủ ba nơi" in text_of(client.get(f"/bang-so-lieu/{thai_nguyen.uid}"))
    accepted(beside(thai_nguyen, act, 8), "FAMILY", (100, 100, 100, 3), year=2025)
    assert len(places) == 2
    assert "Chưa đủ ba nơi" in text_of(client.get(f"/bang-so-lieu/{thai_nguyen.uid}"))


def test_progress_to_targets_is_for_those_who_see_the_place(client: Client, thai_nguyen: Place, act: Act) -> None:
    first, second, _ = three(thai_nguyen, act)
    for place in (first, second):
        entered(viewer(Role.COMMUNE_LEADER, place, act))
    page = f"/bang-so-lieu/{first.uid}/muc-tieu"
    for address in (page, f"{page}.svg"):
        assert client.get(address).status_code == 404
    assert "muc-tieu" not in re.sub(r'"/muc-tieu"', "", client.get(f"/bang-so-lieu/{first.uid}").content.decode())
    sign_in(client, Role.PARTY_HEAD, first, act)
    text = text_of(client.get(page))
    assert "1 mục tiêu đo được, 1 mục tiêu chậm hoặc chưa đạt" in text
    assert "20 % (20 trên 100), 2025" in text
    assert "Chậm so với mức cần có" in text
    assert client.get(f"{page}.svg")["Content-Type"] == "image/svg+xml; charset=utf-8"
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<section>")
    assert f'hx-get="{page}"' in client.get(f"/bang-so-lieu/{first.uid}").content.decode()
    assert client.get(f"/bang-so-lieu/{second.uid}/muc-tieu").status_code == 404


def test_the_country_s_targets_are_public_and_never_beside_made_up_figures(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    from densach.places.models import Place as Places

    page = f"/bang-so-lieu/{country().uid}/muc-tieu"
    assert "mục tiêu đo được" in text_of(client.get(page))
    three(thai_nguyen, act)
    assert client.get(page).status_code == 404
    sign_in(client, Role.MINISTRY_OFFICER, country(), act)
    assert "Chưa có mục tiêu nào đo được" in text_of(client.get(page))
    assert Places.objects.filter(fictional=True).exists()


@pytest.mark.parametrize("targets", [1, 3])
def test_the_page_of_targets_takes_a_constant_number_of_queries(
    client: Client, targets: int, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place, *_ = three(thai_nguyen, act)
    leader = viewer(Role.COMMUNE_LEADER, place, act)
    for order in range(targets):
        entered(leader, title=f"Mục tiêu MẪU {order}", year=2028 + order)
    sign_in(client, Role.PARTY_HEAD, place, act)
    client.get(f"/bang-so-lieu/{place.uid}/muc-tieu")
    with django_assert_num_queries(6):
        client.get(f"/bang-so-lieu/{place.uid}/muc-tieu")


def test_published_percentages_are_drawn_with_what_their_sources_printed(client: Client) -> None:
    html = client.get("/so-lieu").content.decode()
    pictures = re.findall(r'<img src="(/so-lieu/[^"]+\.svg)" alt="([^"]+)"', html)
    assert pictures
    drawn = next((address, alt) for address, alt in pictures if "Hà Nội" in alt and "Gia đình" in alt)
    assert "89.06 %" in drawn[1]
    assert "hơn 67 %" in drawn[1]
    picture = client.get(drawn[0])
    assert picture["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "89.06 %" in picture.content.decode()
    assert client.get("/so-lieu/khong-co.svg").status_code == 404


def test_how_unlike_all_communes_and_their_kinds_are_with_the_split_of_theil(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    from densach.measures.groups import Group
    from densach.measures.unordered import theil

    three(thai_nguyen, act)
    text = text_of(client.get(f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech"))
    assert "nhóm cao nhất hơn nhóm thấp nhất 60,0 điểm phần trăm" in text
    assert "nhóm thấp nhất bằng 0,25 lần nhóm cao nhất; mức lệch ấy là 40,0 % của mức chung" in text
    whole = f"{1000 * theil([Group(each, 100) for each in (20, 50, 80)]):.1f}".replace(".", ",")
    assert f"chỉ số Theil {whole} phần nghìn" in text
    assert "Chưa có hai loại" in text
    page = client.get(f"/bang-so-lieu/{country().uid}/chenh-lech")
    assert f"0,0 phần nghìn là giữa các tỉnh, {whole} phần nghìn là giữa các xã" in text_of(page)
    assert "MẪU" in client.get(f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech.csv").content.decode()


def test_no_spread_beside_hidden_counts_for_the_public_and_none_of_a_commune(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    first, *_ = three(thai_nguyen, act, (3, 50, 80))
    listed(act, decision(), dict.fromkeys(("99102", "99103", "99104"), "region_3"))
    at = f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech"
    hidden = text_of(client.get(at))
    assert "chênh lệch không công khai" in hidden
    assert "Xã khu vực III" not in hidden + client.get(f"{at}.csv").content.decode()
    assert client.get(f"/bang-so-lieu/{first.uid}/chenh-lech").status_code == 404
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    assert "Xã khu vực III 44,3 % (133 / 300) 3" in text_of(client.get(at))


def test_communes_of_a_list_beside_the_others_with_its_source(client: Client, thai_nguyen: Place, act: Act) -> None:
    from densach.places.domain import add_fictional_commune

    three(thai_nguyen, act, (20, 50, 80, 10, 20, 30))
    listed(act, decision(), dict.fromkeys(("99102", "99103", "99104"), "region_3"))
    since = add_fictional_commune(thai_nguyen, "99120", "Xã MẪU Sau", on=date(2025, 10, 1), act=act)
    accepted(since, "FAMILY", (100, 100, 100, 90), year=2025)
    at = f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech"
    text = text_of(client.get(at))
    assert "Xã khu vực III 50,0 % (150 / 300) 3 Xã ngoài khu vực I, II, III 20,0 % (60 / 300) 3" in text
    assert "nhóm cao nhất hơn nhóm thấp nhất 30,0 điểm phần trăm" in text
    assert "nhóm thấp nhất bằng 0,40 lần nhóm cao nhất" in text
    assert "thì tỷ lệ chung của các xã này tăng 15,0 điểm phần trăm" in text
    assert "1 xã có số chưa có danh mục nào nói tới" in text
    assert "Nguồn: 01/QĐ-MẪU ngày 20/08/2025, Cơ quan MẪU (MẪU, hư cấu)." in text
    assert "Xã khu vực III,150,300" in client.get(f"{at}.csv").content.decode()
    listed(act, decision("02/QĐ-MẪU"), dict.fromkeys(("99102", "99103"), "border"))
    text = text_of(client.get(at))
    assert "Xã không phải xã biên giới 35,0 % (140 / 400) 4" in text
    assert "Xã biên giới 35" not in text  # two communes are too few
    assert "2 xã thuộc nhóm chưa đủ ba xã" in text


def test_a_list_that_is_missing_is_said_with_the_command_for_who_can(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    three(thai_nguyen, act)
    at = f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech"
    text = text_of(client.get(at))
    assert "Chưa có danh mục nào có hiệu lực ngày 31/12/2025 nói tới các xã ở đây" in text
    assert "người quản trị nạp vào" in text
    assert "densach places areas" not in text
    sign_in(client, Role.ADMINISTRATOR, country(), act)
    assert "densach places areas load" in text_of(client.get(at))


@pytest.mark.parametrize(("communes", "queries"), [(1, 9), (3, 9), (3, 10)])
def test_the_page_of_the_spread_takes_a_constant_number_of_queries(
    client: Client,
    communes: int,
    queries: int,
    thai_nguyen: Place,
    act: Act,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    three(thai_nguyen, act, (20, 50, 80)[:communes])
    if queries == 10:
        listed(act, decision(), {"99102": "region_1", "99103": "border"})
    client.get(f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech")
    with django_assert_num_queries(queries):
        client.get(f"/bang-so-lieu/{thai_nguyen.uid}/chenh-lech")
