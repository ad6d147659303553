"""What follows an award: told, handed over, printed, issued again, cancelled, and found again in the register."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from densach.authority.roles import Role
from densach.problems import Refused
from tests.authority.roles import viewer
from tests.awards.register.making import TODAY, achieved, act_at, awarded, nominated, open_round, prepared, signer

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from densach.awards.models import AwardRound
    from densach.awards.register.cancelling import CancelOrder
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)


@pytest.fixture
def round_(commune: Place) -> AwardRound:
    return open_round(commune)


def order(signed: date = ON) -> CancelOrder:
    from densach.awards.register.cancelling import CancelOrder
    from densach.awards.register.models import Ground

    return CancelOrder(
        number="09/QĐ-UBND",
        signed=signed,
        ground=Ground.FRAUD,
        basis="Kết luận MẪU số 4",
        reason="khai gian",
    )


def refused_with(tried: object, *codes: str) -> None:
    with pytest.raises(Refused) as refused:
        tried()  # type: ignore[operator]
    assert tuple(each.code for each in refused.value.problems) == codes


def test_proposer_and_recipients_are_told_once(round_: AwardRound) -> None:
    from densach.awards.register.handing import tell
    from densach.awards.register.queries import notices_of

    award = awarded(round_, "Lê Văn MẪU")[0]
    for notice in notices_of(award.decision):
        for how in ("trao tận tay", "gửi lại"):
            tell(award.decision, notice.uid, how, on=ON, today=TODAY, act=act_at(4))
    assert [(row.addressee, row.told_on, row.how) for row in notices_of(award.decision)] == [
        ("Ủy ban nhân dân xã MẪU", ON, "trao tận tay"),
        ("Lê Văn MẪU", ON, "trao tận tay"),
    ]
    refused_with(lambda: tell(award.decision, award.uid, "x", on=date(2026, 11, 1), today=TODAY, act=act_at(5)), "Q350")
    refused_with(lambda: tell(award.decision, award.uid, "x", on=ON, today=TODAY, act=act_at(5)), "H103")


def test_the_day_by_which_a_decision_is_told(round_: AwardRound, settings: Settings, tmp_path: Path, act: Act) -> None:
    from densach.awards.calendars import enter_calendar
    from densach.awards.register.deadlines import NO_TEXT, NOT_COME, tellings_of
    from densach.policy.commendation.reading import commendation_law

    settings.CALENDAR_FOLDER = tmp_path / "calendars"
    law, one = commendation_law(), awarded(round_, "Lê Văn MẪU")[0].decision
    assert tellings_of(law, [one])[one.pk].due.reason == NO_TEXT
    one.authority, one.thing = "thu-tuong", None  # as the Prime Minister's decision of the same place would stand
    assert tellings_of(law, [one])[one.pk].due.reason == NOT_COME
    one.came_on = date(2026, 11, 20)  # a Friday
    said = tellings_of(law, [one])[one.pk]
    assert (said.days, said.due.day) == (10, None)
    assert said.due.reason is not None
    assert "lịch nghỉ năm 2026 chưa được nạp" in said.due.reason.vi
    year = tmp_path / "nam.yaml"
    year.write_text("year: 2026\nholidays: [2026-11-24]\nsource: MẪU\nmark: fictional\n", "utf-8")
    enter_calendar(year, act=act)
    due = tellings_of(law, [one])[one.pk].due
    assert (due.day, due.is_late(TODAY)) == (date(2026, 12, 7), False)


def test_a_cancelled_award_stays_and_items_come_back_and_an_achievement_is_freed_by_a_person_only(
    round_: AwardRound,
) -> None:
    from densach.awards.models import Claim
    from densach.awards.register.cancelling import cancel_award, free_achievement, take_items_back
    from densach.awards.register.handing import hand_over
    from densach.awards.register.models import Award

    award, kept = awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    achievement = award.nomination.claims.get().achievement
    hand_over(award, "Giấy khen, khung", "Lê Văn MẪU", on=ON, today=TODAY, act=act_at(4))
    refused_with(lambda: free_achievement(award, achievement.uid, "sai", on=ON, act=act_at(5)), "Q344")
    for wrong in (date(2026, 11, 1), date(2026, 11, 27)):
        refused_with(lambda signed=wrong: cancel_award(award, order(signed), today=TODAY, act=act_at(5)), "Q340")
    row = cancel_award(award, order(), today=TODAY, act=act_at(5))
    assert (row.office_title, row.items_due) == ("Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách", True)
    refused_with(lambda: cancel_award(award, order(), today=TODAY, act=act_at(6)), "Q341")
    refused_with(lambda: hand_over(award, "Khung", "x", on=ON, today=TODAY, act=act_at(6)), "Q332")
    assert list(Award.objects.order_by("ordinal").values_list("ordinal", "name")) == [
        (1, "Lê Văn MẪU"), (2, "Trần Thị MẪU"),
    ]  # fmt: skip
    assert Claim.objects.get(nomination=award.nomination).freed_on is None
    again = nominated(open_round(round_.place, "Đợt sau"), award.nominee, achievement)
    refused_with(lambda: prepared(again.round, [again]), "Q308")
    refused_with(lambda: free_achievement(award, achievement.uid, " ", on=ON, act=act_at(7)), "Q343")
    free_achievement(award, achievement.uid, "thành tích là của người này, sai ở giấy xác nhận", on=ON, act=act_at(7))
    assert prepared(again.round, [again]).number == "02/QĐ-UBND"
    refused_with(lambda: take_items_back(award, on=date(2026, 11, 24), today=TODAY, act=act_at(8)), "Q342")
    refused_with(lambda: take_items_back(kept, on=ON, today=TODAY, act=act_at(8)), "Q342")
    assert take_items_back(award, on=TODAY, today=TODAY, act=act_at(8)).items_back_on == TODAY


def test_a_certificate_is_issued_again_with_its_old_number_and_without_invented_days(round_: AwardRound) -> None:
    from densach.awards.register.deadlines import reissue_days
    from densach.awards.register.handing import Asked, ask_again, issue_again
    from densach.policy.commendation.reading import commendation_law

    award = awarded(round_, "Lê Văn MẪU")[0]
    assert reissue_days(commendation_law(), award.decision, ON) is None
    asked = Asked(on=ON, reason="mất do lũ")
    refused_with(lambda: issue_again(award, on=ON, today=TODAY, act=act_at(4)), "Q352")
    row = ask_again(award, asked, None, today=TODAY, act=act_at(4))
    assert (row.old_number, row.due_on) == ("01/QĐ-UBND / 1", None)
    refused_with(lambda: ask_again(award, asked, None, today=TODAY, act=act_at(5)), "Q351")
    assert issue_again(award, on=TODAY, today=TODAY, act=act_at(5)).issued_on == TODAY


def test_the_days_of_a_province_whose_text_gives_them_are_counted() -> None:
    from densach.awards.register.deadlines import REISSUE
    from densach.policy.commendation.parameters import parameters_for
    from densach.policy.commendation.reading import commendation_law

    found = parameters_for(commendation_law(), "chu-tich-ubnd-cap-tinh", "24").deadline(REISSUE)
    assert found is not None
    assert (found.days, found.unit) == (15, "calendar")


def test_certificates_say_what_the_decision_says_and_leave_out_what_was_cancelled(round_: AwardRound) -> None:
    from densach.awards.register.cancelling import cancel_award
    from densach.awards.register.handing import Asked, ask_again
    from densach.awards.register.printing import layout_of, print_certificates
    from densach.awards.register.queries import awards_of_decision
    from densach.policy.commendation.reading import commendation_law

    award, other = awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    ask_again(award, Asked(on=ON, reason="rách"), None, today=TODAY, act=act_at(4))
    cancel_award(other, order(), today=TODAY, act=act_at(5))
    rows, law = awards_of_decision(award.decision), commendation_law()
    pdf = print_certificates(
        award.decision, rows, layout_of(award.decision, law), printer=None, on=TODAY, act=act_at(6)
    )
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)] == [297, 210]
    said = " ".join(page.extract_text().split())
    for words in (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU ĐÈN SÁCH", "TẶNG", "GIẤY KHEN", "Lê Văn MẪU", "Thôn MẪU 1",
        "Học tập suốt đời của Lê Văn MẪU", "Quyết định số 01/QĐ-UBND ngày 20/11/2026", "Số sổ vàng: 1",
        "ngày 20 tháng 11 năm 2026", "Nguyễn Thị Hòa", "Bản cấp lại", "MẪU – KHÔNG CÓ GIÁ TRỊ",
    ):  # fmt: skip
        assert words in said
    refused_with(
        lambda: print_certificates(
            award.decision, rows[1:], layout_of(award.decision, law), printer=None, on=TODAY, act=act_at(7)
        ),
        "Q361",
    )


def test_a_blank_is_printed_by_its_coordinates_moved_as_the_printer_needs(commune: Place) -> None:
    from densach.awards.register.printing import keep_printer, shift_of, trial_sheet

    for right in (5, -12):
        printer = keep_printer(commune, "Máy MẪU ở văn phòng", right, 8)
    assert shift_of(printer) == (-1.2, 0.8)
    (page,) = PdfReader(BytesIO(trial_sheet("bang-khen-phoi", printer, on=TODAY))).pages
    assert [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)] == [400, 300]
    assert "đã dịch sang phải −1,2 mm, xuống dưới 0,8 mm" in " ".join(page.extract_text().split())


def test_past_awards_follow_the_recipient_over_joined_nominees_and_others_only_once_published(
    round_: AwardRound, act: Act, thai_nguyen: Place
) -> None:
    from densach.awards.register.access import trail_of
    from densach.awards.register.signing import publish, record_signed
    from densach.places.domain import add_fictional_commune

    award = awarded(round_, "Lê Văn MẪU")[0]
    elsewhere = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Kia", on=date(2026, 1, 1), act=act)
    there = awarded(open_round(elsewhere), "Lê Văn MẪU (nơi khác)")[0]
    there.nominee.same_as = award.nominee
    there.nominee.save()
    later = nominated(open_round(round_.place, "Đợt sau"), award.nominee, achieved(award.nominee, "Thành tích khác"))
    record_signed(prepared(later.round, [later]), signer(), act=act_at(3))
    seen = viewer(Role.EMULATION_OFFICER, round_.place, act)
    assert [row.decision.number for row in trail_of(seen, award).others] == ["02/QĐ-UBND"]
    publish(there.decision, act=act_at(4))
    assert sorted(row.name for row in trail_of(seen, award).others) == ["Lê Văn MẪU", "Lê Văn MẪU (nơi khác)"]


def test_the_register_of_a_commune_that_went_in_as_a_whole_is_read_by_the_new_one(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    from densach.awards.register.access import award_for, register_for
    from densach.places.domain import add_fictional_commune
    from densach.places.models import Lineage

    new = add_fictional_commune(thai_nguyen, "99003", "Xã MẪU Mới", on=date(2026, 1, 1), act=act)
    half = add_fictional_commune(thai_nguyen, "99004", "Xã MẪU Nửa", on=date(2026, 1, 1), act=act)
    award, other = awarded(open_round(commune), "Lê Văn MẪU")[0], awarded(open_round(half), "Trần Thị MẪU")[0]
    for old, whole in ((commune, True), (half, False)):
        Lineage.objects.create(old=old, new=new, whole=whole, on=date(2026, 11, 22), source="Nghị quyết MẪU")
    seen = viewer(Role.EMULATION_OFFICER, new, act)
    assert [row.name for row in register_for(seen, "", None, 0).rows] == ["Lê Văn MẪU"]
    assert award_for(seen, award.uid) == award
    refused_with(lambda: award_for(seen, other.uid), "H103")


def test_the_register_as_a_workbook_leaves_unpaid_sums_empty(round_: AwardRound, tmp_path: Path) -> None:
    from densach.awards.register.book import write_register
    from densach.awards.register.cancelling import cancel_award
    from densach.awards.register.queries import in_register, with_money
    from densach.formats.excel import read_workbook

    one, _ = awarded(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    cancel_award(one, order(), today=TODAY, act=act_at(5))
    path = tmp_path / "so.xlsx"
    write_register(path, list(with_money(in_register([round_.place_id]))), made_on=TODAY, fictional=True)
    (sheet,) = read_workbook(path)
    rows = [row.values for row in sheet.rows()]
    said = [row for row in rows if row and row[0] == "01/QĐ-UBND"]
    assert [(row[2], row[5], row[11], row[12]) for row in said] == [
        (1, "Lê Văn MẪU", None, "đã hủy theo 09/QĐ-UBND"),
        (2, "Trần Thị MẪU", None, "còn hiệu lực"),
    ]
    assert any("MẪU – KHÔNG CÓ GIÁ TRỊ" in map(str, row) for row in rows)
