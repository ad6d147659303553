"""The lawyer's desk in the browser's words: forms keep what was typed, checks point at lines, others find nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from densach.authority.roles import Role
from tests.authority.roles import account, given
from tests.lawmaking.writing import HOLE, UNIT, filled
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.lawmaking.models import LawText
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
FILL = f"/ban-soan/moi/fills/{UNIT}"
TYPED = {
    "number": "12/2026/QĐ-UBND (MẪU)",
    "kind_vi": "Quyết định",
    "title_vi": "Quy định MẪU",
    "issuer_vi": "Cơ quan MẪU",
    "signed": "20/11/2026",
    "valid_from": "1/12/2126",
    "mark": "read",
    "original": "Văn thư MẪU",
    f"value_{HOLE}": "95,5 %",
    f"article_{HOLE}": "Điều 3",
}


@pytest.fixture
def entering(thai_nguyen: Place, act: Act) -> Callable[..., Client]:
    """Sign in as an editor of a place, of the province unless said otherwise."""
    from django.test import Client

    def enter(name: str, place: Place | None = None, role: Role = Role.RUBRIC_EDITOR) -> Client:
        client, who = Client(), account(name)
        given(who, role, place or thai_nguyen, act)
        sign_in_with_factor(client, who)
        return client

    return enter


def the_text() -> LawText:
    from densach.lawmaking.models import LawText

    return LawText.objects.get()


def begun(client: Client, **changes: str) -> str:
    """The address of a text begun with the form."""
    response = client.post(FILL, TYPED | changes)
    assert response.status_code == 302, text_of(response)
    return str(response["Location"])


def step(client: Client, text: str, name: str, **sent: str) -> Any:
    return client.post(f"{text}/buoc/{name}", {"seen": "1"} | sent)


def test_a_form_becomes_a_file_and_two_people_make_it_law(entering: Callable[..., Client], client: Client) -> None:
    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    text = begun(writer)
    page = text_of(writer.get(text))
    assert "Không thấy lỗi nào." in page
    assert "Nay: Mức độ 2: 95.5%, trong khoảng 90% đến 100%" in page
    assert step(writer, text, "trinh").status_code == 302
    assert "cần một người soạn thảo khác" in text_of(writer.get(text))
    refused = step(writer, text, "duyet")
    assert (refused.status_code, "Văn bản phải do một người thứ hai duyệt." in text_of(refused)) == (200, True)
    assert step(second, text, "duyet").status_code == 302
    assert step(second, text, "ban-hanh").status_code == 302
    row = the_text()
    file = writer.get(f"{text}/tep/law/1")
    assert row.policy_id == f"{UNIT}-19-2126-12-01"
    assert f"hole: {HOLE}, value: 95.5%" in file.content.decode()
    assert file["Content-Disposition"] == f'attachment; filename="{row.policy_id}.overlay.yaml"'
    public = text_of(client.get(f"/luat/{UNIT}"))
    assert f"Điền chỗ trống: {row.policy_id}, Tỉnh Thái Nguyên. Ban hành tại bàn soạn thảo ngày" in public
    assert "Người duyệt: Người MẪU nguoi-duyet." in public
    there = f"/luat/{UNIT}?on=31/12/2126&noi={row.place and row.place.uid}"
    assert "Mức độ 2: 95.5%" in text_of(client.get(there))
    assert "Mức độ 2: 95.5%" not in text_of(client.get(f"/luat/{UNIT}?on=31/12/2126"))
    assert "có văn bản ban hành tại bàn soạn thảo" in text_of(client.get("/luat"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (f"value_{HOLE}", "70", f"Giá trị 70% cho “{HOLE}” nằm ngoài khoảng từ 90% đến 100%."),
        (f"value_{HOLE}", "<b>nhiều</b>", "“&lt;b&gt;nhiều&lt;/b&gt;” không ghi được vào chỗ trống này."),
        (f"value_{HOLE}", "", "Ô này chưa được điền."),
        (f"article_{HOLE}", "", "Ô này chưa được điền."),
        ("signed", "31/02/2026", "“31/02/2026” không phải một ngày."),
        ("valid_from", "x\x00y" * 200, "không phải một ngày."),
        ("number", " ", "Ô này chưa được điền."),
        ("number", "//", "cần có ít nhất một chữ hoặc một số"),
        ("scan_sha256", "abc", "Mã băm của bản chụp phải có đúng 64 ký tự"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(
    entering: Callable[..., Client], field: str, value: str, told: str
) -> None:
    from densach.lawmaking.models import LawText

    response = entering("nguoi-soan").post(FILL, TYPED | {field: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert told in text_of(response)
    assert f'aria-describedby="{field}-' in page
    assert 'value="12/2026/QĐ-UBND (MẪU)"' in page or field == "number"
    assert not LawText.objects.exists()


def test_a_file_is_written_by_hand_with_checks_beside_it(entering: Callable[..., Client]) -> None:
    writer = entering("nguoi-soan")
    text = begun(writer)
    law = writer.get(f"{text}/tep/law/1").content.decode()
    spoilt = law.replace("value: 95.5%", "value: 70%")
    live = writer.post(f"{text}/soan/law/kiem", {"text": spoilt.replace("\n", "\r\n")}, headers={"HX-Request": "true"})
    line = 1 + spoilt[: spoilt.index("value: 70%")].count("\n")
    assert f"Dòng {line} {UNIT}-19-2126-12-01.overlay.yaml · 12/2026/QĐ-UBND (MẪU), Điều 3" in text_of(live)
    assert "<html" not in live.content.decode()
    assert the_text().edition == 1
    saved = writer.post(f"{text}/soan/law", {"text": spoilt.replace("\n", "\r\n"), "seen": "1"})
    assert saved.status_code == 302
    assert writer.get(f"{text}/tep/law/2").content.decode() == spoilt
    assert writer.get(f"{text}/tep/law/1").content.decode() == law
    refused = step(writer, text, "trinh", seen="2")
    assert "Văn bản còn 1 điều phải sửa và 0 trường hợp chưa ra kết quả mong đợi." in text_of(refused)


def test_two_people_at_once_lose_nothing(entering: Callable[..., Client]) -> None:
    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    text = begun(writer)
    mine, theirs = filled("91%").law.decode(), filled("92%").law.decode()
    assert second.post(f"{text}/soan/law", {"text": theirs, "seen": "1"}).status_code == 302
    response = writer.post(f"{text}/soan/law", {"text": mine, "seen": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "người khác đã lưu bản số 2" in page
    areas = re.findall(r'<textarea id="(\w+)"(.*?)</textarea>', page, re.DOTALL)
    assert {name: re.findall(r"value: (9\d%)", area) for name, area in areas} == {"text": ["91%"], "other": ["92%"]}
    assert 'name="seen" value="2"' in page


def test_what_is_typed_while_the_text_goes_on_is_kept(entering: Callable[..., Client]) -> None:
    writer = entering("nguoi-soan")
    text = begun(writer)
    step(writer, text, "trinh")
    response = writer.post(f"{text}/soan/law", {"text": "id: mau-dang-go", "seen": "1"})
    assert response.status_code == 200
    assert "id: mau-dang-go" in response.content.decode()
    assert writer.get(f"{text}/soan/law").status_code == 302


@pytest.mark.parametrize("typed", ["", "\x00", "a: [", "id: 1", "\ud7ff\U0001f600", "x" * 250_000, "- - - -"])
def test_nothing_that_is_typed_breaks_the_page(entering: Callable[..., Client], typed: str) -> None:
    writer = entering("nguoi-soan")
    text = begun(writer)
    assert writer.post(f"{text}/soan/law/kiem", {"text": typed}).status_code == 200
    assert writer.post(f"{text}/soan/law", {"text": typed, "seen": "1"}).status_code in {200, 302}
    assert writer.get(text).status_code == 200
    assert writer.get(f"{text}/doc").status_code == 200
    assert writer.get(f"{text}/anh-huong").status_code == 200


def test_holes_are_filled_again_by_the_form(entering: Callable[..., Client]) -> None:
    writer = entering("nguoi-soan")
    text = begun(writer)
    page = writer.get(f"{text}/cho-trong").content.decode()
    assert 'value="95.5%"' in page
    assert 'value="20/11/2026"' in page
    sent = TYPED | {"seen": "1", f"value_{HOLE}": "97", "valid_from": "01/01/2127"}
    assert writer.post(f"{text}/cho-trong", sent).status_code == 302
    law = writer.get(f"{text}/tep/law/2").content.decode()
    assert (f"id: {UNIT}-19-2126-12-01\n" in law, "value: 97%" in law, "valid_from: 2127-01-01" in law) == (True,) * 3
    assert "Không thấy lỗi nào." in text_of(writer.get(text))


def test_a_slip_is_put_right_from_the_same_day_by_another_text(entering: Callable[..., Client]) -> None:
    from densach.lawmaking.models import LawText

    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    for value in ("95", "96"):
        text = begun(writer, **{f"value_{HOLE}": value})
        for who, name in ((writer, "trinh"), (second, "duyet"), (second, "ban-hanh")):
            assert step(who, text, name).status_code == 302
    first, later = LawText.objects.order_by("pk")
    assert (later.policy_id, first.ended_on, later.ended_on) == (f"{first.policy_id}-2", first.valid_from, None)


def test_a_past_day_is_meant_or_nothing_happens(entering: Callable[..., Client]) -> None:
    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    text = begun(writer, valid_from="01/06/2026")
    step(writer, text, "trinh")
    step(second, text, "duyet")
    assert "đã qua" in text_of(second.get(text))
    assert "là một ngày đã qua" in text_of(step(second, text, "ban-hanh"))
    assert step(second, text, "ban-hanh", past="on").status_code == 302


def test_a_text_is_sent_back_with_a_reason(entering: Callable[..., Client]) -> None:
    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    text = begun(writer)
    step(writer, text, "trinh")
    assert "Chưa ghi lý do trả lại." in text_of(step(second, text, "tra-lai", why=" "))
    assert step(second, text, "tra-lai", why="Điều 3 ghi 96 %").status_code == 302
    page = text_of(writer.get(text))
    assert "Trả lại người soạn. Người MẪU nguoi-duyet" in page
    assert "Lý do: Điều 3 ghi 96 %" in page


PAGES = ("", "/doc", "/anh-huong", "/soan/law", "/cho-trong", "/tep/law/1")
STEPS = ("/buoc/trinh", "/buoc/tra-lai", "/buoc/duyet", "/buoc/ban-hanh", "/soan/law", "/soan/law/kiem", "/cho-trong")


def test_another_desk_finds_nothing(entering: Callable[..., Client], client: Client) -> None:
    from densach.places.lookup import get_place
    from tests.authority.roles import TODAY

    text = begun(entering("nguoi-soan"))
    beside = entering("tinh-khac", get_place("01", TODAY).place)
    officer = entering("can-bo", role=Role.PROVINCE_OFFICER)
    nowhere = "/ban-soan/00000000-0000-0000-0000-000000000000"
    for stranger in (beside, officer):
        assert {page: stranger.get(text + page).status_code for page in PAGES} == dict.fromkeys(PAGES, 404)
        sent = {"seen": "1", "why": "x", "text": "x"}
        assert {page: stranger.post(text + page, sent).status_code for page in STEPS} == dict.fromkeys(STEPS, 404)
        same = [re.sub(r"/ban-soan/[-0-9a-f]+|value=\"[^\"]+\"", "", stranger.get(a).content.decode())
                for a in (text, nowhere)]  # fmt: skip
        assert same[0] == same[1]
    assert the_text().policy_id not in beside.get("/ban-soan").content.decode()
    assert officer.get("/ban-soan").status_code == 404
    assert client.get(text).status_code == 302
    assert the_text().edition == 1


@pytest.mark.parametrize("address", ["/ban-soan/moi/dated/" + UNIT, "/ban-soan/moi/fills/khong-co", FILL + "-x",
                                     "/ban-soan/moi/local_set/" + UNIT, "/ban-soan/moi/mau/" + UNIT])  # fmt: skip
def test_a_province_is_offered_only_what_it_may_write(entering: Callable[..., Client], address: str) -> None:
    writer = entering("nguoi-soan")
    assert writer.get(address).status_code in {400, 404}
    offered = writer.get("/ban-soan/moi").content.decode()
    assert set(re.findall(r"/ban-soan/moi/(\w+)/", offered)) == {"fills", "local_set"}


def test_the_country_writes_new_versions_and_corrections(entering: Callable[..., Client]) -> None:
    from densach.places.queries import open_country

    row = open_country()
    assert row is not None
    writer = entering("trung-uong", row.place)
    assert "dated" in writer.get("/ban-soan/moi").content.decode()
    dated = writer.post(f"/ban-soan/moi/dated/{UNIT}", TYPED | {"valid_from": "01/01/2127"})["Location"]
    page = text_of(writer.get(dated))
    assert f"Bản mới có ngày hiệu lực: {UNIT}-2127-01-01" in page
    assert "Không thấy lỗi nào." in page
    correction = writer.post(f"/ban-soan/moi/correction/{UNIT}")["Location"]
    assert "Bản này thay hẳn tệp cùng mã đi kèm phần mềm." in text_of(writer.get(correction))
    unread = TYPED | {"scan_sha256": "a" * 64, "transcribed_by": "Người MẪU A", "second_reader": "Người MẪU A"}
    whole = writer.post("/ban-soan/moi/transcription/giadinh-387-2022", unread)["Location"]
    assert "hai người khác nhau" in text_of(writer.get(whole))


def test_made_up_law_is_written_only_in_a_demonstration(entering: Callable[..., Client], commune: Place) -> None:
    writer = entering("nguoi-soan")
    text = writer.post(f"{FILL}?mau", TYPED)["Location"]
    assert (the_text().fictional, commune.fictional) == (True, True)
    assert "Không thấy lỗi nào." in text_of(writer.get(text))
    assert "mark: fictional" in writer.get(f"{text}/tep/law/1").content.decode()


@pytest.mark.parametrize(
    ("page", "queries"), [("/ban-soan", 4), ("", 13), ("/doc", 7), ("/anh-huong", 9), ("/soan/law", 9)]
)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_what_is_written(
    entering: Callable[..., Client],
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    writer = entering("nguoi-soan")
    for at in range(rows):
        text = begun(writer, number=f"{at}/2026/QĐ-MẪU", valid_from=f"01/0{at + 1}/2127")
        for edition in range(rows):
            writer.post(f"{text}/soan/law", {"text": f"id: {edition}", "seen": str(edition + 1)})
    writer.get("/ban-soan")
    with django_assert_num_queries(queries):
        writer.get(page if page.startswith("/ban") else f"{text}{page}")


def test_the_first_page_leads_to_the_desk(entering: Callable[..., Client]) -> None:
    writer, second = entering("nguoi-soan"), entering("nguoi-duyet")
    assert "Bàn soạn thảo bộ tiêu chí" in text_of(second.get("/viec-cua-toi"))
    step(writer, begun(writer), "trinh")
    assert "Bàn soạn thảo: 1 văn bản chờ người thứ hai duyệt" in text_of(second.get("/viec-cua-toi"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(entering: Callable[..., Client], lang: str) -> None:
    writer = entering("nguoi-soan")
    text = begun(writer)
    for page in ("/ban-soan", "/ban-soan/moi", FILL, *(text + page for page in PAGES[:-1])):
        html = writer.get(page, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert len(re.findall(r"<h1[ >]", html)) == 1
        assert "no such variable" not in html
        assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html)
        assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids)
