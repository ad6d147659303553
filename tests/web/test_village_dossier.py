"""The village's own dossier: begun by its head, filled in from the commune's records, sent, and checked above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import open_year, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Round
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


@pytest.fixture
def head(small: Small, act: Act) -> Client:
    assert small.village is not None
    return signed_in(Role.VILLAGE_HEAD, small.village, act)


@pytest.mark.usefixtures("round_")
def test_the_village_makes_and_sends_its_dossier_and_the_association_checks_it(
    head: Client, small: Small, act: Act
) -> None:
    assert "Hồ sơ của thôn" in text_of(head.get("/thon"))
    assert "Quyết định 387/QĐ-TTg: Cộng đồng học tập thôn" in text_of(head.get("/thon/ho-so"))
    said = text_of(head.post("/thon/ho-so/bat-dau", follow=True))
    assert "Đã lập hồ sơ của thôn" in said
    assert "MẪU: thôn có bao nhiêu gia đình? 2 Đếm từ sổ." in said
    assert "Đang ghi, chưa gửi" in said
    head.post("/thon/ho-so/bat-dau")
    sheet = head.get("/thon/ho-so").context["sheet"]
    assert sheet.subject.place == small.village
    sent = head.post(f"/ho-so/{sheet.uid}/gui", {"version": str(sheet.version)}, follow=True)
    assert "Đã gửi hồ sơ." in text_of(sent)
    assert sent.redirect_chain == [(f"/ho-so/{sheet.uid}", 302)]
    association = signed_in(Role.ASSOCIATION_OFFICER, small.place, act)
    assert "Thôn Đoài" in text_of(association.get(f"/hoi/cham/{sheet.uid}"))


@pytest.mark.usefixtures("round_")
def test_another_village_and_other_roles_do_not_find_it(head: Client, small: Small, commune: Place, act: Act) -> None:
    from tests.people.making import village

    head.post("/thon/ho-so/bat-dau")
    uid = head.get("/thon/ho-so").context["sheet"].uid
    neighbour = signed_in(Role.VILLAGE_HEAD, village(commune, act, "Thôn Đông"), act)
    assert neighbour.get(f"/ho-so/{uid}").status_code == 404
    assert "Đăng ký và lập hồ sơ" in text_of(neighbour.get("/thon/ho-so"))
    assert small.village is not None
    for role, place in ((Role.CHAPTER_OFFICER, small.village), (Role.COMMUNE_OFFICER, small.place)):
        other = signed_in(role, place, act)
        assert (other.get("/thon/ho-so").status_code, other.post("/thon/ho-so/bat-dau").status_code) == (404, 404)


def test_without_a_round_the_page_says_so_and_nothing_begins(head: Client) -> None:
    assert "Xã chưa mở đợt đánh giá nào" in text_of(head.get("/thon/ho-so"))
    assert head.post("/thon/ho-so/bat-dau").status_code == 400


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize("households", [1, 3])
def test_the_dossier_asks_the_database_as_often_however_many_live_there(
    head: Client, small: Small, commune: Place, act: Act, households: int
) -> None:
    from tests.people.making import enter, family

    assert small.village is not None
    for number in range(10, 10 + households):
        enter(commune, family(small.village, number), act)
    head.post("/thon/ho-so/bat-dau")
    assert queries_of(head, "/thon/ho-so") == {"/thon/ho-so": 12}
