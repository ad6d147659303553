"""The page of a commune's year by sex, age and village: whole in both languages, and few people are never on it."""

from __future__ import annotations

from csv import reader
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import TODAY
from tests.reporting.breakdowns.making import counted, spread
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside
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
    """All of these pages are looked at on 26/11/2026, when 2025 is the last year that is over."""
    for module in ("densach.web.viewing", "densach.web.views.dashboards"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


@pytest.fixture
def place(thai_nguyen: Place, act: Act) -> Place:
    found = beside(thai_nguyen, act)
    accepted(found, "CITIZEN", (4000, 3000, 2000, 1500), year=2025)
    counted(found, spread(1500, 2500))
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_says_shares_both_measures_base_and_what_the_records_cannot_tell(
    client: Client, place: Place, lang: str
) -> None:
    text = text_of(client.get(f"/bang-so-lieu/{place.uid}/cong-bang", headers={"Accept-Language": lang}))
    said = {
        "vi": ("Công bằng: ai được công nhận ở Xã MẪU Số 2, năm 2025", "37,5 % (1.500 / 4.000)", "Tuyệt đối:",
               "Tương đối:", "chỉ số cân bằng nữ trên nam", "không có khoảng tin cậy", "Dân tộc, hộ nghèo",
               "ngày 31/12/2025", "từ 60 tuổi", "Thôn Tây"),
        "en": ("Equity: who was recognised in", "(1,500 / 4,000)", "Absolute:", "Relative:",
               "adjusted parity index", "there is no interval", "Ethnic group", "Aged 60 and over", "Thôn Tây"),
    }[lang]  # fmt: skip
    assert [each for each in said if each not in text] == []
    assert "3 người đang chờ" not in text


def test_the_dashboard_asks_for_it_and_has_a_link_without_script(client: Client, place: Place) -> None:
    at = f"/bang-so-lieu/{place.uid}"
    page = client.get(f"{at}?mo-hinh=citizen").content.decode()
    assert f'hx-get="{at}/cong-bang?nam=2025"' in page
    assert f'<a href="{at}/cong-bang?nam=2025">' in page
    part = client.get(f"{at}/cong-bang", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<section id="cong-bang">')


def test_the_file_has_the_rows_of_the_page_and_says_made_up(client: Client, place: Place) -> None:
    text = client.get(f"/bang-so-lieu/{place.uid}/cong-bang.csv").content.decode("utf-8-sig")
    lines = list(reader(StringIO(text)))
    assert "MẪU" in lines[0][0]
    assert lines[2] == [
        "Theo", "Nhóm", "Được công nhận", "Người trưởng thành", "Tỷ lệ (được công nhận / người trưởng thành)",
    ]  # fmt: skip
    assert [line[1] for line in lines[3:-1]] == [
        "Nữ", "Nam", "18–34 tuổi", "35–59 tuổi", "từ 60 tuổi", "Thôn Đông", "Thôn Tây",
    ]  # fmt: skip
    assert lines[-1][1] == "7"


def test_the_public_finds_no_few_people_on_page_or_file_and_roles_of_the_place_do(
    client: Client, thai_nguyen: Place, act: Act
) -> None:
    place = beside(thai_nguyen, act)
    cell = ("Thôn Đông", "Nữ", "từ 60 tuổi", "được công nhận")
    counted(place, {cell: 3, (*cell[:3], "chưa được công nhận"): 50, ("Thôn Tây", "Nam", "18–34 tuổi", cell[3]): 90})
    at = f"/bang-so-lieu/{place.uid}/cong-bang"
    for address in (at, f"{at}.csv"):
        text = text_of(client.get(address))
        assert "3 / 53" not in text
        assert ",3,53," not in text
    sign_in(client, Role.COMMUNE_LEADER, place, act)
    text = text_of(client.get(at))
    assert "3 / 53" in text
    assert "3 người đang chờ" in text


def test_a_year_that_was_not_counted_says_how_it_comes_and_others_are_not_there(
    client: Client, place: Place, thai_nguyen: Place
) -> None:
    text = text_of(client.get(f"/bang-so-lieu/{place.uid}/cong-bang?nam=2024"))
    assert "Chưa có bảng theo giới tính, tuổi và thôn của năm 2024" in text
    assert client.get(f"/bang-so-lieu/{thai_nguyen.uid}/cong-bang").status_code == 404


def test_the_page_takes_a_constant_number_of_queries(
    client: Client, place: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(f"/bang-so-lieu/{place.uid}/cong-bang")
    with django_assert_num_queries(7):
        client.get(f"/bang-so-lieu/{place.uid}/cong-bang")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_protected_groups_stand_on_page_and_file_of_state_bodies_alone(
    client: Client, place: Place, act: Act, lang: str
) -> None:
    from densach.reporting.breakdowns.models import Breakdown

    cells = [["inside", "được công nhận", 41], ["inside", "chưa được công nhận", 59],
             ["outside", "được công nhận", 62], ["outside", "chưa được công nhận", 38]]  # fmt: skip
    told = {"said": True, "cells": cells}
    Breakdown.objects.update(protected={"ethnicity": told, "poverty": told | {"cells": []}, "disability": {
        "said": False, "cells": []}})  # fmt: skip
    at, seen = f"/bang-so-lieu/{place.uid}/cong-bang", {"Accept-Language": lang}
    said = {
        "vi": ("41,0 % (41 / 100)", "dân tộc thiểu số", "Sổ có ghi về 200 trên 4.000 người trưởng thành.",
               "không quá 5 người ở một kết quả", "Chưa có số liệu: sổ chưa ghi điều này", "thấp hơn nhóm thứ hai"),
        "en": ("(41 / 100)", "Ethnic minorities", "It is entered of 200 of 4,000 adults.", "no more than 5 people",
               "No figures yet", "lower than that of the second"),
    }[lang]  # fmt: skip
    for role, shows in ((None, False), (Role.ASSOCIATION_OFFICER, False), (Role.COMMUNE_LEADER, True)):
        if role is not None:
            sign_in(client, role, place, act)
        text = text_of(client.get(at, headers=seen))
        assert [each for each in said if each not in text] == ([] if shows else list(said)), role
        assert "91/2025/QH15" in text
        assert (",41,100," in client.get(f"{at}.csv").content.decode()) is shows
