"""The pages of what goes to the centre: from the list to the answers, and who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from densach.authority.roles import Role
from tests.authority.roles import NOW
from tests.awards.central.making import AWARD, WORD, Centre, centre, packed, passed
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]
ALL = "/trinh-trung-uong"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    from tests.authority.roles import TODAY

    settings.WORK_FOLDER = tmp_path
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def here(thai_nguyen: Place, act: Act) -> Centre:
    return centre(thai_nguyen, act)


@pytest.fixture
def officer(here: Centre, act: Act) -> Client:
    return signed_in(Role.EMULATION_OFFICER, here.place, act)


def test_from_the_list_to_the_answer(here: Centre, officer: Client) -> None:
    from densach.awards.central.models import Package
    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    row = passed(here)
    page = f"{ALL}/moi/{here.round.uid}/{AWARD}"
    assert "1 đề nghị Hội đồng đã đồng ý" in text_of(officer.get(ALL))
    assert "Cần người xem xét" in text_of(officer.get(page))
    sent = {"chosen": [str(row.uid)], "word": WORD}
    refused = officer.post(page, sent)
    assert (refused.status_code, "Chưa có ai khẳng định" in text_of(refused), WORD in refused.content.decode()) == (
        400, True, True,
    )  # fmt: skip
    asked = officer.post(page, sent | {"no_secrets": "1"})
    assert asked.status_code == 302
    assert Worker("máy 1", HANDLERS, timezone.now).drain() == 1
    assert "Gói có 1 đề nghị" in text_of(officer.get(asked["Location"]))
    package = Package.objects.get()
    one = f"{ALL}/{package.uid}"
    assert officer.get(f"{one}/goi.zip").content[:2] == b"PK"
    Package.objects.update(made_at=NOW)
    assert "Đã ghi là đã gửi" in text_of(officer.post(one, {"do": "send", "on": "2026-11-26"}, follow=True))
    said = {"answer": "accepted", "number": "15/TN (MẪU)", "on": "2026-11-26", "came_on": "2026-11-26"}
    told = text_of(officer.post(f"{one}/tra-loi", said, follow=True))
    assert "15/TN (MẪU)" in told
    assert "lịch nghỉ năm 2026 chưa được nạp" in told
    again = officer.post(f"{one}/tra-loi", said)
    assert (again.status_code, "đã được ghi trước đó" in text_of(again)) == (400, True)
    wrong = f"{one}/tra-loi/{package.receipts.get().uid}"
    assert "15/TN (MẪU)" in text_of(officer.get(wrong))
    silent = officer.post(wrong, {"why": ""})
    assert (silent.status_code, "Chưa ghi vì sao" in text_of(silent)) == (400, True)
    told = text_of(officer.post(wrong, {"why": "Số của gói khác (MẪU)"}, follow=True))
    assert "Câu trả lời đã rút" in told
    assert "Số của gói khác (MẪU)" in told
    assert officer.post(f"{one}/tra-loi", said | {"number": "16/TN (MẪU)"}).status_code == 302
    assert officer.get(f"{one}/tra-loi/{row.uid}").status_code == 404


def test_a_package_that_was_not_sent_is_set_aside_with_a_reason(here: Centre, officer: Client) -> None:
    one = f"{ALL}/{packed(here, passed(here)).uid}"
    assert officer.post(one, {"do": "set_aside", "why": ""}).status_code == 400
    told = text_of(officer.post(one, {"do": "set_aside", "why": "Thiếu trang (MẪU)"}, follow=True))
    assert "Gói này đã bỏ: Thiếu trang (MẪU)" in told


def test_others_find_nothing(here: Centre, commune: Place, act: Act) -> None:
    one = f"{ALL}/{packed(here, passed(here)).uid}"
    for role, place in ((Role.EMULATION_OFFICER, commune), (Role.PROVINCE_LEADER, here.place)):
        stranger = signed_in(role, place, act)
        assert {stranger.get(page).status_code for page in (ALL, one, f"{one}/goi.zip", f"{one}/tra-loi")} == {404}


@pytest.mark.parametrize("count", [1, 3])
def test_how_many_queries_a_page_takes(here: Centre, officer: Client, count: int) -> None:
    rows = [passed(here, f"Người {at} MẪU") for at in range(count)]
    page = f"{ALL}/moi/{here.round.uid}/{AWARD}"
    assert queries_of(officer, ALL, page) == {ALL: 5, page: 10}
    one = f"{ALL}/{packed(here, *rows).uid}"
    assert queries_of(officer, one, f"{one}/tra-loi") == {one: 6, f"{one}/tra-loi": 5}
