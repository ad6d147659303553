"""A clan enrols families by registration; a household answers for itself; a neighbour clan finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import open_year, settle
from tests.people.making import NEW_YEAR, enter, family
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Round
    from densach.history.domain import Act
    from densach.people.models import Clan
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
NEW = {"code": "H9", "head": "Nguyễn Văn Mẫu 9"}


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    """The commune with a clan of two families, and a third one that is in none."""
    small = settle(commune, act)
    enter(commune, family(small.village, 9), act)
    return small


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


@pytest.fixture
def head(small: Small, act: Act) -> Client:
    clan = small.subject("clan", "D1").clan
    assert clan is not None
    return signed_in(Role.CLAN_HEAD, clan, act)


def at_home(small: Small, act: Act, code: str = "H9") -> Client:
    home = small.subject("family", code).household
    assert home is not None
    return signed_in(Role.HOUSEHOLD_HEAD, home, act)


def neighbours(small: Small, act: Act) -> Clan:
    from densach.people.domain import enter_clans

    return enter_clans(small.place, {"D2": "Họ Trần MẪU"}, on=NEW_YEAR, act=act)["D2"]


@pytest.mark.usefixtures("round_")
def test_a_family_is_asked_agrees_and_leaves_again(head: Client, small: Small, act: Act) -> None:
    assert "Họ Nguyễn MẪU: 2 gia đình đã đăng ký" in text_of(head.get("/dong-ho"))
    asked = text_of(head.post("/dong-ho", NEW, follow=True))
    assert "Đã mời gia đình Nguyễn Văn Mẫu 9." in asked
    assert "2 gia đình đã đăng ký" in asked
    home = at_home(small, act)
    assert "1 dòng họ mời gia đình đăng ký" in text_of(home.get("/viec-cua-toi"))
    uid = home.get("/nha/dong-ho").context["seen"].waiting[0].uid
    assert "Gia đình đã vào Họ Nguyễn MẪU." in text_of(
        home.post(f"/nha/dong-ho/moi/{uid}", {"answer": "yes"}, follow=True)
    )
    assert "Nguyễn Văn Mẫu 9: chưa được công nhận" in text_of(head.get("/dong-ho"))
    assert home.post(f"/nha/dong-ho/moi/{uid}", {"answer": "no"}).status_code == 404
    clan = home.get("/nha/dong-ho").context["seen"].joined[0].uid
    assert home.post(f"/nha/dong-ho/{clan}/ra", {"why": ""}).status_code == 400
    assert "Gia đình đã ra khỏi dòng họ." in text_of(
        home.post(f"/nha/dong-ho/{clan}/ra", {"why": "chuyển họ"}, follow=True)
    )


@pytest.mark.usefixtures("round_")
def test_a_paper_lets_a_family_in_at_once_and_the_clan_lets_it_go(head: Client) -> None:
    joined = text_of(head.post("/dong-ho", NEW | {"paper": "đơn số 3 ngày 12/10/2026"}, follow=True))
    assert "3 gia đình đã đăng ký" in joined
    again = head.post("/dong-ho", NEW)
    assert (again.status_code, "đã ở trong dòng họ" in text_of(again)) == (400, True)
    kin = head.get("/dong-ho").context["kin"].families
    gone = head.post(f"/dong-ho/ho/{kin[0].uid}", {"why": "xin ra"}, follow=True)
    assert "2 gia đình đã đăng ký" in text_of(gone)


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize(
    ("form", "told"),
    [({"code": "H9", "head": "Nguyễn Văn Mẫu 1"}, "Không có hộ nào có mã này"),
     ({"code": "H77", "head": "Nguyễn Văn Mẫu 9"}, "Không có hộ nào có mã này"),
     ({"code": "", "head": ""}, ""),
     ({"code": "H9\x00", "head": "x" * 121}, "120"),
     ({"code": "H1", "head": "nguyen van mau 1"}, "đã ở trong dòng họ")],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nobody_is_asked(head: Client, form: dict[str, str], told: str) -> None:
    response = head.post("/dong-ho", form)
    assert (response.status_code, told in text_of(response)) == (400, True)
    assert head.get("/dong-ho").context["kin"].waiting == ()


def test_only_the_standing_of_a_family_is_told(head: Client, small: Small, round_: Round, act: Act) -> None:
    from datetime import date

    from densach.assessing.domain import Decision, PaperAct, sign_act
    from densach.assessing.titles import BY_MODEL
    from tests.assessing.making import library

    office = "mau-chu-tich-ubnd-cap-xa"
    paper = PaperAct(number="7/QĐ-UBND", signed_on=date(2026, 12, 5), office=office, basis="Danh sách MẪU")
    who = Decision(subject=small.subject("family", "H1"), reason="đã họp", scorer="Xã MẪU")
    sign_act(round_, BY_MODEL["family"], paper, library("vn", "demo"), [who], act=act)
    text = text_of(head.get("/dong-ho"))
    assert "Nguyễn Văn Mẫu 1: đã được công nhận Gia đình học tập" in text
    assert "Nguyễn Văn Mẫu 2: chưa được công nhận" in text
    assert "Trần Thị Mẫu" not in text
    assert "7/QĐ-UBND" not in text


@pytest.mark.usefixtures("round_")
def test_a_clan_makes_its_dossier_and_sends_it(head: Client) -> None:
    text = text_of(head.post("/dong-ho/bat-dau", follow=True))
    assert "Hồ sơ Dòng họ học tập của Họ Nguyễn MẪU" in text
    assert "Đếm từ sổ." in text
    assert "Giấy tờ của hồ sơ" not in text


@pytest.mark.usefixtures("round_")
def test_a_neighbour_clan_and_other_homes_find_nothing(head: Client, small: Small, act: Act) -> None:
    head.post("/dong-ho", NEW)
    home = at_home(small, act)
    uid = home.get("/nha/dong-ho").context["seen"].waiting[0].uid
    kin = head.get("/dong-ho").context["kin"].families
    other, neighbour = signed_in(Role.CLAN_HEAD, neighbours(small, act), act), at_home(small, act, "H2")
    assert "Mẫu 1" not in text_of(other.get("/dong-ho"))
    assert other.get(f"/dong-ho/ho/{kin[0].uid}").status_code == 404
    assert neighbour.post(f"/nha/dong-ho/moi/{uid}", {"answer": "yes"}).status_code == 404
    assert neighbour.get("/dong-ho").status_code == other.get("/nha/dong-ho").status_code == 404
    assert neighbour.get("/nha/dong-ho").context["seen"].waiting == ()


@pytest.mark.parametrize("households", [1, 3])
def test_the_pages_ask_the_database_as_often_with_one_family_as_with_three(
    commune: Place, act: Act, households: int
) -> None:
    small = settle(commune, act, households=households)
    open_year(small, act, "vn,demo")
    clan = small.subject("clan", "D1").clan
    assert clan is not None
    head, home = signed_in(Role.CLAN_HEAD, clan, act), at_home(small, act, "H1")
    assert [*queries_of(head, "/dong-ho").values(), *queries_of(home, "/nha/dong-ho").values()] == [11, 7]
