"""The pages of a province, the ministry and of heads: whole, within their place, at a constant number of queries."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from densach.authority.roles import Role
from densach.reporting.models import Inquiry, Opinion
from tests.assessing.making import YEAR, settle
from tests.authority.roles import account, given
from tests.reporting.below import another, country, judged, made_up, real
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.accounts.models import Account
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(autouse=True)
def this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 26/11/2026."""
    from tests.authority.roles import TODAY

    for module in ("viewing", "views.province.asking"):
        monkeypatch.setattr(f"densach.web.{module}.today", lambda: TODAY)


def sign_in(client: Client, role: Role, place: Place, act: Act) -> Account:
    who = account(f"{role}-{uuid4().hex[:6]}")
    given(who, role, place, act)
    client.force_login(who)
    return who


@pytest.fixture
def phu_tho() -> Place:
    """Another province."""
    from densach.places.lookup import get_place
    from tests.reporting.below import TODAY

    return get_place("25", TODAY).place


def pages(commune: Place) -> list[str]:
    return [
        "/tinh",
        "/tinh?loai=that",
        "/tinh?mo-hinh=citizen&xep=share&chieu=giam&buoc=judged&q=sach&ban-do=hom-nay&nam=2025",
        "/tinh/han",
        f"/tinh/xa/{commune.uid}",
        f"/tinh/xa/{commune.uid}?nam=2025",
        "/tinh/so-sanh",
        "/viec-cua-toi",
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.PROVINCE_OFFICER, Role.PROVINCE_LEADER, Role.MINISTRY_OFFICER])
def test_every_page_is_whole_in_both_languages(
    client: Client, commune: Place, thai_nguyen: Place, act: Act, role: Role, lang: str
) -> None:
    judged(made_up(commune, act), act)
    sign_in(client, role, country() if role == Role.MINISTRY_OFFICER else thai_nguyen, act)
    for page in [*pages(commune), f"/tinh/{thai_nguyen.uid}", f"/tinh/so-sanh?xa={commune.uid}"]:
        response = client.get(page, headers={"Accept-Language": lang})
        html = response.content.decode()
        assert response.status_code == 200, page
        assert "no such variable" not in html, page
        assert len(re.findall(r"<h1[ >]", html)) == 1, page
        assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html), page
        assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids), page
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("page", "queries"),
    [("/tinh", 9), ("/tinh?mo-hinh=clan", 7), ("/tinh?mo-hinh=citizen", 9), ("/tinh/bang.csv", 9), ("/tinh/han", 4)],
)
def test_the_number_of_queries_does_not_grow_with_the_communes(
    client: Client,
    commune: Place,
    thai_nguyen: Place,
    act: Act,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    judged(made_up(commune, act), act)
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    client.get(page)
    with django_assert_num_queries(queries):
        client.get(page)
    for order in (2, 3):
        judged(another(thai_nguyen, order, act), act)
    with django_assert_num_queries(queries):
        client.get(page)


@pytest.mark.parametrize(("page", "queries"), [("/tinh", 12), ("/tinh?mo-hinh=citizen", 11)])
def test_people_with_two_homes_take_a_few_more_however_many_they_are(
    client: Client,
    commune: Place,
    thai_nguyen: Place,
    act: Act,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from densach.people.models import Person
    from tests.people.homes import two_homes

    judged(made_up(commune, act), act)
    other = another(thai_nguyen, 2, act)
    judged(other, act)
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    for person in Person.objects.order_by("pk")[:3]:
        two_homes(person, other.place)
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)


def test_the_whole_country_takes_no_more_queries_than_a_province(
    client: Client, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    judged(settle(real(), act), act)
    sign_in(client, Role.MINISTRY_OFFICER, country(), act)
    client.get("/tinh")
    with django_assert_num_queries(9):
        text = text_of(client.get("/tinh"))
    assert "Việt Nam: 1 trên 3.321 xã có số liệu năm 2026" in text
    assert "Tỉnh Thái Nguyên 1 trên 92 xã đã có kết luận 2 1 1 chưa ghi quyết định" in text
    assert "Hoàng Sa" in text
    assert "Trường Sa" in text


def test_fifty_rows_are_shown_and_the_rest_come_on_scrolling(client: Client, thai_nguyen: Place, act: Act) -> None:
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    first = client.get("/tinh").content.decode()
    assert first.count('<tr role="row">\n<th role="rowheader"') == 50
    assert 'hx-trigger="revealed"' in first
    live = client.get("/tinh?tu=50", headers={"HX-Request": "true"})
    rest = live.content.decode()
    assert (rest.count('<th role="rowheader"'), "<html" in rest, "revealed" in rest) == (42, False, False)
    assert "HX-Request" in live.headers["Vary"]
    assert client.get("/tinh?tu=50").content.decode().count('<th role="rowheader"') == 42


def test_silence_is_told_and_never_a_nought(client: Client, commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    another(thai_nguyen, 2, act)
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    text = text_of(client.get("/tinh"))
    assert "Tỉnh Thái Nguyên: 1 trên 2 xã có số liệu năm 2026" in text
    assert "Xã MẪU Số 2 MẪU chưa báo cáo chưa báo cáo 0 –" in text
    assert "đã có kết luận 2 1 1 chưa ghi quyết định –" in text


def test_the_file_is_the_screen_with_its_row_count(
    client: Client, commune: Place, thai_nguyen: Place, act: Act
) -> None:
    judged(made_up(commune, act), act)
    another(thai_nguyen, 2, act)
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    response = client.get("/tinh/bang.csv?mo-hinh=family")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"MẪU') or lines[0].startswith("MẪU")
    assert lines[2].split(",")[:3] == ["Xã", "Mã", "Bước"]
    assert lines[3].startswith("Xã MẪU Đèn Sách,99001,đã có kết luận,2,1,1,chưa ghi quyết định,,0,")
    assert lines[4] == "Xã MẪU Số 2,99102,chưa báo cáo,chưa báo cáo,chưa báo cáo,chưa báo cáo,chưa báo cáo,,0,"
    assert lines[-1] == "Số dòng,2"
    assert 'filename="MAU-bon-con-so-family-2026.csv"' in response.headers["Content-Disposition"]
    found = client.get("/tinh/bang.csv?q=so+2").content.decode().splitlines()
    assert found[-1] == "Số dòng,1"


@pytest.mark.parametrize(
    ("query", "told"),
    [("nam=abc", "Lựa chọn “abc” trong địa chỉ không đọc được"), ("nam=9999", "“9999”"), ("xep=<b>", "“&lt;b&gt;”"),
     ("buoc=x", "“x”"), ("tu=-1", "“-1”"), ("mo-hinh=%00", "Lựa chọn"), ("q=" + "x" * 200, "dài quá 100"),
     ("q=khong+co+xa+nao", "Không dòng nào khớp với lựa chọn"), ("loai=gi", "“gi”"), ("nam=٢٠٢٦", "Lựa chọn")],
)  # fmt: skip
def test_a_choice_that_cannot_be_read_is_told_and_the_page_goes_on(
    client: Client, thai_nguyen: Place, act: Act, query: str, told: str
) -> None:
    sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
    response = client.get(f"/tinh?{query}")
    assert response.status_code == 200
    assert told in text_of(response)


class TestScope:
    """Another province's communes are there, with figures and questions; nobody outside learns of them."""

    @pytest.fixture
    def theirs(self, phu_tho: Place, act: Act) -> Place:
        from densach.reporting.below.inquiries import Asked, ask
        from tests.authority.roles import NOW
        from tests.reporting.below import looking

        small = another(phu_tho, 7, act)
        round_ = judged(small, act)
        ask(looking(Role.PROVINCE_OFFICER, phu_tho, act), round_, Asked(uid=uuid4(), text="Điều kín đáo"), at=NOW)
        return small.place

    def test_it_is_answered_like_what_does_not_exist(
        self, client: Client, theirs: Place, commune: Place, thai_nguyen: Place, phu_tho: Place, act: Act
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        thread = Inquiry.objects.get()
        form = {"text": "x", "uid": str(uuid4()), "read": "1", "kind": "verified", "reason": "x"}
        for uid in (str(theirs.uid), NOBODY):
            for address in (
                f"/tinh/{uid}", f"/tinh/{uid}/bang.csv", f"/tinh/xa/{uid}",
                f"/tinh/so-sanh?xa={uid}", f"/tinh/so-sanh?xa={commune.uid}&xa={uid}",
                f"/tinh/so-sanh.csv?xa={commune.uid}&xa={uid}",
            ):  # fmt: skip
                assert client.get(address).status_code == 404, address
            for address in (f"/tinh/xa/{uid}/hoi", f"/tinh/xa/{uid}/hoi/{thread.uid}", f"/tinh/xa/{uid}/y-kien"):
                assert client.post(address, form).status_code == 404, address
        for address in (f"/tinh/{phu_tho.uid}", f"/tinh/{phu_tho.uid}/bang.csv", "/tinh/so-sanh?xa=abc"):
            assert client.get(address).status_code == 404, address
        whole = client.get("/tinh").content.decode() + client.get("/tinh/bang.csv").content.decode()
        assert "Xã MẪU Số 7" not in whole
        assert "1 trên 1 xã" in text_of(client.get("/tinh"))
        assert (Inquiry.objects.count(), thread.messages.count(), Opinion.objects.count()) == (1, 1, 0)

    def test_a_page_asks_who_it_is_for(
        self, client: Client, theirs: Place, commune: Place, thai_nguyen: Place, act: Act
    ) -> None:
        sign_in(client, Role.FRONT_HEAD, thai_nguyen, act)
        assert client.get("/tinh").status_code == 200
        assert client.get(f"/tinh/xa/{commune.uid}").status_code == 404
        assert f"/tinh/xa/{commune.uid}" not in client.get("/tinh").content.decode()
        sign_in(client, Role.COMMUNE_OFFICER, commune, act)
        for address in ("/tinh", "/tinh/bang.csv", f"/tinh/xa/{commune.uid}", f"/tinh/so-sanh?xa={theirs.uid}"):
            assert client.get(address).status_code == 404, address
        assert "Điều kín đáo" not in client.get("/cau-hoi-cap-tren").content.decode()
        sign_in(client, Role.FRONT_HEAD, commune, act)
        assert client.get("/cau-hoi-cap-tren").status_code == 404
        assert client.get("/tinh-hinh").status_code == 200

    def test_the_file_names_nobody(self, client: Client, commune: Place, thai_nguyen: Place, act: Act) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        html = client.get(f"/tinh/xa/{commune.uid}").content.decode()
        assert "Nguyễn Văn Mẫu" not in html
        assert "Trần Thị Mẫu" not in html
        assert "Họ Nguyễn MẪU" not in html


class TestFile:
    """Asking back, answering, verifying and approving, on the pages."""

    def test_a_question_goes_to_the_commune_and_its_answer_comes_back(
        self, client: Client, commune: Place, thai_nguyen: Place, act: Act
    ) -> None:
        judged(made_up(commune, act), act)
        officer = sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        page = f"/tinh/xa/{commune.uid}"
        form = {"uid": str(uuid4()), "text": "Ai chấm chỉ tiêu 1.1?", "due": "", "due_basis": ""}
        for _ in range(2):
            sent = client.post(f"{page}/hoi?nam={YEAR}", form)
            assert (sent.status_code, sent.headers["Location"]) == (302, f"{page}?nam={YEAR}")
        assert "Đã gửi câu hỏi." in text_of(client.get(page))
        sign_in(client, Role.COMMUNE_OFFICER, commune, act)
        assert "1 câu hỏi của cấp trên chờ xã trả lời" in text_of(client.get("/viec-cua-toi"))
        text = text_of(client.get("/cau-hoi-cap-tren"))
        assert "Ai chấm chỉ tiêu 1.1?" in text
        assert "Chưa có hạn trong văn bản." in text
        thread = Inquiry.objects.get()
        reply = {"text": "Ban chỉ đạo xã.", "read": "1"}
        assert client.post(f"/cau-hoi-cap-tren/{thread.uid}", reply).status_code == 302
        client.force_login(officer)
        assert "1 câu hỏi đã có trả lời của xã, chờ đọc" in text_of(client.get("/viec-cua-toi"))
        assert "Ban chỉ đạo xã." in text_of(client.get(page))
        settled = {"text": "Đã rõ.", "read": "2", "settle": "1"}
        assert client.post(f"{page}/hoi/{thread.uid}?nam={YEAR}", settled).status_code == 302
        assert [message.kind for message in thread.messages.all()] == ["asked", "answered", "settled"]

    @pytest.mark.parametrize(
        ("form", "told"),
        [({"text": ""}, "Ô này còn để trống."), ({"text": "Hỏi", "due": "1/12"}, "Hạn trả lời không đọc được"),
         ({"text": "Hỏi", "due": "01/12/2026"}, "Hạn trả lời và văn bản nêu hạn phải đi cùng nhau"),
         ({"text": "y" * 4001}, "dài quá 4000")],
    )  # fmt: skip
    def test_what_was_typed_is_kept_beside_the_sentence(
        self, client: Client, commune: Place, thai_nguyen: Place, act: Act, form: dict[str, str], told: str
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        response = client.post(f"/tinh/xa/{commune.uid}/hoi?nam={YEAR}", {"uid": str(uuid4()), **form})
        assert response.status_code == 200
        assert told in text_of(response)
        html = response.content.decode()
        assert all(value in html for value in form.values())
        assert "no such variable" not in html
        assert not Inquiry.objects.exists()

    def test_two_people_agree_and_the_second_form_of_two_is_told(
        self, client: Client, commune: Place, thai_nguyen: Place, act: Act
    ) -> None:
        from densach.assessing.models import Assessment

        judged(made_up(commune, act), act)
        page = f"/tinh/xa/{commune.uid}"
        seal = Assessment.objects.get(title_key="commune.tt25").seal
        form = {"read": "0", "seal": seal, "kind": "verified", "reason": ""}
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        assert client.post(f"{page}/y-kien?nam={YEAR}", form).status_code == 302
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        late = client.post(f"{page}/y-kien?nam={YEAR}", {**form, "kind": "sent_back", "reason": "Thiếu biên bản"})
        assert late.status_code == 200
        assert "Hồ sơ đã đổi từ khi trang này được mở" in text_of(late)
        assert "Thiếu biên bản" in late.content.decode()
        leader = sign_in(client, Role.PROVINCE_LEADER, thai_nguyen, act)
        assert "1 hồ sơ đã kiểm tra, chờ lãnh đạo" in text_of(client.get("/viec-cua-toi"))
        assert client.post(f"{page}/y-kien?nam={YEAR}", {**form, "read": "1", "kind": "approved"}).status_code == 302
        text = text_of(client.get(page))
        assert "Lãnh đạo tỉnh đồng ý" in text
        assert leader.name in text
        assert [one.kind for one in Opinion.objects.order_by("order")] == ["verified", "approved"]
        assert "Lãnh đạo tỉnh đồng ý" in text_of(client.get("/tinh"))
        sign_in(client, Role.COMMUNE_LEADER, commune, act)
        assert "Lãnh đạo tỉnh đồng ý" in text_of(client.get("/cau-hoi-cap-tren"))

    @pytest.mark.parametrize(
        "form", [{}, {"kind": "x"}, {"kind": "verified", "read": "-1"}, {"kind": "verified", "read": "0", "seal": "x"}]
    )
    def test_a_strange_form_writes_nothing(
        self, client: Client, commune: Place, thai_nguyen: Place, act: Act, form: dict[str, str]
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        assert client.post(f"/tinh/xa/{commune.uid}/y-kien?nam={YEAR}", form).status_code == 200
        assert client.post(f"/tinh/xa/{commune.uid}/hoi?nam={YEAR}", form).status_code == 404
        assert not Opinion.objects.exists()

    def test_the_file_takes_a_constant_number_of_queries(
        self,
        client: Client,
        commune: Place,
        thai_nguyen: Place,
        act: Act,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        page = f"/tinh/xa/{commune.uid}"
        for order in range(3):
            form = {"uid": str(uuid4()), "text": f"Câu {order}"}
            client.post(f"{page}/hoi?nam={YEAR}", form)
            client.get(page)
            with django_assert_num_queries(12):
                client.get(page)


class TestCompare:
    """Communes beside each other."""

    def test_bars_have_their_table_and_the_table_its_file(
        self, client: Client, commune: Place, thai_nguyen: Place, act: Act
    ) -> None:
        judged(made_up(commune, act), act)
        other = another(thai_nguyen, 2, act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        query = f"xa={commune.uid}&xa={other.place.uid}&mo-hinh=family"
        response = client.get(f"/tinh/so-sanh?{query}")
        html = response.content.decode()
        assert html.count('class="unknown"') == 2
        assert "Xã MẪU Số 2 chưa báo cáo" in text_of(response)
        lines = client.get(f"/tinh/so-sanh.csv?{query}").content.decode().splitlines()
        assert lines[3] == "Xã MẪU Đèn Sách,99001,chưa ghi quyết định,2,,,,2026-12-31"
        assert lines[4] == "Xã MẪU Số 2,99102,chưa báo cáo,chưa báo cáo,,,,2026-12-31"
        assert lines[5] == "Số dòng,2"

    def test_one_commune_is_told_to_be_too_few(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        response = client.get(f"/tinh/so-sanh?xa={real().uid}")
        assert response.status_code == 200
        assert "Đã chọn 1 xã; so sánh được từ 2 đến 12 xã." in text_of(response)
        assert client.get(f"/tinh/so-sanh.csv?xa={real().uid}").status_code == 400

    def test_it_takes_a_constant_number_of_queries(
        self,
        client: Client,
        commune: Place,
        thai_nguyen: Place,
        act: Act,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, Role.PROVINCE_OFFICER, thai_nguyen, act)
        chosen = f"/tinh/so-sanh?xa={commune.uid}"
        for order in (2, 3, 4):
            small = another(thai_nguyen, order, act)
            judged(small, act)
            chosen += f"&xa={small.place.uid}"
            client.get(chosen)
            with django_assert_num_queries(9):
                client.get(chosen)


class TestSituation:
    """The page of a head."""

    @pytest.mark.parametrize(
        "role",
        [Role.PARTY_HEAD, Role.FRONT_HEAD, Role.ORGANISATION_HEAD, Role.ASSOCIATION_OFFICER, Role.COMMUNE_LEADER],
    )
    def test_it_tells_the_step_and_the_four_counts(
        self,
        client: Client,
        commune: Place,
        act: Act,
        role: Role,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        judged(made_up(commune, act), act)
        sign_in(client, role, commune, act)
        client.get("/tinh-hinh")
        with django_assert_num_queries(10):
            text = text_of(client.get("/tinh-hinh"))
        assert "Xã MẪU Đèn Sách, đợt năm 2026: đã có kết luận" in text
        assert "Gia đình học tập 2 1 1 chưa ghi quyết định –" in text
        assert "Nộp hồ sơ: 28/02/2027 thủ tục 1.005097" in text
        assert "Xem đợt của Xã MẪU Đèn Sách" in text_of(client.get("/viec-cua-toi"))

    @pytest.mark.parametrize("several", [1, 3])
    def test_people_with_two_homes_take_no_more_than_fifteen_queries(
        self,
        client: Client,
        commune: Place,
        thai_nguyen: Place,
        act: Act,
        several: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        from densach.people.models import Person
        from densach.people.records.choosing import choose_place
        from tests.people.homes import two_homes

        judged(made_up(commune, act), act)
        elsewhere = another(thai_nguyen, 2, act).place
        for person in Person.objects.order_by("pk")[:several]:
            two_homes(person, elsewhere)
            choose_place(person, commune, by="cán bộ MẪU", source="MẪU", on=date(2026, 6, 1), act=act)
        sign_in(client, Role.FRONT_HEAD, commune, act)
        client.get("/tinh-hinh")
        with django_assert_num_queries(13):
            client.get("/tinh-hinh")

    def test_without_a_round_it_says_how_one_begins(self, client: Client, commune: Place, act: Act) -> None:
        sign_in(client, Role.FRONT_HEAD, commune, act)
        assert "chưa mở đợt năm 2026" in text_of(client.get("/tinh-hinh"))

    def test_from_above_it_is_the_table(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        sign_in(client, Role.FRONT_HEAD, thai_nguyen, act)
        assert client.get("/tinh-hinh").headers["Location"] == reverse("web:below")
