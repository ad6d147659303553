"""The pages of reviews: whole in both languages, what was typed is kept, nothing of other places, a constant cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import TODAY, viewer
from tests.reporting.below import country
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside, made_up, write
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
    """All of these pages are looked at on 26/11/2026."""
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def commune(thai_nguyen: Place, act: Act) -> Place:
    """A made-up commune that was there in the last year of the review."""
    return made_up(thai_nguyen, "99001", "Xã MẪU Đèn Sách", act)


def at(place: Place, key: str = "2023-2025") -> str:
    return f"/bao-cao/so-ket/{key}/{place.uid}"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(client: Client, commune: Place, act: Act, lang: str) -> None:
    sign_in(client, Role.COMMUNE_OFFICER, commune, act)
    for page in ("/bao-cao", "/bao-cao/so-ket", at(commune), at(commune, "2023-2030")):
        response = client.get(page, headers={"Accept-Language": lang})
        html = response.content.decode()
        assert response.status_code == 200, page
        assert len(re.findall(r"<h1[ >]", html)) == 1, page
        assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html), page
        assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids), page


def test_words_are_kept_and_stand_in_the_paper(client: Client, commune: Place, act: Act) -> None:
    sign_in(client, Role.COMMUNE_OFFICER, commune, act)
    page = text_of(client.get(at(commune)))
    assert "Năm mô hình, năm 2024: 0 trong 1 xã đã báo cáo" in page
    assert "Quỹ khuyến học, sáu tháng cuối năm 2025: chưa báo cáo" in page
    answer = client.post(at(commune), {"version": "0", "causes": "Thiếu kinh phí.\nThiếu người."}, follow=True)
    assert "Đã lưu lời của báo cáo" in text_of(answer)
    assert "Thiếu kinh phí.\nThiếu người.</textarea>" in answer.content.decode()
    paper = client.get(f"{at(commune)}/van-ban.docx")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="bao-cao-2023-2025.docx"'
    assert client.get(f"{at(commune)}/van-ban.pdf").content[:5] == b"%PDF-"
    assert client.get(f"{at(commune)}/van-ban.exe").status_code == 404


def test_what_was_typed_stays_where_it_is_refused(client: Client, commune: Place, act: Act) -> None:
    sign_in(client, Role.COMMUNE_OFFICER, commune, act)
    answer = client.post(at(commune), {"version": "0", "causes": "x" * 8001, "lessons": "Một bài học."})
    assert answer.status_code == 400
    assert "Phần này dài hơn 8000 chữ." in text_of(answer)
    assert "Một bài học.</textarea>" in answer.content.decode()
    client.post(at(commune), {"version": "0", "causes": "Của người trước."})
    answer = client.post(at(commune), {"version": "0", "causes": "Của người sau."})
    assert answer.status_code == 400
    assert "có người khác đã lưu" in text_of(answer)
    assert "Của người sau.</textarea>" in answer.content.decode()


def test_others_read_the_words_and_have_no_form(client: Client, commune: Place, act: Act) -> None:
    write(viewer(Role.COMMUNE_OFFICER, commune, act), commune, {"causes": "Vì sao."})
    sign_in(client, Role.PARTY_HEAD, commune, act)
    page = client.get(at(commune))
    assert "Vì sao." in text_of(page)
    assert "<textarea" not in page.content.decode()
    assert client.post(at(commune), {"version": "1", "causes": "Khác."}).status_code == 404


def test_other_places_are_not_there(client: Client, commune: Place, thai_nguyen: Place, act: Act) -> None:
    there = beside(thai_nguyen, act)
    write(viewer(Role.COMMUNE_OFFICER, there, act), there, {"causes": "Chuyện của xã bên."})
    sign_in(client, Role.COMMUNE_OFFICER, commune, act)
    for place in (there, thai_nguyen, country()):
        for address in (at(place), f"{at(place)}/van-ban.pdf", at(place, "2023-2099")):
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("communes", [1, 3])
def test_a_page_takes_a_constant_number_of_queries(
    client: Client,
    communes: int,
    commune: Place,
    thai_nguyen: Place,
    act: Act,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 3), year=2025)
    for order in range(2, communes + 1):
        accepted(beside(thai_nguyen, act, order), "FAMILY", (100, 100, 100, 90), year=2025)
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    client.get(at(thai_nguyen))
    with django_assert_num_queries(12):
        client.get(at(thai_nguyen))
