"""The law of commendation as it is shipped: what it holds, what is off, who has which power on which day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from densach.places.shipped import provinces
from densach.policy.checking import check
from densach.policy.commendation.model import Parameters, PublicationRule
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.powers import awards_of, may_decide, may_propose, power_on
from densach.policy.commendation.reading import FOLDER, commendation_law
from densach.policy.commendation.regimes import needs_both, regime_on
from densach.problems import Refused
from densach.rules.model import DECIDING, Cite

LAW = commendation_law()
# id, mark (r read, s secondary, i inferred, m memory), regimes of the cited text
RULES = """
01 s C|02 s C|03 s B|04 s C|05 s AB|06 s AB|07 s B|08 i |09 r AB|10 r B|11 r B|12 r B|13 r B|14 r B|15 i |16 r B|17 r B
18 s ABC|19 s |20 i |21 s |22 s |23 s B|24 r AB|25 s |26 m |27 r AB|28 s A|29 s A|30 s A|31 r B|32 r A|33 s A|34 r A
35 s A|36 i |37 s AB|38 i |39 r B|40 r B|41 r B|42 r B|43 r B|44 s A|45 r B|46 s |47 r A|48 r AB|49 i |50 m |51 r |52 s
53 s ABC
"""


def test_the_fifty_three_rules_with_mark_and_regimes() -> None:
    said = [row.split() for row in RULES.replace("\n", "|").strip("|").split("|")]
    expected = {f"R-{row[0]}": (row[1], "".join(row[2:])) for row in said}
    assert {rule.id: (rule.mark[0], "".join(rule.regimes)) for rule in LAW.rules.values()} == expected


def test_only_what_is_read_or_secondary_is_switched_on() -> None:
    assert {rule.id for rule in LAW.rules.values() if rule.enabled != (rule.mark in DECIDING)} == set()
    assert [rule.id for rule in LAW.rules.values() if not rule.enabled] == [
        "R-08", "R-15", "R-20", "R-26", "R-36", "R-38", "R-49", "R-50",
    ]  # fmt: skip


def test_every_rule_says_itself_in_both_languages() -> None:
    for rule in LAW.rules.values():
        for words in (rule.when_vi, rule.when_en, rule.then_vi, rule.then_en):
            assert words[0].isupper()
            assert words.endswith(".")
        assert rule.source


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        (date(2024, 1, 1), "A"),
        (date(2025, 6, 30), "A"),
        (date(2025, 7, 1), "B"),
        (date(2026, 3, 15), "B"),
        (date(2026, 9, 30), "B"),
        (date(2026, 10, 1), "C"),
        (date(2026, 11, 20), "C"),
        (date(2027, 2, 28), "C"),
        (date(2027, 3, 1), "D"),
    ],
)
def test_the_regime_of_a_day(day: date, regime: str) -> None:
    assert regime_on(LAW, day) == regime


def test_before_the_first_law_there_is_no_regime() -> None:
    with pytest.raises(Refused) as found:
        regime_on(LAW, date(2023, 12, 31))
    assert [each.code for each in found.value.problems] == ["Q401"]


@given(st.dates(date(2024, 1, 1), date(2100, 1, 1)), st.integers(0, 2000))
def test_every_day_has_a_regime_and_a_later_day_no_earlier_one(day: date, later: int) -> None:
    assert regime_on(LAW, day) <= regime_on(LAW, day + timedelta(days=later))


@pytest.mark.parametrize(
    ("regime", "decided_on", "today", "both"),
    [
        ("B", None, date(2026, 9, 30), False),
        ("B", None, date(2026, 10, 1), True),
        ("B", date(2026, 9, 30), date(2026, 11, 26), False),
        ("B", date(2026, 10, 1), date(2026, 11, 26), True),
        ("A", None, date(2026, 11, 26), False),
        ("C", None, date(2026, 11, 26), False),
    ],
)
def test_who_is_judged_by_both_laws(regime: str, decided_on: date | None, today: date, both: bool) -> None:
    assert needs_both(regime, decided_on, today) is both


@pytest.mark.parametrize(
    ("authority", "award", "on", "may"),
    [
        ("chu-tich-ubnd-cap-xa", "giay_khen_xa", date(2025, 7, 1), True),
        ("chu-tich-ubnd-cap-xa", "giay_khen_xa", date(2024, 1, 1), True),
        ("chu-tich-ubnd-cap-xa", "giay_khen_xa", date(2023, 12, 31), False),
        ("chu-tich-ubnd-cap-xa", "bang_khen_tinh", date(2026, 4, 1), False),
        ("chu-tich-ubnd-cap-tinh", "bang_khen_tinh", date(2026, 4, 1), True),
        ("thu-tuong", "bang_khen_thu_tuong", date(2026, 11, 20), True),
        ("chu-tich-ubnd-cap-huyen", "giay_khen_xa", date(2026, 4, 1), False),
        ("chu-tich-ubnd-cap-xa", "gia_dinh_van_hoa", date(2025, 6, 30), False),
        ("nobody", "giay_khen_xa", date(2026, 4, 1), False),
    ],
)
def test_who_may_decide_what_on_a_day(authority: str, award: str, on: date, may: bool) -> None:
    assert may_decide(LAW, authority, award, on) is may


def test_a_power_says_where_it_stands() -> None:
    power = power_on(LAW, "chu-tich-ubnd-cap-xa", "giay_khen_xa", date(2026, 4, 1))
    assert power is not None
    assert [(cite.document, cite.place) for cite in power.cites] == [("nd129-2025-cp", "Điều 59")]


def test_the_awards_of_an_authority() -> None:
    assert [award.code for award in awards_of(LAW, "chu-tich-ubnd-cap-tinh", date(2026, 4, 1))] == [
        "bang_khen_tinh",
        "co_thi_dua_bo_tinh_chuyen_de",
    ]


def test_only_those_named_propose_to_the_prime_minister() -> None:
    assert may_propose(LAW, "chu-tich-ubnd-cap-tinh", "bang_khen_thu_tuong")
    assert not may_propose(LAW, "chu-tich-ubnd-cap-xa", "bang_khen_thu_tuong")
    assert may_propose(LAW, "truong-thon", "giay_khen_xa")
    assert not may_propose(LAW, "chu-tich-ubnd-cap-tinh", "cong_nhan_gia_dinh_hoc_tap")


def test_a_form_number_that_is_only_inferred_is_not_printed() -> None:
    assert LAW.forms["bao_cao_thanh_tich_chuyen_de"].number == "Mẫu số 08"
    assert LAW.forms["bao_cao_thanh_tich_chuyen_de"].number_words.vi == "mẫu số chưa xác nhận"
    assert LAW.forms["to_trinh"].number_words.vi == "Mẫu số 01, Phụ lục Nghị định 152/2025/NĐ-CP"


def test_the_papers_of_each_award() -> None:
    def parts(award: str) -> list[tuple[str, str]]:
        return [(need.form, need.needed) for need in LAW.awards[award].parts]

    assert parts("giay_khen_xa") == [
        ("van_ban_de_nghi", "always"),
        ("bao_cao_thanh_tich", "always"),
        ("bien_ban_xet_khen_thuong", "always"),
    ]
    assert parts("bang_khen_thu_tuong") == [
        ("to_trinh", "always"),
        ("bao_cao_thanh_tich_chuyen_de", "always"),
        ("bien_ban_xet_khen_thuong", "always"),
        ("xac_nhan_thanh_tich", "sudden_or_prize"),
        ("y_kien_co_quan", "if_asked"),
    ]
    assert LAW.awards["bang_khen_thu_tuong"].files == ("docx", "pdf")


def test_only_flags_have_a_share_of_votes() -> None:
    assert {code: award.ballot.at_least for code, award in LAW.awards.items() if award.ballot} == {
        "co_thi_dua_bo_tinh_chuyen_de": "4/5",
        "co_thi_dua_chinh_phu_chuyen_de": "4/5",
    }


def test_every_province_but_bac_ninh_is_empty_and_says_so() -> None:
    codes = {unit.code for unit in provinces()}
    held = {code for code in codes if not parameters_for(LAW, "chu-tich-ubnd-cap-tinh", code).is_empty}
    assert (len(codes), held) == (34, {"24"})
    assert next(unit.name for unit in provinces() if unit.code == "24") == "Tỉnh Bắc Ninh"
    empty = parameters_for(LAW, "chu-tich-ubnd-cap-tinh", "01")
    assert (empty.deadlines, empty.council, empty.mark) == ((), None, "unknown")
    assert empty.note_vi.startswith("Chưa nạp quy định của nơi này")


def test_no_text_that_is_held_asks_for_publication_for_comment() -> None:
    assert [each.authority for each in LAW.parameters if each.publications] == []
    cite = Cite(document="qd86-2025-bacninh")
    read = PublicationRule(
        award="giay_khen_xa", days=7, unit="working", where_vi="Trang MẪU", where_en="MẪU", mark="read", cites=(cite,)
    )
    inferred = structs.replace(read, award="bang_khen_tinh", mark="inferred")
    held = Parameters(authority="chu-tich-ubnd-cap-xa", publications=(read, inferred))
    assert held.publication("giay_khen_xa") == read
    assert held.publication("bang_khen_tinh") is None  # what is only inferred is off
    assert held.publication("bang_khen_bo_nganh") is None


def test_the_sets_of_bac_ninh_and_of_the_centre() -> None:
    province = parameters_for(LAW, "chu-tich-ubnd-cap-tinh", "24")
    assert province.council is not None
    assert (province.council.quorum, province.council.quorum_for_awards) == ("2/3", "4/5")
    assert {each.code: each.by for each in province.yearly} == {"annual": "12-10", "education": "07-10"}
    assert (province.publications, province.quotas) == ((), ())
    centre = parameters_for(LAW, "thu-tuong")
    assert {each.code: each.days for each in centre.deadlines} == {
        "return_if_ineligible": 5,
        "appraise": 20,
        "copy_to_proposer": 10,
        "copy_to_awardee": 10,
        "notify_refusal": 10,
        "items": 10,
    }


def test_a_commune_has_the_set_of_its_province() -> None:
    found = parameters_for(LAW, "chu-tich-ubnd-cap-xa", "09247", "24")
    assert (found.source, found.council is not None and found.council.quorum) == (
        "Bắc Ninh, Quyết định 86/2025/QĐ-UBND",
        None,
    )


FILES = {
    "awards.yaml": ("authorities: [thu-tuong]", "authorities: [thu-tuong-x]", "Q410"),
    "regimes.yaml": ("valid_from: 2025-07-01", "valid_from: 2025-07-02", "Q413"),
    "money.yaml": ("enabled: false, mark: inferred", "enabled: true, mark: inferred", "Q412"),
    "rules.yaml": ("mark: inferred\n  enabled: false", "mark: inferred\n  enabled: true", "Q412"),
    "forms.yaml": ("template: to_trinh", "template: to_trinh_x", "Q410"),
    "authorities.yaml": ("award: giay_khen_xa", "award: giay_khen_thon", "Q410"),
    "parameters.yaml": ("document: qd86-2025-bacninh", "document: qd86-2025-bacgiang", "P202"),
}


def test_the_check_finds_what_is_wrong_in_each_file(tmp_path: Path) -> None:
    (tmp_path / "commendation").mkdir()
    for name, (was, becomes, _) in FILES.items():
        text = (FOLDER / name).read_text("utf-8")
        (tmp_path / "commendation" / name).write_text(text.replace(was, becomes, 1), "utf-8")
    found = {(each.where.split(":")[0], each.code) for each in check(("vn",), (tmp_path,)).problems}
    twice = {"Q411", "P110"}  # the shipped law declares the same codes
    assert {(Path(where).name, code) for where, code in found if code not in twice} == {
        (name, code) for name, (_, _, code) in FILES.items()
    }


def test_days_off_of_another_year_are_found(tmp_path: Path) -> None:
    (tmp_path / "2027.calendar.yaml").write_text(
        "year: 2027\nholidays: [2026-01-01]\nsource: MẪU\nmark: unknown\n", "utf-8"
    )
    assert [each.code for each in check(("vn",), (tmp_path,)).problems] == ["Q403"]
