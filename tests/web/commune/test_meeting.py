"""The pages from the verdicts to the recognition list, with the meeting between."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from densach.authority.roles import Role
from tests.assessing.making import GOOD, POOR, YEAR, adults, answer, open_year, run, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Round, Subject
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}-mau"
MEETING: dict[str, str | list[str]] = {
    "held_on": "2026-11-20", "chair": "Bà Chủ Tọa Mẫu", "secretary": "Ông Thư Ký Mẫu",
    "present": "Bà Chủ Tọa Mẫu\nÔng Hai Mẫu", "agenda": ["citizen.qd677"],
}  # fmt: skip


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return judged(small, act)


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


def judged(small: Small, act: Act) -> Round:
    opened = open_year(small, act, "vn,demo")
    points: dict[Subject, dict[str, int | bool | str]] = {}
    for place, each in enumerate(adults(small)):
        points[each] = dict(GOOD if place else POOR)
    answer(opened, "citizen", points, act)
    run(opened, act)
    return opened


def held(officer: Client) -> str:
    return str(officer.post(f"{BOARD}/hop/moi", MEETING)["Location"])


def test_a_round_is_judged_in_the_background(
    small: Small, officer: Client, act: Act, settings: Settings, tmp_path: Path
) -> None:
    from django.utils import timezone

    from densach.assessing.models import Assessment
    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    settings.WORK_FOLDER = tmp_path
    opened = open_year(small, act, "vn,demo")
    answer(opened, "citizen", {adults(small)[0]: dict(GOOD)}, act)
    first, second = (officer.post(f"{BOARD}/ket-luan")["Location"] for _ in range(2))
    assert first == second
    assert Worker("máy 1", HANDLERS, timezone.now).drain() == 1
    assert Assessment.objects.filter(title_key="citizen.qd677", verdict="met").count() == 1
    assert f"{BOARD}/ket-luan" in officer.get(first).content.decode()
    assert "Công dân học tập 1 0 0" in text_of(officer.get(f"{BOARD}/ket-luan"))


@pytest.mark.usefixtures("round_")
def test_a_meeting_decides_otherwise_ends_and_makes_the_list(officer: Client) -> None:
    from densach.assessing.models import Proposal

    page = held(officer)
    found = officer.get(f"{page}/citizen?q=mau+1").content.decode()
    assert "Nguyễn Văn Mẫu 1" in found
    assert "Nguyễn Văn Mẫu 2" not in found
    unmet = found.split(f'href="{page}/citizen/')[1].split('"')[0]
    address = f"{page}/citizen/{unmet}"
    response = officer.post(address, {"proposed": "co", "reason": "họp xét", "scorer": ""})
    assert (response.status_code, "họp xét</textarea>" in response.content.decode()) == (400, True)
    officer.post(address, {"proposed": "co", "reason": "họp xét", "scorer": "Ban MẪU"})
    assert officer.get(f"{page}/bien-ban.pdf").content[:5] == b"%PDF-"
    assert officer.get(f"{page}/bien-ban.docx").content[:2] == b"PK"
    assert officer.get(f"{page}/bien-ban.exe").status_code == 404
    officer.post(page, {"version": "1"})
    assert Proposal.objects.count() == 4
    assert "Người quyết định: họp xét (Ban MẪU)" in text_of(officer.get(f"{BOARD}/danh-sach/citizen"))
    assert "Cuộc họp đã kết thúc và biên bản đã lưu" in text_of(officer.post(page, {"version": "2"}))


@pytest.mark.usefixtures("round_")
def test_what_is_wanting_is_told_beside_its_field_and_kept(officer: Client) -> None:
    from densach.assessing.meetings.models import Meeting

    empty: list[dict[str, str | list[str]]] = [{name: ""} for name in ("held_on", "chair", "present")]
    wrongs: list[dict[str, str | list[str]]] = [*empty, {"agenda": []}, {"agreed": "3"}, {"agreed": "x"}]
    for wrong in wrongs:
        response = officer.post(f"{BOARD}/hop/moi", MEETING | wrong)
        assert response.status_code == 400
        assert response.content.decode().count('class="problem"') == 1
    assert Meeting.objects.count() == 0


@pytest.mark.usefixtures("round_")
def test_others_do_not_find_it(small: Small, officer: Client, act: Act) -> None:
    page = held(officer)
    pages = (f"{BOARD}/ket-luan", f"{BOARD}/hop", page, f"{page}/citizen", f"{BOARD}/danh-sach")
    for role, thing in ((Role.VILLAGE_HEAD, small.village), (Role.ASSOCIATION_OFFICER, small.place)):
        who = signed_in(role, thing, act)
        assert {each: who.get(each).status_code for each in pages} == dict.fromkeys(pages, 404)
        assert who.post(page, {"version": "1"}).status_code == 404


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_stays_the_same(commune: Place, act: Act, households: int) -> None:
    judged(settle(commune, act, households=households), act)
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    page = held(officer)
    officer.post(f"{BOARD}/danh-sach")
    expected = {
        f"{BOARD}/ket-luan": 9,
        f"{BOARD}/hop": 5,
        page: 7,
        f"{page}/citizen": 8,
        f"{BOARD}/danh-sach": 9,
        f"{BOARD}/danh-sach/citizen": 7,
    }
    assert queries_of(officer, *expected) == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.usefixtures("round_")
def test_the_pages_are_whole_in_both_languages(officer: Client, lang: str) -> None:
    page = held(officer)
    officer.post(f"{BOARD}/danh-sach")
    lists = (f"{BOARD}/ket-luan", f"{BOARD}/danh-sach", f"{BOARD}/danh-sach/citizen")
    for address in (*lists, f"{BOARD}/hop", f"{BOARD}/hop/moi", page, f"{page}/ghi", f"{page}/citizen"):
        html = officer.get(address, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
