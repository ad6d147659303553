"""A nomination against the rules: what passes, what does not, what a person must look at, and nothing in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from densach.policy.commendation.facts import FACT_WORDS, Facts
from densach.policy.commendation.findings import Finding, Outcome, outcome
from densach.policy.commendation.judging import both_regimes, judge
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused
from tests.policy.commendation.making import DOSSIER_TO_THE_PM, FAMILY, family, to_the_pm

LAW = commendation_law()
IN_B, IN_C = date(2026, 4, 1), date(2026, 11, 26)
OFF = {"R-15", "R-20", "R-26"}
NAMES = tuple(field.name for field in fields(Facts))
ASKS_NOTHING = {"R-04", "R-11", "R-16"}  # decided by no fact, or by the day that was not decided yet


def found(facts: Facts, regime: str = "B", today: date = IN_B) -> dict[str, Finding]:
    return {each.rule.id: each for each in judge(LAW, facts, regime, today=today)}


def test_a_learning_family_of_bac_ninh_may_be_commended() -> None:
    findings = judge(LAW, family(), "B", today=IN_B)
    assert outcome(findings) == Outcome("fulfilled")
    assert {each.rule.id for each in findings if not each.decides} == OFF


@pytest.mark.parametrize(
    ("changes", "rule", "result"),
    [
        ({"achievement_used": True}, "R-09", "unfulfilled"),
        ({"under_hold": True}, "R-12", "unfulfilled"),
        ({"hold_ended": "no_violation"}, "R-13", "fulfilled"),
        ({"hold_ended": "violation"}, "R-13", "needs_person"),
        ({"stands_for_another": True}, "R-05", "needs_person"),
        ({"stands_for_another": True, "legal_subject_stated": False}, "R-05", "unfulfilled"),
        ({"stands_for_another": True, "legal_subject_stated": True}, "R-05", "fulfilled"),
        ({"is_enterprise": True}, "R-06", "unfulfilled"),
        ({"subject": "collective", "body_exists": False}, "R-07", "unfulfilled"),
        ({"subject": "collective", "body_exists": True}, "R-07", "fulfilled"),
        ({"mode": "merit", "merit_counts_themes": True}, "R-10", "unfulfilled"),
        ({"was_disciplined": True}, "R-14", "needs_person"),
        ({"quota_registered": True, "within_quota": False}, "R-19", "unfulfilled"),
        ({"quota_registered": False}, "R-19", "fulfilled"),
        ({"authority": "chu-tich-ubnd-cap-tinh"}, "R-24", "unfulfilled"),
        ({"authority": "chu-tich-ubnd-cap-huyen"}, "R-25", "unfulfilled"),
        ({"parts": frozenset({"van_ban_de_nghi"})}, "R-27", "unfulfilled"),
        ({"council_sat": True}, "R-27", "unfulfilled"),
        ({"council_sat": None}, "R-27", "needs_person"),
        ({"confirmed_by_all": False}, "R-29", "unfulfilled"),
        ({"province": "01"}, "R-31", "needs_person"),
        ({"branch_met": False}, "TC", "unfulfilled"),
        ({"gate_met": None}, "TC", "needs_person"),
        ({"province": "01"}, "TC", "needs_person"),
        ({"received_on": date(2025, 12, 14)}, "TC", "needs_person"),
    ],
)
def test_one_changed_fact_changes_its_rule(changes: dict[str, Any], rule: str, result: str) -> None:
    assert found(family(**changes))[rule].result == result


@pytest.mark.parametrize(
    ("served", "result"),
    [(date(2025, 1, 1), "fulfilled"), (date(2025, 6, 1), "needs_person"), (date(2026, 1, 1), "unfulfilled")],
)
def test_an_achievement_counts_from_the_day_the_discipline_was_served(served: date, result: str) -> None:
    facts = family(
        was_disciplined=True,
        discipline_served_on=served,
        achievement_began_on=date(2025, 1, 1),
        achievement_ended_on=date(2025, 12, 31),
    )
    assert found(facts)["R-14"].result == result


def test_a_household_has_no_movement_branch_at_the_province() -> None:
    facts = family(award="bang_khen_tinh", authority="chu-tich-ubnd-cap-tinh", branch="movement")
    standard = found(facts)["TC"]
    assert standard.result == "unfulfilled"
    assert standard.words.vi == "Loại đối tượng này chỉ có nhánh: Đóng góp công sức, đất đai và tài sản."


def test_an_enterprise_commends_no_household() -> None:
    facts = family(award="giay_khen_doanh_nghiep_htx", authority="giam-doc-doanh-nghiep")
    assert found(facts)["TC"].result == "unfulfilled"


def test_the_prime_ministers_standard_has_no_basis() -> None:
    standard = found(to_the_pm(branch="movement"))["TC"]
    assert standard.result == "needs_person"
    assert "chưa có căn cứ" in standard.words.vi.lower()


@pytest.mark.parametrize(
    ("changes", "rule", "result"),
    [
        ({}, "R-28", "fulfilled"),
        ({"files": frozenset({"docx"})}, "R-28", "unfulfilled"),
        ({"holds_state_secret": True}, "R-28", "unfulfilled"),
        ({"parts": frozenset({"to_trinh"})}, "R-30", "unfulfilled"),
        ({"occasion": "year"}, "R-21", "unfulfilled"),
        ({"occasion": "at_once"}, "R-21", "needs_person"),
        ({"subject": "household", "branch": "works"}, "TC", "needs_person"),
    ],
)
def test_a_dossier_to_the_prime_minister(changes: dict[str, Any], rule: str, result: str) -> None:
    assert found(to_the_pm(**changes))[rule].result == result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"movement_years": 3}, "fulfilled"),
        ({"movement_years": 2}, "unfulfilled"),
        ({"movement_years": 3, "allowed_by_person": False}, "unfulfilled"),
        ({"movement_years": 3, "allowed_by_person": None}, "needs_person"),
        ({"movement_years": 3, "occasion": "review_2025"}, "unfulfilled"),
        ({"movement_years": 7, "award": "co_thi_dua_chinh_phu_chuyen_de"}, "needs_person"),
    ],
)
def test_a_flag_only_at_the_end_after_years_and_if_somebody_allows(changes: dict[str, Any], result: str) -> None:
    flag = {"award": "co_thi_dua_bo_tinh_chuyen_de", "subject": "collective", "occasion": "review_2030"}
    assert found(family(**{**flag, "allowed_by_person": True, **changes}))["R-23"].result == result


def test_in_regime_c_nothing_that_was_not_re_read_decides() -> None:
    facts = replace(to_the_pm(), received_on=date(2026, 11, 20))
    for each in judge(LAW, facts, "C", today=IN_C):
        if each.decides and "C" not in each.rule.regimes:
            assert each.result == "needs_person"
            assert "chưa đối chiếu với Luật 06/2026" in each.words.vi
            assert each.last_known in {"fulfilled", "unfulfilled", "needs_person"}
    assert found(facts, "C", IN_C)["R-01"].result == "fulfilled"


def test_in_regime_d_nothing_is_automatic() -> None:
    findings = judge(LAW, family(received_on=date(2027, 3, 1)), "D", today=date(2027, 3, 2))
    assert {each.result for each in findings} == {"needs_person"}


def test_in_regime_a_a_later_decree_does_not_decide() -> None:
    findings = found(family(received_on=date(2025, 3, 1)), "A", date(2025, 4, 1))
    assert findings["R-12"].result == "needs_person"
    assert "chưa có hiệu lực khi tiếp nhận" in findings["R-12"].words.vi
    assert findings["R-09"].result == "fulfilled"


def test_a_rule_of_the_repealed_decree_is_carried_on_and_says_so() -> None:
    assert "Theo văn bản của thời kỳ A" in found(family())["R-29"].words.vi
    assert "Theo văn bản của thời kỳ A" not in found(family())["R-09"].words.vi


def test_an_open_dossier_of_b_waits_for_a_choice() -> None:
    both = both_regimes(LAW, family(), today=IN_C)
    assert both is not None
    assert (both.by_b, both.by_c.result, both.waits) == (Outcome("needs_person", ("R-02",)), "needs_person", True)
    assert both.words_c.vi.startswith("C chưa biết")
    chosen = both_regimes(LAW, family(regime_chosen=True), today=IN_C, regime_chosen="B")
    assert chosen is not None
    assert (chosen.by_b, chosen.waits) == (Outcome("fulfilled"), False)


@pytest.mark.parametrize(
    "facts", [family(received_on=date(2026, 10, 1)), family(decided_on=date(2026, 9, 30)), family(received_on=None)]
)
def test_any_other_dossier_is_judged_by_one_law(facts: Facts) -> None:
    assert both_regimes(LAW, facts, today=IN_C) is None


def test_what_a_person_said_stands_only_where_the_law_does_not_decide() -> None:
    findings = judge(LAW, family(province="01"), "B", today=IN_B)
    assert outcome(findings) == Outcome("needs_person", ("R-31", "TC"))
    assert outcome(findings, {"R-31": True, "TC": True}) == Outcome("fulfilled")
    assert outcome(findings, {"R-31": True, "TC": False}) == Outcome("unfulfilled", (), ("TC",))
    held = judge(LAW, family(under_hold=True), "B", today=IN_B)
    assert outcome(held, {"R-12": True}) == Outcome("unfulfilled", (), ("R-12",))


def test_no_finding_at_all_is_no_yes() -> None:
    assert outcome(()) == Outcome("needs_person")


def test_a_code_that_the_law_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        judge(LAW, family(award="huan_chuong", authority="vua", parts=frozenset({"thu"})), "B", today=IN_B)
    assert [(each.code, each.where) for each in refused.value.problems] == [
        ("Q402", "award"),
        ("Q402", "authority"),
        ("Q402", "parts"),
    ]


def test_every_fact_has_words() -> None:
    assert tuple(FACT_WORDS) == NAMES


def test_with_nothing_known_nothing_is_decided() -> None:
    known = {rule for rule, each in found(Facts()).items() if each.result != "needs_person"}
    assert known == ASKS_NOTHING | {"R-03"}


CHOICES: dict[str, tuple[Any, ...]] = {
    "award": tuple(LAW.awards),
    "subject": ("person", "collective", "household"),
    "mode": ("merit", "movement", "theme", "sudden"),
    "branch": ("movement", "sudden", "works", "merit", "movement_household", "leads"),
    "authority": tuple(LAW.authorities),
    "province": ("24", "01"),
    "occasion": ("year", "review_2025", "review_2030", "at_once"),
    "received_on": (date(2025, 1, 1), date(2026, 3, 15), date(2026, 11, 1), date(2027, 4, 1)),
    "decided_on": (date(2025, 2, 1), date(2026, 4, 1)),
    "hold_ended": ("none", "no_violation", "violation", "mistaken"),
    "discipline_served_on": (date(2025, 1, 1), date(2026, 1, 1)),
    "achievement_began_on": (date(2024, 6, 1), date(2025, 6, 1)),
    "achievement_ended_on": (date(2025, 7, 1), date(2026, 2, 1)),
    "movement_years": (2, 3, 7),
    "parts": (frozenset(), DOSSIER_TO_THE_PM["parts"], FAMILY["parts"]),
    "files": (frozenset(), frozenset({"docx", "pdf"})),
}
some_facts = st.builds(Facts, **{name: st.sampled_from([None, *CHOICES.get(name, (True, False))]) for name in NAMES})


@given(some_facts, st.sampled_from("ABCD"))
def test_nothing_is_silent_and_nothing_switched_off_decides(facts: Facts, regime: str) -> None:
    findings = judge(LAW, facts, regime, today=IN_C)
    asked = [rule.id for rule in LAW.rules.values() if rule.carried_out == "nomination"]
    assert [each.rule.id for each in findings] == [*asked, "TC"]
    for each in findings:
        assert each.words.vi
        assert each.words.en
        assert each.decides is each.rule.enabled
        assert not each.missing or each.result == "needs_person"
    off = [each for each in findings if not each.decides]
    assert outcome(findings) == outcome([each for each in findings if each not in off])


@given(some_facts, st.sampled_from("ABCD"), st.sampled_from([n for n in NAMES if n != "decided_on"]))
def test_forgetting_a_fact_never_turns_a_yes_into_a_no(facts: Facts, regime: str, forgotten: str) -> None:
    """What is not known may leave a finding open or take the rule away; it never decides the other way."""
    before = judge(LAW, facts, regime, today=IN_C)
    after = judge(LAW, replace(facts, **{forgotten: None}), regime, today=IN_C)
    for was, now in zip(before, after, strict=True):
        if was.result != now.result:
            assert now.result == "needs_person"
