"""The pages of returns: written, sent, approved, accepted; what was typed is kept, and nothing of others shows."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from densach.authority.roles import Role
from densach.jobs.worker import Worker
from densach.reporting.figures import domain
from densach.reporting.figures.models import Report
from densach.web.working import HANDLERS
from tests.assessing.making import open_year, settle
from tests.reporting.below import another, country, real
from tests.reporting.figures.making import (
    CENTRES,
    FUND,
    MODELS,
    NOW,
    ORGANISATION,
    SPENT,
    TODAY,
    Hands,
    figures_at,
    in_place,
    looking,
    of,
    typed,
    up_to,
)
from tests.reporting.test_equity import signed
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
EARLIER = NOW.replace(year=2026)  # than what a page does, which has the time of the clock


@pytest.fixture(autouse=True)
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of these pages are looked at on 15/01/2027."""
    for module in ("densach.web.viewing", "densach.web.views.dashboards"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def as_(client: Client, viewer: Viewer) -> Client:
    assert viewer.account is not None
    client.logout()
    client.force_login(viewer.account)
    return client


def page(place: Place, dataset: str = FUND, period: str = "2026S2") -> str:
    return f"/bao-cao/{dataset}/{period}/{place.uid}"


def sent(numbers: Mapping[str, object], **more: object) -> dict[str, object]:
    return {**{f"so-{code}": value for code, value in numbers.items()}, "version": "1", **more}


class TestTheForm:
    """A reporter's page."""

    def test_a_return_goes_from_the_form_to_the_figures(self, client: Client, hands: Hands, commune: Place) -> None:
        numbers = {code: f"{value:,}".replace(",", ".") for code, value in SPENT.items()}
        answer = as_(client, hands.writer).post(page(commune), sent(numbers, send="1"), follow=True)
        assert "Đã gửi người đứng đầu duyệt" in text_of(answer)
        assert "Lấy lại để sửa" in text_of(answer)
        answer = as_(client, hands.head).post(f"{page(commune)}/buoc", {"step": "approve"}, follow=True)
        assert "đã gửi, chờ cấp trên tiếp nhận" in text_of(answer)
        answer = as_(client, hands.receiver).post(f"{page(commune)}/buoc", {"step": "accept"}, follow=True)
        assert "đã tiếp nhận, đã khóa" in text_of(answer)
        assert figures_at(commune) == {(code, 20262): (value, None) for code, value in SPENT.items()}

    def test_what_was_typed_is_kept_beside_what_is_wrong(self, client: Client, hands: Hands, commune: Place) -> None:
        wrong = sent({"FUND_RAISED": "mười", "FUND_SPENT": "10", "FUND_SPENT_AWARDS": "11"})
        answer = as_(client, hands.writer).post(page(commune), wrong)
        assert answer.status_code == 400
        assert re.search(r'name="so-FUND_RAISED"[^>]*value="mười"', answer.content.decode())
        assert "“mười” không phải là một số nguyên" in text_of(answer)
        assert not Report.objects.exists()
        answer = client.post(page(commune), wrong | {"so-FUND_RAISED": ""})
        assert "lớn hơn “Đã chi trong kỳ” là 10" in text_of(answer)
        assert re.search(r'name="so-FUND_SPENT_AWARDS"[^>]*value="11"', answer.content.decode())

    def test_an_unusual_number_asks_for_a_note(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        place = real()
        hands = Hands(place, thai_nguyen, act)
        up_to(hands, of(place, year=2025), {"FUND_RAISED": 100})
        answer = as_(client, hands.writer).post(page(place), sent({"FUND_RAISED": "900"}, send="1"))
        assert 'name="ghi-chu-FUND_RAISED"' in answer.content.decode()
        assert "Cùng kỳ năm trước: 100" in text_of(answer)
        assert not Report.objects.filter(place=place, period=20262).exists()
        noted = {"ghi-chu-FUND_RAISED": "Một doanh nghiệp ủng hộ.", "send": "1", "version": "1"}
        assert client.post(page(place), sent({"FUND_RAISED": "900"}) | noted).status_code == 302

    def test_nobody_writes_over_another_unseen(self, client: Client, hands: Hands, commune: Place) -> None:
        domain.write(hands.head, of(commune), typed({"FUND_RAISED": 1}), at=NOW)
        answer = as_(client, hands.writer).post(page(commune), sent({"FUND_RAISED": "2"}))
        assert "Có người khác vừa sửa báo cáo này" in text_of(answer)

    def test_given_back_says_why(self, client: Client, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), SPENT, "approved")
        at = f"{page(commune)}/buoc"
        answer = as_(client, hands.receiver).post(at, {"step": "give_back", "why": ""})
        assert (answer.status_code, "Chưa ghi lý do" in text_of(answer)) == (400, True)
        client.post(at, {"step": "give_back", "why": "Thiếu số học bổng."})
        assert "Thiếu số học bổng." in text_of(as_(client, hands.writer).get("/bao-cao"))

    @pytest.mark.parametrize("step", ["approve", "accept", "reopen", "take_back", "give_back"])
    def test_whoever_may_not_finds_no_such_step(
        self, client: Client, hands: Hands, commune: Place, act: Act, step: str
    ) -> None:
        up_to(hands, of(commune), SPENT, "approved")
        viewer = looking(Role.FRONT_HEAD, commune, act)
        assert as_(client, viewer).post(f"{page(commune)}/buoc", {"step": step, "why": "x"}).status_code == 404

    @pytest.mark.parametrize("bad", ["2026", "2026S3", "x", "2026S2/x"])
    def test_what_is_no_return_is_not_there(self, client: Client, hands: Hands, commune: Place, bad: str) -> None:
        assert as_(client, hands.writer).get(page(commune, period=bad)).status_code == 404
        assert client.get(page(commune, "khong-co")).status_code == 404
        assert client.post(f"{page(commune)}/buoc").status_code == 400


class TestLeaking:
    """A return beside one's own looks as if it were not there."""

    def test_a_neighbour_sees_nothing(self, client: Client, hands: Hands, commune: Place, act: Act) -> None:
        up_to(hands, of(commune), SPENT)
        beside = looking(Role.ASSOCIATION_OFFICER, another(hands.above, 2, act).place, act)
        for address in ("", "/mau.xlsx", "/nguon/FUND_RAISED"):
            assert as_(client, beside).get(f"{page(commune)}{address}").status_code == 404
        assert client.get(f"/bao-cao/{FUND}/2026S2").status_code == 404
        assert "90000000" not in client.get(f"/bao-cao/{FUND}/2026S2/bang.csv").content.decode()


class TestAbove:
    """What a place above has received."""

    def test_who_has_not_reported_is_named_and_is_not_0(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        first, second = real("01840"), real("01843")
        hands = Hands(first, thai_nguyen, act)
        up_to(hands, of(first), SPENT)
        up_to(in_place(hands, second), of(second), SPENT, "prepared")
        answer = as_(client, hands.receiver).get(f"/bao-cao/{FUND}/2026S2")
        assert "1 trên 92 đơn vị đã báo cáo" in text_of(answer)
        assert "chưa báo cáo" in text_of(answer)
        lines = client.get(f"/bao-cao/{FUND}/2026S2/bang.csv").content.decode().splitlines()
        assert "FUND_RAISED,2026S2,01840,Phường Đức Xuân,90000000,,accepted" in lines
        assert ",2026S2,01843,Phường Bắc Kạn,,,silent" in lines

    def test_a_day_is_set_with_its_text(self, client: Client, hands: Hands, commune: Place) -> None:
        at = f"/bao-cao/{FUND}/2026S2/han"
        answer = as_(client, hands.receiver).post(at, {"before": "20/01/2027", "basis": ""})
        assert "Hạn gửi cần một ngày và văn bản" in text_of(answer)
        client.post(at, {"before": "20/01/2027", "basis": "Công văn MẪU 12/HKH"})
        said = text_of(as_(client, hands.writer).get(page(commune)))
        assert "Gửi trước ngày 20/01/2027 (Công văn MẪU 12/HKH)" in said

    def test_the_trail_of_a_sum(self, client: Client, thai_nguyen: Place, act: Act) -> None:
        place = real("01840")
        up_to(Hands(place, thai_nguyen, act), of(place), {"FUND_RAISED": 30})
        officer = looking(Role.ASSOCIATION_OFFICER, thai_nguyen, act)
        answer = as_(client, officer).post(f"{page(thai_nguyen)}/buoc", {"step": "compute"}, follow=True)
        assert "Tính từ sổ của hệ thống: 30" in text_of(answer)
        assert re.search(r'name="so-FUND_RAISED"[^>]*value="30"', answer.content.decode())
        answer = client.get(f"{page(thai_nguyen)}/nguon/FUND_RAISED")
        assert "30 là tổng của 1 trên 92 đơn vị đã được tiếp nhận" in text_of(answer)


class TestRows:
    """The rows that a computed figure of a commune counts."""

    def test_form_and_locked_return_lead_to_the_rows(
        self, client: Client, hands: Hands, commune: Place, act: Act
    ) -> None:
        signed(commune, act)
        models, at = of(commune, MODELS), f"{page(commune, MODELS, '2026')}/nguon/"
        domain.compute(hands.writer, models, at=EARLIER)
        for step, who in ((None, hands.writer), (domain.prepare, hands.writer)):
            if step is not None:
                step(who, models, at=EARLIER)
            shown = as_(client, who).get(page(commune, MODELS, "2026")).content.decode()
            for code in ("MODEL_CITIZEN_RECOGNISED", "MODEL_CITIZEN_OF_ALL"):
                assert f'href="{at}{code}"' in shown, (step, code)
        leader = as_(client, looking(Role.COMMUNE_LEADER, commune, act))
        share = leader.get(f"{at}MODEL_CITIZEN_OF_ALL").content.decode()
        assert f'href="{at}MODEL_CITIZEN_RECOGNISED"' in share
        assert f'href="{at}MODEL_CITIZEN_TOTAL"' in share
        text = text_of(leader.get(f"{at}MODEL_CITIZEN_RECOGNISED?tim=tran"))
        assert "3 trên 5 dòng hợp với “tran”" in text
        assert "Quyết định 01/QĐ-MẪU ngày 20/01/2027" in text
        assert "Từ lúc tính đến nay sổ không đổi." in text
        assert leader.get(f"{at}MODEL_CITIZEN_RECOGNISED?trang=2").status_code == 404
        assert "Nguyễn" in text_of(leader.get(f"{at}MODEL_CITIZEN_TOTAL?in=1"))

    def test_above_and_in_the_association_no_name_is_shown(
        self, client: Client, hands: Hands, commune: Place, act: Act
    ) -> None:
        signed(commune, act)
        domain.compute(hands.writer, of(commune, MODELS), at=EARLIER)
        at = f"{page(commune, MODELS, '2026')}/nguon/MODEL_CITIZEN_RECOGNISED"
        for who in (hands.writer, hands.receiver, looking(Role.PROVINCE_OFFICER, hands.above, act)):
            answer = text_of(as_(client, who).get(f"{at}?tim=mau&in=1"))
            assert "Sổ của hệ thống cho số 5" in answer
            assert "Nguyễn" not in answer
            assert "Trần Thị" not in answer

    @pytest.mark.parametrize("count", [1, 3])
    def test_rows_take_a_constant_number_of_queries(
        self,
        client: Client,
        hands: Hands,
        commune: Place,
        act: Act,
        django_assert_num_queries: DjangoAssertNumQueries,
        count: int,
    ) -> None:
        signed(commune, act, 2 + count)
        domain.compute(hands.writer, of(commune, MODELS), at=EARLIER)
        leader = as_(client, looking(Role.COMMUNE_LEADER, commune, act))
        for code, most in (("CITIZEN_TOTAL", 12), ("CITIZEN_RECOGNISED", 12), ("FAMILY_REGISTERED", 11),
                           ("UNIT_TOTAL", 9), ("CITIZEN_OF_ALL", 6)):  # fmt: skip
            with django_assert_num_queries(most):
                leader.get(f"{page(commune, MODELS, '2026')}/nguon/MODEL_{code}")


class TestFiles:
    """The same definition as a workbook, and back."""

    def filled(self, client: Client, place: Place, numbers: Mapping[str, str | int]) -> SimpleUploadedFile:
        book = load_workbook(BytesIO(client.get(f"{page(place)}/mau.xlsx").getvalue()))
        sheet = book.worksheets[0]
        for row in sheet.iter_rows():
            if row[1].value in numbers:
                row[4].value = numbers[str(row[1].value)]
        written = BytesIO()
        book.save(written)
        return SimpleUploadedFile("so-lieu.xlsx", written.getvalue())

    def test_a_filled_template_is_taken(self, client: Client, hands: Hands, commune: Place) -> None:
        file = self.filled(as_(client, hands.writer), commune, {"FUND_RAISED": 12, "FUND_SPENT": 7})
        answer = client.post(f"{page(commune)}/tep", {"file": file}, follow=True)
        assert "Đã nạp 2 số" in text_of(answer)

    def test_one_bad_row_keeps_all_back_until_the_sender_decides(
        self, client: Client, hands: Hands, commune: Place
    ) -> None:
        numbers: dict[str, str | int] = {"FUND_RAISED": "nhiều", "FUND_SPENT": 7}
        file = self.filled(as_(client, hands.writer), commune, numbers)
        answer = client.post(f"{page(commune)}/tep", {"file": file})
        assert "Có 1 dòng bị từ chối, nên chưa nạp dòng nào" in text_of(answer)
        assert not Report.objects.exists()
        file.seek(0)
        answer = client.post(f"{page(commune)}/tep", {"file": file, "partly": "1"})
        assert "1 dòng bị từ chối" in text_of(answer)
        assert Report.objects.get().values.get(indicator__code="FUND_SPENT").value == 7
        file.seek(0)
        marked = client.post(f"{page(commune)}/tep", {"file": file, "check": "1"})
        assert "Ô cần sửa" in load_workbook(BytesIO(marked.getvalue())).sheetnames

    def test_the_template_of_another_return_is_refused(self, client: Client, hands: Hands, commune: Place) -> None:
        file = self.filled(as_(client, hands.writer), commune, {"FUND_RAISED": 12})
        answer = client.post(f"{page(commune, period='2026S1')}/tep", {"file": file})
        assert "Tệp này là mẫu của báo cáo khác" in text_of(answer)

    def test_a_list_in_an_old_encoding_is_read(self, client: Client, hands: Hands, commune: Place) -> None:
        text = "mã;số liệu\r\nFUND_RAISED;1.200\r\nFUND_MAGIC;5\r\n".encode("utf-16")
        answer = as_(client, hands.writer).post(
            f"{page(commune)}/tep", {"file": SimpleUploadedFile("cu.csv", text), "partly": "1"}
        )
        assert "FUND_MAGIC" in text_of(answer)
        assert Report.objects.get().values.get().value == 1200

    def test_without_a_file_it_says_so(self, client: Client, hands: Hands, commune: Place) -> None:
        assert "Chưa chọn tệp" in text_of(as_(client, hands.writer).post(f"{page(commune)}/tep"))


class TestQueries:
    """A constant number of queries, however much there is."""

    @pytest.mark.parametrize("count", [1, 3])
    def test_pages_of_a_return(
        self,
        client: Client,
        hands: Hands,
        commune: Place,
        act: Act,
        django_assert_num_queries: DjangoAssertNumQueries,
        count: int,
    ) -> None:
        up_to(hands, of(commune, half=1), SPENT)
        up_to(hands, of(commune), {"FUND_RAISED": 5, "FUND_PUPILS": 1}, "open")
        open_year(settle(commune, act, households=count), act)
        domain.compute(hands.writer, of(commune, MODELS), at=NOW)
        if count > 1:
            up_to(hands, of(commune, ORGANISATION), {"KHVN_BOARDS": 5}, "open")
        as_(client, hands.writer)
        for address, most in (("/bao-cao", 4), (page(commune), 10), (page(commune, MODELS, "2026"), 10)):
            with django_assert_num_queries(most):
                client.get(address)
        for order in range(count):
            place = another(hands.above, 3 + order, act).place
            up_to(in_place(hands, place), of(place), SPENT, "prepared")
        as_(client, hands.receiver)
        with django_assert_num_queries(6):
            client.get(f"/bao-cao/{FUND}/2026S2")


def test_the_public_page_puts_contradictions_side_by_side(client: Client) -> None:
    text = text_of(client.get("/so-lieu"))
    assert "hơn 67 % nguồn không nêu mẫu số" in text
    assert "89.06 % trên số đăng ký" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(
    client: Client, hands: Hands, commune: Place, thai_nguyen: Place, lang: str
) -> None:
    up_to(hands, of(commune), SPENT)
    as_(client, hands.receiver)
    client.cookies["ngon-ngu"] = lang
    for address in ("/bao-cao", page(commune), page(thai_nguyen), f"/bao-cao/{FUND}/2026S2"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{lang}"' in answer.content.decode()) == (200, True), address
    assert country() != thai_nguyen
    assert CENTRES in as_(client, hands.writer).get("/bao-cao").content.decode()


class TestWhileWriting:
    """What is typed is kept by itself, with the version told; without script the buttons do the same."""

    def keep(self, client: Client, hands: Hands, numbers: Mapping[str, object], version: str) -> str:
        said = sent(numbers, version=version)
        answer = as_(client, hands.writer).post(page(hands.place), said, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    def numbers(self) -> dict[str, int | None]:
        from densach.reporting.figures.models import Value

        return {row.indicator.code: row.value for row in Value.objects.select_related("indicator")}

    def test_good_fields_are_kept_and_the_next_version_told(self, client: Client, hands: Hands) -> None:
        answer = self.keep(client, hands, {"FUND_RAISED": "90.000.000"}, "1")
        assert "Đã tự lưu lúc" in answer
        assert 'name="version" value="2" hx-swap-oob="true"' in answer
        answer = self.keep(client, hands, {"FUND_RAISED": "90.000.000", "FUND_SPENT": "x"}, "2")
        assert "Đã lưu các ô khác" in answer
        assert self.numbers()["FUND_RAISED"] == 90_000_000

    def test_who_was_slower_is_told_and_writes_over_nothing(self, client: Client, hands: Hands) -> None:
        domain.write(hands.writer, of(hands.place), typed({"FUND_RAISED": 5}), at=NOW)
        domain.write(hands.writer, of(hands.place), typed({"FUND_RAISED": 6}), at=NOW)
        answer = self.keep(client, hands, {"FUND_RAISED": "7"}, "2")
        assert "Chưa lưu:" in answer
        assert 'value="2" hx-swap-oob' in answer
        assert self.numbers()["FUND_RAISED"] == 6

    def test_what_was_written_last_can_be_undone_once(self, client: Client, hands: Hands) -> None:
        domain.write(hands.writer, of(hands.place), typed({"FUND_RAISED": 5}, "vì mưa"), at=EARLIER)
        domain.write(hands.writer, of(hands.place), typed({"FUND_RAISED": 6, "FUND_SPENT": 1}), at=EARLIER)
        browser = as_(client, hands.writer)
        assert "Bỏ lần ghi vừa rồi" in text_of(browser.get(page(hands.place)))
        browser.post(f"{page(hands.place)}/buoc", {"step": "undo"})
        assert self.numbers() == {"FUND_RAISED": 5, "FUND_SPENT": None}
        again = browser.get(page(hands.place))
        assert "vì mưa" in again.content.decode()
        assert '"undo"' not in again.content.decode()
        assert browser.post(f"{page(hands.place)}/buoc", {"step": "undo"}).status_code == 400
        assert as_(client, hands.receiver).post(f"{page(hands.place)}/buoc", {"step": "undo"}).status_code == 404


def test_once_the_models_of_a_commune_are_accepted_it_is_counted_by_sex_age_and_village(
    client: Client, hands: Hands, commune: Place, act: Act, settings: Settings, tmp_path: Path
) -> None:
    settings.WORK_FOLDER = tmp_path
    signed(commune, act)
    models = of(commune, MODELS)
    for step, who in ((domain.compute, hands.writer), (domain.prepare, hands.writer), (domain.approve, hands.head)):
        step(who, models, at=EARLIER)
    as_(client, hands.receiver).post(f"{page(commune, MODELS, '2026')}/buoc", {"step": "accept"})
    assert Worker("máy 1", HANDLERS, timezone.now).drain() == 1
    jobs = client.get("/viec-nen")
    assert "Đếm công dân học tập theo giới tính, tuổi và thôn" in text_of(jobs)
    job = re.search(r'href="(/cong-viec/[^"]+)"', jobs.content.decode())
    assert job is not None
    assert "công khai phần được phép" in text_of(client.get(job[1]))
    counted = client.get(f"/bang-so-lieu/{commune.uid}/cong-bang?nam=2026")
    assert "41,7 % (5 / 12)" in text_of(counted)
