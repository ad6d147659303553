"""One's own data: each page whole, each reader in scope, each story to its end, nothing protected on any other page."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.certificates.making import order, printed, signed
from tests.assessing.making import GOOD, settle
from tests.assessing.privacy.making import child_of, head_of_first, named
from tests.authority.roles import BASIS, TODAY, account
from tests.people.making import KEYS
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from densach.authority.granting import Thing
    from densach.authority.models import Grant
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
MARKED = "Dân tộc MẪU-KHÔNG-AI-THẤY"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    """The keys of the made-up residents as the keys of the site."""
    from densach.people.numbers import _write

    settings.KEYS_FILE = tmp_path / "keys.json"
    _write(settings.KEYS_FILE, KEYS)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def head(small: Small) -> Person:  # noqa: ARG001  - made first
    return head_of_first()


def enters(client: Client, role: Role, thing: Thing, act: Act) -> Grant:
    """Sign in as somebody new who holds a role from the beginning of 2026 until the movement ends."""
    from densach.accounts.models import Account
    from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role

    who = account(f"{role}-{Account.objects.count()}")
    days = {"valid_from": date(2026, 1, 1), "valid_to": END_OF_THE_MOVEMENT}
    grant = give_first_role(who, Charge(role=role, thing=thing, basis=BASIS, **days), act=act)
    client.force_login(who)
    return grant


def household(person: Person) -> Any:
    return person.households.get().household


def said_of(person: Person, act: Act) -> None:
    """A protected fact of somebody, with a value that stands nowhere else."""
    from tests.people.test_protected import say

    say(person, act)


def own_pages(person: Person) -> list[str]:
    names = ("data_of", "data_held", "data_files", "data_log", "data_copy", "data_protected", "data_erase")
    pages = [reverse(f"web:{name}", args=[person.uid]) for name in names]
    pages += [reverse("web:data_ask", args=[person.uid, kind]) for kind in ("correct", "restrict", "object")]
    return [*pages, reverse("web:data_consent", args=[person.uid, "fairness"])]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_ones_own_is_whole(client: Client, head: Person, act: Act, lang: str) -> None:
    enters(client, Role.CITIZEN, head, act)
    said_of(head, act)
    for address in own_pages(head):
        response = client.get(address, headers={"Accept-Language": lang})
        html = response.content.decode()
        assert (address, response.status_code, html.count("<h1")) == (address, 200, 1)
        assert "no such variable" not in html, address
        assert "no-store" in response["Cache-Control"]
    assert client.get("/du-lieu-cua-toi")["Location"] == f"/du-lieu-cua-toi/{head.uid}"


def test_each_purpose_says_its_basis_and_who_sees_by_the_posts_themselves(
    client: Client, head: Person, act: Act
) -> None:
    enters(client, Role.CITIZEN, head, act)
    page = text_of(client.get(f"/du-lieu-cua-toi/{head.uid}"))
    assert "Theo nhiệm vụ của Nhà nước, không cần đồng ý" in page
    assert "91/2025/QH15, Điều 19 khoản 1 điểm c" in page
    assert "Chưa nói đồng ý hay không. Im lặng không phải là đồng ý." in page
    assert "Chi hội khuyến học; Hội Khuyến học" in page
    fairness = page[page.index("Xem ai bị bỏ lại") : page.index("Liên lạc qua điện thoại")]
    assert "Cán bộ phụ trách cấp xã. Mỗi vai" in fairness
    assert "Trưởng thôn" not in fairness


def test_who_sees_is_what_the_posts_allow() -> None:
    from densach.assessing.privacy.seeing import OPENED_WITH, seers
    from densach.policy.personal_data import purposes

    assert seers(["protected"]) == (Role.COMMUNE_OFFICER,)
    assert {name for purpose in purposes().values() for name in purpose.holds} == set(OPENED_WITH)


def test_a_head_sees_their_own_and_the_children_of_the_household_and_no_grown_member(
    client: Client, head: Person, act: Act
) -> None:
    enters(client, Role.HOUSEHOLD_HEAD, household(head), act)
    page = text_of(client.get("/du-lieu-cua-toi"))
    assert ("Nguyễn Văn Mẫu 1" in page, "Nguyễn Mẫu Con 1" in page, "Trần Thị Mẫu 1" in page) == (True, True, False)
    child, grown, other = child_of(head), named("Trần Thị Mẫu 1"), named("Nguyễn Mẫu Con 2")
    assert [client.get(address).status_code for address in own_pages(child)] == [200] * 11
    for person in (grown, other):
        assert {client.get(address).status_code for address in own_pages(person)} == {404}


@pytest.mark.parametrize(("born", "status"), [("2008-11-27", 200), ("2008-11-26", 404)])
def test_on_the_eighteenth_birthday_the_page_is_the_childs_alone(
    head: Person, act: Act, born: str, status: int
) -> None:
    from densach.assessing.privacy.access import own_person
    from densach.authority.access import viewer_of
    from densach.authority.granting import Charge, give_first_role
    from tests.authority.roles import viewer

    child = child_of(head)
    child.birth_date = date.fromisoformat(born)
    child.save()
    looking = viewer(Role.HOUSEHOLD_HEAD, household(head), act)  # on 26/11/2026
    if status == 200:
        assert own_person(looking, child.uid).relation == "representative"
    else:
        with pytest.raises(Refused, match="H103"):
            own_person(looking, child.uid)
    charge = Charge(role=Role.CITIZEN, thing=child, basis=BASIS, valid_from=TODAY, valid_to=date(2027, 1, 1))
    if status == 404:
        who = account("con")
        give_first_role(who, charge, act=act)
        assert own_person(viewer_of(who, None, TODAY), child.uid).relation == "self"
    else:
        with pytest.raises(Refused, match="K110"):
            give_first_role(account("con"), charge, act=act)


@pytest.mark.parametrize(
    ("role", "over"),
    [(Role.CITIZEN, "neighbour"), (Role.HOUSEHOLD_HEAD, "other_home"), (Role.VILLAGE_HEAD, "village"),
     (Role.CHAPTER_OFFICER, "village"), (Role.COMMUNE_LEADER, "commune"), (Role.COMMUNE_OFFICER, "commune"),
     (Role.ADMINISTRATOR, "commune"), (Role.PROVINCE_OFFICER, "province"), (Role.AUDITOR, "commune")],
)  # fmt: skip
def test_nobody_else_finds_the_pages_of_somebody(
    client: Client, small: Small, head: Person, thai_nguyen: Place, act: Act, role: Role, over: str
) -> None:
    other = named("Nguyễn Văn Mẫu 2")
    things: dict[str, Thing] = {
        "neighbour": other, "other_home": household(other), "village": small.village, "commune": small.place,
        "province": thai_nguyen,
    }  # fmt: skip
    enters(client, role, things[over], act)
    missing = own_pages(type(head)(uid=uuid4()))
    for there, nowhere in zip(own_pages(head), missing, strict=True):
        assert (client.get(there).status_code, client.get(nowhere).status_code) == (404, 404)
        sent = [client.post(address, {"lam": "give"}).status_code for address in (there, nowhere)]
        assert sent in ([404, 404], [405, 405])


def every_address(uids: list[UUID]) -> list[str]:
    """Every page of the site that can be asked for with these identities."""
    found = []
    patterns = [each for each in get_resolver("densach.web.urls").url_patterns if isinstance(each, URLPattern)]
    for pattern in patterns:
        names = list(pattern.pattern.converters)
        for uid in uids if "uuid" in str(pattern.pattern) else uids[:1]:
            values = {name: uid if "UUID" in type(pattern.pattern.converters[name]).__name__ else "1" for name in names}
            try:
                found.append(reverse(f"web:{pattern.name}", kwargs=values))
            except NoReverseMatch:
                continue
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("role", "over"),
    [(Role.CITIZEN, "neighbour"), (Role.HOUSEHOLD_HEAD, "own_home"), (Role.VILLAGE_HEAD, "village"),
     (Role.CHAPTER_OFFICER, "village"), (Role.COMMUNE_LEADER, "commune")],
)  # fmt: skip
def test_a_protected_fact_stands_on_no_page_of_the_village_or_of_a_neighbour(
    client: Client, small: Small, head: Person, act: Act, role: Role, over: str
) -> None:
    grown = named("Trần Thị Mẫu 1")
    said_of(grown, act)
    things: dict[str, Thing] = {
        "neighbour": named("Nguyễn Văn Mẫu 2"), "own_home": household(head), "village": small.village,
        "commune": small.place,
    }  # fmt: skip
    enters(client, role, things[over], act)
    client.raise_request_exception = False
    pages = every_address([grown.uid, household(grown).uid, small.village.uid, small.place.uid])
    assert len(pages) > 60
    for address in pages:
        body = client.get(address).getvalue().decode(errors="replace")
        assert "KHÔNG-AI-THẤY" not in body, address


def test_only_the_person_and_the_officer_of_the_commune_read_a_fact(
    client: Client, small: Small, head: Person, act: Act, thai_nguyen: Place
) -> None:
    from densach.places.domain import add_fictional_commune

    said_of(head, act)
    page = f"/nguoi-trong-xa/{head.uid}/dieu-rieng"
    enters(client, Role.COMMUNE_OFFICER, small.place, act)
    assert MARKED in text_of(client.get(page))
    enters(client, Role.CITIZEN, head, act)
    assert MARKED in text_of(client.get(f"/du-lieu-cua-toi/{head.uid}/dieu-rieng"))
    assert client.get(page).status_code == 404
    elsewhere = add_fictional_commune(thai_nguyen, "99009", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    enters(client, Role.COMMUNE_OFFICER, elsewhere, act)
    assert client.get(page).status_code == 404
    assert "Nguyễn" not in text_of(client.get("/nguoi-trong-xa?q=nguyen"))


def test_consent_is_given_and_withdrawn_on_its_page_and_a_duty_has_none(client: Client, head: Person, act: Act) -> None:
    enters(client, Role.CITIZEN, head, act)
    page = f"/du-lieu-cua-toi/{head.uid}/dong-y/chapter_check"
    assert client.post(page, {"lam": "give"})["Location"] == f"/du-lieu-cua-toi/{head.uid}"
    assert "Đã ghi lời đồng ý." in text_of(client.get(f"/du-lieu-cua-toi/{head.uid}"))
    shown = text_of(client.get(page))
    assert "Điều vẫn tiếp tục theo nhiệm vụ của Nhà nước" in shown
    assert "Người của Hội không mở được phiếu" in shown
    client.post(page, {"lam": "withdraw"})
    assert "Không đồng ý. Nói ngày" in text_of(client.get(page))
    assert client.get(f"/du-lieu-cua-toi/{head.uid}/dong-y/recognise").status_code == 400
    assert client.get(f"/du-lieu-cua-toi/{head.uid}/dong-y/khong-co").status_code == 404
    assert client.post(page, {"lam": "gì-đó"}).status_code == 404


def test_a_child_is_published_only_by_both_on_paper(client: Client, small: Small, head: Person, act: Act) -> None:
    child = child_of(head)
    enters(client, Role.HOUSEHOLD_HEAD, household(head), act)
    page = f"/du-lieu-cua-toi/{child.uid}/dong-y/certificate_name"
    answer = client.post(page, {"lam": "give"})
    assert "cần cả hai cùng đồng ý trên giấy: trẻ từ 7 tuổi" in text_of(answer)
    enters(client, Role.COMMUNE_OFFICER, small.place, act)
    paper = f"/nguoi-trong-xa/{child.uid}/giay-dong-y"
    send = {"purpose": "certificate_name", "giver": "representative", "paper": "Giấy MẪU 7", "does": "give",
            "signed_on": "20/11/2026", "kept_at": "Tủ hồ sơ MẪU"}  # fmt: skip
    answer = client.post(paper, send)
    assert "cần cả hai cùng đồng ý trên giấy" in text_of(answer)
    assert 'value="Giấy MẪU 7"' in answer.getvalue().decode()
    assert client.post(paper, send | {"giver": "both"})["Location"] == paper
    assert "Ô này chưa ghi gì." in text_of(client.post(paper, send | {"kept_at": ""}))
    shown = text_of(client.get(paper))
    assert "Hiện đủ họ tên khi ai đó tra giấy chứng nhận: Đang đồng ý." in shown
    assert "Trên giấy ký ngày 20/11/2026, Cán bộ phụ trách cấp xã ghi ngày" in shown
    assert "giấy ở: Tủ hồ sơ MẪU." in shown
    home = f"/thon/{small.village.uid}/dong-y/{household(head).uid}"
    assert f'href="{home}#ban-chup"' in client.get(paper).content.decode()
    assert "Phiếu ký ngày 20/11/2026, giấy ở: Tủ hồ sơ MẪU." in text_of(client.get(home))


def test_a_fact_is_said_only_with_consent_and_taken_back_at_once(client: Client, head: Person, act: Act) -> None:
    enters(client, Role.CITIZEN, head, act)
    page = f"/du-lieu-cua-toi/{head.uid}/dieu-rieng"
    send = {"kind": "ethnicity", "ethnicity": MARKED}
    answer = client.post(page, send)
    assert "Chưa có đồng ý nào để giữ điều này." in text_of(answer)
    assert MARKED in answer.getvalue().decode()
    assert client.post(page, send | {"agrees": "co"})["Location"] == page
    shown = text_of(client.get(page))
    assert f"{MARKED} . Chính người ấy ghi" in shown
    assert "Trên cơ sở đồng ý." in shown
    assert "không nằm trong" in text_of(client.post(page, {"kind": "poverty", "poverty": "rất giàu"}))
    assert client.post(page, {"kind": "tôn giáo"}).status_code == 200
    client.post(page, {"kind": "ethnicity", "lam": "xoa"})
    assert MARKED not in text_of(client.get(page))


def test_an_officer_enters_a_fact_by_consent_on_paper_or_by_a_text(
    client: Client, small: Small, head: Person, act: Act
) -> None:
    enters(client, Role.COMMUNE_OFFICER, small.place, act)
    page = f"/nguoi-trong-xa/{head.uid}/dieu-rieng"
    send = {"kind": "poverty", "poverty": "near_poor", "source": "Sổ MẪU 4", "paper": "", "duty": ""}
    assert "Chưa có đồng ý nào" in text_of(client.post(page, send))
    assert 'value="Tày MẪU"' in client.post(page, {"ethnicity": "Tày MẪU", "source": "Sổ"}).content.decode()
    assert client.post(page, send | {"duty": "Văn bản MẪU 9, Điều 2"})["Location"] == page
    assert "Văn bản do cán bộ ghi: Văn bản MẪU 9, Điều 2." in text_of(client.get(page))
    assert (
        client.post(page, send | {"kind": "disability", "disability": "yes", "paper": "Giấy MẪU 3"}).status_code == 302
    )
    enters(client, Role.CITIZEN, head, act)
    client.post(f"/du-lieu-cua-toi/{head.uid}/dong-y/fairness", {"lam": "withdraw"})
    shown = text_of(client.get(f"/du-lieu-cua-toi/{head.uid}/dieu-rieng"))
    assert ("Hộ cận nghèo . Cán bộ" in shown, "Khuyết tật: Có" in shown) == (True, False)


def test_a_correction_goes_to_the_officer_and_comes_back_with_its_reason(
    client: Client, small: Small, head: Person, act: Act
) -> None:
    citizen = enters(client, Role.CITIZEN, head, act).account
    page = f"/du-lieu-cua-toi/{head.uid}/de-nghi/correct"
    answer = client.post(page, {"about": "birth_date", "wanted": "31/02/1980", "text": "Sai ngày"})
    assert "không thể đứng ở mục này" in text_of(answer)
    assert 'value="31/02/1980"' in answer.getvalue().decode()
    mine = client.post(page, {"about": "birth_date", "wanted": "02/05/1980", "text": "Sai ngày"})["Location"]
    assert client.post(page, {"about": "birth_date", "wanted": "03/05/1980", "text": "x"})["Location"] == mine
    shown = text_of(client.get(mine))
    assert "Chờ tiếp nhận. Còn 10 ngày" in shown
    assert "02/05/1980" in shown
    enters(client, Role.COMMUNE_OFFICER, small.place, act)
    assert "1 yêu cầu về dữ liệu cá nhân đang chờ" in text_of(client.get("/viec-cua-toi"))
    assert "Nguyễn Văn Mẫu 1: Đề nghị sửa" in text_of(client.get("/yeu-cau-du-lieu"))
    desk = mine.replace("yeu-cau-cua-toi", "yeu-cau-du-lieu")
    client.post(desk, {"does": "write", "text": "Xin mang giấy khai sinh"})
    assert "Chưa ghi câu nào" in text_of(client.post(desk, {"does": "done", "text": ""}))
    assert client.post(desk, {"does": "done", "text": "Giấy khai sinh MẪU số 3"})["Location"] == "/yeu-cau-du-lieu"
    assert "Yêu cầu này đã xong" in text_of(client.post(desk, {"does": "refused", "text": "khác"}))
    assert "Nguyễn Văn Mẫu 1" in text_of(client.get("/yeu-cau-du-lieu?xong=1"))
    client.force_login(citizen)
    shown = text_of(client.get(mine))
    assert "Đã làm xong." in shown
    assert "Giấy khai sinh MẪU số 3" in shown
    assert "Xin mang giấy khai sinh Cán bộ phụ trách cấp xã" in shown
    assert client.get(desk).status_code == 404
    head.refresh_from_db()
    assert head.birth_date == date(1980, 5, 2)


def test_a_late_request_is_late_for_both(client: Client, small: Small, head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import DataRequest

    enters(client, Role.CITIZEN, head, act)
    page = f"/du-lieu-cua-toi/{head.uid}/de-nghi/object"
    mine = client.post(page, {"about": "recognise", "text": "Không muốn"})["Location"]
    long_ago = {"asked_on": date(2026, 1, 5), "answer_by": date(2026, 1, 7), "settle_by": date(2026, 1, 20)}
    DataRequest.objects.update(**long_ago)
    assert "Quá hạn trả lời đã tiếp nhận, hạn là 07/01/2026." in text_of(client.get(mine))
    DataRequest.objects.update(state="received", received_on=date(2026, 1, 6))
    assert "hạn là 20/01/2026." in text_of(client.get(mine))
    enters(client, Role.COMMUNE_OFFICER, small.place, act)
    assert "1 đã quá hạn" in text_of(client.get("/viec-cua-toi"))
    desk = mine.replace("yeu-cau-cua-toi", "yeu-cau-du-lieu")
    client.post(desk, {"does": "refused", "text": "Quyết định đã ký phải được giữ"})
    assert "Điều 19 khoản 1 điểm c" in text_of(client.get(desk))


def test_erasing_is_settled_at_once_with_the_article(client: Client, head: Person, act: Act) -> None:
    enters(client, Role.CITIZEN, head, act)
    said_of(head, act)
    page = f"/du-lieu-cua-toi/{head.uid}/xoa"
    assert "Chưa chọn mục đích nào" in text_of(client.post(page))
    mine = client.post(page, {"purposes": ["fairness", "recognise"]})["Location"]
    shown = text_of(client.get(mine))
    assert "Đã làm một phần." in shown
    assert "Điều 19 khoản 1 điểm c" in shown
    assert MARKED not in text_of(client.get(f"/du-lieu-cua-toi/{head.uid}/dieu-rieng"))


def test_requests_of_others_are_not_there(
    client: Client, small: Small, head: Person, act: Act, thai_nguyen: Place
) -> None:
    from densach.places.domain import add_fictional_commune

    enters(client, Role.CITIZEN, head, act)
    mine = client.post(f"/du-lieu-cua-toi/{head.uid}/de-nghi/object", {"about": "recognise", "text": "x"})["Location"]
    desk = mine.replace("yeu-cau-cua-toi", "yeu-cau-du-lieu")
    elsewhere = add_fictional_commune(thai_nguyen, "99009", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    for role, thing in (
        (Role.CITIZEN, named("Nguyễn Văn Mẫu 2")), (Role.VILLAGE_HEAD, small.village),
        (Role.COMMUNE_LEADER, small.place), (Role.COMMUNE_OFFICER, elsewhere),
    ):  # fmt: skip
        enters(client, role, thing, act)
        assert (client.get(mine).status_code, client.get(desk).status_code) == (404, 404)
        assert client.post(desk, {"does": "done", "text": "x"}).status_code == 404
    assert "Nguyễn Văn Mẫu 1" not in text_of(client.get("/yeu-cau-du-lieu"))


def test_a_copy_holds_all_of_one_person_and_nothing_of_another(
    client: Client, small: Small, head: Person, act: Act, tmp_path: Path
) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    said_of(head, act)
    said_of(named("Trần Thị Mẫu 1"), act)
    enters(client, Role.CITIZEN, head, act)
    page = f"/du-lieu-cua-toi/{head.uid}/tai-ve"
    answer = client.post(page, {"dang": "json"})
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    text = answer.getvalue().decode()
    found = json.loads(text)
    assert set(found) == {
        "made_on", "register", "sheets", "evidence", "consent_scans", "objections", "verdicts", "recognitions",
        "certificates", "answers", "protected", "consents",
        "requests", "log",
    }  # fmt: skip
    assert found["register"]["full_name"] == "Nguyễn Văn Mẫu 1"
    assert found["register"]["personal_number"] == "•••••••••001"
    assert [row["act"] for row in found["recognitions"]] == ["12/QĐ-UBND"]
    assert [row["said"]["value"] for row in found["protected"]] == [MARKED]
    assert "Trần Thị" not in text
    assert "999080000001" not in text
    assert [(row["kind"], row["state"]) for row in found["requests"]] == [("provide", "done")]
    shown = client.post(page, {"dang": "trang"})
    assert ("Mọi dữ liệu về Nguyễn Văn Mẫu 1" in text_of(shown), MARKED in text_of(shown)) == (True, True)
    assert "no such variable" not in shown.content.decode()


def test_a_certificate_tells_the_whole_name_while_its_holder_consents(
    client: Client, small: Small, head: Person, act: Act, tmp_path: Path
) -> None:
    from densach.assessing.models import Certificate
    from densach.assessing.privacy.consenting import give_consent, withdraw_consent
    from tests.assessing.privacy.making import says

    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    mine = Certificate.objects.get(recognition__subject__person=head)
    other = Certificate.objects.exclude(recognition__subject__person=head).order_by("pk")[0]
    assert "Nguyễn Văn Mẫu 1" not in text_of(client.get(f"/chung-nhan/{mine.code}"))
    give_consent(head, "certificate_name", says(), on=date(2026, 6, 1), act=act)
    assert "Nguyễn Văn Mẫu 1" in text_of(client.get(f"/chung-nhan/{mine.code}"))
    assert "Mẫu 1" not in text_of(client.get(f"/chung-nhan/{other.code}"))
    withdraw_consent(head, "certificate_name", says(), on=date(2026, 6, 1), act=act)
    assert "Nguyễn Văn Mẫu 1" not in text_of(client.get(f"/chung-nhan/{mine.code}"))


@pytest.mark.parametrize(
    ("page", "count"),
    [("data_of", 10), ("data_held", 12), ("data_files", 13), ("data_log", 13),
     ("data_protected", 8), ("data_erase", 10)],
)  # fmt: skip
def test_a_page_asks_the_database_as_often_for_one_thing_as_for_three(
    client: Client, head: Person, act: Act, page: str, count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    grant = enters(client, Role.CITIZEN, head, act)
    for kind in ("chapter_check", "fairness", "contact"):
        address = reverse(f"web:{page}", args=[head.uid])
        client.post(f"/du-lieu-cua-toi/{head.uid}/dong-y/{kind}", {"lam": "give"})
        client.post(f"/du-lieu-cua-toi/{head.uid}/de-nghi/object", {"about": kind, "text": "x"})
        said_of(head, act)
        client.force_login(grant.account)
        client.get(address)
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200


def test_the_list_of_requests_asks_as_often_for_one_as_for_three(
    client: Client, small: Small, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = enters(client, Role.COMMUNE_OFFICER, small.place, act).account
    for name in ("Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Văn Mẫu 2"):
        person = named(name)
        enters(client, Role.CITIZEN, person, act)
        client.post(f"/du-lieu-cua-toi/{person.uid}/de-nghi/object", {"about": "recognise", "text": "x"})
        client.force_login(officer)
        for address, count in (("/yeu-cau-du-lieu", 4), ("/nguoi-trong-xa?q=mau", 4)):
            client.get(address)
            with django_assert_num_queries(count):
                client.get(address)


def test_answers_of_the_round_are_in_the_copy(client: Client, small: Small, head: Person, act: Act) -> None:
    from tests.assessing.making import answer, open_year

    answer(open_year(small, act), "citizen", {small.subject("citizen", head.full_name): dict(GOOD)}, act)
    enters(client, Role.CITIZEN, head, act)
    found = json.loads(client.post(f"/du-lieu-cua-toi/{head.uid}/tai-ve", {"dang": "json"}).getvalue())
    assert [(row["by"], row["facts"]) for row in found["answers"]] == [("self", GOOD)]


def test_whoever_acts_as_an_officer_is_told_to_change_the_role(client: Client, small: Small, act: Act) -> None:
    enters(client, Role.VILLAGE_HEAD, small.village, act)
    assert "Vai đang dùng không gắn với một người nào." in text_of(client.get("/du-lieu-cua-toi"))
