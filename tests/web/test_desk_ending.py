"""The pages on which a draft is put aside, its scan kept, and law ends: what is wrong is told beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from densach.authority.roles import Role
from tests.authority.roles import NOW, account, given, in_role
from tests.formats.signing import paper
from tests.lawmaking.writing import beginning, published
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ENDS = {"end_on": "01/03/2027", "end_basis": "Điều 2 Quyết định MẪU"}


@pytest.fixture
def editors(thai_nguyen: Place, act: Act) -> list[Client]:
    clients = []
    for name in ("nguoi-soan", "nguoi-duyet"):
        who, client = account(name), Client()
        given(who, Role.RUBRIC_EDITOR, thai_nguyen, act)
        sign_in_with_factor(client, who)
        clients.append(client)
    return clients


def page_of(*, law: bool) -> str:
    """The address of a draft, or of a text that is law."""
    from densach.accounts.models import Account
    from densach.lawmaking.domain import begin

    writer, second = (in_role(who, None) for who in Account.objects.order_by("pk")[:2])
    text = published(writer, second, beginning()) if law else begin(writer, beginning(), at=NOW)
    return f"/ban-soan/{text.uid}"


def test_a_draft_is_put_aside_and_taken_up(editors: list[Client]) -> None:
    writer, page = editors[0], page_of(law=False)
    assert "Đã bỏ bản thảo." in text_of(writer.post(f"{page}/buoc/bo", follow=True))
    assert "Đã bỏ" in text_of(writer.get("/ban-soan"))
    assert "Đã lấy lại" in text_of(writer.post(f"{page}/buoc/lay-lai", follow=True))


def test_law_ends_on_its_page_by_two_people(editors: list[Client], client: Client) -> None:
    (writer, second), page = editors, page_of(law=True)
    assert "Đã đề nghị." in text_of(writer.post(f"{page}/buoc/xin-het", ENDS, follow=True))
    assert "Đồng ý cho hết hiệu lực" not in text_of(writer.get(page))
    assert "một người thứ hai đồng ý" in text_of(writer.post(f"{page}/buoc/dong-y-het"))
    assert "Đồng ý cho hết hiệu lực" in text_of(second.get(page))
    ended = text_of(second.post(f"{page}/buoc/dong-y-het", follow=True))
    assert "Hết hiệu lực từ 01/03/2027, không có bản thay. Căn cứ: Điều 2 Quyết định MẪU" in ended
    assert "Hết hiệu lực từ 01/03/2027" in text_of(client.get("/luat/donvitinh-tt24-2023"))


def test_an_end_is_undone_on_its_page_by_two_people(editors: list[Client]) -> None:
    (writer, second), page = editors, page_of(law=True)
    writer.post(f"{page}/buoc/xin-het", ENDS)
    second.post(f"{page}/buoc/dong-y-het")
    assert "Trước ngày ấy hủy được" in text_of(writer.get(page))
    empty = writer.post(f"{page}/buoc/xin-giu-lai", {"undo_basis": ""})
    assert ("Ô này chưa ghi gì." in text_of(empty), empty.content.decode().count('class="problem"')) == (True, 1)
    asked = writer.post(f"{page}/buoc/xin-giu-lai", {"undo_basis": "Ghi nhầm ngày MẪU"}, follow=True)
    assert "không hết hiệu lực ngày 01/03/2027 nữa. Căn cứ: Ghi nhầm ngày MẪU" in text_of(asked)
    assert "Đồng ý hủy ngày hết hiệu lực" not in text_of(writer.get(page))
    assert "một người thứ hai đồng ý" in text_of(writer.post(f"{page}/buoc/dong-y-giu-lai"))
    undone = text_of(second.post(f"{page}/buoc/dong-y-giu-lai", follow=True))
    assert "Đã hủy ngày hết hiệu lực; văn bản tiếp tục có hiệu lực." in undone
    assert "Hết hiệu lực từ 01/03/2027" not in undone


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"end_on": "31/02/2027"}, "Ngày “31/02/2027” không đọc được."), ({"end_on": ""}, "Ô này chưa ghi gì."),
     ({"end_on": "01/12/2026"}, "không sau ngày bắt đầu"), ({"end_basis": "x" * 401}, "dài quá 400"),
     ({"end_on": "\x00", "end_basis": "a"}, "Ô này chưa ghi gì.")],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(editors: list[Client], changes: dict[str, str], told: str) -> None:
    from densach.lawmaking.models import LawText

    page, sent = page_of(law=True), ENDS | changes
    response = editors[0].post(f"{page}/buoc/xin-het", sent)
    html = response.content.decode()
    assert (told in text_of(response), html.count('class="problem"')) == (True, 1)
    assert f'value="{sent["end_basis"][:401]}"' in html
    assert LawText.objects.get().end_on is None


def test_a_scan_is_sent_and_read_again(editors: list[Client]) -> None:
    writer, page = editors[0], page_of(law=False)
    sent = {"scan": SimpleUploadedFile("quyet-dinh.pdf", paper())}
    assert "Đã giữ bản chụp" in text_of(writer.post(f"{page}/ban-chup", sent, follow=True))
    [link] = [
        line.split('"')[0] for line in writer.get(page).content.decode().split('href="') if "/ban-chup/" in line[:60]
    ]
    file = writer.get(link)
    assert (file.content[:5], file["Content-Type"]) == (b"%PDF-", "application/pdf")
    for wrong in (b"", b"MZ", b"\xff\xd8\xff"):
        told = writer.post(f"{page}/ban-chup", {"scan": SimpleUploadedFile("a.pdf", wrong)})
        assert told.content.decode().count('class="problem"') == 1
    assert writer.post(f"{page}/ban-chup").content.decode().count('class="problem"') == 1
    assert writer.get(f"{page}/ban-chup/00000000-0000-4000-8000-000000000000").status_code == 404
