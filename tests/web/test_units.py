"""The pages of a unit: the team, the dossier, the portal, the papers; only the head sends, and nobody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.dossiers.making import ALL_YES, DISTRICT, MEMBERS, begun_dossier, named, the_unit
from tests.assessing.making import open_year, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Round
    from densach.history.domain import Act
    from densach.people.models import Unit
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
    return signed_in(Role.UNIT_HEAD, the_unit(small), act)


def other_unit(small: Small, act: Act) -> Unit:
    from densach.people.domain import enter_units
    from tests.people.making import NEW_YEAR

    return enter_units(small.place, {"U2": ("Trạm Y tế MẪU", "agency")}, on=NEW_YEAR, act=act)["U2"]


def answered(facts: dict[str, int | bool | str], version: int, do: str) -> dict[str, str]:
    return {**{name: str(each).lower() for name, each in facts.items()}, "version": str(version), "do": do}


@pytest.mark.usefixtures("round_")
def test_a_unit_makes_its_dossier_from_team_to_portal(head: Client, small: Small, act: Act) -> None:
    first = text_of(head.get("/don-vi"))
    assert "Hồ sơ học tập của Trường Tiểu học MẪU" in first
    assert "Đơn vị học tập cấp huyện Theo Thông tư 24/2023/TT-BGDĐT, thủ tục 2.002594" in first
    form = {"name": MEMBERS[0], "duty": "Tổ trưởng", "decision": "12/QĐ-TH", "decided_on": "01/09/2026"}
    assert f"{MEMBERS[0]} đã vào Tổ đánh giá" in text_of(head.post("/don-vi/to-danh-gia", form, follow=True))
    begun = head.post("/don-vi/bat-dau", {"title": DISTRICT}, follow=True)
    page, text = begun.redirect_chain[-1][0], text_of(begun)
    assert "Hồ sơ Đơn vị học tập cấp huyện của Trường Tiểu học MẪU" in text
    assert "Đơn vị có bao nhiêu thành viên? 2 Đếm từ sổ." in text
    assert "Nộp hồ sơ trước ngày 15/01/2027 (thủ tục 2.002594" in text
    assert "45 ngày làm việc. Chưa biết lịch nghỉ, nên không tính ra ngày." in text
    team = signed_in(Role.UNIT_ASSESSOR, the_unit(small), act)
    sheet = page.replace("/ho-so/", "/phieu/")
    assert "Gửi để kiểm tra" not in text_of(team.get(f"{sheet}/ghi"))
    refused = text_of(team.post(f"{sheet}/ghi", answered(ALL_YES, 1, "send"), follow=True))
    assert "Phiếu của đơn vị do người đứng đầu đơn vị gửi" in refused
    assert team.post(f"{page}/gui", {"version": "2"}).status_code == 400
    uid = team.get("/don-vi/to-danh-gia").context["team"][0].uid
    meeting = {"met_on": "2026-11-20", "conclusion": "Đề nghị", f"vote-{uid}": "agrees", "version": "0"}
    assert "1 trên 1 thành viên biểu quyết đồng ý" in text_of(team.post(f"{page}/bien-ban", meeting, follow=True))
    assert "Đã gửi hồ sơ." in text_of(head.post(f"{page}/gui", {"version": "2"}, follow=True))
    given = {"portal_code": "G22.99-2611-0001", "received_on": "26/11/2026", "receipt": "0042", "version": "1"}
    line = "Mã hồ sơ trên cổng dịch vụ công: G22.99-2611-0001. Tiếp nhận ngày 26/11/2026. Biên nhận số 0042."
    assert line in text_of(head.post(f"{page}/cong-dich-vu", given, follow=True))
    for address in ("/don-vi", page):
        assert line in text_of(head.get(address))
    pdf = head.get(f"{page}/giay-to/bien-ban-hop.pdf")
    assert (pdf.content[:4], pdf.headers["Content-Type"]) == (b"%PDF", "application/pdf")
    assert head.get(f"{page}/giay-to/to-trinh.docx").content[:2] == b"PK"
    assert head.get(f"{page}/giay-to/khong-co.pdf").status_code == 404


@pytest.mark.parametrize(
    ("tail", "sent", "told"),
    [("cong-dich-vu", {"receipt": "7", "version": "0"}, "chưa có mã hồ sơ"),
     ("cong-dich-vu", {"portal_code": "x" * 61, "version": "0"}, "60"),
     ("cong-dich-vu", {"portal_code": "G1", "received_on": "31/02/2026", "version": "0"}, "31/02/2026"),
     ("cong-dich-vu", {"portal_code": "G1", "version": "x"}, ""),
     ("bien-ban", {"met_on": "", "conclusion": "Giữ lại", "version": "0"}, "Giữ lại"),
     ("bien-ban", {"met_on": "2030-01-01", "version": "0"}, "Ngày này chưa đến"),
     ("bien-ban", {"met_on": "2026-11-20", "version": "7"}, "chưa được lưu")],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field_and_kept(
    head: Client, small: Small, round_: Round, act: Act, tail: str, sent: dict[str, str], told: str
) -> None:
    page = f"/ho-so/{begun_dossier(round_, small, act).uid}/{tail}"
    response = head.post(page, sent)
    assert (response.status_code, told in text_of(response)) == (400, True)
    assert "Chưa ghi mã hồ sơ" in text_of(head.get(page.removesuffix(f"/{tail}")))


def test_a_vote_that_no_page_offers_is_told_and_writes_nothing(
    head: Client, small: Small, round_: Round, act: Act
) -> None:
    from densach.assessing.dossiers.domain import name_member
    from densach.assessing.dossiers.models import Vote

    page = f"/ho-so/{begun_dossier(round_, small, act).uid}/bien-ban"
    member = name_member(the_unit(small), named(), act=act)
    sent = {"met_on": "2026-11-20", "conclusion": "Giữ lại", "version": "0"}
    response = head.post(page, sent | {f"vote-{member.uid}": "0"})
    assert (response.status_code, "Giữ lại" in text_of(response), Vote.objects.count()) == (400, True, 0)


def test_nobody_of_another_unit_or_commune_finds_a_dossier_or_a_team(
    small: Small, round_: Round, act: Act, thai_nguyen: Place
) -> None:
    from datetime import date

    from densach.assessing.dossiers.domain import name_member
    from densach.places.domain import add_fictional_commune

    page = f"/ho-so/{begun_dossier(round_, small, act).uid}"
    member = name_member(the_unit(small), named(), act=act)
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Cạnh", on=date(2026, 1, 1), act=act)
    others = [
        signed_in(Role.UNIT_HEAD, other_unit(small, act), act),
        signed_in(Role.COMMUNE_OFFICER, there, act),
        signed_in(Role.VILLAGE_HEAD, small.village, act),
    ]
    for client in others:
        for tail in ("", "/cong-dich-vu", "/tren-giay", "/bien-ban", "/giay-to/to-trinh.pdf"):
            assert client.get(page + tail).status_code == 404, tail
        for tail in ("/gui", "/dem-lai", "/cong-dich-vu", "/bien-ban"):
            assert client.post(page + tail, {"version": "1"}).status_code == 404, tail
        assert client.get(f"/don-vi/to-danh-gia/{member.uid}").status_code == 404
    assert MEMBERS[0] not in text_of(others[0].get("/don-vi/to-danh-gia"))
    assert others[1].get("/don-vi").status_code == 404
    team = signed_in(Role.UNIT_ASSESSOR, the_unit(small), act)
    assert (
        team.post("/don-vi/to-danh-gia", {"name": "X", "decision": "1", "decided_on": "2026-01-01"}).status_code == 404
    )


@pytest.mark.parametrize("members", [1, 3])
def test_the_pages_ask_the_database_as_often_with_one_member_as_with_three(
    head: Client, small: Small, round_: Round, act: Act, members: int
) -> None:
    from datetime import date

    from densach.assessing.dossiers.domain import Meeting, Says, hold_meeting, name_member

    team = [name_member(the_unit(small), named(name), act=act) for name in MEMBERS[:members]]
    sheet = begun_dossier(round_, small, act)
    day, votes = date(2026, 11, 20), {member.pk: (Says.AGREES, "") for member in team}
    hold_meeting(sheet, Meeting(met_on=day, votes=votes), 0, day, act=act)
    page = f"/ho-so/{sheet.uid}"
    counted = queries_of(head, "/don-vi", "/don-vi/to-danh-gia", page, f"{page}/bien-ban")
    assert list(counted.values()) == [7, 5, 13, 9]
