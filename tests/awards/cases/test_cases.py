"""A case on its way, the hold it opens and ends, and that who brought it is read by the assigned one alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from densach.authority.roles import Role
from densach.awards.cases import domain
from densach.awards.cases.models import Case, CaseKind, How, Informant, State
from densach.awards.cases.sealing import Told
from densach.awards.models import HoldEnd
from densach.history.models import Entry
from densach.people.numbers import Keys
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.awards.dossier.making import Desk, desk, eligible

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
KEYS = Keys({"k1": b"1" * 32}, "k1", b"h" * 32)
NAME, CONTACT = "Lò Thị Kín MẪU", "0912 000 777"
TOLD = Told(NAME, CONTACT)
PAPER = "Thông báo MẪU số 05"
DAY = date(2026, 11, 20)


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


@pytest.fixture
def hears(here: Desk) -> Viewer:
    return viewer(Role.CASE_OFFICER, here.small.place, here.act)


def brought(who: Viewer, about: object = None, told: Told = TOLD, on: date = DAY) -> Case:
    said = domain.Brought(
        kind=CaseKind.DENUNCIATION,
        how=How.POST,
        received_on=on,
        what="Thành tích kê khai không đúng (MẪU)",
        told=told,
        nomination=about,  # type: ignore[arg-type]
    )
    return domain.receive_case(who, said, keys=KEYS, at=NOW)


def answered(who: Viewer, case: Case, answer: str = "Đã xác minh (MẪU)", outcome: HoldEnd = HoldEnd.VIOLATION) -> Case:
    said = domain.Answer(outcome=outcome, basis="Kết luận MẪU số 07", answer=answer, on=TODAY)
    return domain.answer_case(who, case, said, keys=KEYS, at=NOW)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in refusal.value.problems]


def test_at_rest_no_row_holds_the_name_or_its_length(hears: Viewer) -> None:
    case, other = brought(hears), brought(hears, told=Told("", ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cipher, key FROM cases_informant ORDER BY id")
        ciphers = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT cipher FROM cases_casetext ORDER BY id")
        texts = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT * FROM cases_case")
        rows = str(cursor.fetchall())
    assert len({len(cipher) for cipher in ciphers}) == 1
    assert not any(part.encode() in cipher for cipher in ciphers for part in (NAME, CONTACT))
    assert len({len(text) for text in texts}) == 1
    assert not any(word.encode() in text for text in texts for word in ("Thành tích", "MẪU"))
    assert "kê khai" not in rows
    assert "Thị Kín" not in rows
    assert CONTACT not in rows
    assert NAME not in f"{case} {case!r} {Informant.objects.get(case=case)!r} {TOLD!r}"
    Informant.objects.filter(case=other).update(cipher=ciphers[0])
    with pytest.raises(Refused) as moved:
        domain.read_informant(hears, other, keys=KEYS, at=NOW)
    assert [each.code for each in moved.value.problems] == ["N103"]


def test_what_a_case_says_is_sealed_with_it_and_read_by_the_assigned_one(here: Desk, hears: Viewer) -> None:
    from densach.awards.cases.models import CaseText
    from densach.awards.cases.sealing import unseal_text

    case, other = brought(hears), brought(hears)
    assert domain.read_text(hears, case, keys=KEYS) == "Thành tích kê khai không đúng (MẪU)"
    with pytest.raises(Refused) as refusal:
        domain.read_text(viewer(Role.CASE_OFFICER, here.small.place, here.act), case, keys=KEYS)
    assert codes(refusal) == [("H103", str(case.uid))]
    for moved in (CaseText.objects.get(case=case), Informant.objects.get(case=other)):
        CaseText.objects.filter(case=other).update(cipher=moved.cipher)
        with pytest.raises(Refused) as refusal:
            unseal_text(other, KEYS)
        assert [each.code for each in refusal.value.problems] == ["N103"]


def test_the_longest_text_of_the_form_is_no_longer_at_rest(hears: Viewer) -> None:
    from densach.awards.cases.models import CaseText
    from densach.awards.cases.sealing import seal_text

    long = seal_text(brought(hears), "ệ" * 5000, KEYS)
    assert len(long.cipher) == len(bytes(CaseText.objects.get().cipher))


def test_a_new_key_encrypts_both_again(hears: Viewer) -> None:
    from densach.awards.cases.models import CaseText

    case = brought(hears)
    new = Keys({**KEYS.by_id, "k2": b"2" * 32}, "k2", KEYS.hashing)
    assert domain.rotate_cases(new, act=hears.act(NOW)) == 2
    assert domain.rotate_cases(new, act=hears.act(NOW)) == 0
    assert {*CaseText.objects.values_list("key", flat=True), *Informant.objects.values_list("key", flat=True)} == {"k2"}
    only = Keys({"k2": b"2" * 32}, "k2", KEYS.hashing)
    assert domain.read_text(hears, case, keys=only) == "Thành tích kê khai không đúng (MẪU)"
    assert domain.read_informant(hears, case, keys=only, at=NOW) == TOLD
    assert list(Entry.objects.filter(event="key_changed").values_list("kind", flat=True)) == ["case"]


def test_the_assigned_one_alone_reads_who_brought_it_and_each_reading_is_logged(here: Desk, hears: Viewer) -> None:
    case = brought(hears)
    colleague = viewer(Role.CASE_OFFICER, here.small.place, here.act)
    assert domain.read_informant(hears, case, keys=KEYS, at=NOW) == TOLD
    leader = viewer(Role.COMMUNE_LEADER, here.small.place, here.act)
    for other in (colleague, here.officer, leader):
        with pytest.raises(Refused) as refusal:
            domain.read_informant(other, case, keys=KEYS, at=NOW)
        assert codes(refusal) == [("H103", str(case.uid))]
    entries = list(Entry.objects.filter(kind="case").order_by("sequence"))
    assert [each.event for each in entries] == ["received", "informant_read"]
    assert hears.account is not None
    assert entries[1].who == f"{hears.account.uid} case_officer"
    assert entries[1].after == "{}"


def test_a_case_is_handed_on_by_the_one_who_has_it(here: Desk, hears: Viewer) -> None:
    case = brought(hears)
    colleague = viewer(Role.CASE_OFFICER, here.small.place, here.act)
    assert colleague.account is not None
    assert here.officer.account is not None
    with pytest.raises(Refused) as grabbed:
        domain.assign_case(colleague, case, colleague.account.uid, at=NOW)
    assert codes(grabbed) == [("H103", str(case.uid))]
    with pytest.raises(Refused) as other:
        domain.assign_case(hears, case, here.officer.account.uid, at=NOW)
    assert codes(other) == [("Q702", "account")]
    domain.assign_case(hears, case, colleague.account.uid, at=NOW)
    assert domain.read_informant(colleague, case, keys=KEYS, at=NOW) == TOLD
    with pytest.raises(Refused):
        domain.read_informant(hears, case, keys=KEYS, at=NOW)


def test_a_case_whose_officer_left_is_taken_up_by_another(here: Desk, hears: Viewer) -> None:
    from densach.authority.models import Grant

    case = brought(hears)
    colleague = viewer(Role.CASE_OFFICER, here.small.place, here.act)
    assert colleague.account is not None
    Grant.objects.filter(account=hears.account).update(valid_to=TODAY)
    assert domain.assign_case(colleague, case, colleague.account.uid, at=NOW).assigned_to == colleague.account


@pytest.mark.parametrize("outcome", domain.OUTCOMES)
def test_verifying_opens_a_hold_and_the_answer_ends_it(here: Desk, hears: Viewer, outcome: HoldEnd) -> None:
    made = eligible(here)
    case = domain.start_verifying(hears, brought(hears, made), PAPER, DAY, keys=KEYS, at=NOW)
    hold = case.hold
    assert hold is not None
    assert (hold.nominee, hold.ground, hold.ended_on) == (made.nominee, "complaint", None)
    case = answered(hears, case, outcome=outcome)
    hold.refresh_from_db()
    assert (hold.end, hold.end_basis, hold.ended_on) == (outcome, "Kết luận MẪU số 07", TODAY)
    assert domain.close_case(hears, case, "", keys=KEYS, at=NOW).state == State.CLOSED
    with pytest.raises(Refused) as again:
        answered(hears, case)
    assert codes(again) == [("Q704", str(case.uid))]
    log = "\n".join(f"{each.before} {each.after} {each.why}" for each in Entry.objects.all())
    assert "Thị Kín" not in log
    assert CONTACT not in log
    assert "Thành tích kê khai" not in log


def test_a_case_about_no_nomination_holds_nobody(hears: Viewer) -> None:
    case = domain.start_verifying(hears, brought(hears), PAPER, DAY, keys=KEYS, at=NOW)
    assert (answered(hears, case).state, case.hold) == (State.ANSWERED, None)


def test_what_others_read_names_nobody_who_brought_it(here: Desk, hears: Viewer) -> None:
    case = brought(hears, eligible(here))
    for text in (f"Đơn của bà {NAME.upper()}", "Gọi số 0912.000.777", "Đơn của lo thi kin mau, thôn Đoài"):
        with pytest.raises(Refused) as refusal:
            domain.start_verifying(hears, case, text, DAY, keys=KEYS, at=NOW)
        assert codes(refusal) == [("Q703", "basis")]
        assert NAME not in str(refusal.value)
    case = domain.start_verifying(hears, case, PAPER, DAY, keys=KEYS, at=NOW)
    with pytest.raises(Refused) as refusal:
        answered(hears, case, f"Trả lời {NAME}")
    assert codes(refusal) == [("Q703", "answer")]


def test_days_and_reasons(hears: Viewer) -> None:
    with pytest.raises(Refused) as tomorrow:
        brought(hears, on=date(2026, 11, 27))
    assert codes(tomorrow) == [("Q701", "received_on")]
    case = brought(hears)
    with pytest.raises(Refused) as before:
        domain.start_verifying(hears, case, PAPER, date(2026, 11, 19), keys=KEYS, at=NOW)
    assert codes(before) == [("Q701", "on")]
    with pytest.raises(Refused) as empty:
        domain.start_verifying(hears, case, " ", DAY, keys=KEYS, at=NOW)
    assert codes(empty) == [("Q706", "basis")]
    with pytest.raises(Refused) as silent:
        domain.close_case(hears, case, "", keys=KEYS, at=NOW)
    assert codes(silent) == [("Q705", "why")]
    assert domain.close_case(hears, case, "Đã chuyển đơn (MẪU)", keys=KEYS, at=NOW).state == State.CLOSED
