"""Evidence on the pages: told by what it is, shown to those who may see it, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from densach.authority.roles import Role
from tests.assessing.evidence.making import photo
from tests.assessing.making import GOOD, open_year, settle
from tests.assessing.privacy.making import agree
from tests.web.test_citizen import HEAD, as_head, registered, signed_in, typed
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    small = settle(commune, act)
    open_year(small, act, "vn,demo")
    return small


@pytest.fixture(autouse=True)
def kept_apart(tmp_path: Path) -> Iterator[None]:
    with override_settings(EVIDENCE_FOLDER=tmp_path / "evidence", KEYS_FILE=tmp_path / "keys.json"):
        yield


@pytest.fixture
def sheet(client: Client, small: Small, act: Act) -> str:
    as_head(client, small, act)
    return registered(client, small, "citizen", HEAD)


def sends(client: Client, sheet: str, content: bytes, name: str = "anh.jpg", **more: str) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    response = client.post(f"{sheet}/minh-chung", {"muc": "a1", "file": file} | more, follow=True)
    return response.status_code, text_of(response)


def piece() -> str:
    from densach.assessing.evidence.models import Evidence

    return f"/minh-chung/{Evidence.objects.latest('pk').uid}"


def test_a_photo_is_added_seen_replaced_and_taken_away(client: Client, sheet: str) -> None:
    assert "Chưa có minh chứng" in text_of(client.get(f"{sheet}/minh-chung?muc=a1"))
    status, text = sends(client, sheet, photo(1))
    assert (status, "Đã lưu minh chứng" in text, "Nội dung tệp được mã hóa trên máy chủ" in text) == (200, True, True)
    first = piece()
    shown = client.get(first)
    headers = {name: shown.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    assert shown.headers["Content-Disposition"] == f'inline; filename="minh-chung-{first[12:20]}.jpg"'
    assert shown.content[:3] == b"\xff\xd8\xff"
    sends(client, sheet, photo(2), instead=first[12:])
    assert client.get(first).status_code == 404
    assert "Minh chứng (1)" in text_of(client.get(sheet))
    assert "Đã bỏ minh chứng" in text_of(client.post(f"{piece()}/bo", follow=True))


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "Tệp này trống"), (b"MZ\x90\x00chuong trinh", "Tệp này là chương trình"),
     (b"PK\x03\x04x", "tệp nén hoặc tệp Word, Excel"), (photo(1)[:200], "Ảnh bị hỏng"),
     (b"%PDF-1.7\nkhong phai", "PDF bị hỏng"), (b"\xff\xd8\xff" + b"0" * 20_100_000, "Tệp lớn hơn 20 MB")],
    ids=["empty", "program", "archive", "torn", "no-pdf", "large"],
)  # fmt: skip
def test_what_is_no_evidence_is_told_and_nothing_is_kept(client: Client, sheet: str, content: bytes, told: str) -> None:
    from densach.assessing.evidence.models import Evidence

    status, text = sends(client, sheet, content)
    assert (status, told in text, Evidence.objects.count()) == (400, True, 0)


def test_a_form_without_a_file_or_for_no_indicator_is_answered(client: Client, sheet: str) -> None:
    assert "Chưa chọn tệp nào" in text_of(client.post(f"{sheet}/minh-chung", {"muc": "a1"}))
    for wrong in ("", "zz", "../a1"):
        assert client.post(f"{sheet}/minh-chung", {"muc": wrong}).status_code == 404
    assert client.get(f"{sheet}/minh-chung?muc=zz").status_code == 404
    assert sends(client, sheet, photo(1), instead="khong-phai")[0] == 404


def test_more_than_any_page_takes_is_refused_before_it_is_read(client: Client, sheet: str) -> None:
    response = client.post(f"{sheet}/minh-chung", b"x", content_type="text/plain", CONTENT_LENGTH="99000000000")
    assert (response.status_code, "nhiều nhất 60 MB" in text_of(response)) == (413, True)


def test_once_the_sheet_is_sent_its_evidence_is_seen_and_stays(client: Client, sheet: str) -> None:
    sends(client, sheet, photo(1))
    client.post(f"{sheet}/ghi", typed(dict(GOOD), 1, "send"))
    assert "Gửi minh chứng này" not in text_of(client.get(f"{sheet}/minh-chung?muc=a1"))
    assert "Phiếu này đã gửi" in sends(client, sheet, photo(2))[1]
    assert client.post(f"{piece()}/bo").status_code == 400


def test_a_neighbour_finds_nothing_and_the_checker_sees_it(client: Client, sheet: str, small: Small, act: Act) -> None:
    sends(client, sheet, photo(1))
    address = piece()
    as_head(client, small, act, "H2")
    for page in (address, f"{sheet}/minh-chung"):
        assert client.get(page).status_code == 404
    assert client.post(f"{address}/bo").status_code == 404
    signed_in(client, Role.CHAPTER_OFFICER, small.village, act)
    assert client.get(address).status_code == 404
    agree(act)
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_database_as_often_however_much_there_is(
    client: Client, sheet: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for order in range(count):
        sends(client, sheet, photo(order + 1))
    with django_assert_num_queries(8):
        assert client.get(f"{sheet}/minh-chung?muc=a1").status_code == 200
