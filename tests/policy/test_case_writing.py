"""Cases written into a file for somebody: just one more or one less, and every other letter as it was."""

from __future__ import annotations

import pytest

from densach.policy.case_writing import cases_in, key_of, with_case, with_case_changed, without_case
from densach.policy.cases import Case, Expectation, PointSpan
from densach.problems import Refused

HAND = """# yaml-language-server: $schema=../../../schema/cases.json
rubric: congdan-324-2022
cases:
  # Điều 4: tổng từ 80 điểm
  - name: "Tổng 80: đạt"
    on: 2025-06-01
    given: {a1: 8}   # còn lại chưa biết
    expect: {verdict: unknown}
  - name: viết tay
    on: 2025-06-02
    expect:
      verdict: unknown
"""
CASE = Case(
    name='MẪU: "79" điểm: chưa đạt # không phải lời bình',
    on="2025-06-03",
    given={"a1": 7, "clan_fund": True, "sex": "no"},
    expect=Expectation(verdict="unmet", level="level_1", points=PointSpan(low=79, high=None)),
)


def test_the_first_case_of_a_text_begins_its_file() -> None:
    written = with_case("", "congdan-324-2022", CASE)
    assert cases_in(written) == (CASE,)
    assert written.splitlines()[1:3] == ["rubric: congdan-324-2022", "cases:"]
    assert cases_in(without_case(written, 0)) == ()


def test_a_case_more_leaves_what_was_written_by_hand_as_it_was() -> None:
    written = with_case(HAND, "congdan-324-2022", CASE)
    assert written.startswith(HAND)
    assert cases_in(written) == (*cases_in(HAND), CASE)


def test_a_case_less_takes_just_its_lines() -> None:
    first, second = cases_in(HAND)
    assert without_case(HAND, 1) == HAND[: HAND.index("  - name: viết tay")]
    left = without_case(HAND, 0)
    assert (cases_in(left), "Điều 4: tổng từ 80 điểm" in left) == ((second,), True)
    assert cases_in(with_case(left, "congdan-324-2022", first)) == (second, first)
    assert cases_in(without_case(without_case(HAND, 0), 0)) == ()


def test_a_case_changed_stands_where_it_stood_and_comments_stay() -> None:
    first, second = cases_in(HAND)
    below = HAND.replace("  - name: viết tay", "    # lời bình ở dưới\n  - name: viết tay").replace(
        "    given: {a1: 8}", "    # lời bình ở giữa\n    given: {a1: 8}"
    )
    written = with_case_changed(below, key_of(first), CASE)
    assert cases_in(written) == (CASE, second)
    assert written.startswith(below[: below.index("  - name")] + "    # lời bình ở giữa\n  - name:")
    assert '\n    given: {a1: 7, clan_fund: true, sex: "no"}   # còn lại chưa biết\n' in written
    assert written.endswith("    # lời bình ở dưới\n" + below[below.index("  - name: viết tay") :])
    assert cases_in(with_case_changed(written, key_of(second), first)) == (CASE, first)
    with pytest.raises(Refused, match="P238"):
        with_case_changed(written, key_of(first), CASE)
    flow = "rubric: x\ncases: [{name: một, on: 2025-01-01, expect: {}}, {name: hai, on: 2025-01-01, expect: {}}]\n"
    for case in cases_in(flow):
        with pytest.raises(Refused, match="P236"):
            with_case_changed(flow, key_of(case), CASE)


def test_comments_at_the_ends_of_lines_go_with_their_field() -> None:
    by_hand = """rubric: x
cases:
  - name: "số # 1"  # tên cũ
    on: 2025-06-02 # ngày ký
    given:  # hai điều
      a1: 8  # theo phiếu
      sex: "# no"
    expect: {verdict: unknown}
"""
    [case] = cases_in(by_hand)
    written = with_case_changed(by_hand, key_of(case), CASE)
    assert written.splitlines()[2:] == [
        '  - name: "MẪU: \\"79\\" điểm: chưa đạt # không phải lời bình"  # tên cũ',
        "    on: 2025-06-03 # ngày ký",
        '    given: {a1: 7, clan_fund: true, sex: "no"}  # hai điều  # theo phiếu',
        "    expect: {verdict: unmet, level: level_1, points: {low: 79, high: null}}",
    ]
    again = with_case_changed(written, key_of(CASE), Case(name="MẪU", on="2025-06-03", expect=CASE.expect))
    assert again.splitlines()[2:4] == ["    # hai điều  # theo phiếu", '  - name: "MẪU"  # tên cũ']


@pytest.mark.parametrize("text", ["rubric: x\ncases: [{name: một, on: 2025-01-01, expect: {}}]\n", "rubric: [x\n"])
def test_a_file_that_cannot_be_gone_on_with_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        with_case(text, "x", CASE)


@pytest.mark.parametrize("number", [-1, 2])
def test_a_case_that_is_not_there_is_not_taken_out(number: int) -> None:
    with pytest.raises(Refused, match="P236"):
        without_case(HAND, number)
