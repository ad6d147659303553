"""What is asked decides, what decides is asked, and the steps that are named lead to *met*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from densach.rules import mattering
from densach.rules.asking import Question, ask
from densach.rules.judging import Judge
from densach.rules.lowering import answer_of, highest, indicators_of, unproved_facts
from densach.rules.model import Condition, Rubric, Threshold
from densach.rules.sheet import Answer
from tests.rules import completions as meaning
from tests.rules.making import CHOICES, criterion, fact, facts_for, indicator, level, rubric, rubrics, with_enumerations

QUICK = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _search_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mattering, "LIMIT", 1_000_000)


def asked(rubric: Rubric, facts: dict[str, Answer]) -> tuple[Question, ...]:
    judge = Judge(rubric)
    return ask(judge, facts, judge.judge(facts))


@QUICK
@given(st.data())
def test_exactly_the_facts_that_can_decide_are_asked(data: st.DataObject) -> None:
    made = with_enumerations(data.draw(rubrics()))
    facts = data.draw(facts_for(made))
    assume(meaning.size(made, facts) <= 400)
    verdicts = [
        (numbers, law, meaning.evaluate(made, numbers, law).verdict)
        for numbers, law in meaning.completions(made, facts)
    ]
    can_decide = set()
    for missing in {one.id for one in made.facts} - set(facts):
        beside = defaultdict(set)
        for numbers, law, verdict in verdicts:
            others = tuple(number for name, number in numbers.items() if name != missing)
            beside[others, tuple(law.values())].add(verdict)
        if any(len(different) > 1 for different in beside.values()):
            can_decide.add(missing)
    open_verdict = Judge(made).judge(facts).verdict == "unknown"
    asks = {question.id for question in asked(made, facts) if question.kind == "fact"}
    assert asks == (can_decide if open_verdict else set())


@QUICK
@given(st.data())
def test_all_steps_together_lead_to_met_where_anything_does(data: st.DataObject) -> None:
    made = data.draw(rubrics(gaps=False))
    assume(not unproved_facts(made))
    facts = data.draw(facts_for(made, complete=True))
    judge = Judge(made)
    assume(judge.judge(facts).verdict == "unmet")
    after = facts | {step.id: step.to for step in asked(made, facts)}
    if any(judge.judge(raised).verdict == "met" for raised in raises(made, facts)):
        assert judge.judge(after).verdict == "met"


def raises(made: Rubric, facts: dict[str, Answer]) -> Iterator[dict[str, Answer]]:
    """Every way to do better in what is looked at, with bases and conditions as they are."""
    fixed = {c.fact for _, one in indicators_of(made) for c in one.applies_if} | {
        one.base for _, one in indicators_of(made)
    }
    moving = [one for one in made.facts if one.id not in fixed]
    ranges = [range(meaning._number(one, facts[one.id] or 0), highest(one) + 1) for one in moving]
    for numbers in product(*ranges):
        raised = facts | {one.id: answer_of(one, number) for one, number in zip(moving, numbers, strict=True)}
        values = {one.id: meaning._number(one, raised[one.id] or 0) for one in made.facts}
        if all(values[one.id] <= values[one.part_of] for one in made.facts if one.part_of is not None):
            yield raised


def test_a_met_verdict_asks_nothing() -> None:
    made = ten_scores(4)
    assert asked(made, {f"s{at}": 10 for at in range(4)}) == ()


def test_an_unknown_verdict_asks_for_what_is_missing_in_the_order_of_the_sheet() -> None:
    questions = asked(ten_scores(4), {"s1": 10})
    assert [(one.kind, one.id, one.indicator) for one in questions] == [
        ("fact", "s0", "i0"), ("fact", "s2", "i2"), ("fact", "s3", "i3"),
    ]  # fmt: skip


def test_a_score_that_can_no_longer_tip_the_balance_is_not_asked() -> None:
    made = rubric(
        "points",
        (fact("s0", "score", high=10), fact("s1", "score", high=10), fact("t0", "boolean")),
        (criterion("A", indicator("i0", "score", "s0", points=10), indicator("i1", "score", "s1", points=10)),
         criterion("B", indicator("j0", "boolean", "t0", levels={1: Threshold(value=True)}, points=0, required=True))),
        (level("pass", Threshold(value=12)),),
        total=20,
    )  # fmt: skip
    assert [one.id for one in asked(made, {"s0": 10})] == ["s1", "t0"]
    assert [one.id for one in asked(made, {"s0": 10, "s1": 5})] == ["t0"]


def test_missing_points_are_made_up_by_the_fewest_indicators() -> None:
    steps = asked(ten_scores(4), {"s0": 8, "s1": 8, "s2": 5, "s3": 6})
    assert [(one.kind, one.id, one.now, one.to) for one in steps] == [("step", "s2", 5, 10)]


def test_a_missed_floor_is_named_before_points_are_sought() -> None:
    steps = asked(ten_scores(4), {"s0": 10, "s1": 4, "s2": 8, "s3": 5})
    assert [(one.id, one.now, one.to) for one in steps] == [("s1", 4, 9)]


def test_a_share_asks_for_the_fewest_people_that_reach_it() -> None:
    made = rubric(
        "targets",
        (fact("base", "count", high=5_000), fact("part", "count", high=5_000, part_of="base")),
        (criterion("A", indicator("i", "share", "part", base="base", levels={1: Threshold(value="62.5%")})),),
        (level(1),),
    )
    [step] = asked(made, {"base": 4_843, "part": 2_910})
    assert (step.now, step.to) == (2_910, 3_027)  # 62.5 % of 4,843 is 3,026.875


def test_yes_and_grades_are_named_as_answers() -> None:
    made = rubric(
        "targets",
        (fact("has", "boolean"), fact("grade", "ordinal", choices=CHOICES)),
        (criterion("A", indicator("i", "boolean", "has", levels={1: Threshold(value=True)}),
                   indicator("j", "ordinal", "grade", levels={1: Threshold(value="b")})),),
        (level(1),),
    )  # fmt: skip
    assert [(one.id, one.now, one.to) for one in asked(made, {"has": False, "grade": "a"})] == [
        ("has", False, True),
        ("grade", "a", "b"),
    ]


def test_one_fact_behind_two_demands_is_one_step_to_the_higher() -> None:
    made = rubric(
        "targets",
        (fact("seen", "count", high=10),),
        (criterion("A", indicator("i", "count", "seen", levels={1: Threshold(value=7)}),
                   indicator("j", "count", "seen", levels={1: Threshold(value=4)})),),
        (level(1),),
    )  # fmt: skip
    assert [(one.id, one.now, one.to) for one in asked(made, {"seen": 2})] == [("seen", 2, 7)]


def test_a_higher_level_is_proposed_where_the_lowest_cannot_be_reached() -> None:
    made = rubric(
        "targets",
        (fact("done", "count", high=1), fact("few", "count", high=1), fact("all", "count", low=1, high=3)),
        (criterion("A", indicator("i", "count", "done", levels={1: Threshold(value=0), 2: Threshold(value=1)}),
                   indicator("j", "share", "few", base="all", levels={1: Threshold(value="66.67%")})),),
        (level(1), level(2)),
    )  # fmt: skip
    assert [(one.id, one.to) for one in asked(made, {"done": 0, "few": 0, "all": 2})] == [("done", 1)]


def test_unread_law_is_asked_for_by_name() -> None:
    made = rubric(
        "points",
        (fact("s0", "score", high=10),),
        (criterion("A", indicator("i0", "score", "s0", points=10), indicator("i1", "unread", points=10), points=20),),
        (level("pass", None),),
        total=20,
    )
    questions = asked(made, {"s0": 4})
    assert [(one.kind, one.id) for one in questions] == [("law", "i1.text"), ("law", "level_pass")]


def test_a_condition_is_asked_before_what_hangs_on_it() -> None:
    made = rubric(
        "targets",
        (fact("is_school", "boolean"), fact("learners", "count", high=9)),
        (criterion("A", indicator("i", "count", "learners", levels={1: Threshold(value=3)},
                                  applies_if=(Condition(fact="is_school", among=(True,)),)),
                   indicator("j", "count", "learners", levels={1: Threshold(value=1)})),),
        (level(1),),
    )  # fmt: skip
    assert [one.id for one in asked(made, {})] == ["is_school", "learners"]
    assert [one.id for one in asked(made, {"is_school": False})] == ["learners"]


def ten_scores(count: int) -> Rubric:
    """`count` scores of ten points with a floor of five; eight tenths of the points are needed."""
    facts = tuple(fact(f"s{at}", "score", high=10) for at in range(count))
    floor = Threshold(value=5)
    looked_at = tuple(indicator(f"i{at}", "score", f"s{at}", points=10, floor=floor) for at in range(count))
    passing = level("pass", Threshold(value=8 * count))
    return rubric("points", facts, (criterion("A", *looked_at, points=10 * count),), (passing,), total=10 * count)
