"""From the list to the signed decision: number, office, file, awards, and what refuses the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from densach.problems import Refused
from tests.awards.register.making import (
    AWARD,
    BASIS,
    SIGNED,
    TODAY,
    achieved,
    act_at,
    awarded,
    nominated,
    nominee,
    open_round,
    passed,
    prepared,
    signer,
)

if TYPE_CHECKING:
    from uuid import UUID

    from densach.assessing.signing.domain import Sent
    from densach.awards.models import AwardRound
    from densach.awards.register.models import Decision
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(commune: Place) -> AwardRound:
    return open_round(commune)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def events(kind: str, uid: UUID) -> list[str]:
    from densach.history.models import Entry

    return list(
        Entry.objects.filter(kind=kind, object_id=str(uid)).order_by("sequence").values_list("event", flat=True)
    )


def sent(decision: Decision, content: bytes, name: str = "da-ky.pdf") -> Sent:
    from densach.assessing.signing.domain import Sent
    from densach.awards.register.preparing import prepared_bytes
    from densach.formats.signatures import signatures_of

    at = datetime(2026, 11, 26, tzinfo=UTC)
    found = signatures_of(name, content, at=at)
    return Sent(name=name, content=content, signatures=found, prepared=prepared_bytes(decision))


def test_a_decision_lists_by_subject_with_ordinals_and_its_paper_meets_the_decree(
    round_: AwardRound, tmp_path: Path
) -> None:
    from densach.awards.register.models import Listed
    from densach.awards.register.preparing import prepared_bytes, prepared_paper
    from densach.formats.official.checking import validate_docx, validate_pdf
    from densach.formats.official.word import write_docx

    rows = [
        *passed(round_, "Gia đình ông MẪU Hai", kind="household"),
        *passed(round_, "Trường MẪU", kind="collective"),
        *passed(round_, "Trần Thị MẪU", "Lê Văn MẪU"),
    ]
    decision = prepared(round_, rows)
    assert (decision.number, decision.office_title) == ("01/QĐ-UBND", "Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách")
    assert list(Listed.objects.order_by("ordinal").values_list("ordinal", "kind", "name")) == [
        (1, "person", "Lê Văn MẪU"),
        (2, "person", "Trần Thị MẪU"),
        (3, "collective", "Trường MẪU"),
        (4, "household", "Gia đình ông MẪU Hai"),
    ]
    paper = prepared_paper(decision)
    assert paper is not None
    pdf, word = tmp_path / "qd.pdf", tmp_path / "qd.docx"
    pdf.write_bytes(prepared_bytes(decision))
    write_docx(word, paper, made_on=SIGNED)
    assert (validate_pdf(pdf), validate_docx(word)) == ([], [])
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert "Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách cho 2 cá nhân, 1 tập thể, 1 hộ gia đình" in said
    assert "Căn cứ Luật Thi đua, khen thưởng;" in said
    assert "MẪU – KHÔNG CÓ GIÁ TRỊ" in said
    assert prepared_bytes(decision) == pdf.read_bytes()


def test_recording_makes_awards_uses_achievements_and_closes_nominations(round_: AwardRound) -> None:
    from densach.awards.models import Claim, Nomination
    from densach.awards.register.models import Award, Notice
    from densach.awards.register.signing import record_signed

    decision, who = prepared(round_, passed(round_, "Lê Văn MẪU", "Trần Thị MẪU")), signer()
    for _ in range(2):
        recorded = record_signed(decision, who, act=act_at(2))
    assert recorded.recorded_by == who
    assert list(Award.objects.values_list("ordinal", "name", "period_from", "period_to")) == [
        (1, "Lê Văn MẪU", date(2026, 1, 1), date(2026, 10, 31)),
        (2, "Trần Thị MẪU", date(2026, 1, 1), date(2026, 10, 31)),
    ]
    assert set(Claim.objects.values_list("consumed_on", flat=True)) == {SIGNED}
    assert set(Nomination.objects.values_list("step", "version")) == {("awarded", 2)}
    assert list(Notice.objects.order_by("pk").values_list("addressee", flat=True)) == [
        "Ủy ban nhân dân xã MẪU", "Lê Văn MẪU", "Trần Thị MẪU",
    ]  # fmt: skip
    assert events("award_decision", decision.uid) == ["prepared", "signed"]


def test_a_second_signer_is_told_that_another_was_faster(round_: AwardRound) -> None:
    from densach.awards.register.signing import record_signed

    decision = prepared(round_, passed(round_, "Lê Văn MẪU"))
    record_signed(decision, signer(), act=act_at(2))
    with pytest.raises(Refused) as refused:
        record_signed(decision, signer("pho-chu-tich-mau"), act=act_at(3))
    assert codes(refused) == ["Q316"]
    assert events("award_decision", decision.uid) == ["prepared", "signed", "refused"]


def test_a_used_achievement_refuses_the_whole_decision_and_names_it(round_: AwardRound) -> None:
    from densach.awards.models import Claim, Nomination
    from densach.awards.register.models import Award
    from densach.awards.register.signing import record_signed

    one, other = passed(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    used = one.claims.get().achievement
    waiting = prepared(round_, [one, other])
    elsewhere = nominated(open_round(round_.place, "Đợt MẪU khác"), one.nominee, used)
    record_signed(prepared(elsewhere.round, [elsewhere]), signer(), act=act_at(2))
    with pytest.raises(Refused) as refused:
        record_signed(waiting, signer(), act=act_at(3))
    assert [(each.code, each.words["achievement"]) for each in refused.value.problems] == [("Q308", used.text)]
    assert Award.objects.count() == 1
    assert set(Nomination.objects.filter(pk__in=[one.pk, other.pk]).values_list("step", flat=True)) == {"passed"}
    assert Claim.objects.filter(consumed_on__isnull=False).count() == 1
    with pytest.raises(Refused) as refused:
        prepared(open_round(round_.place, "Đợt MẪU thứ ba"), [other])
    assert codes(refused) == ["Q304"]


def test_one_achievement_stands_once_in_one_decision(round_: AwardRound) -> None:
    who = nominee(round_.place, "Lê Văn MẪU")
    same = achieved(who, "Mở lớp xóa mù chữ")
    rows = [nominated(round_, who, same), nominated(round_, nominee(round_.place, "Lê Văn MẪU (trùng)"), same)]
    with pytest.raises(Refused) as refused:
        prepared(round_, rows)
    assert codes(refused) == ["Q308"]


def test_nobody_under_hold_is_listed_or_recorded(round_: AwardRound) -> None:
    from densach.awards.models import Hold
    from densach.awards.register.models import Award
    from densach.awards.register.signing import record_signed

    one, other = passed(round_, "Lê Văn MẪU", "Trần Thị MẪU")
    decision = prepared(round_, [one])
    joined = nominee(round_.place, "Lê Văn Mẫu bản sao")
    joined.same_as = one.nominee
    joined.save()
    for who in (joined, other.nominee):
        Hold.objects.create(nominee=who, ground="inspection", basis="QĐ thanh tra MẪU", began_on=date(2026, 11, 21))
    tries: tuple[Callable[[], Decision], ...] = (
        lambda: record_signed(decision, signer(), act=act_at(2)),
        lambda: prepared(round_, [other]),
    )
    for tried in tries:
        with pytest.raises(Refused) as refused:
            tried()
        assert codes(refused) == ["Q307"]
    assert Award.objects.count() == 0


def test_a_wrong_office_a_dissolved_body_and_a_day_to_come_are_refused(commune: Place, thai_nguyen: Place) -> None:
    from densach.awards.register.lawful import award_in, decider_on
    from densach.awards.register.models import Decision
    from densach.places.models import PlacePeriod
    from densach.policy.commendation.reading import commendation_law

    law, round_ = commendation_law(), open_round(commune)
    rows = passed(round_, "Lê Văn MẪU")
    with pytest.raises(Refused) as refused:
        prepared(round_, rows, signed=date(2026, 11, 27))
    assert codes(refused) == ["Q303"]
    with pytest.raises(Refused) as refused:
        decider_on(law, round_, award_in(law, AWARD), date(2025, 12, 31))
    assert codes(refused) == ["Q301"]
    of_province = open_round(thai_nguyen)
    of_province.authority = "chu-tich-ubnd-cap-tinh"
    with pytest.raises(Refused) as refused:
        decider_on(law, of_province, award_in(law, AWARD), SIGNED)
    assert [(each.code, each.words["office"]) for each in refused.value.problems] == [
        ("Q302", "Chủ tịch Ủy ban nhân dân cấp tỉnh"),
    ]  # fmt: skip
    PlacePeriod.objects.filter(place=commune).update(valid_to=date(2026, 11, 1))
    with pytest.raises(Refused) as refused:
        prepared(round_, rows)
    assert codes(refused) == ["Q301"]
    assert Decision.objects.count() == 0
    assert events("award_round", round_.uid) == ["refused", "refused"]


def test_without_a_council_it_needs_a_reason(round_: AwardRound) -> None:
    from densach.awards.register.paper import Order
    from densach.awards.register.preparing import prepare_decision
    from densach.policy.commendation.reading import commendation_law

    row = nominated(round_, nominee(round_.place, "Lê Văn MẪU"), step="eligible")
    with pytest.raises(Refused) as refused:
        prepared(round_, [row])
    assert codes(refused) == ["Q306"]
    order = Order(signed=SIGNED, basis=BASIS, without_council="Khen đột xuất, cứu người")
    made = prepare_decision(round_, AWARD, [row.uid], order, commendation_law(), today=TODAY, act=act_at(1))
    assert made.without_council == "Khen đột xuất, cứu người"


def test_a_nomination_waits_in_one_decision_and_a_dropped_number_is_never_given_again(round_: AwardRound) -> None:
    from densach.authority.models import IssuedNumber
    from densach.awards.register.preparing import drop_prepared
    from densach.awards.register.signing import record_signed, send_file
    from tests.formats.signing import paper

    rows = passed(round_, "Lê Văn MẪU")
    first = prepared(round_, rows)
    with pytest.raises(Refused) as refused:
        prepared(round_, rows)
    assert codes(refused) == ["Q304"]
    with pytest.raises(Refused) as refused:
        drop_prepared(first, " ", act=act_at(2))
    assert codes(refused) == ["Q311"]
    for _ in range(2):
        drop_prepared(first, "thiếu một hộ", act=act_at(2))
    for tried in (
        lambda: record_signed(first, signer(), act=act_at(3)),
        lambda: send_file(first, sent(first, paper()), act=act_at(3)),
    ):
        with pytest.raises(Refused) as refused:
            tried()
        assert codes(refused) == ["Q313"]
    assert prepared(round_, rows).number == "02/QĐ-UBND"
    assert list(IssuedNumber.objects.order_by("number").values_list("number", "cancelled")) == [
        (1, "thiếu một hộ"), (2, ""),
    ]  # fmt: skip


def test_the_signed_file_is_kept_once_and_a_forged_or_broken_one_is_refused(round_: AwardRound) -> None:
    from densach.awards.register.models import SignedFile
    from densach.awards.register.preparing import prepared_bytes
    from densach.awards.register.signing import send_file
    from tests.formats.signing import signed

    decision = prepared(round_, passed(round_, "Lê Văn MẪU"))
    whole = signed(prepared_bytes(decision))
    for _ in range(2):
        kept = send_file(decision, sent(decision, whole), act=act_at(2))
    assert (kept.likeness, kept.signatures[0]["signer"], kept.waits_for_eyes) == ("added", "MẪU Nguyễn Thị Hòa", False)
    forged = bytearray(whole)
    forged[whole.index(b"stream") + 200] ^= 1
    with pytest.raises(Refused) as refused:
        send_file(decision, sent(decision, bytes(forged)), act=act_at(3))
    assert codes(refused) == ["Q314"]
    assert SignedFile.objects.count() == 1
    assert events("award_decision", decision.uid) == ["prepared", "file_sent", "refused"]


def test_another_file_waits_for_eyes_before_it_is_recorded(round_: AwardRound) -> None:
    from densach.awards.register.signing import confirm_compared, record_signed, send_file
    from tests.formats.signing import paper

    decision = prepared(round_, passed(round_, "Lê Văn MẪU"))
    kept = send_file(decision, sent(decision, paper()), act=act_at(2))
    assert (kept.likeness, kept.waits_for_eyes) == ("apart", True)
    with pytest.raises(Refused) as refused:
        record_signed(decision, signer(), act=act_at(3))
    assert codes(refused) == ["Q317"]
    for _ in range(2):
        confirm_compared(kept, act=act_at(3))
    assert record_signed(decision, signer(), act=act_at(4)).recorded_at is not None


def test_a_decision_of_another_office_has_its_number_and_no_paper_here(thai_nguyen: Place) -> None:
    from densach.awards.models import Nomination
    from densach.awards.register.paper import Order
    from densach.awards.register.preparing import prepare_decision, prepared_paper
    from densach.policy.commendation.reading import commendation_law

    round_ = open_round(thai_nguyen)
    round_.authority, round_.occasion = "chu-tich-ubnd-cap-tinh", "review_2025"
    round_.save()
    row = nominated(round_, nominee(thai_nguyen, "Trường MẪU", "collective"), step="forwarded")
    Nomination.objects.update(award="bang_khen_thu_tuong")
    law, order = commendation_law(), Order(signed=SIGNED, basis="Tờ trình MẪU")
    with pytest.raises(Refused) as refused:
        prepare_decision(round_, "bang_khen_thu_tuong", [row.uid], order, law, today=TODAY, act=act_at(1))
    assert codes(refused) == ["Q309"]
    order = replace(order, given="1234/QĐ-TTg")
    made = prepare_decision(round_, "bang_khen_thu_tuong", [row.uid], order, law, today=TODAY, act=act_at(1))
    assert (made.number, made.office_title, made.thing, prepared_paper(made)) == (
        "1234/QĐ-TTg", "Thủ tướng Chính phủ", None, None,
    )  # fmt: skip


def test_published_only_once_signed_and_nothing_of_the_register_is_deleted(round_: AwardRound) -> None:
    from densach.awards.register.models import Award
    from densach.awards.register.signing import publish

    decision = prepared(round_, passed(round_, "Lê Văn MẪU"))
    with pytest.raises(Refused) as refused:
        publish(decision, act=act_at(2))
    assert codes(refused) == ["Q319"]
    row = awarded(round_, "Trần Thị MẪU")[0]
    for tried in (row.delete, Award.objects.all().delete, row.decision.delete):
        with pytest.raises(TypeError):
            tried()
    assert Award.objects.count() == 1
