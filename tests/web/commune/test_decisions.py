"""From the recognition list to the signed, published and partly withdrawn act, and the certificates of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from pypdf import PdfWriter
from pytest_django import Settings

from densach.authority.roles import Role
from tests.assessing.making import GOOD, YEAR, adults, answer, open_year, run, settle
from tests.assessing.privacy.making import named, says
from tests.formats.signing import signed
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.signing.models import Prepared
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}-mau"
DECISIONS = f"{BOARD}/quyet-dinh"
ORDER = {"signed": "2026-11-20", "basis": "Biên bản họp MẪU", "signer": "Nguyễn Thị Mẫu"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    from tests.authority.roles import TODAY

    settings.WORK_FOLDER = tmp_path / "work"
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return listed(small, act)


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


@pytest.fixture
def leader(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_LEADER, small.place, act)


def listed(small: Small, act: Act, packs: str = "vn,demo") -> Round:
    """All adults are met and stand on the list; so do, by people, their clan."""
    from densach.assessing.domain import Decision, propose_all_met, propose_list

    opened = open_year(small, act, packs)
    answer(opened, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
    run(opened, act)
    propose_all_met(opened, "citizen.qd677", act=act)
    clan = Decision(subject=small.subject("clan", "D1"), reason="họp", scorer="Ban MẪU")
    propose_list(opened, "clan.qd387", [clan], act=act)
    return opened


def prepared(who: Client, model: str = "citizen") -> Prepared:
    from densach.assessing.signing.models import Prepared

    response = who.post(f"{DECISIONS}/{model}", ORDER)
    assert response.status_code == 302, text_of(response)
    return Prepared.objects.get(uid=response["Location"].rsplit("/", 1)[1])


def page_of(row: Prepared) -> str:
    return f"{DECISIONS}/{row.uid}"


def upload(who: Client, row: Prepared, content: bytes) -> str:
    file = SimpleUploadedFile("da-ky.pdf", content, content_type="application/pdf")
    return text_of(who.post(page_of(row), {"do": "file", "file": file}, follow=True))


@pytest.mark.usefixtures("round_")
def test_a_decision_is_prepared_signed_recorded_and_published(officer: Client, leader: Client) -> None:
    from densach.assessing.models import Recognition, RecognitionAct

    row = prepared(officer)
    assert (row.number, len(row.decisions), RecognitionAct.objects.count()) == ("01/QĐ-UBND", 4, 0)
    paper = officer.get(f"{page_of(row)}/van-ban.pdf").content
    assert paper == officer.get(f"{page_of(row)}/van-ban.pdf").content
    said = upload(leader, row, signed(paper))
    assert "Đúng tệp đã chuẩn bị, có phần thêm ở cuối" in said
    assert "Chữ ký số của MẪU Nguyễn Thị Hòa" in said
    assert "Lời văn còn nguyên như khi ký." in said
    assert "Không biết tin được không" in said
    assert officer.post(page_of(row), {"do": "record"}).status_code == 404
    for _ in range(2):
        leader.post(page_of(row), {"do": "record"})
    assert (RecognitionAct.objects.get().number, Recognition.objects.count()) == ("01/QĐ-UBND", 4)
    public = f"/quyet-dinh/{row.uid}"
    assert Client().get(public).status_code == 404
    leader.post(page_of(row), {"do": "publish"})
    said = text_of(Client().get(public))
    assert "Quyết định số 01/QĐ-UBND ngày 20/11/2026" in said
    assert "công nhận 4 trường hợp" in said
    assert "Nguyễn Văn Mẫu" not in said


@pytest.mark.usefixtures("round_")
def test_the_public_page_names_collectives(leader: Client) -> None:
    row = prepared(leader, "clan")
    for do in ("record", "publish"):
        leader.post(page_of(row), {"do": do})
    assert "Họ Nguyễn MẪU" in text_of(Client().get(f"/quyet-dinh/{row.uid}"))


@pytest.mark.usefixtures("round_")
def test_the_public_page_names_whoever_agreed_until_they_take_it_back(leader: Client, act: Act) -> None:
    from densach.assessing.privacy.consenting import give_consent, withdraw_consent

    row = prepared(leader)
    for do in ("record", "publish"):
        leader.post(page_of(row), {"do": do})
    agrees, today = named("Trần Thị Mẫu 1"), date(2026, 11, 26)
    give_consent(agrees, "publish_decision", says(), on=today, act=act)
    said = text_of(Client().get(f"/quyet-dinh/{row.uid}"))
    assert "Những người đồng ý nêu tên Trần Thị Mẫu 1" in said
    assert "Nguyễn Văn Mẫu" not in said
    withdraw_consent(agrees, "publish_decision", says(), on=today, act=act)
    assert "Trần Thị Mẫu 1" not in text_of(Client().get(f"/quyet-dinh/{row.uid}"))


@pytest.mark.usefixtures("round_")
def test_another_file_and_no_pdf_are_told(officer: Client) -> None:
    from densach.assessing.signing.models import SignedPaper
    from tests.formats.signing import paper

    row = prepared(officer)
    for _ in range(2):
        assert "Không phải tệp đã chuẩn bị, và lời văn có chỗ khác" in upload(officer, row, paper())
    assert "Tệp không có chữ ký số." in text_of(officer.get(page_of(row)))
    assert SignedPaper.objects.count() == 1
    response = officer.post(page_of(row), {"do": "file", "file": SimpleUploadedFile("a.pdf", b"khong phai pdf")})
    assert (response.status_code, 'class="problem"' in response.content.decode()) == (400, True)
    assert officer.post(page_of(row), {"do": "file"}).status_code == 400


def written_anew(pdf: bytes) -> bytes:
    """The same pages as another program would store them."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_metadata({"/Title": "khác"})
    return stored(writer)


def stored(writer: PdfWriter) -> bytes:
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.usefixtures("round_")
def test_a_file_stored_anew_is_compared_by_its_words(officer: Client, leader: Client) -> None:
    from densach.assessing.models import RecognitionAct

    row = prepared(officer)
    said = upload(officer, row, written_anew(officer.get(f"{page_of(row)}/van-ban.pdf").content))
    assert "lời văn từng trang giống hệt" in said
    leader.post(page_of(row), {"do": "record"})
    assert RecognitionAct.objects.count() == 1


@pytest.mark.usefixtures("round_")
def test_what_differs_is_shown_and_somebody_compares_before_it_is_recorded(officer: Client, leader: Client) -> None:
    from densach.assessing.models import RecognitionAct

    row = prepared(officer)
    said = upload(officer, row, officer.get(f"{DECISIONS}/citizen/du-thao.pdf").content)
    assert "lời văn có chỗ khác" in said
    assert "Bản đã chuẩn bị Tệp gửi lên" in said
    assert "chưa được so với bản đã chuẩn bị" in text_of(leader.post(page_of(row), {"do": "record"}))
    assert RecognitionAct.objects.count() == 0
    paper_uid = str(row.papers.get().uid)
    assert officer.post(page_of(row), {"do": "compared", "paper": str(row.uid)}).status_code == 404
    for _ in range(2):
        officer.post(page_of(row), {"do": "compared", "paper": paper_uid})
    assert "Đã có người so bằng mắt ngày" in text_of(officer.get(page_of(row)))
    assert "bằng mắt" in text_of(officer.get(f"{BOARD}/nhat-ky"))
    leader.post(page_of(row), {"do": "record"})
    assert RecognitionAct.objects.count() == 1


@pytest.mark.usefixtures("round_")
def test_a_scan_without_words_is_compared_by_eye(officer: Client, leader: Client) -> None:
    row = prepared(officer)
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    assert "không đọc được chữ, so bằng mắt" in upload(officer, row, stored(blank))
    assert leader.post(page_of(row), {"do": "record"}).status_code == 400
    leader.post(page_of(row), {"do": "compared", "paper": str(row.papers.get().uid)})
    assert leader.post(page_of(row), {"do": "record"}).status_code == 302


@pytest.mark.usefixtures("round_")
def test_the_list_is_frozen_when_it_is_prepared_and_only_one_waits(
    small: Small, round_: Round, officer: Client, leader: Client
) -> None:
    from densach.assessing.models import Proposal, Recognition

    row = prepared(officer)
    assert "R208" not in (said := text_of(officer.post(f"{DECISIONS}/citizen", ORDER)))
    assert "đang chờ ký" in said
    Proposal.objects.filter(round=round_, subject=adults(small)[0]).delete()
    leader.post(page_of(row), {"do": "record"})
    assert Recognition.objects.count() == 4


@pytest.mark.usefixtures("round_")
def test_a_decision_is_cancelled_before_it_is_signed_and_its_number_is_never_given_again(
    officer: Client, leader: Client
) -> None:
    from densach.assessing.models import Recognition
    from densach.authority.models import IssuedNumber
    from tests.formats.signing import paper

    row = prepared(officer)
    assert officer.post(page_of(row), {"do": "cancel", "reason": " "}).status_code == 400
    for _ in range(2):
        officer.post(page_of(row), {"do": "cancel", "reason": "danh sách thiếu một hộ"})
    assert list(IssuedNumber.objects.values_list("number", "cancelled")) == [(1, "danh sách thiếu một hộ")]
    said = text_of(officer.get(page_of(row)))
    assert f"Đã hủy trước khi ký , {localdate():%d/%m/%Y}: danh sách thiếu một hộ" in said
    assert officer.get(f"{page_of(row)}/van-ban.pdf").status_code == 404
    for again in ({"do": "record"}, {"do": "file", "file": SimpleUploadedFile("a.pdf", signed(paper()))}):
        assert "đã bị hủy" in text_of(leader.post(page_of(row), again))
    assert (prepared(officer).number, Recognition.objects.count()) == ("02/QĐ-UBND", 0)
    assert "Đã hủy trước khi ký: danh sách thiếu một hộ" in text_of(officer.get(DECISIONS))
    assert "Hủy quyết định trước khi ký" in text_of(officer.get(f"{BOARD}/nhat-ky"))


@pytest.mark.usefixtures("round_")
def test_a_signed_decision_is_not_cancelled_and_one_with_a_signed_file_by_the_leader_only(
    officer: Client, leader: Client
) -> None:
    row = prepared(officer)
    upload(officer, row, signed(officer.get(f"{page_of(row)}/van-ban.pdf").content))
    assert officer.post(page_of(row), {"do": "cancel", "reason": "nhầm"}).status_code == 404
    leader.post(page_of(row), {"do": "record"})
    assert "ghi là đã ký, nên không hủy được" in text_of(leader.post(page_of(row), {"do": "cancel", "reason": "nhầm"}))


def test_who_was_taken_off_the_list_is_still_found_in_the_log(round_: Round, officer: Client, act: Act) -> None:
    from densach.assessing.domain import propose_all_met
    from densach.assessing.models import Proposal

    log = f"{BOARD}/nhat-ky?nhom=list"
    assert "Đưa ra khỏi danh sách đề nghị" not in text_of(officer.get(log))
    propose_all_met(round_, "citizen.qd677", act=act, without=[Proposal.objects.earliest("pk").subject_id])
    assert "Đưa ra khỏi danh sách đề nghị" in text_of(officer.get(log))


def test_without_a_known_office_there_is_a_draft_without_a_number_and_the_question(
    small: Small, leader: Client, act: Act
) -> None:
    from densach.assessing.signing.models import Prepared

    listed(small, act, "vn")
    decisions = DECISIONS.replace("-mau", "")
    said = text_of(leader.get(decisions))
    assert "Chưa biết cơ quan nào có thẩm quyền" in said
    assert leader.get(f"{decisions}/citizen/du-thao.pdf").content[:5] == b"%PDF-"
    response = leader.post(f"{decisions}/citizen", ORDER)
    assert (response.status_code, Prepared.objects.count()) == (400, 0)
    local = f"{decisions}/citizen/dia-phuong"
    assert leader.post(local, {"office": "Chủ tịch", "cites": "", "since": "2026-01-01"}).status_code == 400
    entered = {"office": "Chủ tịch Ủy ban nhân dân xã", "cites": "Quyết định MẪU 9/QĐ", "since": "2026-01-01"}
    assert leader.post(local, entered).status_code == 302
    assert leader.post(f"{decisions}/citizen", ORDER).status_code == 302
    assert signed_in(Role.COMMUNE_OFFICER, small.place, act).get(local).status_code == 404


@pytest.mark.usefixtures("round_")
def test_a_recognition_is_withdrawn_by_a_later_act_and_stays_in_the_book(leader: Client) -> None:
    from densach.assessing.models import Recognition
    from densach.assessing.queries import recognised_count
    from densach.assessing.signing.models import Withdrawal

    row = prepared(leader)
    leader.post(page_of(row), {"do": "record"})
    recognition = Recognition.objects.earliest("pk")
    address = f"{page_of(row)}/thu-hoi/{recognition.subject.pseudonym}"
    said = {"number": "05/QĐ-UBND", "signed": "2026-11-25", "basis": "Đơn MẪU", "reason": "khai không đúng"}
    for wrong in ({"reason": ""}, {"signed": "2026-11-01"}, {"number": ""}):
        assert leader.post(address, said | wrong).status_code == 400
    assert leader.post(address, said).status_code == 302
    assert "đã bị thu hồi theo quyết định 05/QĐ-UBND" in text_of(leader.post(address, said))
    assert (Withdrawal.objects.count(), Recognition.objects.count()) == (1, 4)
    assert recognised_count(row.round, "citizen.qd677") == 3
    assert "Đã thu hồi theo 05/QĐ-UBND" in text_of(leader.get(page_of(row)))
    assert "Thu hồi công nhận" in text_of(leader.get(f"{BOARD}/nhat-ky?nhom=list"))


@pytest.mark.usefixtures("round_")
def test_certificates_are_printed_in_the_background_once_and_the_report_is_numbered(
    officer: Client, leader: Client
) -> None:
    from django.utils import timezone

    from densach.assessing.models import Certificate
    from densach.jobs.models import Job
    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    leader.post(page_of(prepared(leader)), {"do": "record"})
    page = f"{BOARD}/giay-chung-nhan"
    assert "0 giấy chứng nhận đã in trong 4 trường hợp" in text_of(officer.get(page))
    job = officer.post(page, {"model": "citizen", "village": ""})["Location"]
    Worker("máy 1", HANDLERS, timezone.now).drain()
    found = Job.objects.get(uid=job.rsplit("/", 1)[1])
    assert (found.state, Certificate.objects.count()) == ("done", 4), found.problems
    assert "4 giấy chứng nhận" in text_of(officer.get(job))
    assert "4 giấy chứng nhận đã in trong 4 trường hợp" in text_of(officer.get(page))
    report = f"{BOARD}/bao-cao"
    assert officer.get(f"{report}/van-ban.pdf").content[:5] == b"%PDF-"
    officer.post(report)
    assert "Báo cáo đã có số" in text_of(officer.get(report))
    assert "1 trong 1 báo cáo đã có số" in text_of(officer.get(BOARD))


@pytest.mark.usefixtures("round_")
def test_others_do_not_find_it(small: Small, officer: Client, thai_nguyen: Place, act: Act) -> None:
    row = prepared(officer)
    pages = (DECISIONS, page_of(row), f"{page_of(row)}/van-ban.pdf", f"{DECISIONS}/citizen/du-thao.pdf")
    for role, thing in (
        (Role.VILLAGE_HEAD, small.village), (Role.ASSOCIATION_OFFICER, small.place), (Role.PROVINCE_LEADER, thai_nguyen)
    ):  # fmt: skip
        who = signed_in(role, thing, act)
        assert {each: who.get(each).status_code for each in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_stays_the_same(commune: Place, act: Act, households: int) -> None:
    listed(settle(commune, act, households=households), act)
    leader = signed_in(Role.COMMUNE_LEADER, commune, act)
    expected = {DECISIONS: 14}
    assert queries_of(leader, *expected) == expected
    row = prepared(leader)
    for do in ("record", "publish"):
        leader.post(page_of(row), {"do": do})
    expected = {page_of(row): 7, f"{DECISIONS}/citizen": 8, f"/quyet-dinh/{row.uid}": 9}
    assert queries_of(leader, *expected) == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.usefixtures("round_")
def test_the_pages_are_whole_in_both_languages(officer: Client, leader: Client, lang: str) -> None:
    row = prepared(leader)
    upload(leader, row, signed(leader.get(f"{page_of(row)}/van-ban.pdf").content))
    for do in ("record", "publish"):
        leader.post(page_of(row), {"do": do})
    mine = (DECISIONS, f"{DECISIONS}/clan", page_of(row), f"{DECISIONS}/clan/dia-phuong", f"/quyet-dinh/{row.uid}")
    pages = [(leader, each) for each in mine] + [
        (officer, f"{BOARD}/{each}") for each in ("giay-chung-nhan", "bao-cao")
    ]
    for who, address in pages:
        html = who.get(address, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
