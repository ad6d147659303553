"""The certificates of a home: shown with a code that leads to their check, had again as printed, hidden from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.formats.certificates.qr import qr_svg
from tests.assessing.certificates.making import TODAY, order, printed, signed
from tests.assessing.making import settle
from tests.web.test_citizen import HEAD, WIFE, as_head, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act, tmp_path: Path) -> Small:
    small = settle(commune, act)
    for model, number in (("citizen", "12/QĐ-UBND"), ("family", "13/QĐ-UBND")):
        signed(small, act, model, number=number)
        printed(tmp_path / f"{model}.pdf", order(small, model), act)
    return small


def addresses(client: Client) -> list[str]:
    html = client.get("/nha/giay").content.decode()
    return [f"/nha/giay/{part[:36]}" for part in html.split('href="/nha/giay/')[1:]]


def test_a_head_holds_those_of_the_house_and_a_member_their_own_and_the_family_s(
    client: Client, small: Small, act: Act
) -> None:
    as_head(client, small, act)
    text = text_of(client.get("/nha/giay"))
    assert ("Nhà có 3 giấy chứng nhận" in text, HEAD in text, WIFE in text, "Mẫu 2" in text) == (
        True,
        True,
        True,
        False,
    )
    signed_in(client, Role.CITIZEN, small.subject("citizen", WIFE).person, act)
    text = text_of(client.get("/nha/giay"))
    assert ("Nhà có 2 giấy chứng nhận" in text, WIFE in text) == (True, True)


def test_its_code_leads_to_the_page_that_checks_it(client: Client, small: Small, act: Act) -> None:
    from densach.assessing.certificates.codes import qr_text
    from densach.assessing.models import Certificate

    signed_in(client, Role.CITIZEN, small.subject("citizen", WIFE).person, act)
    own = next(one for one in addresses(client) if f"của {WIFE}" in text_of(client.get(one)))
    html = client.get(own).content.decode()
    code = Certificate.objects.get(uid=own[-36:]).code
    assert f'href="/chung-nhan/{code}"' in html
    assert ("style=" in html, "<svg" in html, "12/QĐ-UBND" in html) == (False, True, True)
    said = qr_text(code, "http://testserver", fictional=True)
    assert (qr_svg(said) in html, said.splitlines()[1]) == (True, f"http://testserver/chung-nhan/{code}")


def test_the_printed_page_is_had_again_and_none_that_was_taken_back(client: Client, small: Small, act: Act) -> None:
    from densach.assessing.certificates.issuing import withdraw
    from densach.assessing.models import Certificate

    as_head(client, small, act)
    own = addresses(client)[0]
    before = Certificate.objects.count()
    response = client.get(f"{own}.pdf")
    assert (response.content[:5], response.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert "attachment" in response.headers["Content-Disposition"]
    assert Certificate.objects.count() == before
    withdraw(Certificate.objects.get(uid=own[-36:]), on=TODAY, paper="Biên bản MẪU", act=act)
    assert client.get(f"{own}.pdf").status_code == 400
    assert "Tải bản PDF" not in text_of(client.get(own))


def test_a_neighbour_and_an_officer_find_none(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    own = addresses(client)
    as_head(client, small, act, "H2")
    for page in own:
        assert (client.get(page).status_code, client.get(f"{page}.pdf").status_code) == (404, 404)
    assert set(own) & set(addresses(client)) == set()
    signed_in(client, Role.VILLAGE_HEAD, small.village, act)
    assert client.get("/nha/giay").status_code == 404


def test_it_asks_the_database_as_often_for_one_as_for_three(
    client: Client, small: Small, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.assessing.models import Certificate

    as_head(client, small, act)
    page = addresses(client)[0]
    for _ in range(2):
        with django_assert_num_queries(6):
            assert client.get("/nha/giay").status_code == 200
        Certificate.objects.exclude(uid=page[-36:]).delete()
    with django_assert_num_queries(9):
        assert client.get(page).status_code == 200


def test_the_first_page_tells_what_waits_at_home(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    text = text_of(client.get("/viec-cua-toi"))
    assert ("4 phiếu chưa bắt đầu" in text, "Giấy chứng nhận của nhà" in text) == (True, True)
    signed_in(client, Role.COMMUNE_OFFICER, small.place, act)
    assert "0 ý kiến về kết quả đang chờ trả lời" in text_of(client.get("/viec-cua-toi"))
