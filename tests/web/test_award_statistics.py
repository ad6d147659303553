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
        assert "Dân tộc thiểu số Không có số liệu" in told
    sheet = load_workbook(BytesIO(officer.get(f"{PAGE}.xlsx?nam=2026").content))["0603N"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [total] = [row for row in rows if row[1] == "Mọi loại hình"]
    assert total[2:] == [3, 0, 0, 1, 2, 0, 0, 1, 0, 0, 1]
    assert "Chưa có quyết định khen thưởng nào" in text_of(officer.get(f"{PAGE}?nam=2025"))


def test_others_find_nothing(commune: Place, act: Act) -> None:
    stranger = signed_in(Role.VILLAGE_HEAD, _village(commune, act), act)
    officer = signed_in(Role.EMULATION_OFFICER, commune, act)
    assert {stranger.get(page).status_code for page in (PAGE, f"{PAGE}.xlsx")} == {404}
    missing = f"{PAGE}?dot=00000000-0000-4000-8000-000000000000"
    assert {officer.get(page).status_code for page in (missing, f"{PAGE}?dot=x")} == {404}


def _village(commune: Place, act: Act) -> Place:
    from tests.people.making import village

    return village(commune, act)


@pytest.mark.parametrize("count", [1, 3])
def test_how_many_queries_the_page_takes(commune: Place, act: Act, count: int) -> None:
    awarded(open_round(commune), *(f"Người {at} MẪU" for at in range(count)))
    assert queries_of(signed_in(Role.EMULATION_OFFICER, commune, act), PAGE) == {PAGE: 10}
