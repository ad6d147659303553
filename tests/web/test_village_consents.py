"""The consent sheets of a village: printed, copied as they were signed, put right; and nothing that is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from tests.assessing.privacy.making import child_of, head_of_first, named
from tests.assessing.villages.making import Working, working
from tests.web.test_village import LIVE, signed_in
from tests.web.test_village_papers import pages
from tests.web.walking import text_of

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
PAPER = {"signed_on": "20/11/2026", "kept_at": "Cặp MẪU, nhà văn hóa thôn"}


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    return working(commune, act, 2)


@pytest.fixture
def head(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)


def home(made: Working, code: str = "H1") -> UUID:
    household = made.small.subject("family", code).household
    assert household is not None
    return household.uid


def said(purpose: str, name: str, word: str) -> dict[str, str]:
    return {f"{purpose}-{named(name).uid}": word}


def rows() -> list[tuple[Any, ...]]:
    from densach.assessing.privacy.models import ConsentAct

    shown = ("person__full_name", "purpose", "given", "giver", "kept_at", "role")
    return list(ConsentAct.objects.filter(crossed_out_at=None).order_by("pk").values_list(*shown))


def test_the_sheet_to_sign_asks_each_of_a_household_each_matter(head: Client, made: Working) -> None:
    answer = head.get(f"/thon/phieu-dong-y.pdf?ho={home(made, 'H2')}")
    assert answer["Content-Type"] == "application/pdf"
    [page] = pages(answer.content)
    for words in ("H2", "Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 2", "Nguyễn Mẫu Con 2", "Việc 1. Chi hội và Hội Khuyến học",
                  "Việc 4. Hiện đủ họ tên", "không phải là đồng ý", "MẪU – KHÔNG CÓ GIÁ TRỊ"):  # fmt: skip
        assert words in page
    assert (page.count("Đồng ý"), page.count("dân tộc")) == (14, 0)
    assert len(pages(head.get("/thon/phieu-dong-y.pdf").content)) == 2


def test_a_signed_sheet_is_copied_and_the_person_sees_who_entered_it(head: Client, made: Working, act: Act) -> None:
    from django.test import Client as Browser

    page = f"/thon/{made.small.village.uid}/dong-y/{home(made)}"
    shown = text_of(head.get(page))
    assert ("Nguyễn Văn Mẫu 1" in shown, "Trần Thị Mẫu 1" in shown, "Mẫu 2" in shown) == (True, True, False)
    child = child_of(head_of_first())
    send = {
        **PAPER,
        **said("chapter_check", "Nguyễn Văn Mẫu 1", "co"),
        **said("publish_decision", "Nguyễn Văn Mẫu 1", "khong"),
        **said("publish_praise", child.full_name, "co"),
        f"ky-{child.uid}": "both",
    }
    done = head.post(page, send, follow=True)
    assert "Đã ghi 3 lời trên phiếu, có hiệu lực ngay." in text_of(done)
    where = PAPER["kept_at"]
    assert rows() == [
        ("Nguyễn Văn Mẫu 1", "chapter_check", True, "self", where, "village_head"),
        ("Nguyễn Văn Mẫu 1", "publish_decision", False, "self", where, "village_head"),
        ("Nguyễn Mẫu Con 1", "publish_praise", True, "both", where, "village_head"),
    ]
    listed = text_of(head.get("/thon/dong-y"))
    assert "1 người đã đồng ý, 0 người không đồng ý, 5 người chưa trả lời, trên 6 người." in listed
    own = Browser()
    signed_in(own, Role.CITIZEN, head_of_first(), act)
    mine = text_of(own.get(f"/du-lieu-cua-toi/{head_of_first().uid}"))
    assert "Trên giấy ký ngày 20/11/2026, Trưởng thôn, tổ trưởng tổ dân phố ghi ngày" in mine
    assert f"giấy ở: {where}." in mine
    own.post(f"/du-lieu-cua-toi/{head_of_first().uid}/dong-y/chapter_check", {"lam": "withdraw"})
    assert "1 người không đồng ý" in text_of(head.get("/thon/dong-y"))


@pytest.mark.parametrize(
    ("change", "told"),
    [({"signed_on": "31/02/2026"}, "31/02/2026"), ({"kept_at": ""}, "Ô này chưa ghi gì."),
     ({"signed_on": "20/11/2126"}, "Ngày ký 20/11/2126 chưa đến.")],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_what_was_chosen_is_kept(
    head: Client, made: Working, change: dict[str, str], told: str
) -> None:
    field = said("chapter_check", "Nguyễn Văn Mẫu 1", "co")
    answer = head.post(f"/thon/dong-y/{home(made)}", PAPER | field | change)
    assert (answer.status_code, told in text_of(answer), rows()) == (400, True, [])
    assert f'name="{next(iter(field))}" value="co" checked' in answer.content.decode()


def test_a_sheet_that_says_nothing_and_a_child_of_seven_without_its_word_are_refused(
    head: Client, made: Working
) -> None:
    page = f"/thon/dong-y/{home(made)}"
    assert "Phiếu chưa ghi lời nào" in text_of(head.post(page, PAPER))
    child = child_of(head_of_first())
    send = PAPER | said("publish_praise", child.full_name, "co") | {f"ky-{child.uid}": "representative"}
    answer = head.post(page, send)
    assert (answer.status_code, "cần cả hai cùng đồng ý trên giấy" in text_of(answer), rows()) == (400, True, [])


def test_a_slip_of_the_pen_is_crossed_out(head: Client, made: Working) -> None:
    from densach.assessing.privacy.models import ConsentAct

    page = f"/thon/dong-y/{home(made)}"
    head.post(page, PAPER | said("chapter_check", "Trần Thị Mẫu 1", "khong"))
    row = ConsentAct.objects.get()
    out = f"{page}/bo/{row.uid}"
    assert out.replace("/thon/", f"/thon/{made.small.village.uid}/") in head.get(page).content.decode()
    assert "Ô này chưa ghi gì." in text_of(head.post(out, {"why": ""}))
    assert "Đã gạch dòng ghi nhầm." in text_of(head.post(out, {"why": "Dòng của người khác"}, follow=True))
    assert rows() == []
    assert head.get(out).status_code == 400
    assert head.get(f"{page}/bo/{uuid4()}").status_code == 404
    assert head.get(f"/thon/dong-y/{home(made, 'H2')}/bo/{row.uid}").status_code == 404


def test_only_the_state_copies_and_only_in_its_own_village(
    client: Client, made: Working, commune: Place, act: Act
) -> None:
    from tests.people.making import village

    other = village(commune, act, "Thôn Thượng")
    there, here = f"/thon/{other.uid}/dong-y", f"/thon/{made.small.village.uid}/dong-y"
    for role, place, statuses in (
        (Role.CHAPTER_OFFICER, made.small.village, [404, 404, 404]),
        (Role.VILLAGE_HEAD, made.small.village, [200, 404, 200]),
        (Role.COMMUNE_OFFICER, commune, [200, 200, 200]),
        (Role.COMMUNE_LEADER, commune, [404, 404, 404]),
    ):
        who = signed_in(client, role, place, act)
        asked = [who.get(address).status_code for address in (here, there, f"{here}/{home(made)}")]
        assert (role, asked) == (role, statuses)
        assert [who.get(f"{each}/nhap-nhanh").status_code for each in (here, there)] == statuses[:2]
        assert who.post(f"{there}/nhap-nhanh/{home(made)}", PAPER, headers=LIVE).status_code == 404
        assert who.get(f"{there}/{home(made)}").status_code == 404
        if role is Role.CHAPTER_OFFICER:
            assert "Ghi phiếu đồng ý đã ký" not in text_of(who.get("/thon/in-phieu"))
            assert who.post(f"{here}/{home(made)}", PAPER).status_code == 404


def test_the_list_is_searched_and_holds_to_who_said_nothing(head: Client, made: Working) -> None:
    assert "H1, Nguyễn Văn Mẫu 1" not in text_of(head.get("/thon/dong-y?q=mau+2"))
    every = ("Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Mẫu Con 1")
    words = {key: word for name in every for key, word in said("chapter_check", name, "co").items()}
    child = {f"ky-{child_of(head_of_first()).uid}": "representative"}
    head.post(f"/thon/dong-y/{home(made)}", PAPER | words | child)
    open_ones = text_of(head.get("/thon/dong-y?loc=chua-noi"))
    assert ("H1, " in open_ones, "H2, Nguyễn Văn Mẫu 2" in open_ones) == (False, True)
    assert "Không có hộ nào như vậy." in text_of(head.get("/thon/dong-y?q=khong-ai"))
    assert head.get("/thon/dong-y?q=" + "x" * 300).status_code == 200


def copied(client: Client, made: Working, sent: dict[str, str]) -> tuple[str, str]:
    """The row of the first household once it was sent: its tags and its words."""
    answer = client.post(f"/thon/dong-y/nhap-nhanh/{home(made)}", sent, headers=LIVE)
    assert answer.status_code == 200
    return answer.content.decode(), text_of(answer)


def test_many_sheets_are_copied_a_household_at_a_time(head: Client, made: Working) -> None:
    page = head.get("/thon/dong-y/nhap-nhanh").content.decode()
    assert (page.count("<tbody id="), page.count("data-carried"), page.count(' name="ky-')) == (2, 4, 2)
    field = next(iter(said("chapter_check", "Nguyễn Văn Mẫu 1", "")))
    assert f'name="{field}" aria-label="Nguyễn Văn Mẫu 1: Việc 1. Chi hội và Hội Khuyến học' in page
    assert "selected" not in page.replace('value="both" selected', "")
    words = {field: "co"} | said("publish_praise", "Trần Thị Mẫu 1", "khong")
    row, told = copied(head, made, PAPER | words | {"signed_on": "5/11/2026"})
    assert row.startswith(f'<tbody id="dong-{home(made)}"')
    assert "Đã ghi 2 lời, có hiệu lực ngay. Ghi nhầm thì gạch ở trang của hộ" in told
    assert (row.count("●"), row.count("◯"), row.count("selected")) == (1, 1, 1)
    assert ('value="5/11/2026"' in row, PAPER["kept_at"] in row) == (True, True)
    where = PAPER["kept_at"]
    assert rows() == [
        ("Nguyễn Văn Mẫu 1", "chapter_check", True, "self", where, "village_head"),
        ("Trần Thị Mẫu 1", "publish_praise", False, "self", where, "village_head"),
    ]
    copied(head, made, PAPER | words | {"signed_on": "5/11/2026"})
    assert len(rows()) == 2


def test_a_row_that_is_wrong_says_so_and_keeps_what_was_chosen(head: Client, made: Working) -> None:
    child = child_of(head_of_first())
    yes = said("publish_praise", child.full_name, "co")
    for change, told in (
        ({"signed_on": "31/02/2026"}, "31/02/2026"),
        ({"kept_at": ""}, "Ô này chưa ghi gì."),
        ({f"ky-{child.uid}": "representative"}, "cần cả hai cùng đồng ý trên giấy"),
        ({next(iter(yes)): ""}, "Phiếu chưa ghi lời nào"),
    ):
        row, words = copied(head, made, PAPER | yes | {f"ky-{child.uid}": "both"} | change)
        assert (told in words, 'role="status"><span class="problem">' in row, rows()) == (True, True, [])
        assert ('<option value="co" selected>' in row) == (next(iter(yes)) not in change)
    assert head.post(f"/thon/dong-y/nhap-nhanh/{uuid4()}", PAPER, headers=LIVE).status_code == 404


def test_without_scripts_a_row_is_a_plain_form_and_the_day_goes_on(head: Client, made: Working) -> None:
    page = f"/thon/dong-y/nhap-nhanh/{home(made)}"
    wrong = head.post(page, PAPER)
    assert (wrong.status_code, wrong.content.decode().count("<tbody id=")) == (400, 1)
    sent = PAPER | said("chapter_check", "Trần Thị Mẫu 1", "co") | {"loc": "tat-ca", "q": "mau"}
    done = head.post(page, sent, follow=True)
    assert "Đã ghi 1 lời trên phiếu của hộ H1" in text_of(done)
    assert done.content.decode().count('value="20/11/2026"') == 2
    assert head.get("/thon/dong-y/nhap-nhanh?chapter_check=co").content.decode().count("data-carried") == 4


def test_the_rows_are_searched_and_go_on_after_the_fiftieth(client: Client, commune: Place, act: Act) -> None:
    found = working(commune, act, 52)
    head = signed_in(client, Role.VILLAGE_HEAD, found.small.village, act)
    page = head.get("/thon/dong-y/nhap-nhanh").content.decode()
    assert (page.count("<tbody id="), "sau=H50" in page) == (50, True)
    more = head.get("/thon/dong-y/nhap-nhanh?sau=H50", headers=LIVE).content.decode()
    assert (more.count("<tbody id="), "<table" in more, "revealed" in more) == (2, False, False)
    table = head.get("/thon/dong-y/nhap-nhanh?q=tran+thi+mau+51", headers=LIVE).content.decode()
    assert (table.count("<tbody id="), "H51" in table, "<html" in table) == (1, True, False)
    assert "Không có hộ nào như vậy." in text_of(head.get("/thon/dong-y/nhap-nhanh?q=khong-ai"))


@pytest.mark.parametrize("homes", [1, 3])
def test_the_pages_take_a_constant_number_of_queries(
    client: Client, commune: Place, act: Act, homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = working(commune, act, homes)
    head = signed_in(client, Role.VILLAGE_HEAD, found.small.village, act)
    for address, count in (("/thon/dong-y", 10), (f"/thon/dong-y/{home(found)}", 8), ("/thon/dong-y/nhap-nhanh", 7)):
        with django_assert_num_queries(count):
            assert head.get(address).status_code == 200


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(head: Client, made: Working, lang: str) -> None:
    page = f"/thon/dong-y/{home(made)}"
    head.post(page, PAPER | said("chapter_check", "Trần Thị Mẫu 1", "khong"))
    from densach.assessing.privacy.models import ConsentAct

    for address in (
        "/thon/dong-y",
        "/thon/dong-y/nhap-nhanh",
        page,
        f"{page}/bo/{ConsentAct.objects.get().uid}",
        "/thon/in-phieu",
    ):
        html = head.get(address, headers={"Accept-Language": lang}).content.decode()
        assert (address, html.count("<h1"), "no such variable" in html) == (address, 1, False)
