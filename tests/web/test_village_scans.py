"""The scans of signed sheets on the pages: for whoever copies there and whose word they show, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import override_settings

from densach.authority.roles import Role
from tests.assessing.evidence.making import photo
from tests.assessing.privacy.making import child_of, head_of_first, named
from tests.assessing.villages.making import Working, working
from tests.authority.roles import account, given
from tests.web.test_village import signed_in, whole
from tests.web.test_village_consents import PAPER, home, rows, said
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.people.models import Household
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
WIFE = "Trần Thị Mẫu 1"


@pytest.fixture(autouse=True)
def kept_apart(tmp_path: Path) -> Iterator[None]:
    with override_settings(EVIDENCE_FOLDER=tmp_path / "evidence", KEYS_FILE=tmp_path / "keys.json"):
        yield


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    return working(commune, act, 2)


@pytest.fixture
def head(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)


def household_of(made: Working) -> Household:
    found = made.small.subject("family", "H1").household
    assert found is not None
    return found


def file(order: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile("Phiếu của Trần Thị MẪU.jpg", photo(order))


def scan() -> Any:
    from densach.assessing.scans.models import ConsentScan

    return ConsentScan.objects.latest("pk")


def page_of(made: Working) -> str:
    return f"/thon/{made.small.village.uid}/dong-y/{home(made)}"


def copied(head: Client, made: Working, **more: Any) -> Any:
    """The sheet of the first household with its scan: husband and wife say yes."""
    words = said("chapter_check", "Nguyễn Văn Mẫu 1", "co") | said("chapter_check", WIFE, "co")
    return head.post(page_of(made), PAPER | words | {"file": file()} | more, follow=True)


def events() -> list[str]:
    from densach.history.models import Entry

    return list(Entry.objects.filter(kind="consent_scan").order_by("sequence").values_list("event", flat=True))


def test_a_scan_goes_with_the_sheet_and_whose_word_it_shows_opens_it(head: Client, made: Working, act: Act) -> None:
    shown = copied(head, made)
    assert "Phiếu ký ngày 20/11/2026, giấy ở: Cặp MẪU, nhà văn hóa thôn." in text_of(shown)
    assert f"Có lời của: Nguyễn Văn Mẫu 1, {WIFE}. Có 1 bản chụp." in text_of(shown)
    whole(shown.content.decode())
    answer = head.get(f"{page_of(made)}/tep/{scan().uid}")
    headers = {name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    assert (answer.content[:3], b"GPS" in answer.content, b"Exif" in answer.content) == (b"\xff\xd8\xff", False, False)
    head.head(f"{page_of(made)}/tep/{scan().uid}")
    wife = Browser()
    signed_in(wife, Role.CITIZEN, named(WIFE), act)
    mine = f"/du-lieu-cua-toi/{named(WIFE).uid}"
    assert f'href="{mine}/ban-chup/{scan().uid}"' in wife.get(mine).content.decode()
    assert wife.get(f"{mine}/ban-chup/{scan().uid}").content == answer.content
    assert events() == ["attached", "opened", "opened"]
    assert "Bản chụp phiếu đồng ý: được đính, mở xem hoặc gạch" in text_of(wife.get(f"{mine}/nhat-ky"))
    assert "Bản chụp phiếu đồng ý đã ký" in text_of(wife.get(f"{mine}/ho-so"))
    taken = wife.post(f"{mine}/tai-ve", {"dang": "json"}).json()
    assert [(row["sha256"], row["added_as"]) for row in taken["consent_scans"]] == [(scan().sha256, "village_head")]


def test_nobody_else_opens_it(client: Client, head: Client, made: Working, commune: Place, act: Act) -> None:
    copied(head, made)
    uid, page = scan().uid, page_of(made)
    child, neighbour = child_of(head_of_first()), named("Nguyễn Văn Mẫu 2")
    there = page.replace(str(home(made)), str(home(made, "H2")))
    for address in (
        f"{there}/tep/{uid}",
        f"{there}/tep/{uid}/bo",
        f"{page}/tep/{uuid4()}",
        f"{page}/ban-chup/{uuid4()}",
    ):
        assert head.get(address).status_code == 404
    things: list[tuple[Role, Thing, str]] = [
        (Role.CHAPTER_OFFICER, made.small.village, f"{page}/tep/{uid}"),
        (Role.COMMUNE_LEADER, commune, f"{page}/tep/{uid}"),
        (Role.AUDITOR, commune, f"{page}/tep/{uid}"),
        (Role.CITIZEN, head_of_first(), f"{page}/tep/{uid}"),
        (Role.CITIZEN, neighbour, f"/du-lieu-cua-toi/{neighbour.uid}/ban-chup/{uid}"),
        (Role.CITIZEN, neighbour, f"/du-lieu-cua-toi/{head_of_first().uid}/ban-chup/{uid}"),
        (Role.HOUSEHOLD_HEAD, household_of(made), f"/du-lieu-cua-toi/{child.uid}/ban-chup/{uid}"),
    ]  # fmt: skip
    for number, (role, thing, address) in enumerate(things):
        who = account(f"khac-{number}")
        given(who, role, thing, act)
        client.force_login(who)
        assert (role, address, client.get(address).status_code) == (role, address, 404)
    assert events() == ["attached"]
    officer = signed_in(client, Role.COMMUNE_OFFICER, commune, act)
    assert officer.get(f"{page}/tep/{uid}").status_code == 200


def test_it_is_attached_later_and_crossed_out_where_it_shows_the_wrong_paper(
    head: Client, made: Working, act: Act
) -> None:
    from densach.assessing.privacy.models import ConsentAct

    copied(head, made, file="")
    sheet = f"{page_of(made)}/ban-chup/{ConsentAct.objects.earliest('pk').uid}"
    empty = head.get(sheet)
    assert "Chưa có bản chụp. Không bắt buộc: tờ giấy cất đúng chỗ đã đủ chứng minh." in text_of(empty)
    whole(empty.content.decode())
    for sent, told in (("", "Chưa chọn tệp nào."), (SimpleUploadedFile("a.jpg", b"MZ\x90"), "Tệp này là chương trình")):
        wrong = head.post(sheet, {"file": sent})
        assert (wrong.status_code, told in text_of(wrong)) == (400, True)
    assert "Đã đính bản chụp." in text_of(head.post(sheet, {"file": file()}, follow=True))
    out = f"{page_of(made)}/tep/{scan().uid}/bo"
    assert "Ô này chưa ghi gì." in text_of(head.post(out, {"why": ""}))
    assert "Đã gạch bản chụp nhầm." in text_of(head.post(out, {"why": "Tờ của hộ khác"}, follow=True))
    assert "Đã gạch vì chụp nhầm tờ: Tờ của hộ khác" in text_of(head.get(sheet))
    assert head.get(out.removesuffix("/bo")).status_code == 200
    wife, mine = Browser(), f"/du-lieu-cua-toi/{named(WIFE).uid}"
    signed_in(wife, Role.CITIZEN, named(WIFE), act)
    assert wife.get(f"{mine}/ban-chup/{scan().uid}").status_code == 404
    files = wife.get(f"{mine}/ho-so")
    assert ("Tờ của hộ khác" in text_of(files), str(scan().uid) in files.content.decode()) == (True, False)
    assert len(rows()) == 2


def test_what_is_wrong_with_the_file_keeps_the_sheet_from_being_entered(head: Client, made: Working) -> None:
    from densach.assessing.scans.models import ConsentScan

    wrong = copied(head, made, file=SimpleUploadedFile("a.jpg", b"PK\x03\x04x"))
    assert (wrong.status_code, "tệp nén hoặc tệp Word, Excel" in text_of(wrong), rows()) == (400, True, [])
    assert 'value="co" checked' in wrong.content.decode()
    copied(head, made)
    again = copied(head, made, file=file(2))
    assert (again.status_code, "bản chụp không có gì để chứng minh" in text_of(again)) == (400, True)
    assert (ConsentScan.objects.count(), len(rows())) == (1, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_a_constant_number_of_queries(
    head: Client, made: Working, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.assessing.privacy.models import ConsentAct

    copied(head, made)
    sheet = f"{page_of(made)}/ban-chup/{ConsentAct.objects.earliest('pk').uid}"
    for order in range(2, count + 1):
        head.post(sheet, {"file": file(order)}, follow=True)
    for address, most in ((page_of(made), 9), (sheet, 9)):
        with django_assert_num_queries(most):
            assert head.get(address).status_code == 200
    for address in (page_of(made), sheet, f"{page_of(made)}/tep/{scan().uid}/bo"):
        html = head.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert (html.count("<h1"), "no such variable" in html) == (1, False)
