"""Dashboards: what was accepted shows at once, what is not known is no nought, and few people are never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.places.domain import add_fictional_commune
from densach.reporting.figures import domain
from tests.people.making import NEW_YEAR
from tests.people.merger import merger
from tests.reporting.below import country, real
from tests.reporting.dashboards.making import accepted
from tests.reporting.figures.making import MODELS, NOW, TODAY, Hands, of, up_to
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.people.merger import Merger

pytestmark = pytest.mark.django_db
FAMILY = {f"MODEL_FAMILY_{name}": value for name, value in
          (("TOTAL", 1000), ("REGISTERED", 800), ("ASSESSED", 700), ("RECOGNISED", 600))}  # fmt: skip


@pytest.fixture(autouse=True)
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 15/01/2027, when the year 2026 is over."""
    for module in ("densach.web.viewing", "densach.web.views.dashboards"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def neighbours(province: Place, act: Act, count: int) -> list[Place]:
    names = ("An", "Bình", "Cường", "Dũng", "Em")[:count]
    return [
        add_fictional_commune(province, f"9920{order}", f"Xã MẪU {name}", on=NEW_YEAR, act=act)
        for order, name in enumerate(names)
    ]


def html(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_what_was_accepted_shows_at_once_at_every_level(
    client: Client, hands: Hands, commune: Place, thai_nguyen: Place
) -> None:
    at = f"/bang-so-lieu/{commune.uid}"
    picture = client.get(f"{at}/xu-huong.svg")
    assert "chưa có số liệu" in html(picture)
    up_to(hands, of(commune, MODELS), FAMILY, "approved")
    assert "60,0 %" not in text_of(client.get(at))
    domain.accept(hands.receiver, of(commune, MODELS), at=NOW)
    for page in (at, f"/bang-so-lieu/{thai_nguyen.uid}", "/bang-so-lieu"):
        answer = client.get(page)
        assert "60,0 % (600 / 1.000)" in text_of(answer)
        assert answer["Cache-Control"] == "private, no-cache"
    drawn = client.get(f"{at}/xu-huong.svg", headers={"If-None-Match": picture["ETag"]})
    assert (drawn.status_code, "60,0 %" in html(drawn)) == (200, True)


def test_a_picture_that_the_browser_has_is_not_sent_again(client: Client, commune: Place) -> None:
    at = f"/bang-so-lieu/{commune.uid}/bon-con-so.svg"
    first = client.get(at)
    assert first["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert client.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_nothing_known_is_no_nought(client: Client) -> None:
    answer = client.get("/bang-so-lieu?loai=that")
    assert html(answer).count('class="none') == 34 + 2
    assert "chưa có số liệu" in text_of(answer)
    assert "0,0 %" not in text_of(answer)


def test_each_province_has_its_tile_and_each_archipelago_too(client: Client) -> None:
    answer = html(client.get("/bang-so-lieu"))
    assert answer.count('<li class="c') == 36
    for name in ("Quần đảo Hoàng Sa, thuộc Thành phố Đà Nẵng", "Quần đảo Trường Sa, thuộc Tỉnh Khánh Hòa"):
        assert f'aria-label="{name}: chưa có số liệu"' in answer


def test_made_up_and_real_places_never_share_a_page(client: Client, commune: Place) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 600))
    accepted(real(), "FAMILY", (100, 90, 80, 70))
    assert "60,0 % (600 / 1.000)" in text_of(client.get("/bang-so-lieu"))
    assert "70,0 % (70 / 100)" in text_of(client.get("/bang-so-lieu?loai=that"))
    assert "MẪU" in html(client.get(f"/bang-so-lieu/{commune.uid}/xu-huong.csv"))
    assert "MẪU" not in html(client.get(f"/bang-so-lieu/{real().uid}/xu-huong.csv"))


def test_communes_stand_by_name_whatever_their_share(client: Client, thai_nguyen: Place, act: Act) -> None:
    for place, recognised in zip(neighbours(thai_nguyen, act, 3), (10, 90, 50), strict=True):
        accepted(place, "FAMILY", (100, 100, 100, recognised))
    answer = text_of(client.get(f"/bang-so-lieu/{thai_nguyen.uid}"))
    assert answer.index("Xã MẪU An") < answer.index("Xã MẪU Bình") < answer.index("Xã MẪU Cường")
    assert "không xếp hạng" in answer


def test_a_commune_stands_beside_its_own_past_and_its_like(client: Client, thai_nguyen: Place, act: Act) -> None:
    first, *others = neighbours(thai_nguyen, act, 4)
    accepted(first, "FAMILY", (100, 100, 100, 30))
    for place in others[:2]:
        accepted(place, "FAMILY", (100, 100, 100, 60))
    at = f"/bang-so-lieu/{first.uid}"
    assert "Chưa đủ ba xã ở các nơi cùng loại" in text_of(client.get(at))
    accepted(others[2], "FAMILY", (200, 100, 100, 60))
    assert "tính chung: 45,0 % (180 / 400)" in text_of(client.get(at))


class TestFewPeople:
    """Small counts of people are hidden from the public, with what would give them away."""

    def test_the_public_sees_neither_them_nor_what_gives_them_away(
        self, client: Client, hands: Hands, thai_nguyen: Place, act: Act
    ) -> None:
        few, second, third = neighbours(thai_nguyen, act, 3)
        accepted(few, "CITIZEN", (400, 300, 200, 3))
        accepted(second, "CITIZEN", (400, 300, 200, 77))
        accepted(third, "CITIZEN", (400, 300, 200, 88))
        at = f"/bang-so-lieu/{thai_nguyen.uid}?mo-hinh=citizen"
        seen = text_of(client.get(at))
        assert "168" in seen
        assert ("77" in seen, "88" in seen).count(False) == 1
        for page in (f"/bang-so-lieu/{few.uid}", f"/bang-so-lieu/{few.uid}/bon-con-so.csv"):
            text = html(client.get(f"{page}?mo-hinh=citizen"))
            assert "ẩn vì ít người" in text
            assert "0,8 %" not in text
        assert hands.receiver.account is not None
        client.force_login(hands.receiver.account)
        seen = text_of(client.get(at))
        assert "0,8 %" in seen
        assert "77" in seen
        assert "88" in seen

    def test_organisations_are_no_people(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        place = neighbours(thai_nguyen, act, 1)[0]
        accepted(place, "UNIT", (4, 3, 3, 2))
        assert "50,0 % (2 / 4)" in text_of(client.get(f"/bang-so-lieu/{place.uid}?mo-hinh=unit"))


class TestAMerger:
    """Communes A and B of 2024 went whole into N; D was divided between N and M, in the same province."""

    @pytest.fixture
    def merged(self, thai_nguyen: Place, act: Act) -> Merger:
        found = merger(thai_nguyen, act)
        for letter, recognised in (("a", 10), ("b", 20), ("d", 40)):
            accepted(getattr(found, letter), "FAMILY", (100, 100, 100, recognised), year=2024)
        return found

    def test_as_it_was_the_new_commune_has_no_past(self, client: Client, merged: Merger) -> None:
        assert "Gia đình học tập: chưa có số liệu" in text_of(client.get(f"/bang-so-lieu/{merged.n.uid}?nam=2024"))

    def test_on_todays_map_what_went_whole_is_added_up_and_what_was_divided_is_not(
        self, client: Client, merged: Merger
    ) -> None:
        seen = text_of(client.get(f"/bang-so-lieu/{merged.n.uid}?nam=2024&ban-do=hom-nay"))
        assert "15,0 % (30 / 200)" in seen
        assert "1 xã cũ đã được chia cho nhiều nơi" in seen

    def test_the_province_holds_all_of_what_was_divided_inside_it(
        self, client: Client, merged: Merger, thai_nguyen: Place
    ) -> None:
        for place in (thai_nguyen, country()):
            seen = text_of(client.get(f"/bang-so-lieu/{place.uid}?nam=2024&ban-do=hom-nay"))
            assert "23,3 % (70 / 300)" in seen
        assert merged.n

    @pytest.mark.parametrize(("level", "number"), [("country", 15), ("province", 15), ("commune", 14)])
    def test_lineage_costs_a_few_queries(
        self, client: Client, merged: Merger, thai_nguyen: Place,
        django_assert_num_queries: DjangoAssertNumQueries, *, level: str, number: int,
    ) -> None:  # fmt: skip
        where = {"country": country(), "province": thai_nguyen, "commune": merged.n}[level]
        with django_assert_num_queries(number):
            client.get(f"/bang-so-lieu/{where.uid}?nam=2024&ban-do=hom-nay")


@pytest.mark.parametrize(("level", "number"), [("country", 13), ("province", 14), ("commune", 11)])
def test_whoever_signed_in_costs_a_few_queries_more(
    client: Client, hands: Hands, thai_nguyen: Place, commune: Place,
    django_assert_num_queries: DjangoAssertNumQueries, *, level: str, number: int,
) -> None:  # fmt: skip
    where = {"country": country(), "province": thai_nguyen, "commune": commune}[level]
    assert hands.receiver.account is not None
    client.force_login(hands.receiver.account)
    with django_assert_num_queries(number):
        client.get(f"/bang-so-lieu/{where.uid}")


def test_every_chart_has_its_table_file_source_and_words(client: Client, commune: Place) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 600))
    answer = html(client.get(f"/bang-so-lieu/{commune.uid}"))
    for name in ("xu-huong", "nam-mo-hinh", "bon-con-so"):
        assert f"/{name}.svg?" in answer
        lines = html(client.get(f"/bang-so-lieu/{commune.uid}/{name}.csv")).splitlines()
        assert len(lines) >= 7
    assert answer.count("<details>") == answer.count('<img src="/bang') == 3
    assert 'alt="Gia đình học tập được công nhận trên tổng số, Xã MẪU Đèn Sách, từ 2022 đến 2026' in answer
    assert answer.count("Nguồn: số các xã báo cáo") == 4


@pytest.mark.parametrize("bad", ["?nam=3000&mo-hinh=x&mau-so=y&ban-do=z&loai=k", "?nam=%00", "?nam=²²²²"])
def test_what_cannot_be_read_is_left_out(client: Client, commune: Place, bad: str) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 600))
    assert "60,0 %" in text_of(client.get(f"/bang-so-lieu{bad}"))


def test_what_is_not_there_is_not_there(client: Client, commune: Place) -> None:
    for bad in ("00000000-0000-4000-8000-000000000000", f"{commune.uid}/khac.svg", f"{commune.uid}/khac.csv"):
        assert client.get(f"/bang-so-lieu/{bad}").status_code == 404


@pytest.mark.parametrize(
    ("level", "query", "number"),
    [
        ("country", "", 11), ("province", "", 13), ("commune", "", 10),
        ("country", "?ban-do=hom-nay", 12), ("province", "?ban-do=hom-nay", 11), ("commune", "?ban-do=hom-nay", 10),
    ],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow(
    client: Client, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries, *,
    level: str, query: str, number: int,
) -> None:  # fmt: skip
    places = neighbours(thai_nguyen, act, 4)
    where = {"country": country(), "province": thai_nguyen, "commune": places[0]}[level]
    accepted(places[0], "CITIZEN", (40, 30, 20, 3))
    with django_assert_num_queries(number):
        client.get(f"/bang-so-lieu/{where.uid}{query}")
    for place in places[1:]:
        accepted(place, "CITIZEN", (400, 300, 200, 3))
    with django_assert_num_queries(number):
        client.get(f"/bang-so-lieu/{where.uid}{query}")


def test_sums_that_are_kept_cost_as_few_queries(
    client: Client, hands: Hands, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.reporting.sums.keeping import keep_all

    places = neighbours(thai_nguyen, act, 4)
    for place in places:
        accepted(place, "CITIZEN", (400, 300, 200, 3))
    keep_all(TODAY)
    numbers = [(country(), 8, 9, 11), (thai_nguyen, 12, 10, 14), (places[0], 9, 9, 11)]
    for place, as_it_was, on_todays_map, _ in numbers:
        with django_assert_num_queries(as_it_was):
            client.get(f"/bang-so-lieu/{place.uid}")
        with django_assert_num_queries(on_todays_map):
            client.get(f"/bang-so-lieu/{place.uid}?ban-do=hom-nay")
    assert hands.receiver.account is not None
    client.force_login(hands.receiver.account)
    for place, *_, signed_in in numbers:
        with django_assert_num_queries(signed_in):
            client.get(f"/bang-so-lieu/{place.uid}")
