"""Sheets of a village written row by row, copied from paper, sent, and scored one after another."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import GOOD
from tests.assessing.privacy.making import agree
from tests.assessing.villages.making import Working, working
from tests.web.test_village import LIVE, signed_in, whole
from tests.web.test_village_papers import pages
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from django.test import Client

    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Văn Mẫu 1"
TYPED = {name: str(value) for name, value in GOOD.items()}


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    found = working(commune, act)
    agree(act)
    return found


@pytest.fixture
def chapter(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)


@pytest.fixture
def person(made: Working) -> Person:
    found = made.small.subject("citizen", NAME).person
    assert found is not None
    return found


def sheets() -> dict[str, Sheet]:
    from densach.assessing.sheets.models import Sheet

    rows = Sheet.objects.select_related("subject__person")
    return {row.subject.person.full_name: row for row in rows if row.subject.person}


def kept(client: Client, person: Person, typed: dict[str, str] | None = None, *, live: bool = True) -> HttpResponseBase:
    sent = {"version": "0", "cach": "giay", "viec": "luu"} | (typed or {})
    return client.post(f"/thon/nhap-nhanh/nguoi/{person.uid}", sent, headers=LIVE if live else {})


def test_a_row_is_kept_by_itself_and_says_so(chapter: Client, person: Person) -> None:
    said = kept(chapter, person, TYPED | {"b2": ""})
    assert said.status_code == 200
    assert text_of(said).startswith("Đã lưu; còn 1 câu trống.")
    assert said.headers.get("HX-Retarget") is None
    assert 'name="version" value="2"' in said.getvalue().decode()
    sheet = sheets()[NAME]
    assert (sheet.draft, sheet.state, sheet.way) == ({k: v for k, v in GOOD.items() if k != "b2"}, "writing", "paper")
    assert sheet.written_by is not None


@pytest.mark.parametrize(
    ("typed", "told"),
    [("11", "Ghi số từ 0 đến 10."), ("-1", "Ghi số từ 0 đến 10."), ("tám", "Ghi số từ 0 đến 10."),
     ("8,5", "Ghi số từ 0 đến 10."), ("9" * 60, "Ghi số từ 0 đến 10."), ("<b>", "Ghi số từ 0 đến 10."),
     ("٣", "Ghi số từ 0 đến 10.")],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_beside_its_field_and_stays(
    chapter: Client, person: Person, typed: str, told: str
) -> None:
    said = kept(chapter, person, TYPED | {"a2": typed})
    html = said.getvalue().decode()
    assert said.headers["HX-Retarget"] == f"#dong-{person.uid}"
    assert told in text_of(said)
    assert f'aria-describedby="s-{person.uid}-a2"' in html
    assert html.count('aria-invalid="true"') == 1
    assert 'name="a1" type="text" inputmode="numeric" autocomplete="off" size="3" maxlength="20" value="9"' in html
    assert typed[:20].replace("<", "&lt;").replace(">", "&gt;") in html
    assert sheets() == {}


def test_what_another_wrote_meanwhile_stands_in_the_row(
    chapter: Client, person: Person, made: Working, act: Act
) -> None:
    made.sheet(NAME, {"a1": 4}, act)
    said = kept(chapter, person, {"a1": "9", "a2": "8"})
    assert "Có người khác vừa ghi vào phiếu này" in text_of(said)
    assert "Người khác vừa ghi: 4" in text_of(said)
    html = said.getvalue().decode()
    assert 'name="a1" type="text" inputmode="numeric" autocomplete="off" size="3" maxlength="20" value="9"' in html
    assert sheets()[NAME].draft == {"a1": 4}
    [version] = re.findall(r'name="version" value="(\d+)"', html)
    assert text_of(kept(chapter, person, {"a1": "9", "a2": "8", "version": version, "sai": "1"})).count("Đã lưu") == 1
    assert sheets()[NAME].draft == {"a1": 9, "a2": 8}


def test_a_complete_row_is_sent_and_can_no_longer_be_written(chapter: Client, person: Person) -> None:
    assert "Đã gửi để kiểm tra." in text_of(kept(chapter, person, TYPED | {"viec": "gui"}))
    assert sheets()[NAME].state == "sent"
    said = kept(chapter, person, {"a1": "1", "version": "3"})
    assert "Phiếu này đã gửi hoặc đã kiểm tra" in text_of(said)
    assert sheets()[NAME].draft == GOOD


def test_an_empty_row_is_not_begun(chapter: Client, person: Person) -> None:
    assert "Chưa ghi gì, nên chưa lưu." in text_of(kept(chapter, person))
    assert "Chưa ghi gì" in text_of(kept(chapter, person, {"viec": "gui"}))
    assert sheets() == {}


def test_without_scripts_a_row_is_a_plain_form(chapter: Client, person: Person) -> None:
    wrong = kept(chapter, person, TYPED | {"a2": "99"}, live=False)
    html = wrong.getvalue().decode()
    whole(html)
    assert html.count("<tr id=") == 1
    right = kept(chapter, person, TYPED, live=False)
    assert (right.status_code, right.headers["Location"].partition("?")[2]) == (
        302,
        f"cach=giay&phieu=nguoi#dong-{person.uid}",
    )
    assert "Đã lưu; còn 0 câu trống." in text_of(chapter.get(right.headers["Location"]))


def test_complete_sheets_written_for_others_are_sent_together(
    chapter: Client, person: Person, made: Working, act: Act
) -> None:
    kept(chapter, person, TYPED)
    made.sheet("Trần Thị Mẫu 1", GOOD, act)
    said = chapter.post("/thon/nhap-nhanh/gui", follow=True)
    assert "Đã gửi 1 phiếu để kiểm tra." in text_of(said)
    assert {name: sheet.state for name, sheet in sheets().items()} == {NAME: "sent", "Trần Thị Mẫu 1": "writing"}


def test_a_paper_is_copied_by_its_code_in_its_own_order(chapter: Client, person: Person) -> None:
    page = chapter.get("/thon/nhap-phieu?ma=%20h1%20").content.decode()
    order = re.findall(rf'<input form="p-{person.uid}" id="o-{person.uid}-(\w+)"', page)
    assert order == list(GOOD)
    said = kept(chapter, person, TYPED | {"ma": "H1"})
    assert "<div" in said.getvalue().decode()
    wrong = kept(chapter, person, TYPED | {"c2": "x", "ma": "H1", "version": "2"})
    assert wrong.getvalue().decode().startswith("<section")
    plain = kept(chapter, person, TYPED | {"ma": "H1", "version": "2"}, live=False)
    assert plain.headers["Location"].endswith(f"/nhap-phieu?ma=H1#dong-{person.uid}")


def test_household_sheets_have_rows_of_their_own_under_a_law_that_asks(
    client: Client, commune: Place, act: Act
) -> None:
    made = working(commune, act, packs="vn,demo")
    agree(act)
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    household = made.small.subject("family", "H1").household
    assert household is not None
    page = chapter.get("/thon/nhap-nhanh?phieu=gia-dinh&tinh-trang=tat-ca").content.decode()
    assert page.count('name="learning_corner"') == 2
    assert 'name="adults"' not in page
    typed = {"version": "0", "phieu": "gia-dinh", "learning_corner": "true", "shared_learning": "15", "viec": "luu"}
    said = chapter.post(f"/thon/nhap-nhanh/gia-dinh/{household.uid}", typed, headers=LIVE)
    assert "Đã lưu; còn 1 câu trống." in text_of(said)


def opened(client: Client) -> tuple[str, str, str]:
    """The address of the sheet that opens by itself, its version and what the page says."""
    page = client.get("/thon/kiem-tra", follow=True)
    [version] = re.findall(r'name="version" value="(\d+)"', page.content.decode())
    return page.redirect_chain[-1][0], version, text_of(page)


def test_sheets_are_scored_one_after_another(chapter: Client, made: Working, act: Act) -> None:
    made.sheet(NAME, GOOD, act, to="sent")
    made.sheet("Trần Thị Mẫu 1", GOOD, act, to="sent")
    address, version, said = opened(chapter)
    assert f"Kiểm tra phiếu của {NAME}" in said
    assert "Còn 2 phiếu chờ kiểm tra." in said
    done = chapter.post(address, {"version": version, "viec": "giu"}, follow=True)
    assert f"Đã giữ như tự đánh giá: {NAME}. Chấm lại phiếu này" in text_of(done)
    assert "Kiểm tra phiếu của Trần Thị Mẫu 1" in text_of(done)
    assert sheets()[NAME].state == "checked"


def test_a_correction_asks_for_its_reason_and_keeps_what_was_typed(chapter: Client, made: Working, act: Act) -> None:
    from densach.assessing.models import Answers

    made.sheet(NAME, GOOD, act, to="sent")
    address, version, _ = opened(chapter)
    wanted = TYPED | {"a1": "4", "version": version, "viec": "sua"}
    refused = chapter.post(address, wanted)
    assert "Câu trả lời được sửa mà chưa ghi lý do" in text_of(refused)
    assert "Còn 1 phiếu chờ kiểm tra." in text_of(refused)
    assert 'name="a1" type="text" inputmode="numeric" autocomplete="off" size="3" maxlength="20" value="4"' in (
        refused.content.decode()
    )
    out_of_bounds = chapter.post(address, wanted | {"a1": "40", "note": "x"})
    assert "nhận số nguyên từ 0 đến 10" in text_of(out_of_bounds)
    done = chapter.post(address, wanted | {"note": "Chưa thấy sách báo"}, follow=True)
    assert "Không còn phiếu nào của Thôn Đoài chờ kiểm tra" in text_of(done)
    assert Answers.objects.get(stage="verified").facts == GOOD | {"a1": 4}
    again = chapter.get(address)
    assert "có thể chấm lại" in text_of(again)
    assert "chờ kiểm tra." not in text_of(again)
    assert 'value="4"' in again.content.decode()


def test_a_sheet_is_given_back_with_a_sentence(chapter: Client, made: Working, act: Act) -> None:
    made.sheet(NAME, GOOD, act, to="sent")
    address, version, _ = opened(chapter)
    silent = chapter.post(address, {"version": version, "viec": "tra-lai", "note": " "})
    assert "Chưa ghi còn thiếu gì" in text_of(silent)
    done = chapter.post(address, {"version": version, "viec": "tra-lai", "note": "Ghi rõ tên lớp học"}, follow=True)
    assert f"Đã trả lại phiếu của {NAME} để bổ sung." in text_of(done)
    assert (sheets()[NAME].state, sheets()[NAME].note) == ("given_back", "Ghi rõ tên lớp học")
    assert "Ghi rõ tên lớp học" in text_of(chapter.get("/thon/nhap-nhanh"))


def test_two_checkers_find_out(chapter: Client, made: Working, act: Act) -> None:
    made.sheet(NAME, GOOD, act, to="sent")
    address, version, _ = opened(chapter)
    chapter.post(address, {"version": version, "viec": "giu"})
    second = chapter.post(address, {"version": version, "viec": "tra-lai", "note": "Thiếu"})
    assert "Có người khác vừa ghi vào phiếu này" in text_of(second)
    assert "Thiếu" in second.content.decode()
    assert sheets()[NAME].state == "checked"


def test_a_village_head_writes_but_does_not_check(client: Client, made: Working, act: Act) -> None:
    sheet = made.sheet(NAME, GOOD, act, to="sent")
    head = signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    assert head.get("/thon/kiem-tra").status_code == 404
    assert head.post(f"/thon/kiem-tra/{sheet.uid}", {"version": "3", "viec": "giu"}).status_code == 404
    assert "/kiem-tra" not in head.get("/thon").content.decode()
    sheet.refresh_from_db()
    assert sheet.state == "sent"


def test_a_sheet_that_is_being_written_is_not_shown_to_the_checker(chapter: Client, made: Working, act: Act) -> None:
    sheet = made.sheet(NAME, GOOD, act)
    assert chapter.get(f"/thon/kiem-tra/{sheet.uid}").status_code == 404


def test_the_chapter_finds_closed_whom_it_may_not_look_at(
    client: Client, made: Working, person: Person, act: Act
) -> None:
    """The head of H1 refused; the chapter sees no answer and writes none, the village head goes on helping."""
    from densach.assessing.privacy.consenting import withdraw_consent
    from tests.assessing.privacy.making import named, says

    made.sheet(NAME, GOOD | {"a1": 7}, act)
    withdraw_consent(named(NAME), "chapter_check", says(), on=date(2026, 11, 26), act=act)
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    page = chapter.get("/thon/nhap-nhanh?tinh-trang=tat-ca")
    row = page.content.decode().partition(f'<tr id="dong-{person.uid}"')[2].partition("</tr>")[0]
    assert ("không đồng ý để chi hội xem" in row, "<input" in row, ">7<" in row) == (True, False, False)
    refused = kept(chapter, person, TYPED, live=False)
    assert "Người này đã từ chối để chi hội khuyến học xem và chấm phiếu" in text_of(refused)
    assert sheets()[NAME].draft["a1"] == 7
    listed = text_of(chapter.get("/thon"))
    assert f"Không đồng ý để chi hội xem phiếu: {NAME}." in listed
    family = made.small.subject("family", "H1").household
    assert family is not None
    assert "không đồng ý để chi hội xem" in text_of(chapter.get(f"/thon/ho/{family.uid}"))
    head = signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    page = head.get("/thon/nhap-nhanh?tinh-trang=tat-ca")
    row = page.content.decode().partition(f'<tr id="dong-{person.uid}"')[2].partition("</tr>")[0]
    assert ("không đồng ý" in row, 'value="7"' in row) == (False, True)


def test_the_chapter_is_told_who_is_silent_and_how_they_are_asked(client: Client, commune: Place, act: Act) -> None:
    """Nobody said anything yet: no answer is seen or written, the sheets to sign are offered, the village sees whom."""
    made = working(commune, act)
    made.sheet(NAME, GOOD | {"a1": 7}, act)
    silent, family = made.small.subject("citizen", NAME).person, made.small.subject("family", "H1").household
    assert silent is not None
    assert family is not None
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    page = chapter.get("/thon/nhap-nhanh?tinh-trang=tat-ca").content.decode()
    row = page.partition(f'<tr id="dong-{silent.uid}"')[2].partition("</tr>")[0]
    assert ("chưa trả lời có để chi hội xem hay không" in row, "<input" in row, ">7<" in row) == (True, False, False)
    assert "Người này chưa trả lời có đồng ý để chi hội" in text_of(kept(chapter, silent, TYPED, live=False))
    assert sheets()[NAME].draft["a1"] == 7
    listed = text_of(chapter.get("/thon"))
    assert f"Chưa trả lời có để chi hội xem phiếu hay không: {NAME}, Trần Thị Mẫu 1." in listed
    assert ("In phiếu đồng ý để ký" in listed, "Xem ai chưa trả lời" in listed) == (True, False)
    reminder = text_of(chapter.get("/thon/nhac"))
    assert "mời các hộ chưa gửi thì gửi phiếu tự đánh giá năm 2026" in reminder
    assert ("đều đã gửi" in reminder, "Mẫu 1" in reminder) == (False, False)
    assert "có người chưa đồng ý để chi hội xem phiếu" in text_of(chapter.get(f"/thon/ho/{family.uid}"))
    assert "Trong số người đã đồng ý để chi hội xem phiếu" in text_of(chapter.get("/thon/con-thieu"))
    home = text_of(chapter.get(f"/nha/{family.uid}"))
    assert ("Đang ghi" in home, home.count("Chưa trả lời có đồng ý để chi hội khuyến học")) == (False, 4)
    register = {"over": "person", "uid": str(silent.uid)}
    assert chapter.post("/nha/dang-ky", register).status_code == 404
    [first, _] = pages(chapter.get("/thon/phieu-dong-y.pdf").content)
    assert NAME in first
    head = signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    assert f"/thon/{made.small.village.uid}/dong-y?loc=chua-noi" in head.get("/thon").content.decode()
    assert kept(head, silent, TYPED | {"version": "2"}).status_code == 200
    assert sheets()[NAME].draft["a1"] == 9


def test_the_chapter_sends_no_sheet_of_whoever_refused(client: Client, made: Working, act: Act) -> None:
    from densach.assessing.privacy.consenting import withdraw_consent
    from densach.assessing.sheets.models import Sheet
    from tests.assessing.privacy.making import named, says

    made.sheet(NAME, GOOD, act)
    made.sheet("Trần Thị Mẫu 1", GOOD, act)
    Sheet.objects.update(way="helped")
    withdraw_consent(named(NAME), "chapter_check", says(), on=date(2026, 11, 26), act=act)
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    chapter.post("/thon/nhap-nhanh/gui")
    assert {name: sheet.state for name, sheet in sheets().items()} == {NAME: "writing", "Trần Thị Mẫu 1": "sent"}
