"""Checking a certificate without an account: what the page says, what it never says, and how often one may be wrong."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches

from densach.assessing.certificates.codes import shown
from densach.places.lookup import get_place
from densach.web.limiting import MOST_WRONG
from tests.assessing.certificates.making import correct, order, printed, signed, signed_for_real
from tests.assessing.making import Small, settle
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.assessing.models import Certificate
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
UNKNOWN = "0000-0000-0000-0000"
NAME = "Nguyễn Văn Mẫu 1"


@pytest.fixture(autouse=True)
def nobody_was_wrong_yet() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.fixture
def real(act: Act) -> Small:
    """Made-up people in a real commune: only there does a certificate have value."""
    return settle(get_place("05443", date(2026, 1, 1)).place, act)


@pytest.fixture
def paper(real: Small, act: Act, tmp_path: Path) -> Certificate:
    signed_for_real(real, act)
    printed(tmp_path / "a.pdf", order(real, fictional=False), act)
    return first()


def first() -> Certificate:
    from densach.assessing.models import Certificate

    return Certificate.objects.select_related("recognition").order_by("pk")[0]


def is_private(response: HttpResponseBase) -> bool:
    meta = '<meta name="robots" content="noindex, nofollow">' in response.getvalue().decode()
    return meta and (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_a_valid_paper_is_told_line_by_line(client: Client, paper: Certificate) -> None:
    response = client.get(f"/chung-nhan/{paper.code}")
    text = text_of(response)
    assert (response.status_code, is_private(response)) == (200, True)
    assert "Giấy mang mã này còn giá trị" in text
    place = paper.words["issuer"].partition("xã")[2]
    for line in (
        "Danh hiệu Công dân học tập", "Năm 2026", "Quyết định Quyết định số 7/QĐ-HKH ngày 31/12/2026",
        f"Cơ quan quyết định Chủ tịch Hội Khuyến học xã{place}", f"Số vào sổ {paper.words['serial']}",
        "Bản đầu, in ngày 10/02/2027.", "tỉnh Thái Nguyên",
    ):  # fmt: skip
        assert line in text
    assert "no such variable" not in response.content.decode()


def test_it_is_told_in_english_too(english: Client, paper: Certificate) -> None:
    response = english.post(f"/chung-nhan/{paper.code}", {"name": NAME})
    text = text_of(response)
    assert "The same name: the paper with this code says “Nguyễn Văn Mẫu 1”." in text
    assert "Decision no. 7/QĐ-HKH of 31/12/2026" in text
    assert "no such variable" not in response.content.decode()


@pytest.mark.parametrize("name", ["", "Ai Đó"])
def test_nobody_is_named_and_nothing_of_a_person_or_home_stands_there(
    client: Client, paper: Certificate, name: str
) -> None:
    from densach.people.models import Person

    html = client.post(f"/chung-nhan/{paper.code}", {"name": name}).content.decode()
    assert paper.words["name"] == NAME
    secrets = [person.full_name for person in Person.objects.all()] + ["1980", "999080", "H1", "Thôn Đoài"]
    # The code is drawn by chance, and may hold two letters that are searched for.
    said = html.replace(paper.code, "").replace(shown(paper.code), "")
    assert [secret for secret in secrets if secret in said] == []
    assert not re.search(r"\b\d{12}\b|\b0[1-9]/0[1-9]/19\d\d\b", html)


@pytest.mark.parametrize("code", ["{0}", "{1}", "https://xa.example.vn/chung-nhan/{0}", "densach:{0}", " {2} "])
def test_the_form_takes_a_code_as_it_is_printed_typed_or_scanned(client: Client, paper: Certificate, code: str) -> None:
    typed = code.format(paper.code, paper.words["code"], paper.words["code"].lower())
    response = client.post("/chung-nhan", {"code": typed, "name": NAME})
    assert "Đúng tên: giấy mang mã này ghi “Nguyễn Văn Mẫu 1”." in text_of(response)
    assert f'action="/chung-nhan/{paper.words["code"]}"' in response.content.decode()


def test_another_name_is_said_to_be_another_before_all_else(client: Client, paper: Certificate) -> None:
    response = client.post(f"/chung-nhan/{paper.code}", {"name": "Nguyễn Văn Mấu 1"})
    [heading] = re.findall(r"<h1>(.*?)</h1>", response.content.decode())
    assert heading == "Không đúng tên trên giấy"
    assert "Không đúng tên: giấy mang mã này không ghi “Nguyễn Văn Mấu 1”." in text_of(response)


def test_a_corrected_paper_names_the_act_and_not_the_right_name(client: Client, paper: Certificate, act: Act) -> None:
    correct(paper.recognition, act, "Nguyễn Khác Hẳn", office="")
    text = text_of(client.get(f"/chung-nhan/{paper.code}"))
    assert "Tên trên giấy mang mã này đã được đính chính" in text
    assert "sau khi in, theo Quyết định số 15/QĐ-UBND ngày 20/01/2027" in text
    assert "Khác Hẳn" not in text


def test_a_withdrawn_paper_says_since_when(client: Client, paper: Certificate, act: Act) -> None:
    from densach.assessing.certificates.issuing import withdraw

    withdraw(paper, on=date(2027, 3, 1), paper=f"Biên bản về {NAME}", act=act)
    text = text_of(client.get(f"/chung-nhan/{paper.code}"))
    assert "Giấy mang mã này đã bị thu hồi" in text
    assert "Tờ giấy này bị thu hồi ngày 01/03/2027." in text
    assert NAME not in text


def test_a_paper_from_before_a_merger_says_what_the_place_is_now(
    client: Client, paper: Certificate, real: Small, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.assessing.certificates.making import merge

    merge(real, act, "Mới")
    monkeypatch.setattr("densach.web.views.certificates.today", lambda: date(2027, 6, 5))
    assert "Nay là: Xã MẪU Mới, tỉnh Thái Nguyên." in text_of(client.get(f"/chung-nhan/{paper.code}"))


def test_a_made_up_paper_says_so_in_its_title(client: Client, commune: Place, act: Act, tmp_path: Path) -> None:
    small = settle(commune, act)
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    html = client.get(f"/chung-nhan/{first().code}").content.decode()
    assert "<h1>MẪU – KHÔNG CÓ GIÁ TRỊ</h1>" in html
    assert '<body class="specimen">' in html
    assert "còn giá trị" not in html
    wrong = client.post(f"/chung-nhan/{first().code}", {"name": "Ai Đó"})
    assert "Giấy mang mã này: MẪU – KHÔNG CÓ GIÁ TRỊ." in text_of(wrong)


def test_a_paper_by_made_up_law_in_a_real_place_says_so_too(
    client: Client, real: Small, act: Act, tmp_path: Path
) -> None:
    from densach.assessing.models import Printing

    signed_for_real(real, act)
    printed(tmp_path / "a.pdf", order(real, fictional=False), act)
    Printing.objects.update(fictional=True)
    html = client.get(f"/chung-nhan/{first().code}").content.decode()
    assert "<h1>MẪU – KHÔNG CÓ GIÁ TRỊ</h1>" in html
    assert '<body class="specimen">' in html


@pytest.mark.parametrize(
    "code",
    ["abc", UNKNOWN, "x" * 3000, "<script>alert(1)</script>", "ABCD\0EFGH", "%", "😀", "' OR 1=1 --", "Ấ" * 16, ""],
)  # fmt: skip
def test_what_is_no_code_gets_the_same_answer_as_an_unknown_one_and_a_hint(client: Client, code: str) -> None:
    response = client.post("/chung-nhan", {"code": code, "name": "\0<b>tên</b>" * 200})
    html = response.content.decode()
    assert (response.status_code, is_private(response)) == (404, True)
    assert "Chưa tìm thấy giấy chứng nhận nào theo mã này." in html
    assert "<title>Chưa tìm thấy giấy chứng nhận nào theo mã này. – Đèn Sách</title>" in html
    assert "<script>alert" not in html
    assert "<b>" not in html
    hint = "Nơi này không cấp giấy chứng nhận nào mang mã đó." if code == UNKNOWN else "Mã có 16 chữ và số"
    assert hint.lower() in text_of(response).lower()


@pytest.mark.parametrize("path", ["abc", UNKNOWN, "%00", "%FF%FE", "%3Cscript%3E", "x" * 3000])
def test_an_address_with_no_certificate_says_so(client: Client, path: str) -> None:
    response = client.get(f"/chung-nhan/{path}")
    assert (response.status_code, is_private(response)) == (404, True)
    assert "Chưa tìm thấy giấy chứng nhận nào theo mã này." in text_of(response)


@pytest.mark.parametrize("name", ["\0", " ", "<b>x</b>", "x" * 100_000, f"{NAME} {' ' * 500} x", "\ud7ff\uffff"])
def test_a_name_typed_in_any_way_gets_an_answer(client: Client, paper: Certificate, name: str) -> None:
    response = client.post(f"/chung-nhan/{paper.code}", {"name": name})
    assert response.status_code == 200
    assert "<b>" not in response.content.decode()
    assert "Đúng tên" not in text_of(response)
    assert len(response.content) < 20_000


def test_the_number_of_queries_is_known(
    client: Client, paper: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        client.get(f"/chung-nhan/{paper.code}")
    with django_assert_num_queries(10):
        client.post("/chung-nhan", {"code": paper.code, "name": NAME})
    with django_assert_num_queries(2):
        client.get(f"/chung-nhan/{UNKNOWN}")
    with django_assert_num_queries(1):
        client.get("/chung-nhan/abc")


def test_who_was_wrong_too_often_waits_and_hears_nothing_meanwhile(
    client: Client, paper: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/chung-nhan/{paper.code}"
    for at in range(MOST_WRONG):
        client.get(f"/chung-nhan/{UNKNOWN}") if at % 2 else client.post(address, {"name": "Ai Đó"})
    with django_assert_num_queries(1):
        response = client.post(address, {"name": NAME})
    text = text_of(response)
    assert (response.status_code, is_private(response)) == (429, True)
    assert "Vừa có quá nhiều lần gõ sai, nên tạm dừng kiểm tra trong một phút." in text
    assert "Đúng tên" not in text
    assert client.get("/chung-nhan").status_code == 200
    caches["process"].clear()
    assert client.post(address, {"name": NAME}).status_code == 200


def test_who_is_right_may_look_as_often_as_they_like(client: Client, paper: Certificate) -> None:
    for _ in range(MOST_WRONG + 1):
        assert client.post(f"/chung-nhan/{paper.code}", {"name": NAME}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "other", "is_other"),
    [({"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}, True),
     ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}, True),
     ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.1"}, False),
     ({"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),
     ({"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "2001:db8:1:2:ffff::9"}, False),
     ({"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "2001:db8:1:3::1"}, True),
     ({"HTTP_X_FORWARDED_FOR": "\x00 <b>"}, {}, False)],
)  # fmt: skip
def test_only_the_network_that_was_wrong_waits(
    client: Client, wrong: dict[str, str], other: dict[str, str], is_other: bool
) -> None:
    for _ in range(MOST_WRONG):
        client.get(f"/chung-nhan/{UNKNOWN}", **wrong)  # type: ignore[arg-type]
    expected = 404 if is_other else 429
    assert client.get(f"/chung-nhan/{UNKNOWN}", **other).status_code == expected  # type: ignore[arg-type]


def test_changing_the_language_leads_back_to_the_paper(client: Client, paper: Certificate) -> None:
    html = client.post("/chung-nhan", {"code": paper.code}).content.decode()
    assert f'name="next" value="/chung-nhan/{paper.words["code"]}"' in html
    assert not client.cookies
