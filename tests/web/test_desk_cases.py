"""Worked cases made with a form: tried, saved beside the text, taken out; what is wrong stands beside its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from densach.authority.roles import Role
from tests.authority.roles import NOW, account, given, in_role
from tests.lawmaking.writing import UNIT, beginning
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.lawmaking.models import LawText
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
CASE = {"case_name": "MẪU: chưa có số liệu nào: chưa xác định", "case_on": "01/12/2026", "must_verdict": "unknown",
        "must_level": "", "must_low": "", "must_high": "", "seen": "1"}  # fmt: skip


@pytest.fixture
def writer(thai_nguyen: Place, act: Act) -> Client:
    client, who = Client(), account("nguoi-soan")
    given(who, Role.RUBRIC_EDITOR, thai_nguyen, act)
    sign_in_with_factor(client, who)
    return client


@pytest.fixture
def text(writer: Client) -> LawText:  # noqa: ARG001  - signed in first
    from densach.accounts.models import Account
    from densach.lawmaking.domain import begin

    return begin(in_role(Account.objects.get(username="nguoi-soan"), None), beginning(), at=NOW)


def page_of(text: LawText) -> str:
    return f"/ban-soan/{text.uid}/truong-hop"


def file_of(writer: Client, text: LawText, number: int) -> str:
    return writer.get(f"/ban-soan/{text.uid}/tep/cases/{number}").content.decode()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_asks_what_the_rubric_asks(writer: Client, text: LawText, lang: str) -> None:
    html = writer.get(page_of(text), headers={"Accept-Language": lang}).content.decode()
    assert (html.count("<h1"), "no such variable" in html) == (1, False)
    assert html.count("<fieldset") > 4
    assert 'value="2026-12-01"' in html


def test_a_case_is_tried_saved_run_and_taken_out(writer: Client, text: LawText) -> None:
    page = page_of(text)
    tried = text_of(writer.post(page, CASE | {"thu": "1"}))
    assert "Chạy thử: ra đúng như đã nêu." in tried
    assert "Chưa có trường hợp nào đi kèm văn bản này." in text_of(writer.get(page))
    saved = writer.post(page, CASE | {"luu": "1"}, follow=True)
    assert "Đã lưu trường hợp và chạy lại." in text_of(saved)
    assert f"rubric: {UNIT}" in file_of(writer, text, 2)
    assert 'name: "MẪU: chưa có số liệu nào: chưa xác định"' in file_of(writer, text, 2)
    assert "MẪU: chưa có số liệu nào" in text_of(writer.get(f"/ban-soan/{text.uid}"))
    wrong = CASE | {"case_name": "MẪU: máy sẽ nói khác", "must_verdict": "met", "seen": "2"}
    assert "máy cho kết luận khác điều đã nêu" in text_of(writer.post(page, wrong | {"thu": "1"}))
    writer.post(page, wrong | {"luu": "1"})
    held = writer.post(f"/ban-soan/{text.uid}/buoc/trinh", {"seen": "3"})
    assert "1 trường hợp" in text_of(held)
    assert "Đã bỏ trường hợp" in text_of(writer.post(page, {"bo": "1", "seen": "3"}, follow=True))
    assert file_of(writer, text, 4) == file_of(writer, text, 2)
    assert writer.post(f"/ban-soan/{text.uid}/buoc/trinh", {"seen": "4"}).status_code == 302
    assert writer.get(page)["Location"] == f"/ban-soan/{text.uid}"


def changing(html: str, name: str) -> str:
    """The address that opens a case to be changed."""
    [found] = re.findall(rf'href="([^"]+)#them">Sửa<span class="unseen"> {re.escape(name)}<', html)
    return str(found)


def test_a_case_is_changed_in_its_place(writer: Client, text: LawText) -> None:
    page = page_of(text)
    for number, name in enumerate(("MẪU một", "MẪU hai"), 1):
        sent = {"case_name": name, "luu": "1", "seen": str(number), "must_low": "0", "must_high": "100"}
        writer.post(page, CASE | sent)
    opened = writer.get(page + changing(writer.get(page).content.decode(), "MẪU một"))
    html = opened.content.decode()
    assert ("Sửa trường hợp này" in html, "Thêm một trường hợp" in html) == (True, False)
    for shown in ('value="MẪU một"', 'value="2026-12-01"', 'value="unknown" checked', 'value="100"', 'value="3"'):
        assert shown in html
    [key] = re.findall(r'name="sua" value="(\w+)"', html)
    change = CASE | {"case_name": "MẪU đã sửa", "sua": key, "seen": "3"}
    tried = writer.post(page, change | {"thu": "1"}).content.decode()
    assert (f'name="sua" value="{key}"' in tried, "Lưu chỗ sửa" in tried) == (True, True)
    assert "Đã sửa trường hợp ngay tại chỗ" in text_of(writer.post(page, change | {"luu": "1"}, follow=True))
    written = file_of(writer, text, 4)
    assert re.findall('name: "(.*)"', written) == ["MẪU đã sửa", "MẪU hai"]
    late = writer.post(page, change | {"luu": "1", "seen": "4"})
    assert (late.status_code, "không còn như lúc mở" in text_of(late)) == (400, True)
    assert writer.get(f"{page}?sua={key}").status_code == 404


def test_a_case_that_the_form_does_not_ask_for_whole_is_changed_in_the_file(writer: Client, text: LawText) -> None:
    from densach.policy.case_writing import cases_in, key_of

    by_hand = f"rubric: {UNIT}\ncases:\n  - name: MẪU\n    on: 2026-12-01\n    expect: {{in_force: yes}}\n"
    writer.post(f"/ban-soan/{text.uid}/soan/cases", {"text": by_hand, "seen": "1"})
    assert file_of(writer, text, 2) == by_hand
    answer = writer.get(f"{page_of(text)}?sua={key_of(cases_in(by_hand)[0])}", follow=True)
    assert answer.redirect_chain[0][0] == f"/ban-soan/{text.uid}/soan/cases"
    assert "nói điều mà biểu mẫu không hỏi" in text_of(answer)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"case_name": ""}, "Ô này chưa ghi gì."), ({"case_on": "31/02/2026"}, "31/02/2026"),
     ({"must_verdict": "có lẽ"}, "class=\"problem\""), ({"must_low": "80"}, ""),
     ({"must_low": "9", "must_high": "8"}, "thấp không lớn hơn cao"),
     ({"must_high": "8"}, "thấp không lớn hơn cao"), ({"must_low": "x"}, "thấp không lớn hơn cao"),
     ({"must_level": "cao nhất"}, "class=\"problem\"")],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    writer: Client, text: LawText, change: dict[str, str], told: str
) -> None:
    answer = writer.post(page_of(text), CASE | {"thu": "1"} | change)
    html = answer.content.decode()
    assert told in html
    assert f'value="{(CASE | change)["case_name"]}"' in html
    assert answer.status_code == (400 if told else 200)


def test_two_who_save_at_the_same_moment_and_what_cannot_be_taken_out(writer: Client, text: LawText) -> None:
    page = page_of(text)
    writer.post(page, CASE | {"luu": "1"})
    late = writer.post(page, CASE | {"case_name": "MẪU: đến sau", "luu": "1"})
    assert late.status_code == 400
    assert 'value="MẪU: đến sau"' in late.content.decode()
    assert writer.post(page, {"bo": "7", "seen": "2"}).status_code == 400
    assert writer.post(page, {"bo": "x", "seen": "2"}).status_code == 404


def test_another_desk_finds_nothing(text: LawText, act: Act) -> None:
    from densach.places.lookup import get_place
    from tests.authority.roles import TODAY

    client, who = Client(), account("nguoi-khac")
    given(who, Role.RUBRIC_EDITOR, get_place("01", TODAY).place, act)
    sign_in_with_factor(client, who)
    assert [client.get(page_of(text)).status_code, client.post(page_of(text), CASE).status_code] == [404, 404]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    writer: Client, text: LawText, cases: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(cases):
        writer.post(page_of(text), CASE | {"case_name": f"MẪU {number}", "seen": str(number + 1), "luu": "1"})
    with django_assert_num_queries(11):
        assert writer.get(page_of(text)).status_code == 200
