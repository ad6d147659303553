"""The pages of commendation: whole, within their place, refused beside the field, at a constant cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.access import viewer_of
from densach.authority.roles import Role
from densach.awards.models import Achievement, AwardRound, Nomination, Part
from tests.authority.roles import TODAY, account, given
from tests.awards.dossier.making import (
    AWARD,
    CITATION,
    Desk,
    desk,
    eligible,
    household,
    put_forward,
    recognised,
    submitted,
    typed,
    written,
)
from tests.reporting.below import another
from tests.web.factors import sign_in_with_factor

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 26/11/2026."""
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


def sign_in(client: Client, role: Role, thing: Thing, act: Act) -> None:
    who = account(f"{role}-{uuid4().hex[:6]}")
    given(who, role, thing, act)
    sign_in_with_factor(client, who)


def as_head(client: Client, here: Desk) -> None:
    assert here.head.account is not None
    sign_in_with_factor(client, here.head.account)
    here.head = viewer_of(here.head.account, None, TODAY)


def as_officer(client: Client, here: Desk) -> None:
    assert here.officer.account is not None
    sign_in_with_factor(client, here.officer.account)


def pages_of(made: Nomination) -> list[str]:
    return [f"/khen-thuong/ho-so/{made.uid}{page}" for page in ("", "/thanh-tich", "/xem-xet", "/nhat-ky")]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(client: Client, here: Desk, lang: str) -> None:
    recognised(here.small)
    draft = put_forward(here.head, here.round, household(here, "Nguyễn Văn Mẫu 2"))
    written(here.head, draft, "Cả nhà đọc sách mỗi tối (MẪU)")
    written(here.head, draft, "Cả nhà đọc sách mỗi buổi tối (MẪU)")
    made = eligible(here)
    typed(here.officer, "Lê Văn Thử")
    typed(here.head, "Lê Văn Thử")
    shared = ["/khen-thuong", "/khen-thuong/dot", f"/khen-thuong/dot/{here.round.uid}", "/khen-thuong/de-nghi"]
    whom = f"/khen-thuong/de-nghi/{here.round.uid}/{AWARD}"
    head = [*shared, whom, f"{whom}?q=mau", *pages_of(draft), f"/khen-thuong/ho-so/{draft.uid}/noi-dung"]
    officer = [*shared, "/khen-thuong/trung", *pages_of(made)]
    for sign, pages in ((as_head, head), (as_officer, officer)):
        sign(client, here)
        for page in pages:
            response = client.get(page, headers={"Accept-Language": lang})
            html = response.content.decode()
            assert response.status_code == 200, page
            assert "no such variable" not in html, page
            assert len(re.findall(r"<h1[ >]", html)) == 1, page
            assert not re.search(r'<script(?! src=)|<style| style="| on[a-z]+="|javascript:', html), page
            assert len(set(ids := re.findall(r' id="([^"]+)"', html))) == len(ids), page
            assert "MẪU" in html, page


def test_the_nominator_goes_from_the_round_to_the_submitted_dossier(client: Client, here: Desk) -> None:
    recognised(here.small)
    as_head(client, here)
    assert f"/khen-thuong/de-nghi/{here.round.uid}/{AWARD}" in client.get("/khen-thuong/de-nghi").content.decode()
    whom = f"/khen-thuong/de-nghi/{here.round.uid}/{AWARD}"
    home = here.small.subject("family", "H1").household
    assert home is not None
    assert str(home.uid) in client.get(f"{whom}?q=nguyen van mau 1").content.decode()
    begun = client.post(whom, {"what": "household", "uid": str(home.uid)})
    made = Nomination.objects.get()
    ledger = f"/khen-thuong/ho-so/{made.uid}/thanh-tich"
    assert begun.headers["Location"] == ledger
    key = re.search(r'name="key" value="([^"]+)"', client.get(ledger).content.decode())
    assert key
    assert client.post(ledger, {"what": "take", "key": key[1]}).headers["Location"] == ledger
    said = {"what": "write", "text": "Mở tủ sách (MẪU)", "began_on": "2025-01-01", "ended_on": "31/12/2025"}
    assert client.post(ledger, said).status_code == 302
    words = {"citation": CITATION, "mode": "movement", "branch": ""}
    dossier = client.post(f"/khen-thuong/ho-so/{made.uid}/noi-dung", words).headers["Location"]
    made.refresh_from_db()
    assert client.post(f"{dossier}/giay", {"kind": "bao_cao_thanh_tich", "what": "make"}).status_code == 302
    part = Part.objects.get()
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = client.get(f"{dossier}/giay/{part.uid}.{form}")
        assert b"".join(file).startswith(start)
    assert client.post(f"{dossier}/buoc", {"what": "submit", "version": made.version}).headers["Location"] == dossier
    made.refresh_from_db()
    assert (made.step, made.claims.count(), made.entered_by) == ("submitted", 2, here.head.account)
    as_officer(client, here)
    assert "Nguyễn Văn Mẫu 1" in client.get("/khen-thuong").content.decode()
    received = {"what": "receive", "received_on": "15/03/2026"}
    assert client.post(f"{dossier}/buoc", received).status_code == 302
    assert "Điều 5" in client.get(f"{dossier}/xem-xet").content.decode()
    made.refresh_from_db()
    chosen = {"what": "regime", "regime": "B", "why": "Luật mới chưa đọc được"}
    assert client.post(f"{dossier}/xem-xet", chosen).status_code == 302
    judged = {"what": "judge", "rule": "TC", "fulfilled": "1", "why": "Đạt theo biên bản của thôn"}
    assert client.post(f"{dossier}/xem-xet", judged).status_code == 302
    made.refresh_from_db()
    assert client.post(f"{dossier}/buoc", {"what": "eligible", "version": made.version}).status_code == 302


def test_findings_of_one_cause_are_ticked_and_answered_with_one_reason(client: Client, here: Desk) -> None:
    from densach.awards.models import Judged

    made = eligible(here)
    as_officer(client, here)
    address = f"/khen-thuong/ho-so/{made.uid}/xem-xet"
    plain = client.get(address).content.decode()
    assert 'name="rule" value="R-09"' in plain
    assert "checked" not in plain
    [group] = re.findall(r'href="(\?chon=(\d+))#nhom-', plain)[:1]
    ticked = client.get(address + group[0]).content.decode()
    rules = re.findall(r'name="rule" value="([^"]+)" checked', ticked)
    assert len(rules) > 5
    said = {"what": "judge", "group": group[1], "fulfilled": "1"}
    refused = client.post(address, said | {"rule": rules[:3], "why": ""})
    assert refused.status_code == 400
    assert re.findall(r'name="rule" value="([^"]+)" checked', refused.content.decode()) == rules[:3]
    nothing = client.post(address, said | {"why": "Lý do giữ lại MẪU"})
    assert nothing.status_code == 400
    assert 'value="Lý do giữ lại MẪU"' in nothing.content.decode()
    response = client.post(address, said | {"rule": rules, "why": "Đã đối chiếu MẪU"}, follow=True)
    assert f"Đã ghi ý kiến người xem xét cho {len(rules)} quy định." in response.content.decode()
    assert set(Judged.objects.values_list("rule", "why")) == {(rule, "Đã đối chiếu MẪU") for rule in rules}
    assert client.post(address, said | {"rule": ["R-99"], "why": "vì"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": "submit", "version": "0"}, "thay đổi"),
        ({"what": "submit", "version": "x" * 40}, "thay đổi"),
        ({"what": "withdraw", "version": "2", "reason": ""}, "lý do"),
        ({"what": "nothing"}, "ô"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    client: Client, here: Desk, sent: dict[str, str], said: str
) -> None:
    as_head(client, here)
    made = put_forward(here.head, here.round, household(here))
    written(here.head, made)
    made.refresh_from_db()
    version = made.version
    if sent["what"] == "withdraw":
        sent["version"] = str(version)
    response = client.post(f"/khen-thuong/ho-so/{made.uid}/buoc", sent)
    assert response.status_code == 400
    assert said in response.content.decode()
    made.refresh_from_db()
    assert (made.step, made.version) == ("draft", version)


def test_what_was_typed_is_kept_beside_its_problem(client: Client, here: Desk) -> None:
    as_head(client, here)
    made = put_forward(here.head, here.round, household(here))
    said = {"what": "write", "text": "Mở tủ sách (MẪU)", "began_on": "2025-13-01", "ended_on": "2026-12-31"}
    html = client.post(f"/khen-thuong/ho-so/{made.uid}/thanh-tich", said).content.decode()
    assert "Mở tủ sách (MẪU)" in html
    assert "2025-13-01" in html
    assert not Achievement.objects.exists()
    whom = f"/khen-thuong/de-nghi/{here.round.uid}/{AWARD}"
    html = client.post(whom, {"kind": "clan", "name": "Họ Lê"}).content.decode()
    assert "Họ Lê" in html
    as_officer(client, here)
    said = {"occasion": "year", "year": "2026", "name": "Đợt MẪU", "opens_on": "2026-05-01", "closes_on": "2026-04-01"}
    response = client.post("/khen-thuong/dot", said)
    assert response.status_code == 400
    assert "Đợt MẪU" in response.content.decode()
    assert AwardRound.objects.count() == 1


def test_a_forged_file_and_a_strange_one_are_refused(client: Client, here: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.formats.signing import paper, signed

    as_head(client, here)
    made = put_forward(here.head, here.round, household(here))
    whole = signed(paper())
    forged = bytearray(whole)
    forged[forged.index(b"stream") + 200] ^= 1
    address = f"/khen-thuong/ho-so/{made.uid}/giay"
    for content, said in ((bytes(forged), "chữ ký số không còn đúng"), (b"MZ\x90\x00", ""), (b"", "")):
        sent = {"kind": "bao_cao_thanh_tich", "file": SimpleUploadedFile("giay.pdf", content)}
        response = client.post(address, sent)
        assert response.status_code == 400
        assert said in response.content.decode()
    assert not Part.objects.exists()
    sent = {"kind": "bao_cao_thanh_tich", "file": SimpleUploadedFile("giay.pdf", whole)}
    assert client.post(address, sent).status_code == 302
    part = Part.objects.get()
    assert client.get(f"{address}/{part.uid}.pdf").content == whole
    assert client.get(f"{address}/{part.uid}.docx").status_code == 404


def test_the_neighbour_finds_nothing_by_guessing(client: Client, here: Desk, thai_nguyen: Place, act: Act) -> None:
    small = another(thai_nguyen, 7, act)
    there = desk(small.place, act, small)
    made, draft = submitted(here), put_forward(here.head, here.round, household(here, "Nguyễn Văn Mẫu 2"))
    as_officer(client, there)
    for page in (*pages_of(made), *pages_of(draft), f"/khen-thuong/dot/{here.round.uid}"):
        assert client.get(page).status_code == 404, page
    html = client.get("/khen-thuong").content.decode()
    assert "Nguyễn Văn Mẫu 1" not in html
    assert client.get("/khen-thuong?q=mau+1&buoc=submitted").content.decode().count(str(made.uid)) == 0
    assert client.post(f"/khen-thuong/ho-so/{made.uid}/buoc", {"what": "receive"}).status_code == 404
    whom = f"/khen-thuong/de-nghi/{there.round.uid}/{AWARD}"
    assert "Nguyễn Văn Mẫu 1<" not in client.get(f"{whom}?q=Nguyễn Văn Mẫu 1").content.decode()
    home = here.small.subject("family", "H1").household
    assert home is not None
    assert client.post(whom, {"what": "household", "uid": str(home.uid)}).status_code == 404


def test_an_officer_without_names_finds_the_recognised_alone(client: Client, here: Desk) -> None:
    as_officer(client, here)
    whom = f"/khen-thuong/de-nghi/{here.round.uid}/{AWARD}"
    assert "Nguyễn Văn Mẫu 1" not in client.get(f"{whom}?q=mau").content.decode()
    recognised(here.small)
    html = client.get(f"{whom}?q=mau").content.decode()
    assert "Nguyễn Văn Mẫu 1" in html
    assert "Nguyễn Văn Mẫu 2" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_constant_number_of_queries(
    client: Client, here: Desk, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for order in range(count):
        made = eligible(here, typed(here.head, f"Hộ MẪU {order}", "household"))
        written_more(here, made, order)
    as_officer(client, here)
    numbers = {"/khen-thuong": 6, "/khen-thuong/dot": 6}
    numbers |= dict(zip(pages_of(made), (11, 7, 12, 5), strict=True))
    for page, number in numbers.items():
        with django_assert_num_queries(number):
            assert client.get(page).status_code == 200


def test_those_put_forward_are_published_nowhere(client: Client, here: Desk) -> None:
    from densach.awards.models import Step
    from tests.access.addresses import PUBLIC

    made = eligible(here, typed(here.head, "Trường MẪU Không Công Khai", "collective"))
    as_officer(client, here)
    said = client.get(f"/khen-thuong/dot/{here.round.uid}").content.decode()
    assert "Công khai lấy ý kiến" in said
    assert "tắt. Chưa có căn cứ" in said
    assert "Trường MẪU Không Công Khai" in client.get("/khen-thuong").content.decode()
    anybody = type(client)()
    plain = [each for each in sorted(PUBLIC) if "<" not in each]
    for step in (Step.ELIGIBLE, Step.COUNCIL, Step.PASSED):
        type(made).objects.filter(pk=made.pk).update(step=step)
        for address in (*plain, f"khen-thuong/dot/{here.round.uid}", f"khen-thuong/ho-so/{made.uid}", "khen-thuong"):
            assert "Không Công Khai" not in anybody.get(f"/{address}", follow=True).getvalue().decode(errors="ignore")


def written_more(here: Desk, made: Nomination, order: int) -> None:
    from densach.awards.consulting import ask_opinion
    from tests.authority.roles import NOW

    for each in range(order + 1):
        ask_opinion(here.officer, made, f"Cơ quan MẪU {each}", "Chấp hành pháp luật", at=NOW)
