"""The commune's own dossier: filled in from its records, sent, seen by the province, sent back and completed."""

from __future__ import annotations

import re
from datetime import date
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
CODE = "Mã hồ sơ trên cổng dịch vụ công: G22.99-0007."


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


def begun(officer: Client) -> str:
    """The address of the commune's sheet, begun and written on."""
    officer.post("/xa/ho-so/bat-dau")
    uid = officer.get("/xa/ho-so").context["sheet"].uid
    officer.post(f"/phieu/{uid}/ghi", {"centre_works": "true", "version": "1", "do": "keep"})
    return str(uid)


@pytest.mark.usefixtures("round_")
def test_the_commune_sends_and_the_province_reads_and_sends_back(
    officer: Client, small: Small, thai_nguyen: Place, act: Act
) -> None:
    assert "thủ tục 1.005097" in text_of(officer.get("/xa/ho-so"))
    uid = begun(officer)
    text = text_of(officer.get("/xa/ho-so"))
    assert "MẪU: xã có bao nhiêu gia đình? 2 Đếm từ sổ." in text
    assert re.search(r"Đếm lần cuối ngày \d\d/\d\d/\d{4}, dấu niêm phong \S{19}", text)
    assert "MẪU: trung tâm học tập cộng đồng có hoạt động thường xuyên trong năm không? Có" in text
    province = signed_in(Role.PROVINCE_OFFICER, thai_nguyen, act)
    file = f"/tinh/xa/{small.place.uid}?nam=2026"
    assert "Xã chưa gửi hồ sơ của mình." in text_of(province.get(file))
    assert "Đã gửi hồ sơ." in text_of(officer.post(f"/ho-so/{uid}/gui", {"version": "2"}, follow=True))
    given = {"portal_code": "G22.99-0007", "version": "0"}
    assert CODE in text_of(officer.post(f"/ho-so/{uid}/cong-dich-vu", given, follow=True))
    above = province.get(file)
    assert "Xã đã gửi hồ sơ ngày" in text_of(above)
    assert CODE in text_of(above)
    said = {"kind": "sent_back", "reason": "Thiếu chỉ tiêu 3.1", "read": "0", "seal": above.context["seen"].seal}
    province.post(f"/tinh/xa/{small.place.uid}/y-kien?nam=2026", said)
    assert "Cấp tỉnh gửi lại hồ sơ: Thiếu chỉ tiêu 3.1" in text_of(officer.get("/xa/ho-so"))
    again = text_of(officer.post("/xa/ho-so/mo-lai", follow=True))
    assert "Phiếu đã mở lại." in again
    assert "Xã chưa gửi hồ sơ của mình." in text_of(province.get(file))


def test_the_trail_names_the_acts_that_recognised_who_is_counted(
    officer: Client, small: Small, round_: Round, act: Act
) -> None:
    from densach.assessing.domain import Decision, PaperAct, sign_act
    from densach.assessing.titles import BY_MODEL
    from tests.assessing.making import library

    office = "mau-chu-tich-ubnd-cap-xa"
    paper = PaperAct(number="7/QĐ-UBND", signed_on=date(2026, 12, 5), office=office, basis="Danh sách MẪU")
    who = Decision(subject=small.subject("family", "H1"), reason="đã họp", scorer="Xã MẪU")
    sign_act(round_, BY_MODEL["family"], paper, library("vn", "demo"), [who], act=act)
    begun(officer)
    assert "MẪU: bao nhiêu gia đình được công nhận? 1 Đếm từ sổ. Quyết định 7/QĐ-UBND ngày 05/12/2026: 1." in text_of(
        officer.get("/xa/ho-so")
    )


@pytest.mark.usefixtures("round_")
def test_the_leader_reads_and_neither_neighbour_nor_head_finds_it(
    officer: Client, small: Small, act: Act, thai_nguyen: Place
) -> None:
    from densach.places.domain import add_fictional_commune

    uid = begun(officer)
    leader = signed_in(Role.COMMUNE_LEADER, small.place, act)
    page = leader.get("/xa/ho-so")
    assert "Cán bộ phụ trách của xã ghi và gửi hồ sơ này." in text_of(page)
    assert leader.post(f"/ho-so/{uid}/gui", {"version": "2"}).status_code == 404
    assert leader.post("/xa/ho-so/bat-dau").status_code == 404
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Cạnh", on=date(2026, 1, 1), act=act)
    other, front = (signed_in(role, place, act) for role, place in (
        (Role.COMMUNE_OFFICER, there), (Role.FRONT_HEAD, small.place)))  # fmt: skip
    assert "G22" not in text_of(other.get("/xa/ho-so"))
    for client in (other, front):
        assert client.get(f"/ho-so/{uid}").status_code == 404
        assert client.get(f"/ho-so/{uid}/giay-to/to-trinh.pdf").status_code == 404
        assert client.post("/xa/ho-so/mo-lai").status_code == 404
    assert front.get("/xa/ho-so").status_code == 404


@pytest.mark.usefixtures("round_")
def test_the_papers_of_the_commune_come_as_pdf_and_word(officer: Client) -> None:
    uid = begun(officer)
    assert officer.get(f"/ho-so/{uid}/giay-to/to-trinh.pdf").content[:4] == b"%PDF"
    assert officer.get(f"/ho-so/{uid}/giay-to/ban-tong-hop.docx").content[:2] == b"PK"
    assert officer.get(f"/ho-so/{uid}/bien-ban").status_code == 404


def test_without_a_round_there_is_nothing_to_begin(officer: Client) -> None:
    assert "Xã chưa mở đợt đánh giá nào" in text_of(officer.get("/xa/ho-so"))
    assert officer.post("/xa/ho-so/bat-dau").status_code == 400


@pytest.mark.parametrize("households", [1, 3])
def test_the_page_asks_the_database_as_often_however_many_live_there(commune: Place, act: Act, households: int) -> None:
    open_year(settle(commune, act, households=households), act, "vn,demo")
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    begun(officer)
    assert queries_of(officer, "/xa/ho-so") == {"/xa/ho-so": 12}
