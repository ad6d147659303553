"""The page of the statistics of awards: what it counts, for whom, and in how many queries."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from densach.authority.roles import Role
from tests.awards.register.making import awarded, open_round, passed
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
PAGE = "/khen-thuong/thong-ke"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.authority.roles import TODAY

    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


def test_what_was_given_and_who_was_put_forward(commune: Place, act: Act) -> None:
    from densach.awards.models import Nominee

    round_ = open_round(commune)
    awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    awarded(round_, "Hộ Nguyễn MẪU", kind="household")
    passed(round_, "Đội MẪU", kind="collective")
    Nominee.objects.filter(name="Lê Văn MẪU").update(sex="male", leader_level="business")
    Nominee.objects.filter(name="Trần Thị MẪU").update(sex="female")
    officer = signed_in(Role.EMULATION_OFFICER, commune, act)
    for page in (PAGE, f"{PAGE}?nam=2026&dot={round_.uid}"):
        told = text_of(officer.get(page))
        assert "Hộ gia đình 1 / 4: 25,0 %" in told
        assert "Phụ nữ, trong cá nhân 1 / 2: 50,0 %" in told
        assert "Dân tộc thiểu số Đếm riêng theo từng đợt đã kết thúc" in told
    sheet = load_workbook(BytesIO(officer.get(f"{PAGE}.xlsx?nam=2026").content))["0603N"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [total] = [row for row in rows if row[1] == "Mọi loại hình"]
    assert total[2:] == [3, 0, 0, 1, 2, 0, 0, 1, 0, 0, 1]
    assert "Chưa có quyết định khen thưởng nào" in text_of(officer.get(f"{PAGE}?nam=2025"))


def test_ethnic_minorities_are_counted_once_a_round_is_over(commune: Place, act: Act) -> None:
    from datetime import date

    from densach.awards.models import Nomination, Nominee
    from densach.history.models import Entry
    from tests.assessing.privacy.test_counting import people
    from tests.people.making import KEYS

    monkey = "densach.web.views.award_statistics.load_keys"
    round_ = open_round(commune)
    found = people(commune, act, *["Tày"] * 6, *["Kinh"] * 5, "")
    awarded(round_, *(each.full_name for each in found))
    for each in found:
        Nominee.objects.filter(name=each.full_name).update(person=each)
    officer, page = signed_in(Role.EMULATION_OFFICER, commune, act), f"{PAGE}/dan-toc"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(monkey, lambda _: KEYS)
        assert "Chưa đếm được: đợt chưa hết hạn" in text_of(officer.get(page))
        early = officer.post(page, {"round": str(round_.uid)})
        assert (early.status_code, "chưa kết thúc nên chưa đếm" in text_of(early)) == (400, True)
        round_.closes_on = date(2026, 11, 25)
        round_.save()
        assert Entry.objects.filter(event="protected_counted").count() == 0
        told = text_of(officer.post(page, {"round": str(round_.uid)}))
        assert "Được đề nghị 6 / 11: 54,5 %" in told
        assert "Được khen 6 / 11: 54,5 %" in told
        assert "Chưa biết: 1 người" in told
        [entry] = Entry.objects.filter(event="protected_counted")
        assert (entry.kind, entry.object_id) == ("award_round", str(round_.uid))
        Nomination.objects.filter(nominee__person=found[0]).update(step="passed")
        assert officer.post(page, {"round": str(round_.uid)}).status_code == 400
    assert officer.post(page, {}).status_code == 404
    assert officer.post(page, {"round": "00000000-0000-4000-8000-000000000000"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_minorities_takes_the_same_queries(commune: Place, act: Act, count: int) -> None:
    for each in range(count):
        open_round(commune, f"Đợt MẪU {each}")
    page = f"{PAGE}/dan-toc"
    assert queries_of(signed_in(Role.EMULATION_OFFICER, commune, act), page) == {page: 6}


def test_others_find_nothing(commune: Place, act: Act) -> None:
    stranger = signed_in(Role.VILLAGE_HEAD, _village(commune, act), act)
    officer = signed_in(Role.EMULATION_OFFICER, commune, act)
    assert {stranger.get(page).status_code for page in (PAGE, f"{PAGE}.xlsx", f"{PAGE}/dan-toc")} == {404}
    missing = f"{PAGE}?dot=00000000-0000-4000-8000-000000000000"
    assert {officer.get(page).status_code for page in (missing, f"{PAGE}?dot=x")} == {404}


def _village(commune: Place, act: Act) -> Place:
    from tests.people.making import village

    return village(commune, act)


@pytest.mark.parametrize("count", [1, 3])
def test_how_many_queries_the_page_takes(commune: Place, act: Act, count: int) -> None:
    awarded(open_round(commune), *(f"Người {at} MẪU" for at in range(count)))
    assert queries_of(signed_in(Role.EMULATION_OFFICER, commune, act), PAGE) == {PAGE: 8}
