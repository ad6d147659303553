"""A decision of a year before is typed from its paper: whole with its list, or nothing, and what is typed is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from densach.authority.roles import Role
from tests.assessing.evidence.making import photo
from tests.assessing.making import YEAR, open_year, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}-mau"
PAST = f"{BOARD}/nam-truoc"
TYPE = f"{PAST}/quyet-dinh"
OFFICE = "mau-chu-tich-ubnd-cap-xa"
TYPED = {
    "model": "family", "year": "2024", "number": "12/QĐ-UBND", "signed": "15/01/2025", "office": OFFICE,
    "basis": "Biên bản 03/BB", "reason": "Hội nghị thôn chấm 86 điểm", "scorer": "Ban công tác Mặt trận",
    "paper_sheet": "BĐ-12", "level": "", "lines": "1. Hộ ông Nguyễn Văn Mẫu 1\nH2",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    from tests.authority.roles import TODAY

    settings.KEYS_FILE = tmp_path / "keys.json"
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    small = settle(commune, act)
    open_year(small, act, "vn,demo")
    return small


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


@pytest.fixture
def leader(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_LEADER, small.place, act)


def typed(who: Client, **more: str) -> str:
    """The page of the decision that was typed."""
    response = who.post(TYPE, TYPED | more)
    assert response.status_code == 302, text_of(response)
    return str(response["Location"])


def field_of(text: str) -> str:
    from densach.assessing.past.naming import Line
    from densach.web.views.commune.past import _field_of

    return _field_of(Line(text, "", None))


def test_a_decision_is_typed_with_its_list_and_its_scan(officer: Client) -> None:
    from densach.assessing.models import Recognition

    file = SimpleUploadedFile("qd.jpg", photo())
    response = officer.post(TYPE, TYPED | {"file": file})
    page = response["Location"]
    row = Recognition.objects.select_related("act", "subject__household").earliest("pk")
    assert (row.act.number, row.act.signed_on, row.act.office, row.act.basis, row.act.fictional) == (
        "12/QĐ-UBND", date(2025, 1, 15), OFFICE, "Biên bản 03/BB", True,
    )  # fmt: skip
    assert (row.year, row.title_key, row.reason, row.scorer, row.paper_sheet, row.decided_by_people) == (
        2024, "family.qd387", "Hội nghị thôn chấm 86 điểm", "Ban công tác Mặt trận", "BĐ-12", True,
    )  # fmt: skip
    said = text_of(officer.get(page))
    assert "Gia đình học tập, công nhận 2 trường hợp" in said
    assert "Hộ ông Nguyễn Văn Mẫu 1" in said
    assert "Hộ Nguyễn Văn Mẫu 2" in said
    scan = officer.get(f"{page}/ban-quet/{row.act.scan_files.get().uid}")
    assert (scan["Content-Type"], b"Exif" in scan.content) == ("image/jpeg", False)
    said = text_of(officer.get(PAST))
    assert ("12/QĐ-UBND" in said, said.count("Chưa đánh giá")) == (True, 2)
    assert "Ghi quyết định của năm trước từ giấy" in text_of(officer.get(f"{BOARD}/nhat-ky"))


def test_the_same_decision_twice_changes_nothing(officer: Client) -> None:
    from densach.assessing.models import Recognition, RecognitionAct

    assert typed(officer) == typed(officer)
    assert (RecognitionAct.objects.count(), Recognition.objects.count()) == (1, 2)


def test_nothing_is_kept_until_each_line_is_clear_and_what_is_typed_stays(officer: Client) -> None:
    from densach.assessing.models import RecognitionAct

    lines = "H1\nNguyen Van Mau 3\nLê Thị Đã Chuyển Đi"
    file = SimpleUploadedFile("qd.jpg", photo())
    response = officer.post(TYPE, TYPED | {"lines": lines, "file": file})
    said = text_of(response)
    assert (response.status_code, RecognitionAct.objects.count()) == (400, 0)
    assert "2 dòng của danh sách chưa rõ là ai" in said
    assert "Dòng “Nguyen Van Mau 3” là ai?" in said
    assert "Không tìm thấy tên này trong sổ của xã" in said
    assert "Tệp vừa chọn chưa được lưu, nên cần chọn lại" in said
    assert 'value="Hội nghị thôn chấm 86 điểm"' in response.content.decode()
    assert lines in response.content.decode()


def test_lines_are_chosen_or_left_and_gone_on_with_later(officer: Client, small: Small) -> None:
    from densach.assessing.models import Recognition
    from densach.assessing.past.models import TypedList

    near, gone = "Nguyen Van Mau 3", "Lê Thị Đã Chuyển Đi"
    second = str(small.subject("family", "H2").household_id)
    chosen = {field_of(near): second, field_of(gone): "left"}
    page = typed(officer, lines=f"H1\n{near}\n{gone}", **chosen)
    assert (Recognition.objects.count(), TypedList.objects.get().left_over) == (2, gone)
    said = text_of(officer.get(page))
    assert "1 dòng của danh sách còn để lại" in said
    on = f"{TYPE}?tiep={page.rsplit('/', 1)[1]}"
    html = officer.get(on).content.decode()
    assert (gone in html, 'value="12/QĐ-UBND"' in html) == (True, True)
    assert officer.post(on, TYPED | {"lines": "H2"}).status_code == 302
    assert TypedList.objects.get().left_over == ""
    other = officer.post(TYPE, TYPED | {"lines": gone, field_of(gone): "0"})
    assert (other.status_code, Recognition.objects.count()) == (400, 2)


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"number": ""}, "number"),
        ({"signed": "31/02/2025"}, "signed"),
        ({"signed": "01/12/2026"}, "signed"),
        ({"year": str(YEAR)}, "year"),
        ({"model": "x"}, "model"),
        ({"office": "khong-co"}, "office"),
        ({"office": "mau-giam-doc-so"}, "office"),
        ({"reason": ""}, "reason"),
        ({"level": "99"}, "level"),
        ({"lines": " \n "}, "lines"),
        ({"lines": "H1\nNguyễn Văn Mẫu 1"}, "lines"),
        ({"lines": "H1\n" * 501}, "lines"),
        ({"lines": "x" * 100_001}, "lines"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(officer: Client, wrong: dict[str, str], beside: str) -> None:
    from densach.assessing.models import RecognitionAct

    response = officer.post(TYPE, TYPED | wrong)
    assert (response.status_code, RecognitionAct.objects.count()) == (400, 0)
    assert f'class="problem" id="{beside}-goi-y"' in response.content.decode()


def test_a_file_that_cannot_be_kept_leaves_nothing_half_written(officer: Client) -> None:
    from densach.assessing.models import RecognitionAct
    from densach.assessing.past.models import ScanFile

    response = officer.post(TYPE, TYPED | {"file": SimpleUploadedFile("a.pdf", b"GIF89a")})
    assert (response.status_code, RecognitionAct.objects.count()) == (400, 0)
    assert 'class="problem" id="file-goi-y"' in response.content.decode()
    page = typed(officer)
    assert officer.post(page, {}).status_code == 400
    for _ in range(2):
        assert officer.post(page, {"file": SimpleUploadedFile("qd.jpg", photo(2))}).status_code == 302
    assert ScanFile.objects.count() == 1


def test_a_recognition_of_a_year_before_is_withdrawn_by_a_later_act(officer: Client, leader: Client) -> None:
    from densach.assessing.models import Recognition
    from densach.assessing.signing.models import Withdrawal

    page = typed(officer)
    row = Recognition.objects.select_related("subject").earliest("pk")
    address = f"{page}/thu-hoi/{row.subject.pseudonym}"
    said = {"number": "05/QĐ", "signed": "2026-11-25", "basis": "Đơn", "reason": "ghi nhầm", "office": OFFICE}
    assert officer.post(address, said).status_code == 404
    for wrong in ({"reason": ""}, {"signed": "2024-01-01"}, {"office": ""}):
        assert leader.post(address, said | wrong).status_code == 400
    assert leader.post(address, said).status_code == 302
    assert (Withdrawal.objects.count(), Recognition.objects.count()) == (1, 2)
    assert "Đã thu hồi theo 05/QĐ" in text_of(leader.get(page))


def test_others_do_not_find_it(small: Small, officer: Client, leader: Client, thai_nguyen: Place, act: Act) -> None:
    from densach.assessing.past.models import ScanFile
    from densach.places.domain import add_fictional_commune

    page = typed(officer)
    officer.post(page, {"file": SimpleUploadedFile("qd.jpg", photo())})
    pages = (page, f"{page}/ban-quet/{ScanFile.objects.get().uid}", TYPE)
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Kia", on=date(2026, 1, 1), act=act)
    open_year(settle(there, act, first=7), act, "vn,demo")
    for role, thing in (
        (Role.COMMUNE_OFFICER, there), (Role.VILLAGE_HEAD, small.village), (Role.PROVINCE_LEADER, thai_nguyen)
    ):  # fmt: skip
        who = signed_in(role, thing, act)
        mine = pages[:2] if role == Role.COMMUNE_OFFICER else pages
        assert {each: who.get(each).status_code for each in mine} == dict.fromkeys(mine, 404)
    assert [leader.get(each).status_code for each in pages] == [200, 200, 404]
    assert officer.get(f"{TYPE}?tiep=khong").status_code == 404


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_stays_the_same(commune: Place, act: Act, households: int) -> None:
    open_year(settle(commune, act, households=households), act, "vn,demo")
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    page = typed(officer, lines="\n".join(f"H{order + 1}" for order in range(households)))
    expected = {PAST: 7, TYPE: 6, page: 9}
    assert queries_of(officer, *expected) == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(officer: Client, leader: Client, lang: str) -> None:
    from densach.assessing.models import Recognition

    page = typed(officer)
    who = Recognition.objects.select_related("subject").earliest("pk").subject.pseudonym
    for seen, address in ((officer, TYPE), (officer, page), (leader, page), (leader, f"{page}/thu-hoi/{who}")):
        html = seen.get(address, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
