"""The pages of decisions, register and fund: one way through them, who may read, and how many queries they take."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from densach.authority.roles import Role
from tests.awards.register.making import AWARD, act_at, awarded, nominated, nominee, open_round, passed, prepared
from tests.formats.signing import signed
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from densach.awards.models import AwardRound
    from densach.awards.register.models import Decision
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
DECISIONS, REGISTER = "/quyet-dinh-khen", "/so-khen-thuong"
ORDER = {"signed": "2026-11-20", "basis": "Biên bản họp MẪU", "signer": "Nguyễn Thị Hòa"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.authority.roles import TODAY

    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)
    monkeypatch.setattr("densach.web.views.register.decisions.today", lambda: TODAY)


@pytest.fixture
def round_(commune: Place) -> AwardRound:
    return open_round(commune)


@pytest.fixture
def officer(commune: Place, act: Act) -> Client:
    return signed_in(Role.EMULATION_OFFICER, commune, act)


@pytest.fixture
def leader(commune: Place, act: Act) -> Client:
    return signed_in(Role.COMMUNE_LEADER, commune, act)


def made_by(officer: Client, round_: AwardRound, *names: str) -> Decision:
    from densach.awards.register.models import Decision

    rows = passed(round_, *names)
    page = f"{DECISIONS}/moi/{round_.uid}/{AWARD}"
    response = officer.post(page, ORDER | {"who": [str(row.uid) for row in rows]})
    assert response.status_code == 302, text_of(response)
    return Decision.objects.get(uid=response["Location"].rsplit("/", 1)[1])


def test_from_the_list_to_the_paid_printed_and_cancelled_award(
    officer: Client, leader: Client, round_: AwardRound
) -> None:
    from densach.awards.register.models import Award, Fund, FundEntry

    one = made_by(officer, round_, "Lê Văn MẪU", "Trần Thị MẪU")
    page = f"{DECISIONS}/{one.uid}"
    paper = officer.get(f"{page}/van-ban.pdf").content
    file = SimpleUploadedFile("da-ky.pdf", signed(paper), content_type="application/pdf")
    said = text_of(officer.post(page, {"do": "file", "file": file}, follow=True))
    assert "Chữ ký số của MẪU Nguyễn Thị Hòa" in said
    assert officer.get(f"{page}/da-ky/{one.files.get().uid}").content[:5] == b"%PDF-"
    assert officer.post(page, {"do": "record"}).status_code == 404
    said = text_of(leader.post(page, {"do": "record"}, follow=True))
    assert "Đã ghi là đã ký" in said
    assert Client().get(f"{page}/cong-bo").status_code == 404
    leader.post(page, {"do": "publish"})
    said = text_of(Client().get(f"{page}/cong-bo"))
    assert "2 cá nhân" in said
    assert "Lê Văn MẪU" not in said
    notices = [str(row.uid) for row in one.notices.all()]
    officer.post(f"{page}/bao-tin", {"notice": notices, "on": "2026-11-25", "how": "trao tận tay"})
    assert set(one.notices.values_list("how", flat=True)) == {"trao tận tay"}
    pdf = officer.post(f"{page}/in", {"first": "1", "last": "2", "printer": ""})
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    officer.post(f"{REGISTER}/quy", {"year": "2026", "opening": "1.000.000", "basis": "Sổ quỹ MẪU"})
    fund = Fund.objects.get()
    officer.post(f"{REGISTER}/quy/{fund.uid}", {"on": "2026-03-01", "amount": "500.000", "basis": "Dự toán MẪU"})
    award = Award.objects.get(ordinal=1)
    paying = {"fund": str(fund.uid), "on": "2026-11-25", "receipt": "PC-7", "received_by": "Lê Văn MẪU", "do": "pay"}
    assert officer.post(f"{REGISTER}/{award.uid}/chi", paying).status_code == 400
    officer.post(f"{REGISTER}/{award.uid}/chi", paying | {"basis": "Kế toán MẪU xác nhận"})
    said = text_of(officer.get(f"{REGISTER}/quy/{fund.uid}"))
    assert "Còn lại 740.000 đồng" in said
    hands = {"items": "Giấy khen, khung", "received_by": "Lê Văn MẪU", "on": "2026-11-25"}
    assert officer.post(f"{REGISTER}/{award.uid}/trao", hands).status_code == 302
    cancel = {
        "do": "cancel", "number": "09/QĐ-UBND", "signed": "2026-11-26", "ground": "fraud", "basis": "Kết luận MẪU",
        "reason": "khai gian",
    }  # fmt: skip
    assert officer.post(f"{REGISTER}/{award.uid}/huy", cancel).status_code == 404
    assert leader.post(f"{REGISTER}/{award.uid}/huy", cancel | {"reason": ""}).status_code == 400
    said = text_of(leader.post(f"{REGISTER}/{award.uid}/huy", cancel, follow=True))
    assert "Tiền phải thu hồi: 760.000 đồng" in said
    leader.post(f"{REGISTER}/{award.uid}/huy", {"do": "items", "on": "2026-11-26"})
    back = {"do": "recover", "fund": str(fund.uid), "on": "2026-11-26", "basis": "Phiếu thu MẪU"}
    assert officer.post(f"{REGISTER}/{award.uid}/chi", back).status_code == 302
    assert list(FundEntry.objects.order_by("pk").values_list("kind", "amount")) == [
        ("income", 500_000), ("payment", 760_000), ("recovered", 760_000),
    ]  # fmt: skip
    achievement = str(award.nomination.claims.get().achievement.uid)
    leader.post(f"{REGISTER}/{award.uid}/huy", {"do": "free", "achievement": achievement, "why": "nhầm người"})
    said = text_of(leader.get(f"{REGISTER}/{award.uid}"))
    assert "Đã hủy bằng quyết định 09/QĐ-UBND" in said
    assert "trả lại ngày 26/11/2026: nhầm người" in said
    assert "Hiện vật đã thu hồi ngày 26/11/2026" in said


def test_the_register_is_found_by_name_without_marks_number_and_year_fifty_at_a_time(
    officer: Client, round_: AwardRound
) -> None:
    awarded(round_, *(f"Người MẪU {number:02}" for number in range(53)))
    said = text_of(officer.get(REGISTER))
    assert "1 đến 50 trong 53 trường hợp" in said
    assert "51 đến 53 trong 53 trường hợp" in text_of(officer.get(f"{REGISTER}?tu=50"))
    assert "1 đến 1 trong 1 trường hợp" in text_of(officer.get(f"{REGISTER}?q=nguoi+mau+07"))
    assert "Sổ chưa có dòng nào khớp" in text_of(officer.get(f"{REGISTER}?nam=2025"))
    assert "trong 53" in text_of(officer.get(f"{REGISTER}?q=01/QĐ&nam=2026", headers={"HX-Request": "true"}))
    assert officer.get(f"{REGISTER}/so.xlsx?q=nguoi").content[:2] == b"PK"


def test_those_under_a_hold_stand_apart_and_on_no_list(officer: Client, round_: AwardRound) -> None:
    from densach.awards.models import Hold

    one, joined, _ = passed(round_, "Lê Văn MẪU", "Trần Thị MẪU", "Hồ Văn MẪU")
    nominated(round_, nominee(round_.place, "Bùi Thị MẪU"), step="eligible")
    root = nominee(round_.place, "Trần Thị MẪU")
    joined.nominee.same_as = root
    joined.nominee.save()
    for held in (one.nominee, root):
        Hold.objects.create(nominee=held, ground="complaint", basis="Đơn MẪU", began_on="2026-11-12")
    said = text_of(officer.get(DECISIONS))
    assert (
        "1 đề nghị Hội đồng đã đồng ý 1 đề nghị đủ điều kiện xét, chưa qua Hội đồng 2 đề nghị đang tạm dừng xét" in said
    )
    assert "Lần tạm dừng kết thúc khi có văn bản kết luận" in said
    page = officer.get(f"{DECISIONS}/moi/{round_.uid}/{AWARD}")
    html, said = page.content.decode(), text_of(page)
    assert f'value="{one.uid}"' not in html
    assert f'value="{joined.uid}"' not in html
    assert "Lê Văn MẪU · Khiếu nại, tố cáo đang xác minh" in said
    draft = officer.get(f"{DECISIONS}/moi/{round_.uid}/{AWARD}/du-thao.pdf").content
    words = " ".join(each.extract_text() for each in PdfReader(BytesIO(draft)).pages)
    assert ("Hồ Văn MẪU" in words, "Lê Văn MẪU" in words) == (True, False)
    Hold.objects.update(ended_on="2026-11-20", end="no_violation", end_basis="Kết luận MẪU")
    said = text_of(officer.get(DECISIONS))
    assert "3 đề nghị Hội đồng đã đồng ý" in said
    assert "đang tạm dừng" not in said


def test_what_is_wrong_is_said_beside_its_field_and_kept(officer: Client, round_: AwardRound) -> None:
    row = nominated(round_, nominee(round_.place, "Lê Văn MẪU"), step="eligible")
    page = f"{DECISIONS}/moi/{round_.uid}/{AWARD}"
    said = officer.post(page, {"signed": "27/11/2026", "basis": "MẪU", "who": str(row.uid)})
    assert (said.status_code, "Ngày ký chưa đến" in text_of(said)) == (400, True)
    said = officer.post(page, ORDER | {"who": str(row.uid)})
    assert (said.status_code, "vì sao quyết định không cần Hội đồng" in text_of(said)) == (400, True)
    assert "Biên bản họp MẪU" in said.content.decode()
    made = officer.post(page, ORDER | {"who": str(row.uid), "without": "cứu người", "number": "7"})
    assert made.status_code == 302
    assert "Quyết định số 07/QĐ-UBND" in text_of(officer.get(made["Location"]))
    assert officer.post(page, ORDER | {"who": "không phải mã"}).status_code == 400
    for offset in ("abc", "99", "nan"):
        assert officer.post(f"{DECISIONS}/may-in", {"name": "Máy", "right": offset, "down": "0"}).status_code == 400
    officer.post(f"{DECISIONS}/may-in", {"name": "Máy", "right": "-1,5", "down": "0,8"})
    assert "sang phải −1,5 mm, xuống dưới 0,8 mm" in text_of(officer.get(f"{DECISIONS}/may-in"))


def test_a_broken_file_is_refused_with_a_sentence(officer: Client, round_: AwardRound) -> None:
    one = prepared(round_, passed(round_, "Lê Văn MẪU"))
    page = f"{DECISIONS}/{one.uid}"
    for content in (b"khong phai pdf", b"%PDF-1.7 hong"):
        said = officer.post(page, {"do": "file", "file": SimpleUploadedFile("a.pdf", content)})
        assert (said.status_code, 'class="problem"' in said.content.decode()) == (400, True)
    assert officer.post(page, {"do": "file"}).status_code == 400
    assert one.files.count() == 0


def test_the_neighbour_other_posts_and_the_village_find_nothing(
    round_: AwardRound, thai_nguyen: Place, act: Act
) -> None:
    from densach.awards.register.fund import open_fund
    from densach.places.domain import add_fictional_commune

    award = awarded(round_, "Lê Văn MẪU bí mật")[0]
    fund = open_fund(round_.place, 2026, 5, "MẪU", fictional=True, act=act_at(3))
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Kia", on=date(2026, 1, 1), act=act)
    decision, row = f"{DECISIONS}/{award.decision.uid}", f"{REGISTER}/{award.uid}"
    pages = (
        decision, f"{decision}/van-ban.pdf", f"{decision}/bao-tin", f"{decision}/in", row, f"{row}/chi", f"{row}/trao",
        f"{row}/huy", f"{row}/cap-lai", f"{REGISTER}/quy/{fund.uid}", f"{DECISIONS}/moi/{round_.uid}/{AWARD}",
    )  # fmt: skip
    for role, place in (
        (Role.EMULATION_OFFICER, there), (Role.COMMUNE_LEADER, there), (Role.EMULATION_OFFICER, thai_nguyen),
        (Role.COMMUNE_OFFICER, round_.place), (Role.COUNCIL_MEMBER, round_.place), (Role.CASE_OFFICER, round_.place),
    ):  # fmt: skip
        who = signed_in(role, place, act)
        assert {each: who.get(each).status_code for each in pages} == dict.fromkeys(pages, 404), role
        for listing in (DECISIONS, REGISTER, f"{REGISTER}?q=bi+mat", f"{REGISTER}/quy"):
            response = who.get(listing)
            assert response.status_code == 404 or "bí mật" not in text_of(response)
            assert response.status_code == 404 or "01/QĐ-UBND" not in text_of(response)


def test_a_proposer_is_told_of_its_own_only(round_: AwardRound, thai_nguyen: Place, act: Act) -> None:
    from densach.places.domain import add_fictional_commune

    awarded(round_, "Lê Văn MẪU")
    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Kia", on=date(2026, 1, 1), act=act)
    page = f"{DECISIONS}/thong-bao"
    assert "Quyết định số 01/QĐ-UBND" in text_of(signed_in(Role.COMMUNE_OFFICER, round_.place, act).get(page))
    assert "Chưa có quyết định nào" in text_of(signed_in(Role.COMMUNE_OFFICER, there, act).get(page))


def test_the_year_that_is_offered_has_no_fund_yet(officer: Client, round_: AwardRound) -> None:
    from densach.awards.register.fund import open_fund

    assert 'value="2026"' in officer.get(f"{REGISTER}/quy").content.decode()
    open_fund(round_.place, 2026, 5, "MẪU", fictional=True, act=act_at(1))
    page = officer.get(f"{REGISTER}/quy").content.decode()
    assert ('value="2026"' in page, 'value="2027"' in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_stays_the_same(round_: AwardRound, officer: Client, count: int) -> None:
    from densach.awards.register.fund import open_fund

    fund = open_fund(round_.place, 2026, 5, "MẪU", fictional=True, act=act_at(1))
    awards = awarded(round_, *(f"Người MẪU {number}" for number in range(count)))
    waiting = open_round(round_.place, "Đợt sau")
    passed(waiting, *(f"Chờ MẪU {number}" for number in range(count)))
    one, row = f"{DECISIONS}/{awards[0].decision.uid}", f"{REGISTER}/{awards[0].uid}"
    pages = (
        DECISIONS, f"{DECISIONS}/moi/{waiting.uid}/{AWARD}", one, f"{one}/bao-tin", f"{one}/in", REGISTER, row,
        f"{row}/chi", f"{REGISTER}/quy", f"{REGISTER}/quy/{fund.uid}",
    )  # fmt: skip
    assert list(queries_of(officer, *pages).values()) == [7, 13, 7, 9, 7, 7, 10, 11, 4, 5]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(officer: Client, leader: Client, round_: AwardRound, lang: str) -> None:
    award = awarded(round_, "Lê Văn MẪU")[0]
    passed(round_, "Chờ MẪU")
    one, row = f"{DECISIONS}/{award.decision.uid}", f"{REGISTER}/{award.uid}"
    for who in (officer, leader):
        who.cookies["ngon-ngu"] = lang
    pages = (
        DECISIONS, f"{DECISIONS}/moi/{round_.uid}/{AWARD}", one, f"{one}/bao-tin", f"{DECISIONS}/may-in", f"{one}/in",
        REGISTER, row, f"{row}/chi", f"{row}/trao", f"{row}/cap-lai", f"{REGISTER}/quy",
    )  # fmt: skip
    for page in pages:
        response = officer.get(page)
        assert (response.status_code, f'<html lang="{lang}"' in response.content.decode()) == (200, True), page
    assert leader.get(f"{row}/huy").status_code == 200
    for layout in ("giay-khen", "bang-khen-phoi"):
        assert officer.get(f"{DECISIONS}/to-thu/{layout}.pdf").content[:5] == b"%PDF-"
