"""Every page of the public: whole, in both languages, safe, and at a constant number of queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from densach.places.identities import KNOWN_FROM, PAST_KNOWN_FROM
from densach.places.models import Level
from tests.web.walking import PUBLIC, place_page, text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.places.models import Place

pytestmark = pytest.mark.django_db
IA_MO = place_page(Level.COMMUNE, "23938", KNOWN_FROM)
IA_MO_NONG = place_page(Level.COMMUNE, "23737", PAST_KNOWN_FROM)
HA_NOI = place_page(Level.PROVINCE, "01", KNOWN_FROM)
PAGES = (*PUBLIC, IA_MO, f"{IA_MO}?on=20/06/2025", f"{IA_MO}?on=01/01/2000", IA_MO_NONG, HA_NOI)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_in_both_languages(client: Client, page: str, lang: str) -> None:
    response = client.get(page, headers={"Accept-Language": lang})
    html = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, lang)
    assert f'<html lang="{lang}">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "no such variable" not in html
    assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html)
    assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids)


@pytest.mark.parametrize(
    ("page", "queries"),
    [("/", 2), ("/tim-xa", 1), ("/tim-xa?q=23938", 11), ("/tim-xa?q=ia+mo", 12), ("/tim-xa?q=an+phú", 15),
     ("/tim-xa?q=xyz", 11), ("/luat", 3), ("/luat/congdan-324-2022", 3), ("/tham-quyen", 2), ("/so-lieu", 4),
     ("/chung-nhan", 1),
     (IA_MO, 13), (HA_NOI, 13),
     (f"{HA_NOI}?on=20/06/2025", 13)],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow_with_what_is_shown(
    client: Client, page: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        client.get(page)


def test_an_address_that_a_page_links_to_is_there(client: Client) -> None:
    linked = {link for page in PAGES for link in re.findall(r'href="(/[^"#]*)', client.get(page).content.decode())}
    pages = sorted(link.replace("&amp;", "&") for link in linked if not link.startswith("/static/"))
    sample = [page for page in pages if not page.startswith("/noi/")] + [p for p in pages if p.startswith("/noi/")][:5]
    assert {page: client.get(page).status_code for page in sample} == dict.fromkeys(sample, 200)


def test_the_browser_is_told_what_it_may_not_do(client: Client) -> None:
    headers = client.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "font-src", "img-src", "connect-src")} == {"'self'"}
    assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert {"Cookie", "Accept-Language"} <= set(headers["Vary"].split(", "))
    assert not client.cookies


@pytest.mark.parametrize("name", ["densach.css", "densach-rules.js", "fonts/be-vietnam-pro-vietnamese-400.woff2"])
def test_static_files_have_the_name_of_what_is_in_them_and_may_be_kept_for_ever(client: Client, name: str) -> None:
    from django.templatetags.static import static

    address = static(name)
    assert re.search(r"\.[0-9a-f]{12}\.", address)
    response = client.get(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    response.close()


@pytest.mark.parametrize(
    ("address", "told"),
    [("/tham-quyen?on=abc", "Ngày “abc” không đọc được, nên trang này nói theo hôm nay"),
     ("/tham-quyen?on=31/02/2026", "Ngày “31/02/2026” không đọc được"),
     ("/luat/congdan-324-2022?on=%00", "không đọc được"),
     (f"{IA_MO}?on=<script>", "Ngày “&lt;script&gt;” không đọc được"),
     (f"{IA_MO}?on=20261123", "Xã Ia Mơ"),
     (f"{IA_MO}?on=99999-01-01", "không đọc được"),
     (f"{IA_MO}?on=01/01/9999", "Xã Ia Mơ"),
     (f"{IA_MO}?on=01/01/0001", "Chưa có danh sách đơn vị hành chính nào nói về ngày 01/01/0001"),
     ("/tim-xa?q=" + "x" * 5000, "Chữ cần tìm dài quá 100 chữ cái, nên chưa tìm."),
     ("/tim-xa?q=xyz%00qq", "Chưa tìm thấy nơi nào giống “xyz qq”."),
     ("/tim-xa?q=%F0%9F%98%80", "Chưa tìm thấy"),
     ("/tim-xa?q=<b>x</b>", "giống “&lt;b&gt;x&lt;/b&gt;”"),
     ("/tim-xa?q=%25", "Chưa tìm thấy"),
     ("/tim-xa?q=%D9%A1%D9%A2", "Chưa tìm thấy"),
     ("/tim-xa?q=,,,", "Chưa tìm thấy"),
     ("/tim-xa?q=%FF%FE", "Chưa tìm thấy"),
     ("/tim-xa?q=", "Kết quả sẽ hiện ở đây")],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_with_a_sentence(client: Client, address: str, told: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert told in text_of(response)


@pytest.mark.parametrize(
    "address",
    ["/khong-co", "/noi/abc", "/noi/00000000-0000-0000-0000-000000000000", "/luat/khong-co", "/luat/" + "x" * 3000,
     "/luat/%00", "/static/khong-co.css"],
)  # fmt: skip
def test_a_page_that_is_not_there_says_so_and_leads_on(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Không có trang này" in text_of(response)
    assert 'href="/"' in response.content.decode()


def test_an_unknown_rubric_names_the_nearest_ones(client: Client) -> None:
    assert "congdan-324-2022" in text_of(client.get("/luat/congdan-324-2023"))


def test_our_own_mistake_is_told_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("densach.web.views.law.law", fail)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/luat")
    assert response.status_code == 500
    assert "Trang chưa hiện được, do lỗi của phần mềm" in text_of(response)


def test_a_host_that_is_not_ours_is_not_served(client: Client) -> None:
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "Chưa hiểu được điều được gửi đến" in text_of(response)


def test_a_watcher_hears_ok(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("page", ["/", "/tim-xa?q=ia+mo", "/luat", "/khong-co"])
def test_every_page_of_a_demonstration_says_mau(client: Client, commune: Place, page: str) -> None:
    assert commune.fictional
    html = client.get(page).content.decode()
    assert 'class="specimen"' in html
    assert "MẪU" in html


def test_real_figures_stand_under_no_watermark_and_are_told_from_made_up_ones(client: Client, commune: Place) -> None:
    assert commune.fictional
    html = client.get("/so-lieu").content.decode()
    assert 'class="specimen"' not in html
    assert "MẪU: đây là bản trình diễn, nhưng trang này chỉ có số liệu thật đã công bố" in html


def test_no_page_says_mau_where_nothing_is_made_up(client: Client) -> None:
    for page in PAGES:
        assert "MẪU" not in client.get(page).content.decode(), page


def test_a_made_up_commune_is_marked_beside_real_ones(client: Client, commune: Place) -> None:
    text = text_of(client.get("/tim-xa?q=den+sach"))
    assert "Xã MẪU Đèn Sách, Tỉnh Thái Nguyên mã 99001 MẪU – nơi hư cấu" in text
    assert "MẪU – nơi hư cấu" in text_of(client.get(f"/noi/{commune.uid}"))


def test_the_place_of_a_day_is_told(client: Client) -> None:
    today, before = text_of(client.get(IA_MO)), text_of(client.get(f"{IA_MO}?on=20/06/2025"))
    assert "Xã Ia Mơ, Tỉnh Gia Lai Đơn vị hành chính cấp xã, từ 01/07/2025, đang có hiệu lực." in today
    assert "Xã Ia Mơ, Huyện Chư Prông, Tỉnh Gia Lai Đơn vị hành chính cấp xã, từ 16/06/2025 hoặc sớm hơn" in before


def test_what_became_of_a_place_is_told_with_the_act(client: Client) -> None:
    text = text_of(client.get(IA_MO_NONG))
    assert "Từ 01/07/2025, theo Nghị quyết 1664/NQ-UBTVQH15: toàn bộ nhập vào Xã Ia Ly, Tỉnh Gia Lai" in text


def test_a_divided_commune_is_said_to_be_divided(client: Client) -> None:
    from densach.places.models import Lineage

    edge = Lineage.objects.filter(whole=False, old__periods__level="commune").order_by("pk").first()
    assert edge is not None
    text = text_of(client.get(f"/noi/{edge.old.uid}"))
    assert "bị chia. Không suy ra được ai nay thuộc nơi nào, phải hỏi từng người. Có thể là:" in text


def test_the_results_alone_are_sent_where_htmx_asks(client: Client) -> None:
    whole, live = client.get("/tim-xa?q=ia+mo"), client.get("/tim-xa?q=ia+mo", headers={"HX-Request": "true"})
    assert "<html" not in live.content.decode()
    assert live.content.decode().strip() in whole.content.decode()
    assert "HX-Request" in live.headers["Vary"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ia mo nong gia lai", "Tìm thấy 1 nơi"), ("xã ia mơ nông tỉnh Gia Lai", "Tìm thấy 1 nơi"),
     ("xa truc bach", "cùng tên, khác loại"), ("phường trúc bạnh", "chỉ khác một chữ"),
     ("trúc bạch, cà mau", "cùng tên, thuộc nơi khác"), ("qqqq xyz", "Chưa tìm thấy nơi nào")],
)  # fmt: skip
def test_what_is_typed_as_people_type_is_understood_and_said(client: Client, typed: str, said: str) -> None:
    assert said in text_of(client.get("/tim-xa", {"q": typed}))


def test_an_unknown_office_is_shown_with_its_question(client: Client) -> None:
    text = text_of(client.get("/tham-quyen?on=01/07/2025"))
    commune = text[text.index("Cộng đồng học tập cấp xã (mức") :]
    assert "Chưa biết cơ quan có thẩm quyền." in commune[:400]
    assert "công nhận danh hiệu này vào ngày 01/07/2025?" in commune[:700]
    before = text_of(client.get("/tham-quyen?on=30/06/2025"))
    assert "Trưởng phòng Giáo dục và Đào tạo cấp huyện" in before


def test_a_figure_stands_with_its_base_and_source(client: Client) -> None:
    text = text_of(client.get("/so-lieu"))
    assert "“60.08 %” , 2017 Tử số 2.910 Tính lại 72,12 % trên số đăng ký 4.035 không khớp" in text
    assert "60,09 % trên tổng số hộ 4.843 số in ra bị cắt bớt, không làm tròn" in text
    assert "Con số này trái với mẫu số mà chính nguồn nêu. Số in ra ứng với mẫu số từ 21.755 đến 22.058." in text
    english = text_of(client.get("/so-lieu", headers={"Accept-Language": "en"}))
    assert "60.09 % of all households 4,843 the printed figure is cut off, not rounded" in english
