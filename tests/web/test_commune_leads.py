"""The pages of leads about communes: for the province that verifies them, for nobody else, at a constant cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import TODAY
from tests.reporting.below import country
from tests.reporting.dashboards.making import accepted
from tests.reporting.formalism.test_commune_leads import commune, look, officer, the_lead
from tests.reporting.reviews.test_reviews import beside
from tests.web.test_targets import sign_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

__all__ = ["commune", "officer"]  # fixtures
pytestmark = pytest.mark.django_db
PAGE = "/tinh/dau-hieu"


@pytest.fixture(autouse=True)
def this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 26/11/2026."""
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ASSOCIATION_OFFICER, Role.AUDITOR])
def test_the_commune_itself_and_others_find_nothing(
    client: Client, role: Role, officer: Viewer, commune: Place, act: Act
) -> None:
    look(officer)
    sign_in(client, role, commune, act)
    for page in (PAGE, f"{PAGE}/{the_lead().uid}"):
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404


def test_another_province_and_the_ministry_find_nothing(
    client: Client, officer: Viewer, commune: Place, act: Act
) -> None:
    from densach.places.lookup import get_place

    look(officer)
    assert the_lead().place == commune
    sign_in(client, Role.PROVINCE_OFFICER, get_place("25", date(2026, 1, 1)).place, act)
    assert "Xã MẪU" not in text_of(client.get(PAGE))
    assert client.get(f"{PAGE}/{the_lead().uid}").status_code == 404
    assert client.post(f"{PAGE}/{the_lead().uid}", {"reason": "Không có gì."}).status_code == 404
    sign_in(client, Role.MINISTRY_OFFICER, country(), act)
    assert client.get(PAGE).status_code == 404


def test_no_lead_is_public_or_in_the_commune_s_own_pages(client: Client, officer: Viewer, commune: Place) -> None:
    look(officer)
    for page in (f"/bang-so-lieu/{commune.uid}", f"/noi/{commune.uid}", "/bang-so-lieu", "/so-lieu"):
        assert "Dấu hiệu" not in text_of(client.get(page))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_say_the_numbers_the_reason_and_what_to_check(
    client: Client, lang: str, commune: Place, thai_nguyen: Place, act: Act
) -> None:
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    language = {"Accept-Language": lang}
    empty = text_of(client.get(PAGE, headers=language))
    assert ("There are none yet" if lang == "en" else "Chưa có dấu hiệu nào") in empty
    client.post(PAGE, headers=language)
    page = text_of(client.get(PAGE, headers=language))
    assert commune.pk
    assert ("97.9 % (95 / 97)" if lang == "en" else "97,9 % (95 / 97)") in page
    one = f"{PAGE}/{the_lead().uid}"
    shown = text_of(client.get(one, headers=language))
    assert ("Draw five recognised units" if lang == "en" else "Bốc thăm năm đơn vị") in shown
    assert client.post(one, {"reason": ""}, headers=language).status_code == 400
    done = client.post(one, {"reason": "Đã xem."}, headers=language, follow=True)
    assert ("Dismissed: Đã xem." if lang == "en" else "Đã bỏ qua: Đã xem.") in text_of(done)


@pytest.mark.parametrize("communes", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    client: Client,
    communes: int,
    commune: Place,
    officer: Viewer,
    thai_nguyen: Place,
    act: Act,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for order in range(2, communes + 1):
        place = beside(thai_nguyen, act, order)
        accepted(place, "UNIT", (97, 97, 97, 95), year=2025)
        accepted(place, "CITIZEN", (4127, 2113, 1987, 1561), year=2025)
    assert look(officer) == communes
    assert commune.pk
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
