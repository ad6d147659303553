"""The pages of targets and of heads: whole, within their place, refused beside the field, at a constant cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from densach.reporting.targets.models import Target
from tests.authority.roles import TODAY, account, given, viewer
from tests.reporting.below import another, country
from tests.reporting.targets.making import RISING, accepted, entered
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.accounts.models import Account
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
UNKNOWN = {"baseline": None, "baseline_year": None, "baseline_source": ""}
FORM = {
    "title": "Gia đình học tập (MẪU)",
    "citation": "Kế hoạch MẪU số 05/KH-UBND",
    "unit": "share",
    "value": "82,5",
    "base": "trên tổng số gia đình",
    "year": "2030",
    "owner": "party_head",
    "indicator": "MODEL_FAMILY_OF_ALL",
    "parent": "",
    "lower_because": "",
    "baseline": "40",
    "baseline_year": "2021",
    "baseline_source": "Báo cáo MẪU",
}


@pytest.fixture(autouse=True)
def this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 26/11/2026."""
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def leader(commune: Place, act: Act) -> Viewer:
    return viewer(Role.COMMUNE_LEADER, commune, act)


def sign_in(client: Client, role: Role, place: Place, act: Act) -> Account:
    who = account(f"{role}-{uuid4().hex[:6]}")
    given(who, role, place, act)
    sign_in_with_factor(client, who)
    return who


def several(leader: Viewer, commune: Place, count: int) -> None:
    accepted(commune, RISING)
    for order in range(count):
        entered(leader, title=f"Mục tiêu MẪU {order}", year=2028 + order)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(
    client: Client, commune: Place, leader: Viewer, act: Act, lang: str
) -> None:
    several(leader, commune, 2)
    late = entered(leader, value=10_000, baseline=5900, baseline_year=2024)
    entered(leader, indicator="", owner="", **UNKNOWN)
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    pages = ["/muc-tieu", f"/muc-tieu/noi/{commune.uid}", f"/muc-tieu/noi/{country().uid}", "/muc-tieu/moi"]
    for page in [*pages, f"/muc-tieu/{late.uid}", f"/muc-tieu/{late.uid}/sua", "/nguoi-dung-dau", "/viec-cua-toi"]:
        response = client.get(page, headers={"Accept-Language": lang})
        html = response.content.decode()
        assert response.status_code == 200, page
        assert "no such variable" not in html, page
        assert len(re.findall(r"<h1[ >]", html)) == 1, page
        assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html), page
        assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids), page


def test_the_public_reads_the_national_targets_and_unknown_is_not_nought(client: Client) -> None:
    text = text_of(client.get("/muc-tieu"))
    assert "Gia đình được công nhận Gia đình học tập 2025: 70 %" in text
    assert "2030: chưa biết" in text
    assert "Mẫu số của mục tiêu này không còn từ ngày 01/07/2025; mục tiêu được giữ để đọc." in text
    assert "Quyết định 387/QĐ-TTg ngày 25/03/2022" in text
    assert "Chỉ tiêu đo: chưa có chỉ tiêu đo" in text


def test_the_page_says_that_no_text_names_a_head_and_which_bodies_are_named(client: Client) -> None:
    text = text_of(client.get("/muc-tieu"))
    assert text.count("Chưa thấy văn bản nào nêu người đứng đầu chịu trách nhiệm từng mục tiêu") == 4
    assert "Cơ quan trình: Hội Khuyến học Việt Nam." in text
    assert "Cơ quan chủ trì: Bộ Giáo dục và Đào tạo." in text
    assert "Chưa thấy nguồn nào nêu cơ quan trình hay chủ trì." in text


def test_a_demonstration_shows_no_figure_beside_the_law(client: Client, commune: Place) -> None:
    from densach.places.lookup import get_place

    accepted(get_place("19", TODAY).place, RISING)
    assert commune.fictional
    page, file = client.get("/muc-tieu"), client.get("/muc-tieu/bang.csv")
    assert "600 trên 1.000" not in text_of(page)
    assert "600" not in file.content.decode()
    assert "không có con số nào của xã MẪU" in text_of(page)


def test_a_place_s_page_says_what_is_late_and_gives_base_date_source_and_forecast(
    client: Client, commune: Place, leader: Viewer, act: Act
) -> None:
    several(leader, commune, 1)
    sign_in(client, Role.PARTY_HEAD, commune, act)
    text = text_of(client.get(f"/muc-tieu/noi/{commune.uid}"))
    assert "Xã MẪU Đèn Sách: 1 mục tiêu, 1 mục tiêu chậm" in text
    assert "Số mới nhất (2025): 60 % (600 trên 1.000) ; mức cần có vào ngày ấy là 62,9 %" in text
    assert "Số liệu tính đến ngày 31/12/2025. Đơn vị báo cáo, cấp trên đã tiếp nhận." in text
    assert "năm 2028 sẽ vào khoảng 74,5 %; khoảng dự báo 95 % từ 69,6 % đến 79,4 %" in text
    assert f"Lãnh đạo Ủy ban nhân dân cấp xã – {leader.account.name if leader.account else ''}." in text
    assert "Dự báo 74,5 %" in text


def test_a_post_that_nobody_holds_says_so(client: Client, commune: Place, leader: Viewer, act: Act) -> None:
    entered(leader, owner=Role.FRONT_HEAD)
    sign_in(client, Role.PARTY_HEAD, commune, act)
    assert "chưa có người được giao" in text_of(client.get(f"/muc-tieu/noi/{commune.uid}"))


def test_the_file_holds_what_the_page_holds_and_says_made_up(
    client: Client, commune: Place, leader: Viewer, act: Act
) -> None:
    several(leader, commune, 1)
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    response = client.get(f"/muc-tieu/noi/{commune.uid}/bang.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert 'filename="MAU-muc-tieu.csv"' in response.headers["Content-Disposition"]
    assert "MẪU" in lines[0]
    assert [line.count("số đã tiếp nhận") for line in lines].count(1) == 5
    assert any(line.endswith('dự báo,2028,"từ 69,6 % đến 79,4 %",,"74,5 %"') for line in lines)
    assert lines[-1].endswith(",6")


def test_a_leader_enters_a_target_on_the_page(client: Client, commune: Place, act: Act) -> None:
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    response = client.post("/muc-tieu/moi", FORM, follow=True)
    [target] = Target.objects.filter(national="")
    assert (target.value, target.baseline, target.owner, target.place) == (8250, 4000, Role.PARTY_HEAD, commune)
    text = text_of(response)
    assert "Đã ghi mục tiêu." in text
    assert "ghi mục tiêu – Người MẪU commune_leader" in text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"citation": ""}, "citation", "Ô này"),
        ({"value": "nhiều"}, "value", "cần một con số"),
        ({"value": ""}, "value", "Ô này"),
        ({"value": "82,555"}, "value", "cần một con số"),
        ({"value": "101"}, "value", "nằm ngoài những gì có thể có"),
        ({"value": "NaN"}, "value", "cần một con số"),
        ({"value": "-5"}, "value", "cần một con số"),
        ({"year": "hai nghìn"}, "year", ""),
        ({"year": "2025"}, "year", "Năm của mục tiêu phải từ 2026"),
        ({"base": ""}, "base", "chưa nói tính trên tổng nào"),
        ({"owner": "citizen"}, "owner", "người đứng đầu ở cấp này"),
        ({"indicator": "KHVN_MEMBERS"}, "indicator", "không dùng được"),
        ({"parent": "không phải mã"}, "parent", "cấp trên"),
        ({"parent": "00000000-0000-4000-8000-000000000000"}, "parent", "cấp trên"),
        ({"baseline_source": ""}, "baseline", "Số gốc chưa đủ"),
        ({"title": "x\x00y" * 200}, "title", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    client: Client, commune: Place, act: Act, said: dict[str, str], field: str, sentence: str
) -> None:
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    response = client.post("/muc-tieu/moi", FORM | said)
    html = response.content.decode()
    assert response.status_code == 200
    [beside] = re.findall(rf'id="{field}-goi-y">([^<]*)<', html)
    assert sentence in beside
    assert re.search(rf'id="{field}"[^>]* aria-invalid="true"', html)
    kept = "Kế hoạch MẪU số 05/KH-UBND" if field != "citation" else "Gia đình học tập (MẪU)"
    assert kept in html
    assert not Target.objects.filter(national="").exists()


def test_a_lower_aim_is_asked_for_its_reason(client: Client, commune: Place, thai_nguyen: Place, act: Act) -> None:
    above = entered(viewer(Role.PROVINCE_LEADER, thai_nguyen, act), owner="")
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    lower = FORM | {"parent": str(above.uid), "value": "70"}
    html = client.post("/muc-tieu/moi", lower).content.decode()
    assert "thấp hơn mục tiêu cấp trên cho năm 2030" in re.findall(r'id="lower_because-goi-y">([^<]*)<', html)[0]
    text = text_of(client.post("/muc-tieu/moi", lower | {"lower_because": "Xã vùng cao MẪU"}, follow=True))
    assert "Thấp hơn mục tiêu cấp trên. Lý do: Xã vùng cao MẪU" in text


def test_another_wording_and_the_end_keep_what_was(client: Client, commune: Place, leader: Viewer, act: Act) -> None:
    old = entered(leader)
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    form = client.get(f"/muc-tieu/{old.uid}/sua").content.decode()
    assert 'value="80"' in form
    assert 'value="40"' in form
    told = client.post(f"/muc-tieu/{old.uid}/sua", FORM).content.decode()
    assert 'aria-invalid="true">' in told
    text = text_of(client.post(f"/muc-tieu/{old.uid}/sua", FORM | {"why": "Nâng MẪU"}, follow=True))
    assert "Đã thay." in text
    assert "thay bằng bản khác" in text
    new = Target.objects.get(national="", ended_on=None)
    refused = text_of(client.post(f"/muc-tieu/{new.uid}/ket-thuc", {"why": " "}))
    assert "Lý do phải có" in refused
    text = text_of(client.post(f"/muc-tieu/{new.uid}/ket-thuc", {"why": "Hết hiệu lực MẪU"}, follow=True))
    assert "2 mục tiêu đã kết thúc hoặc đã được thay" in text
    assert "Hết hiệu lực MẪU" in text
    assert "Kết thúc ngày 26/11/2026" in text_of(client.get(f"/muc-tieu/{old.uid}"))
    again = client.post(f"/muc-tieu/{new.uid}/ket-thuc", {"why": "Lần nữa"})
    assert "đã kết thúc hoặc đã được thay" in text_of(again)


def test_the_base_of_a_target_can_be_said_to_be_no_more(client: Client, commune: Place, act: Act) -> None:
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    one = entered(viewer(Role.COMMUNE_LEADER, commune, act))
    page = f"/muc-tieu/{one.uid}/bo-co-so"
    assert page in client.get(f"/muc-tieu/{one.uid}").content.decode()
    assert "chưa tới" in text_of(client.post(page, {"on": "2026-11-27", "source": "Quyết định MẪU số 1"}))
    kept = client.post(page, {"on": "2026-07-01", "source": " "}).content.decode()
    assert 'value="2026-07-01"' in kept
    said = text_of(client.post(page, {"on": "2026-07-01", "source": "Quyết định MẪU số 1"}, follow=True))
    assert "không còn từ ngày 01/07/2026" in said
    assert "Quyết định MẪU số 1" in said
    assert page not in client.get(f"/muc-tieu/{one.uid}").content.decode()
    again = client.post(page, {"on": "2026-07-01", "source": "x"})
    assert "không có mẫu số để bỏ" in text_of(again)


def test_what_lies_beside_is_answered_as_if_it_were_not_there(
    client: Client, commune: Place, thai_nguyen: Place, act: Act
) -> None:
    there = another(thai_nguyen, 2, act).place
    theirs = entered(viewer(Role.COMMUNE_LEADER, there, act), title="Mục tiêu bên kia MẪU")
    above = entered(viewer(Role.PROVINCE_LEADER, thai_nguyen, act), owner="", title="Mục tiêu tỉnh MẪU")
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    for page in (f"/muc-tieu/noi/{there.uid}", f"/muc-tieu/noi/{there.uid}/bang.csv", f"/muc-tieu/{theirs.uid}",
                 f"/muc-tieu/{theirs.uid}/sua", f"/muc-tieu/{theirs.uid}/bo-co-so",
                 f"/muc-tieu/{above.uid}/sua"):  # fmt: skip
        assert client.get(page).status_code == 404, page
    assert client.post(f"/muc-tieu/{theirs.uid}/ket-thuc", {"why": "x"}).status_code == 404
    form = client.get("/muc-tieu/moi").content.decode()
    assert "Mục tiêu tỉnh MẪU" in form
    assert "Mục tiêu bên kia MẪU" not in form
    assert client.get(f"/muc-tieu/noi/{thai_nguyen.uid}").status_code == 200
    assert client.get(f"/muc-tieu/{above.uid}").status_code == 200


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PARTY_HEAD, Role.ASSOCIATION_OFFICER])
def test_only_leaders_find_the_form(client: Client, commune: Place, act: Act, role: Role) -> None:
    sign_in(client, role, commune, act)
    assert client.get("/muc-tieu/moi").status_code == 404
    assert client.post("/muc-tieu/moi", FORM).status_code == 404
    assert not Target.objects.filter(national="").exists()


def test_a_head_sees_what_is_late_what_waits_for_a_signature_and_the_tasks(
    client: Client, commune: Place, leader: Viewer, act: Act
) -> None:
    several(leader, commune, 1)
    entered(leader, owner=Role.PARTY_HEAD, title="Mục tiêu của cấp ủy MẪU")
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    text = text_of(client.get("/nguoi-dung-dau"))
    assert "Xã MẪU Đèn Sách: 1 mục tiêu chậm, 0 việc chờ ký" in text
    assert "Mục tiêu MẪU 0" in text
    assert "Mục tiêu của cấp ủy MẪU" not in text
    assert "Không có gì chờ ký." in text
    assert "Mọi việc đang chờ trong vai này" in text
    sign_in(client, Role.PARTY_HEAD, commune, act)
    assert "Mục tiêu của cấp ủy MẪU" in text_of(client.get("/nguoi-dung-dau"))
    sign_in(client, Role.FRONT_HEAD, commune, act)
    assert "Chưa có mục tiêu nào giao cho chức danh này." in text_of(client.get("/nguoi-dung-dau"))


def test_a_return_waits_for_the_head_who_did_not_prepare_it(
    client: Client, commune: Place, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    from densach.reporting.figures import domain
    from tests.reporting.figures import making

    monkeypatch.setattr("densach.web.viewing.today", lambda: making.TODAY)
    officer = making.looking(Role.COMMUNE_OFFICER, commune, act)
    heads = [making.looking(role, commune, act) for role in (Role.COMMUNE_LEADER, Role.PARTY_HEAD)]
    of = making.of(commune, making.CENTRES)
    domain.write(officer, of, making.typed({"CLC_CENTRES": 1}), at=making.NOW)
    domain.prepare(officer, of, at=making.NOW)
    pages = []
    for each in heads:
        assert each.account is not None
        sign_in_with_factor(client, each.account)
        pages.append(client.get("/nguoi-dung-dau"))
    assert "1 việc chờ ký" in text_of(pages[0])
    assert "Duyệt báo cáo: Trung tâm học tập cộng đồng và lớp xóa mù chữ, 2026" in text_of(pages[0])
    assert f"/bao-cao/{making.CENTRES}/2026/{commune.uid}" in pages[0].content.decode()
    assert "0 việc chờ ký" in text_of(pages[1])


@pytest.mark.parametrize(
    ("page", "queries"),
    [("/nguoi-dung-dau", 9), ("/muc-tieu/noi/{commune}", 8), ("/muc-tieu/noi/{commune}/bang.csv", 8)],
)
def test_the_number_of_queries_does_not_grow_with_the_targets(
    client: Client,
    commune: Place,
    act: Act,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    address = page.format(commune=commune.uid)
    several(leader, commune, 1)
    sign_in(client, Role.COMMUNE_LEADER, commune, act)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    several(leader, commune, 2)
    assert Target.objects.filter(national="").count() == 3
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_public_page_takes_five_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/muc-tieu")
    with django_assert_num_queries(5):
        client.get("/muc-tieu")


def test_a_province_s_head_takes_a_constant_number_too(
    client: Client, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader = viewer(Role.PROVINCE_LEADER, thai_nguyen, act)
    accepted(thai_nguyen, RISING)
    entered(leader, owner=Role.PROVINCE_LEADER)
    sign_in(client, Role.PROVINCE_LEADER, thai_nguyen, act)
    client.get("/nguoi-dung-dau")
    with django_assert_num_queries(11):
        client.get("/nguoi-dung-dau")
    for year in (2028, 2029):
        entered(leader, owner=Role.PROVINCE_LEADER, year=year)
    with django_assert_num_queries(11):
        assert "1 mục tiêu chậm" in text_of(client.get("/nguoi-dung-dau"))
