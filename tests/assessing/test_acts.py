from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from densach.assessing.domain import Decision, PaperAct, propose_all_met, propose_list, record_past_act, sign_act
from densach.assessing.models import Proposal, Recognition, RecognitionAct, Subject
from densach.assessing.titles import BY_MODEL
from densach.authority.domain import enter_local_decision
from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import GOOD, LAST_DAY, POOR, YEAR, Small, adults, answer, library, open_year, run, settle

pytestmark = pytest.mark.django_db

COMMUNE, CITIZEN = BY_MODEL["commune"], BY_MODEL["citizen"]
DISSOLVED = "truong-phong-gddt-cap-huyen"
MAU = "mau-chu-tich-ubnd-cap-xa"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def paper(signed_on: date = LAST_DAY, office: str = "", number: str = "01/QĐ-MẪU") -> PaperAct:
    return PaperAct(number=number, signed_on=signed_on, office=office, basis="Tờ trình MẪU")


def by_people(subject: Subject, level: str = "") -> Decision:
    return Decision(
        subject=subject, level=level, reason="Phiếu giấy đạt", scorer="Hội đồng MẪU", paper_sheet="Phiếu số 7"
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def past(small: Small, act: Act, signed_on: date, level: str, office: str = DISSOLVED) -> RecognitionAct:
    decisions = [by_people(small.subject("commune"), level)]
    form = paper(signed_on, office, number=f"{signed_on:%d%m}/QĐ-PGDĐT")
    return record_past_act(small.place, COMMUNE, signed_on.year - 1, form, library("vn"), decisions, act=act)


def test_a_dissolved_office_is_named_for_what_it_signed_in_its_time(small: Small, act: Act) -> None:
    signed = past(small, act, date(2025, 3, 15), "1")
    assert (signed.office, signed.office_title) == (DISSOLVED, library("vn").offices[DISSOLVED].title_vi)
    row = Recognition.objects.get()
    assert (row.year, row.level, row.computed, row.decided_by_people) == (2024, "1", "", True)
    assert (row.reason, row.scorer, row.paper_sheet) == ("Phiếu giấy đạt", "Hội đồng MẪU", "Phiếu số 7")


@pytest.mark.parametrize(("signed_on", "code"), [(date(2025, 6, 30), None), (date(2025, 7, 1), "R106")])
def test_a_dissolved_office_signs_until_its_last_day(small: Small, act: Act, signed_on: date, code: str | None) -> None:
    if code is None:
        assert past(small, act, signed_on, "1").signed_on == signed_on
        return
    with pytest.raises(Refused) as refused:
        past(small, act, signed_on, "1")
    assert codes(refused) == [code]
    assert RecognitionAct.objects.count() == 0


def test_where_no_office_is_known_signing_waits_for_a_local_decision(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    decisions = [by_people(small.subject("commune"), "1")]
    with pytest.raises(Refused) as refused:
        sign_act(round_, COMMUNE, paper(), library("vn"), decisions, act=act)
    assert codes(refused) == ["R105"]
    enter_local_decision(
        title_key=COMMUNE.key,
        place=small.place,
        office_title="Giám đốc Sở MẪU",
        citation="Quyết định 5/QĐ-MẪU ngày 01/12/2026, Điều 2",
        valid_from=date(2026, 12, 1),
        act=act,
    )
    signed = sign_act(round_, COMMUNE, paper(), library("vn"), decisions, act=act)
    assert (signed.office, signed.office_title) == ("", "Giám đốc Sở MẪU")
    assert signed.local_decision is not None
    assert signed.local_decision.citation == "Quyết định 5/QĐ-MẪU ngày 01/12/2026, Điều 2"
    assert verify_chain("act", signed.pk) == []


def test_an_office_that_the_law_does_not_name_does_not_sign(small: Small, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        past(small, act, date(2025, 3, 15), "1", office="chu-tich-ubnd-cap-xa")
    assert codes(refused) == ["R105"]


def test_a_local_decision_signs_only_where_no_other_office_is_named(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    enter_local_decision(
        title_key=COMMUNE.key,
        place=small.place,
        office_title="Giám đốc Sở MẪU",
        citation="MẪU",
        valid_from=date(2026, 1, 1),
        act=act,
    )
    decisions = [by_people(small.subject("commune"), "1")]
    with pytest.raises(Refused) as refused:
        sign_act(round_, COMMUNE, paper(office="ong-nao-do"), library("vn"), decisions, act=act)
    assert codes(refused) == ["R105"]
    signed = sign_act(round_, COMMUNE, paper(), library("vn"), decisions, act=act)
    assert (signed.office, signed.office_title) == ("", "Giám đốc Sở MẪU")


def test_a_met_verdict_needs_no_reason_and_people_are_not_said_to_have_decided(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    subject = adults(small)[0]
    answer(round_, "citizen", {subject: dict(GOOD)}, act)
    run(round_, act)
    sign_act(round_, CITIZEN, paper(office=MAU), library("vn", "demo"), [Decision(subject=subject)], act=act)
    row = Recognition.objects.get()
    assert (row.computed, row.decided_by_people, row.level, row.year) == ("met", False, "recognised", YEAR)


@pytest.mark.parametrize("missing", ["reason", "scorer"])
def test_people_decide_against_a_verdict_only_with_reason_and_scorer(small: Small, act: Act, missing: str) -> None:
    round_ = open_year(small, act, "vn,demo")
    subject = adults(small)[0]
    answer(round_, "citizen", {subject: {}}, act)
    run(round_, act)
    silent = Decision(subject=subject, **{"reason": "Có lý do", "scorer": "Hội đồng MẪU", missing: ""})
    with pytest.raises(Refused) as refused:
        sign_act(round_, CITIZEN, paper(office=MAU), library("vn", "demo"), [silent], act=act)
    assert codes(refused) == ["R104"]
    with pytest.raises(Refused) as refused:
        propose_list(round_, CITIZEN.key, [silent], act=act)
    assert codes(refused) == ["R104"]
    sign_act(round_, CITIZEN, paper(office=MAU), library("vn", "demo"), [by_people(subject)], act=act)
    row = Recognition.objects.get()
    assert (row.computed, row.decided_by_people) == ("unknown", True)


def test_the_same_list_and_the_same_act_twice_change_nothing(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    decisions = [by_people(subject) for subject in adults(small)]

    def everything() -> tuple[int, int, int, int]:
        propose_list(round_, CITIZEN.key, decisions, act=act)
        sign_act(round_, CITIZEN, paper(office=MAU), library("vn", "demo"), decisions, act=act)
        models = (Proposal, RecognitionAct, Recognition, Entry)
        return tuple(model.objects.count() for model in models)  # type: ignore[return-value]

    assert everything() == everything()
    assert Proposal.objects.count() == len(decisions)


def test_the_list_follows_who_is_met_and_keeps_whom_people_proposed(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    first, second, third = adults(small)[:3]
    answer(round_, "citizen", {first: dict(GOOD), second: dict(GOOD), third: dict(POOR)}, act)
    run(round_, act)
    propose_list(round_, CITIZEN.key, [by_people(third)], act=act)
    assert propose_all_met(round_, CITIZEN.key, act=act) == 2
    answer(round_, "citizen", {second: dict(POOR)}, act)
    run(round_, act)
    assert propose_all_met(round_, CITIZEN.key, act=act) == 1
    assert set(Proposal.objects.values_list("subject", flat=True)) == {first.pk, third.pk}
    assert Entry.objects.filter(kind="proposal", event="withdrawn").count() == 1


@pytest.mark.parametrize(("signed_on", "code"), [(date(2025, 3, 14), "R107"), (date(2025, 3, 15), None)])
def test_level_2_waits_twelve_months_after_the_decision_on_level_1(
    small: Small, act: Act, signed_on: date, code: str | None
) -> None:
    past(small, act, date(2024, 3, 15), "1")
    if code is None:
        past(small, act, signed_on, "2")
        assert sorted(Recognition.objects.values_list("level", flat=True)) == ["1", "2"]
        return
    with pytest.raises(Refused) as refused:
        past(small, act, signed_on, "2")
    assert codes(refused) == [code]
    assert "Thông tư 25/2023/TT-BGDĐT" in refused.value.problems[0].told("vi")
    assert "2025-03-15" in refused.value.problems[0].told("vi")
    assert RecognitionAct.objects.count() == 1


def test_level_2_at_once_is_for_people_to_decide_where_no_level_1_was_given(small: Small, act: Act) -> None:
    past(small, act, date(2025, 3, 15), "2")
    assert Recognition.objects.get().level == "2"


def test_a_first_day_that_is_only_inferred_is_shown_as_unknown(small: Small, act: Act) -> None:
    past(small, act, date(2025, 3, 15), "1")
    row = Recognition.objects.get()
    assert (row.valid_from, row.valid_to) == (None, None)


def test_validity_counts_from_the_day_the_text_says(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    decisions = [by_people(small.subject("family", "H1"))]
    form = paper(date(2027, 2, 10), MAU)
    sign_act(round_, BY_MODEL["family"], form, library("vn", "demo"), decisions, act=act)
    row = Recognition.objects.get()
    assert (row.valid_from, row.valid_to) == (date(2027, 2, 10), date(2030, 2, 10))


def test_one_number_and_day_is_signed_by_one_office(small: Small, act: Act) -> None:
    both, unit = date(2022, 3, 15), replace(BY_MODEL["unit"], key="unit.tt22")
    decisions = [by_people(small.subject("unit", "U1"))]
    for office, code in (("chu-tich-ubnd-cap-huyen", None), ("chu-tich-ubnd-cap-tinh", "R112")):
        if code is None:
            record_past_act(small.place, unit, 2021, paper(both, office), library("vn"), decisions, act=act)
            continue
        with pytest.raises(Refused) as refused:
            record_past_act(small.place, unit, 2021, paper(both, office), library("vn"), decisions, act=act)
        assert codes(refused) == [code]
    assert RecognitionAct.objects.get().office == "chu-tich-ubnd-cap-huyen"


def test_a_refusal_in_the_middle_leaves_no_act(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    before = Entry.objects.count()
    first, second = adults(small)[:2]
    decisions = [by_people(first), Decision(subject=second)]
    with pytest.raises(Refused):
        sign_act(round_, CITIZEN, paper(office=MAU), library("vn", "demo"), decisions, act=act)
    assert (RecognitionAct.objects.count(), Recognition.objects.count()) == (0, 0)
    assert Entry.objects.count() == before
