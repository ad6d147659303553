"""A home and its sheets without JavaScript: registered, filled in, kept, sent and followed; nobody else's is there."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from tests.assessing.making import GOOD, open_year, settle
from tests.assessing.sheets.making import FAMILY, begun, sent, wrote
from tests.authority.roles import account, given
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.accounts.models import Account
    from densach.assessing.models import Round
    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
HEAD, WIFE, CHILD = "Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Mẫu Con 1"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


def signed_in(client: Client, role: Role, thing: Thing | None, act: Act) -> Account:
    assert thing is not None
    who = account(f"{role}-{uuid4().hex[:6]}")
    given(who, role, thing, act)
    client.force_login(who)
    return who


def as_head(client: Client, small: Small, act: Act, code: str = "H1") -> Account:
    return signed_in(client, Role.HOUSEHOLD_HEAD, small.subject("family", code).household, act)


def registered(client: Client, small: Small, model: str, code: str) -> str:
    """The address of a sheet, as it was begun by a button."""
    subject = small.subject(model, code)
    thing = subject.person or subject.household
    assert thing is not None
    over = "person" if subject.person else "household"
    response = client.post("/nha/dang-ky", {"over": over, "uid": str(thing.uid)})
    assert response.status_code == 302, text_of(response)
    return str(response.headers["Location"]).removesuffix("/ghi")


def typed(facts: Mapping[str, int | bool | str], version: int, do: str = "keep", **more: str) -> dict[str, str]:
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in facts.items()}
    asked = {"chi-hoi": "co"} if do == "send" else {}
    return {**texts, "version": str(version), "do": do, **asked, **more}


@pytest.mark.usefixtures("round_")
def test_a_household_sees_who_lacks_what_and_begins_a_sheet(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    text = text_of(client.get("/nha"))
    assert f"Nhà {HEAD} chưa ghi phiếu nào" in text
    assert "4 phiếu chưa bắt đầu" in text
    assert "Chưa đủ 18 tuổi: người đại diện là chủ hộ" in text
    sheet = registered(client, small, "citizen", WIFE)
    assert f"Đang ghi giúp {WIFE}" in text_of(client.get(f"{sheet}/ghi"))
    assert f"Nhà {HEAD} còn thiếu 10 mục" in text_of(client.get("/nha"))


@pytest.mark.usefixtures("round_")
def test_a_sheet_is_kept_gone_on_with_sent_and_followed(client: Client, small: Small, act: Act) -> None:
    signed_in(client, Role.CITIZEN, small.subject("citizen", HEAD).person, act)
    sheet = registered(client, small, "citizen", HEAD)
    kept = client.post(f"{sheet}/ghi", typed({"a1": 9, "a2": 4}, 1), follow=True)
    assert "Đã lưu phiếu." in text_of(kept)
    html = client.get(f"{sheet}/ghi").content.decode()
    assert re.search(r'name="a2" value="4" checked', html)
    assert "Đang ghi, chưa gửi" in text_of(client.get(sheet))
    assert client.get(f"{sheet}/ket-qua").headers["Location"] == sheet
    answered = text_of(client.post(f"{sheet}/ghi", typed(dict(GOOD) | {"a2": 4}, 2, "send"), follow=True))
    assert f"Công dân học tập, {HEAD}: chưa đạt" in answered
    assert "324/QĐ-KHVN, Tiêu chí A, chỉ số a2" in answered
    steps = answered[answered.index("Việc nhỏ nên làm tiếp") : answered.index("Kết quả từng chỉ tiêu")]
    assert "Ghi ra giấy một điều muốn học trong năm" in steps
    assert re.search(r"\d+ điểm", answered) is None
    file = text_of(client.get(sheet))
    assert "Đã gửi, chờ kiểm tra" in file
    assert "Văn bản chưa nêu thời hạn" in file
    assert client.get(f"{sheet}/ghi").headers["Location"] == sheet


@pytest.mark.usefixtures("round_")
def test_what_was_typed_is_kept_when_somebody_else_was_faster(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    client.post(f"{sheet}/ghi", typed({"a1": 3}, 1))
    response = client.post(f"{sheet}/ghi", typed({"a1": 9, "a2": 8}, 1, "send"))
    text = text_of(response)
    assert (response.status_code, "Có người khác vừa ghi vào phiếu này" in text) == (409, True)
    assert "Người khác vừa ghi: 3." in text
    assert re.search(r'name="a1" value="9" checked', response.content.decode())
    assert 'name="version" value="2"' in response.content.decode()
    assert "Đã gửi phiếu." in text_of(client.post(f"{sheet}/ghi", typed({"a1": 9, "a2": 8}, 2, "send"), follow=True))


@pytest.mark.usefixtures("round_")
def test_an_answer_is_kept_by_itself_as_it_is_given(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    by_itself = {"X-Keeps": "1"}
    first = client.post(f"{sheet}/ghi", {"a1": "9", "version": "1"}, headers=by_itself)
    assert (first.status_code, first.json()["version"]) == (200, 2)
    again = client.post(f"{sheet}/ghi", {"a1": "9", "version": "2"}, headers=by_itself)
    assert (again.json()["version"], again.status_code) == (2, 200)
    late = client.post(f"{sheet}/ghi", {"a1": "8", "version": "1"}, headers=by_itself)
    assert (late.status_code, late.json()["stopped"][:30]) == (409, "Có người khác vừa ghi vào phiế")
    wrong = client.post(f"{sheet}/ghi", {"a1": "99", "version": "2"}, headers=by_itself)
    assert (wrong.status_code, "từ 0 đến 10" in wrong.json()["problems"]["a1"]) == (400, True)


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"a1": "chín"}, "“chín” không phải là câu trả lời"),
     ({"a1": "11"}, "nhận số nguyên từ 0 đến 10"),
     ({}, "Phiếu chưa có câu trả lời nào"),
     ({"a1": "1\x002"}, "không phải là câu trả lời")],
)  # fmt: skip
@pytest.mark.usefixtures("round_")
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(
    client: Client, small: Small, act: Act, facts: dict[str, str], told: str
) -> None:
    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    response = client.post(f"{sheet}/ghi", {**facts, "a2": "", "version": "1", "do": "send", "chi-hoi": "co"})
    assert (response.status_code, told in text_of(response)) == (400, True)
    assert "Đang ghi, chưa gửi" in text_of(client.get(sheet))


@pytest.mark.usefixtures("round_")
def test_a_sheet_that_was_sent_twice_says_so_and_loses_nothing(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    client.post(f"{sheet}/ghi", typed(dict(GOOD), 1, "send"))
    again = text_of(client.post(f"{sheet}/ghi", typed(dict(GOOD), 1, "send"), follow=True))
    assert "Phiếu này đã gửi, chờ kiểm tra" in again
    assert again.count("Gửi để kiểm tra") == 1


@pytest.mark.usefixtures("round_")
def test_whose_sheet_it_is_says_whether_the_association_may_check_it(client: Client, small: Small, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct
    from densach.assessing.sheets.models import Sheet

    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    page = client.get(f"{sheet}/ghi").content.decode()
    assert re.findall(r'name="chi-hoi" value="(\w+)"( checked)?', page) == [("co", ""), ("khong", "")]
    silent = client.post(f"{sheet}/ghi", typed({"a1": 9}, 1, "send", **{"chi-hoi": ""}))
    assert (silent.status_code, Sheet.objects.get().state) == (400, "writing")
    assert "phiếu đã được lưu nhưng chưa gửi" in text_of(silent)
    assert (Sheet.objects.get().draft, ConsentAct.objects.count()) == ({"a1": 9}, 0)
    client.post(f"{sheet}/ghi", typed({"a1": 9}, 2, "send", **{"chi-hoi": "khong"}))
    said = ConsentAct.objects.values_list("purpose", "given", "giver", "how", "person__full_name")
    assert (Sheet.objects.get().state, list(said)) == ("sent", [("chapter_check", False, "self", "account", HEAD)])
    assert small.village is not None
    chapter = signed_in(client, Role.CHAPTER_OFFICER, small.village, act)
    assert client.get(sheet).status_code == 404, chapter


@pytest.mark.usefixtures("round_")
def test_what_was_agreed_is_not_asked_again(client: Client, small: Small, act: Act) -> None:
    from densach.assessing.privacy.consenting import give_consent
    from tests.assessing.privacy.making import named, says

    as_head(client, small, act)
    sheet = registered(client, small, "citizen", HEAD)
    give_consent(named(HEAD), "chapter_check", says(), on=date(2026, 1, 2), act=act)
    page = client.get(f"{sheet}/ghi")
    assert 'name="chi-hoi"' not in page.content.decode()
    assert "Đã đồng ý để chi hội khuyến học xem và chấm phiếu." in text_of(page)
    client.post(f"{sheet}/ghi", typed({"a1": 9}, 1, "send", **{"chi-hoi": ""}))
    assert "Chờ kiểm tra" in text_of(client.get(sheet)) or "chờ kiểm tra" in text_of(client.get(sheet))


@pytest.mark.usefixtures("round_")
def test_of_a_child_the_head_speaks_and_of_a_grown_member_and_a_helper_nobody_is_asked(
    client: Client, small: Small, act: Act
) -> None:
    from densach.assessing.privacy.models import ConsentAct

    as_head(client, small, act)
    child = registered(client, small, "citizen", CHILD)
    assert f"Thay mặt {CHILD}" in text_of(client.get(f"{child}/ghi"))
    wife = registered(client, small, "citizen", WIFE)
    assert 'name="chi-hoi"' not in client.get(f"{wife}/ghi").content.decode()
    client.post(f"{child}/ghi", typed({"a1": 9}, 1, "send"))
    client.post(f"{wife}/ghi", typed({"a1": 9}, 1, "send"))
    said = ConsentAct.objects.values_list("given", "giver", "person__full_name")
    assert list(said) == [(True, "representative", CHILD)]
    signed_in(client, Role.VILLAGE_HEAD, small.village, act)
    head = registered(client, small, "citizen", HEAD)
    assert 'name="chi-hoi"' not in client.get(f"{head}/ghi").content.decode()


@pytest.mark.usefixtures("round_")
def test_a_family_is_asked_what_the_register_does_not_count(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    sheet = registered(client, small, "family", "H1")
    html = client.get(f"{sheet}/ghi").content.decode()
    assert ('name="adults"' in html, 'name="learning_corner"' in html) == (False, True)
    answered = text_of(client.post(f"{sheet}/ghi", typed(dict(FAMILY), 1, "send"), follow=True))
    assert f"Gia đình học tập, {HEAD}: chưa đạt" in answered


def test_by_the_real_law_a_family_is_registered_and_nothing_is_made_up(client: Client, small: Small, act: Act) -> None:
    open_year(small, act)
    as_head(client, small, act)
    sheet = registered(client, small, "family", "H1")
    assert "Chưa đọc được bảng tiêu chí của danh hiệu này" in text_of(client.get(f"{sheet}/ghi"))
    assert f"Nhà {HEAD} đã đủ các mục đang ghi" in text_of(client.get("/nha"))


@pytest.mark.usefixtures("round_")
def test_the_file_says_who_wrote_and_what_the_checker_said(client: Client, small: Small, act: Act) -> None:
    from densach.assessing.sheets.domain import give_back
    from densach.assessing.sheets.models import Sheet

    helper = signed_in(client, Role.VILLAGE_HEAD, small.village, act)
    sheet = registered(client, small, "citizen", HEAD)
    client.post(f"{sheet}/ghi", typed({"a1": 9}, 1, "send"))
    row = Sheet.objects.get()
    give_back(row, row.version, by=None, note="Thiếu mục a2", act=act)
    signed_in(client, Role.CITIZEN, small.subject("citizen", HEAD).person, act)
    text = text_of(client.get(sheet))
    assert f"do {helper.name} ghi giúp" in text
    assert f"Gửi để kiểm tra: {helper.name} (Trưởng thôn, tổ trưởng tổ dân phố)" in text
    assert "Người kiểm tra đề nghị bổ sung: Thiếu mục a2" in text
    assert "Bổ sung và gửi lại" in text


@pytest.mark.usefixtures("round_")
def test_a_citizen_in_no_household_sees_how_to_be_entered_and_finds_the_commune(
    client: Client, small: Small, act: Act
) -> None:
    from densach.people.models import HouseholdMember

    person = small.subject("citizen", HEAD).person
    assert person is not None
    signed_in(client, Role.CITIZEN, person, act)
    assert "chưa có trong hộ nào" not in text_of(client.get("/nha"))
    HouseholdMember.objects.filter(person=person).update(valid_to=date(2026, 2, 1))
    said = text_of(client.get("/nha"))
    assert f"{HEAD} chưa có trong hộ nào của sổ" in said
    assert "Đề nghị trưởng thôn, tổ trưởng tổ dân phố hoặc cán bộ phụ trách của xã ấy" in said
    assert "Chưa có trong hộ nào của sổ: xem cách được ghi vào" in text_of(client.get("/viec-cua-toi"))
    found = client.get("/nha?q=den+sach")
    assert f"/noi/{small.place.uid}" in found.content.decode()
    part = client.get("/nha?q=den+sach", headers={"HX-Request": "true"}).content.decode()
    assert ("<h1" in part, f"/noi/{small.place.uid}" in part) == (False, True)


def test_without_a_round_the_page_says_so(client: Client, small: Small, act: Act) -> None:
    as_head(client, small, act)
    assert "Xã chưa mở đợt đánh giá nào" in text_of(client.get("/nha"))
    thing = small.subject("citizen", HEAD).person
    assert thing is not None
    refused = client.post("/nha/dang-ky", {"over": "person", "uid": str(thing.uid)})
    assert (refused.status_code, "chưa đăng ký được" in text_of(refused)) == (400, True)


def test_nobody_finds_the_sheets_or_the_home_of_a_neighbour(
    client: Client, small: Small, round_: Round, act: Act
) -> None:
    sheet = sent(round_, small.subject("citizen", HEAD), act)
    as_head(client, small, act, "H2")
    home = small.subject("family", "H1").household
    assert home is not None
    pages = [f"/phieu/{sheet.uid}{tail}" for tail in ("", "/ghi", "/ket-qua", "/chuong-trinh.json")]
    for address in [*pages, f"/nha/{home.uid}", f"/phieu/{uuid4()}"]:
        assert client.get(address).status_code == 404, address
    for over, uid in (("person", sheet.subject.person.uid), ("household", home.uid), ("clan", home.uid), ("", "x")):  # type: ignore[union-attr]
        assert client.post("/nha/dang-ky", {"over": over, "uid": str(uid)}).status_code == 404
    assert client.post(f"/phieu/{sheet.uid}/ghi", typed({"a1": 1}, 3)).status_code == 404
    assert HEAD not in client.get("/nha").content.decode()


def test_a_member_does_not_find_the_sheet_of_another_at_home(
    client: Client, small: Small, round_: Round, act: Act
) -> None:
    sheet = begun(round_, small.subject("citizen", HEAD), act)
    signed_in(client, Role.CITIZEN, small.subject("citizen", WIFE).person, act)
    assert client.get(f"/phieu/{sheet.uid}").status_code == 404
    assert HEAD not in client.get("/nha").content.decode()


def test_whoever_has_not_signed_in_signs_in_first(client: Client) -> None:
    assert client.get("/nha").headers["Location"] == "/dang-nhap?next=/nha"


@pytest.mark.parametrize(("members", "queries"), [(1, 11), (3, 11)])
def test_the_home_asks_the_database_as_often_however_many_live_there(
    client: Client,
    commune: Place,
    act: Act,
    members: int,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from tests.assessing.making import Small
    from tests.people.making import enter, family, village

    place = village(commune, act)
    enter(commune, family(place, 1)[:members], act)
    small = Small(commune, place)
    round_ = open_year(small, act, "vn,demo")
    for name in (HEAD, WIFE)[:members]:
        sent(round_, small.subject("citizen", name), act)
    as_head(client, small, act)
    with django_assert_num_queries(queries):
        assert client.get("/nha").status_code == 200


@pytest.mark.parametrize(("page", "queries"), [("", 13), ("/ket-qua", 9)])
def test_a_sheet_asks_the_database_as_often_with_a_long_story(
    client: Client,
    small: Small,
    round_: Round,
    act: Act,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from densach.assessing.sheets.domain import give_back

    sheet = sent(round_, small.subject("citizen", HEAD), act)
    as_head(client, small, act)
    for _ in range(3):
        with django_assert_num_queries(queries):
            assert client.get(f"/phieu/{sheet.uid}{page}").status_code == 200
        sheet = give_back(sheet, sheet.version, by=None, note="Xem lại", act=act)
        sheet = sent(round_, sheet.subject, act)


@pytest.mark.parametrize("said", [0, 1, 3])
def test_the_sheet_to_fill_in_asks_as_often_however_much_was_said_before(
    client: Client, small: Small, round_: Round, act: Act, said: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.assessing.privacy.consenting import give_consent
    from tests.assessing.privacy.making import named, says

    for purpose in ("fairness", "contact", "chapter_check")[:said]:
        give_consent(named(HEAD), purpose, says(), on=date(2026, 1, 2), act=act)
    as_head(client, small, act)
    sheet = begun(round_, small.subject("citizen", HEAD), act)
    with django_assert_num_queries(11):
        assert client.get(f"/phieu/{sheet.uid}/ghi").status_code == 200


def test_the_sheet_is_told_in_english_too(english: Client, small: Small, round_: Round, act: Act) -> None:
    as_head(english, small, act)
    sheet = wrote(begun(round_, small.subject("citizen", HEAD), act), act)
    assert f"The household of {HEAD} has all items of its sheets" in text_of(english.get("/nha"))
    assert "Why this is asked, by which article" in text_of(english.get(f"/phieu/{sheet.uid}/ghi"))
