"""The pages of the board: who finds them, what they say, that nothing typed is lost, and their number of queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import YEAR, open_year, settle
from tests.authority.roles import viewer
from tests.web.commune.making import signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.assessing.models import Round
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}-mau"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


def test_a_round_is_opened_once_and_its_board_shows_the_next_step(officer: Client) -> None:
    assert "Xã chưa mở đợt đánh giá nào" in text_of(officer.get("/xa"))
    for _ in range(2):
        response = officer.post("/xa/mo-dot", {"year": str(YEAR), "law": "mau"}, follow=True)
        assert response.redirect_chain == [(BOARD, 302)]
    said = text_of(response)
    assert f"Đợt đánh giá MẪU năm {YEAR} của xã" in said
    assert f"Đã mở đợt năm {YEAR}" in said
    assert "0 hộ đăng ký trong 2 hộ của xã" in said
    assert said.count("Chưa có số liệu") == 8


@pytest.mark.parametrize("year", ["", "abc", "1", "99999", "2024", "²"])
def test_a_year_that_cannot_be_is_told_beside_its_field(officer: Client, year: str) -> None:
    from densach.assessing.models import Round

    response = officer.post("/xa/mo-dot", {"year": year})
    assert (response.status_code, Round.objects.count()) == (400, 0)
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_step_is_planned_closed_and_opened_again(officer: Client, round_: Round) -> None:
    from densach.assessing.steps.models import RoundStep

    page = f"{BOARD}/buoc/meeting"
    sent = {"version": "0", "begins": "2026-12-01", "ends": "10/12/2026", "head": "Bà Trần Thị Mẫu", "do": "plan"}
    assert "Bà Trần Thị Mẫu" in text_of(officer.post(page, sent, follow=True))
    row = RoundStep.objects.get(round=round_)
    assert (row.begins, row.ends, row.version) == (date(2026, 12, 1), date(2026, 12, 10), 1)
    for version, do, closed in (("1", "close", True), ("2", "open", False)):
        officer.post(page, sent | {"version": version, "do": do})
        row.refresh_from_db()
        assert (row.closed_on is not None, row.head) == (closed, "Bà Trần Thị Mẫu")


def test_what_was_typed_is_kept_when_it_is_refused(officer: Client, round_: Round) -> None:
    from densach.assessing.steps.models import RoundStep

    page = f"{BOARD}/buoc/meeting"
    for wrong in ({"begins": "31/02/2026"}, {"begins": "2026-12-11", "ends": "2026-12-10"}, {"head": "x" * 121}):
        response = officer.post(page, {"version": "0", "head": "Bà Mẫu", **wrong})
        assert response.status_code == 400
        assert all(f'value="{value}"' in response.content.decode() for value in wrong.values())
    officer.post(page, {"version": "0", "head": "Bà Một"})
    response = officer.post(page, {"version": "0", "head": "Bà Hai"})
    assert "Có người khác vừa ghi vào bước" in text_of(response)
    assert 'value="Bà Hai"' in response.content.decode()
    assert RoundStep.objects.get(round=round_).head == "Bà Một"


@pytest.mark.usefixtures("round_")
def test_a_round_of_another_commune_is_not_there(small: Small, thai_nguyen: Place, act: Act) -> None:
    from densach.people.models import Person
    from densach.places.domain import add_fictional_commune

    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    pages = (BOARD, f"{BOARD}/buoc/meeting", f"{BOARD}/nhat-ky", f"{BOARD}/buoc/khong-co", "/xa/1999")
    for who in (
        signed_in(Role.COMMUNE_OFFICER, other, act),
        signed_in(Role.PROVINCE_LEADER, thai_nguyen, act),
        signed_in(Role.VILLAGE_HEAD, small.village, act),
        signed_in(Role.CITIZEN, Person.objects.get(full_name="Nguyễn Văn Mẫu 1"), act),
    ):
        assert {page: who.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_the_leader_sees_the_board_and_changes_nothing(small: Small, round_: Round, act: Act) -> None:
    leader = signed_in(Role.COMMUNE_LEADER, small.place, act)
    assert leader.get(BOARD).status_code == leader.get(f"{BOARD}/nhat-ky").status_code == 200
    assert leader.post(f"{BOARD}/buoc/meeting", {"version": "0", "head": "x"}).status_code == 404
    assert leader.post(f"{BOARD}/dong-dot").status_code == 404
    round_.refresh_from_db()
    assert round_.closed_on is None


@pytest.mark.parametrize("households", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [(BOARD, 9), (f"{BOARD}/nhat-ky", 5), (f"{BOARD}/buoc/meeting", 9)])
def test_the_number_of_queries_stays_the_same(
    commune: Place, act: Act, households: int, page: str, queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    from densach.assessing.steps.domain import Plan, plan_step
    from densach.assessing.steps.models import Step

    round_ = open_year(settle(commune, act, households=households), act, "vn,demo")
    for step in list(Step)[:households]:
        plan_step(round_, step, Plan(head="Bà Mẫu"), 0, act=act)
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    with django_assert_num_queries(queries):
        assert officer.get(page).status_code == 200


@pytest.mark.usefixtures("round_")
def test_the_next_step_is_a_duty_and_costs_six_queries(
    small: Small, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.web.views.commune.duties import of_the_round

    officer = viewer(Role.COMMUNE_OFFICER, small.place, act)
    with django_assert_num_queries(6):
        [duty] = of_the_round(officer)
    assert (duty.address, duty.words) == (BOARD, {"year": str(YEAR), "step": "Đăng ký"})
    assert of_the_round(viewer(Role.VILLAGE_HEAD, small.village, act)) == []


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(officer: Client, lang: str) -> None:
    officer.post(f"{BOARD}/buoc/meeting", {"version": "0", "ends": "2026-01-10", "head": "Bà Mẫu"})
    for page in (BOARD, "/xa/mo-dot", f"{BOARD}/buoc/meeting", f"{BOARD}/nhat-ky", f"{BOARD}/nhat-ky?nhom=list"):
        html = officer.get(page, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
