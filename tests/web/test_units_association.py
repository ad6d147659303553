"""The association: what waits in a commune, scored one after another; a second look; counts below for those above."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.dossiers.making import COMMUNE_UNIT, begun_dossier, the_unit
from tests.assessing.making import GOOD, library, open_year, settle
from tests.assessing.privacy.making import agree
from tests.assessing.sheets.making import sent
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Round
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
HEAD = "Nguyễn Văn Mẫu 1"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.ASSOCIATION_OFFICER, small.place, act)


def asked_of(sheet: Sheet) -> str:
    """The first fact of a sheet that people answer; none where everything is counted."""
    from densach.assessing.titles import BY_KEY
    from densach.assessing.villages.rubrics import asked, judge_for

    law = library(*sheet.round.packs.split(","))
    facts = asked(judge_for(sheet.round, BY_KEY[sheet.title_key], law))
    return next((fact.id for fact in facts), "")


def group_sent(round_: Round, small: Small, act: Act, model: str = "unit") -> Sheet:
    from densach.assessing.dossiers.domain import begin_dossier
    from densach.assessing.sheets.domain import send_sheet, write_on
    from densach.assessing.sheets.models import Way
    from densach.assessing.titles import BY_MODEL

    code = {"unit": "U1", "clan": "D1"}.get(model, "")
    subject = small.subject(model, code)
    thing = subject.unit_id or subject.clan_id or subject.place_id
    sheet = begin_dossier(round_, BY_MODEL[model], thing or 0, by=None, act=act)
    fact = asked_of(sheet)
    kept = write_on(sheet, {fact: True}, 1, by=None, way=Way.OWN, act=act) if fact else sheet
    return send_sheet(kept, kept.version, act=act)


def test_what_waits_is_scored_one_after_another(officer: Client, small: Small, round_: Round, act: Act) -> None:
    first, second = (group_sent(round_, small, act, model) for model in ("unit", "clan"))
    text = text_of(officer.get("/hoi"))
    assert "2 hồ sơ chờ Hội Khuyến học chấm" in text
    assert "Trường Tiểu học MẪU Đơn vị học tập (xét trong đợt của xã)" in text
    assert officer.get("/hoi/cham").headers["Location"] == f"/hoi/cham/{first.uid}"
    agreed = officer.post(f"/hoi/cham/{first.uid}", {"viec": "giu", "version": "3"}, follow=True)
    assert agreed.redirect_chain[-1][0] == f"/hoi/cham/{second.uid}"
    silent = officer.post(f"/hoi/cham/{second.uid}", {"viec": "sua", asked_of(second): "false", "version": "3"})
    assert silent.status_code == 400
    late = officer.post(f"/hoi/cham/{second.uid}", {"viec": "giu", "version": "2"})
    assert (late.status_code, "Có người khác vừa ghi" in text_of(late)) == (400, True)
    back = {"viec": "tra-lai", "note": "Thiếu biên bản", "version": "3"}
    assert "0 hồ sơ chờ" in text_of(officer.post(f"/hoi/cham/{second.uid}", back, follow=True))
    second.refresh_from_db()
    assert (second.state, second.note) == ("given_back", "Thiếu biên bản")


def test_a_second_look_keeps_or_corrects_what_the_chapter_found(
    officer: Client, small: Small, round_: Round, act: Act
) -> None:
    from densach.assessing.villages.domain import Score, score
    from densach.assessing.villages.queries import verified_facts

    sheet = sent(round_, small.subject("citizen", HEAD), act)
    page = f"/hoi/cham/{sheet.uid}"
    assert officer.get(page).status_code == 404
    found = Score(facts={**GOOD, "a1": 5}, version=sheet.version, note="đã xem", by=None)
    score(sheet, found, library("vn", "demo"), act=act)
    village = small.village.uid
    assert "Thôn Đoài 0 0 0 0 –" in text_of(officer.get("/hoi"))  # nobody agreed yet
    assert (officer.get(page).status_code, officer.get(f"/hoi/xem-lai/{village}").headers["Location"]) == (404, "/hoi")
    agree(act)
    text = text_of(officer.get("/hoi"))
    assert "Thôn Đoài 0 0 1 0 Xem lại phiếu đã chấm" in text
    assert officer.get(f"/hoi/xem-lai/{village}").headers["Location"] == page
    assert "Giữ kết quả của chi hội" in text_of(officer.get(page))
    officer.post(page, {"viec": "giu", "version": "4", "note": "đã xem"})
    assert verified_facts(sheet)["a1"] == 5
    corrected = {**dict.fromkeys(GOOD, "9"), "viec": "sua", "version": "5", "note": "phiếu đúng"}
    assert officer.post(page, corrected).status_code == 302
    assert verified_facts(sheet)["a1"] == 9
    assert officer.post(page, {**corrected, "a1": "chín", "version": "6"}).status_code == 400


def test_another_commune_and_other_roles_find_nothing(
    officer: Client, small: Small, round_: Round, act: Act, thai_nguyen: Place
) -> None:
    from densach.places.domain import add_fictional_commune

    sheet = group_sent(round_, small, act)
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Cạnh", on=date(2026, 1, 1), act=act)
    other = signed_in(Role.ASSOCIATION_OFFICER, there, act)
    chapter = signed_in(Role.CHAPTER_OFFICER, small.village, act)
    head = signed_in(Role.UNIT_HEAD, the_unit(small), act)
    above = signed_in(Role.ASSOCIATION_OFFICER, thai_nguyen, act)
    assert "Trường Tiểu học" not in text_of(other.get("/hoi"))
    for client in (other, chapter, head, above):
        assert client.get(f"/hoi/cham/{sheet.uid}").status_code == 404
        assert client.post(f"/hoi/cham/{sheet.uid}", {"viec": "giu", "version": "3"}).status_code == 404
        assert client.get(f"/hoi/xem-lai/{small.village.uid}").status_code == 404
    assert chapter.get("/hoi").status_code == head.get("/hoi").status_code == 404
    assert officer.get(f"/hoi/cham/{begun_dossier(round_, small, act, 'unit_district.tt24').uid}").status_code == 404


@pytest.mark.usefixtures("round_")
def test_those_above_read_counts_and_checks_and_no_name(
    small: Small, round_: Round, act: Act, thai_nguyen: Place
) -> None:
    group_sent(round_, small, act)
    above = signed_in(Role.ASSOCIATION_OFFICER, thai_nguyen, act)
    page = above.get("/hoi?nam=2026&mo-hinh=unit")
    text = text_of(page)
    assert "Các xã của Tỉnh Thái Nguyên: bốn con số và việc kiểm tra" in text
    assert [(row.period.name, checked, waiting) for row, checked, waiting in page.context["rows"]] == [
        ("Xã MẪU Đèn Sách", 0, 1)
    ]
    assert "Trường Tiểu học" not in text


@pytest.mark.parametrize("groups", [1, 3])
def test_the_pages_ask_the_database_as_often_with_one_as_with_three(
    officer: Client, small: Small, round_: Round, act: Act, thai_nguyen: Place, groups: int
) -> None:
    sheets = [group_sent(round_, small, act, model) for model in ("village", "unit", "clan")[:groups]]
    above = signed_in(Role.ASSOCIATION_OFFICER, thai_nguyen, act)
    counted = queries_of(officer, "/hoi", f"/hoi/cham/{sheets[0].uid}")
    assert [*counted.values(), *queries_of(above, "/hoi?nam=2026").values()] == [10, 8, 10]


def test_the_law_that_is_not_read_is_said(officer: Client, small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    assert begun_dossier(round_, small, act, COMMUNE_UNIT).state == "writing"
    assert "Không có hồ sơ nào chờ chấm" in text_of(officer.get("/hoi"))
