"""Cases worked by hand: each rule of the engine alone, met, unmet, unknown and not applicable."""

from __future__ import annotations

import msgspec
import pytest

from densach.rules.asking import ask
from densach.rules.judging import Judge, Missing, Points
from densach.rules.lowering import unproved_facts
from densach.rules.model import DECIDING, Condition, Fact, Indicator, Mark, Rubric, Threshold
from densach.rules.sheet import Answer
from tests.rules.making import CHOICES, criterion, fact, indicator, level, rubric

UNREAD = Threshold(value="unknown")


def targets(facts: tuple[Fact, ...], *indicators: Indicator, grades: int = 1) -> Rubric:
    return rubric("targets", facts, (criterion("A", *indicators),), tuple(level(1 + at) for at in range(grades)))


def scored(facts: tuple[Fact, ...], *indicators: Indicator, passing: Threshold | None, total: int) -> Rubric:
    whole = (criterion("A", *indicators, points=total),)
    return rubric("points", facts, whole, (level("pass", passing),), total=total)


def verdict(made: Rubric, **facts: Answer) -> str:
    return Judge(made).judge(facts).verdict


SHARE = targets(
    (fact("base", "count", high=9_999), fact("part", "count", high=9_999, part_of="base")),
    indicator("i", "share", "part", base="base", levels={1: Threshold(value="60.08%")}),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"base": 10_000 - 1, "part": 6_008}, "met"),
        ({"base": 2_500, "part": 1_502}, "met"),  # exactly 60.08 %
        ({"base": 2_500, "part": 1_501}, "unmet"),
        ({"base": 4_843, "part": 2_910}, "met"),  # 60.0867 %
        ({"base": 4_844, "part": 2_910}, "unmet"),  # 60.0743 %, though it prints as 60.1 %
        ({"base": 0, "part": 0}, "not_applicable"),
        ({"base": 0}, "not_applicable"),
        ({"base": 100}, "unknown"),
        ({"part": 9_999}, "met"),  # the base cannot be more than its bound
        ({"part": 5}, "unknown"),
        ({"part": 0}, "unknown"),  # no base would mean that nothing is asked
        ({}, "unknown"),
    ],
)
def test_a_share_is_compared_exactly(facts: dict[str, Answer], expected: str) -> None:
    assert verdict(SHARE, **facts) == expected


def test_a_count_a_grade_and_a_yes_reach_their_thresholds() -> None:
    made = targets(
        (fact("n", "count", high=9), fact("g", "ordinal", choices=CHOICES), fact("y", "boolean")),
        indicator("i", "count", "n", levels={1: Threshold(value=3), 2: Threshold(value=5)}),
        indicator("j", "ordinal", "g", levels={1: Threshold(value="b"), 2: Threshold(value="c")}),
        indicator("k", "boolean", "y", levels={1: Threshold(value=True), 2: Threshold(value=True)}),
        grades=2,
    )
    judge = Judge(made)
    cases: list[tuple[int | None, str | None, bool, str, int | None]] = [
        (5, "c", True, "met", 2),
        (5, "b", True, "met", 1),
        (4, "c", True, "met", 1),
        (9, "c", False, "unmet", None),
        (2, "c", True, "unmet", None),
        (None, "a", True, "unmet", None),
        (None, "c", True, "unknown", None),
        (3, None, True, "unknown", None),
    ]
    for n, g, y, expected, grade in cases:
        judgement = judge.judge({"n": n, "g": g, "y": y})
        assert (judgement.verdict, judgement.level) == (expected, grade)


def test_a_met_verdict_may_leave_the_level_open() -> None:
    made = targets(
        (fact("n", "count", high=9),),
        indicator("i", "count", "n", levels={1: Threshold(value=3), 2: UNREAD}),
        grades=2,
    )
    judgement = Judge(made).judge({"n": 5})
    assert (judgement.verdict, judgement.level) == ("met", None)
    assert judgement.findings[0].levels == {1: "met", 2: "unknown"}
    assert judgement.findings[0].missing == (Missing("law", "i.level_2"),)


SCORES = (fact("a", "score", high=10), fact("b", "score", high=10))


def two_scores(**more: object) -> Rubric:
    return scored(
        SCORES,
        indicator("i", "score", "a", points=10, **more),
        indicator("j", "score", "b", points=10),
        passing=Threshold(value=12),
        total=20,
    )


@pytest.mark.parametrize(
    ("facts", "expected", "points"),
    [
        ({"a": 5, "b": 7}, "met", (12, 12)),
        ({"a": 5, "b": 6}, "unmet", (11, 11)),
        ({"a": 4, "b": 10}, "unmet", (14, 14)),  # enough points, but below the floor
        ({"a": 5}, "unknown", (5, 15)),
        ({"a": 1}, "unmet", (1, 11)),
        ({"b": 10}, "unknown", (10, 20)),
        ({}, "unknown", (0, 20)),
    ],
)
def test_points_and_a_floor(facts: dict[str, Answer], expected: str, points: tuple[int, int]) -> None:
    judgement = Judge(two_scores(floor=Threshold(value=5))).judge(facts)
    assert judgement.points is not None
    assert (judgement.verdict, (judgement.points.low, judgement.points.high)) == (expected, points)


def test_a_required_score_is_a_gate() -> None:
    assert verdict(two_scores(required=True), a=0, b=10) == "unmet"
    assert verdict(two_scores(), a=2, b=10) == "met"
    assert verdict(two_scores(required=True), a=2, b=10) == "met"


def test_a_scored_indicator_without_a_floor_is_met_by_any_point() -> None:
    findings = Judge(two_scores()).judge({"a": 1, "b": 0}).findings
    assert [finding.verdict for finding in findings] == ["met", "unmet"]


def test_ranks_give_the_highest_reached() -> None:
    ladder = (level("no", Threshold(value=0), passes=False), level("fair", Threshold(value=5)),
              level("good", Threshold(value=8)))  # fmt: skip
    made = rubric("points", SCORES[:1], (criterion("A", indicator("i", "score", "a", points=10), points=10),), ladder,
                  total=10)  # fmt: skip
    levels = {number: Judge(made).judge({"a": number}).level for number in (4, 5, 7, 8, 10)}
    assert levels == {4: None, 5: "fair", 7: "fair", 8: "good", 10: "good"}


def with_school(when: str) -> Rubric:
    is_school = (Condition(fact="is_school", among=(True,)),)
    return scored(
        (fact("is_school", "boolean"), *SCORES),
        indicator("i", "score", "a", points=10, applies_if=is_school, when_not_applicable=when),
        indicator("j", "score", "b", points=10),
        passing=Threshold(value=12),
        total=20,
    )


@pytest.mark.parametrize(
    ("when", "b", "expected", "points"),
    [
        ("award", 2, "met", (12, 12)),
        ("award", 1, "unmet", (11, 11)),
        ("rescale", 6, "met", (6, 6)),  # 6 of the 10 that are left, as 12 of 20
        ("rescale", 5, "unmet", (5, 5)),
        ("unknown", 2, "unknown", (2, 12)),
        ("unknown", 1, "unmet", (1, 11)),
    ],
)
def test_what_does_not_apply_is_awarded_rescaled_or_open(
    when: str, b: int, expected: str, points: tuple[int, int]
) -> None:
    judgement = Judge(with_school(when)).judge({"is_school": False, "b": b})
    assert judgement.points is not None
    assert (judgement.verdict, (judgement.points.low, judgement.points.high)) == (expected, points)
    assert judgement.findings[0].verdict == "not_applicable"


def test_rescaling_does_not_touch_what_is_awarded() -> None:
    made = scored(
        (fact("school", "boolean"), fact("farm", "boolean"), *SCORES, fact("c", "score", high=10)),
        indicator("i", "score", "a", points=10, when_not_applicable="award",
                  applies_if=(Condition(fact="school", among=(True,)),)),
        indicator("j", "score", "b", points=10, when_not_applicable="rescale",
                  applies_if=(Condition(fact="farm", among=(True,)),)),
        indicator("k", "score", "c", points=10),
        passing=Threshold(value=24), total=30,
    )  # fmt: skip
    assert verdict(made, school=False, farm=False, c=6) == "met"  # 16 of 20 that apply, as 24 of 30
    assert verdict(made, school=False, farm=False, c=5) == "unmet"


@pytest.mark.parametrize("unsure", ["total", "points"])
def test_rescaling_by_what_is_not_known_decides_only_where_nothing_falls_away(unsure: str) -> None:
    made = with_school("rescale")
    if unsure == "total":
        made = msgspec.structs.replace(made, total="unknown")
    else:
        [whole] = made.criteria
        first = msgspec.structs.replace(whole.indicators[0], points_mark="memory")
        whole = msgspec.structs.replace(whole, indicators=(first, *whole.indicators[1:]))
        made = msgspec.structs.replace(made, criteria=(whole,))
    assert verdict(made, is_school=True, a=6, b=6) == "met"
    assert verdict(made, is_school=True, a=5, b=6) == "unmet"
    assert verdict(made, is_school=False, b=10) == "unknown"


def test_a_gate_without_points_gives_none() -> None:
    made = scored(
        (fact("y", "boolean"), *SCORES[:1]),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}, required=True),
        indicator("j", "score", "a", points=10),
        passing=Threshold(value=8),
        total=20,
    )
    judgement = Judge(made).judge({"y": True, "a": 8})
    assert (judgement.verdict, judgement.points, judgement.findings[0].points) == ("met", Points(8, 8), None)
    assert judgement.findings[0].levels == {}
    assert verdict(made, y=False, a=10) == "unmet"


def test_a_missing_condition_leaves_both_ways_open() -> None:
    made = targets(
        (fact("is_school", "boolean"), fact("n", "count", high=9)),
        indicator("i", "count", "n", levels={1: Threshold(value=3)},
                  applies_if=(Condition(fact="is_school", among=(True,)),)),
    )  # fmt: skip
    assert verdict(made, n=2) == "unknown"
    assert verdict(made, n=3) == "unknown"  # met if it applies, and nothing to meet if it does not
    assert verdict(made, n=2, is_school=True) == "unmet"
    assert verdict(made, n=2, is_school=False) == "not_applicable"


def test_an_optional_target_decides_nothing() -> None:
    made = targets(
        (fact("y", "boolean"), fact("z", "boolean")),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}),
        indicator("j", "boolean", "z", levels={1: Threshold(value=True)}, optional=True),
    )
    judgement = Judge(made).judge({"y": True, "z": False})
    assert (judgement.verdict, [finding.verdict for finding in judgement.findings]) == ("met", ["met", "unmet"])
    assert verdict(made, y=True) == "met"


def test_an_unread_text_keeps_the_verdict_open_but_not_a_clear_no() -> None:
    made = targets(
        (fact("y", "boolean"),),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}),
        indicator("j", "unread"),
    )
    assert verdict(made, y=True) == "unknown"
    assert verdict(made, y=False) == "unmet"
    assert Judge(made).judge({"y": True}).findings[1].missing == (Missing("law", "j.text"),)


def test_a_criterion_of_which_nothing_was_read_keeps_the_verdict_open() -> None:
    facts = (fact("y", "boolean"),)
    read = criterion("A", indicator("i", "boolean", "y", levels={1: Threshold(value=True)}, points=10), points=10)
    by_targets = rubric("targets", facts, (read, criterion("B")), (level(1),))
    by_points = rubric("points", facts, (read, criterion("B", points=10)), (level(1, Threshold(value=15)),), total=20)
    assert [verdict(by_targets, y=True), verdict(by_targets, y=False)] == ["unknown", "unmet"]
    assert [verdict(by_points, y=True), verdict(by_points, y=False)] == ["unknown", "unmet"]


@pytest.mark.parametrize(
    ("between", "n", "expected"),
    [
        (None, 9, "met"), (None, 8, "unknown"), (None, 0, "unknown"),
        ((3, 5), 5, "met"), ((3, 5), 4, "unknown"), ((3, 5), 2, "unmet"), ((3, 5), None, "unknown"),
    ],
)  # fmt: skip
def test_an_unknown_threshold_decides_outside_its_bounds(
    between: tuple[int, int] | None, n: int | None, expected: str
) -> None:
    hole = Threshold(value="unknown", between=between, hole="least")
    made = targets((fact("n", "count", high=9),), indicator("i", "count", "n", levels={1: hole}))
    assert verdict(made, n=n) == expected


def test_an_unknown_rank_decides_outside_its_bounds() -> None:
    hole = Threshold(value="unknown", between=(8, 15), hole="pass_mark")
    made = scored(SCORES, indicator("i", "score", "a", points=10), indicator("j", "score", "b", points=10),
                  passing=hole, total=20)  # fmt: skip
    expected = {(7, 0): "unmet", (8, 0): "unknown", (10, 4): "unknown", (10, 5): "met"}
    assert {pair: verdict(made, a=pair[0], b=pair[1]) for pair in expected} == expected


@pytest.mark.parametrize("mark", ["inferred", "memory", "unknown", "fictional"])
def test_a_weak_mark_decides_nothing(mark: Mark) -> None:
    made = targets(
        (fact("n", "count", high=9), fact("base", "count", high=9)),
        indicator("i", "count", "n", levels={1: Threshold(value=3)}, mark=mark),
        indicator("j", "share", "n", base="base", levels={1: Threshold(value="10%")}, mark=mark),
    )
    assert verdict(made, n=9, base=9) == "unknown"
    assert verdict(made, n=0, base=0) == "unknown"  # nor does it exempt
    assert Judge(made, deciding=DECIDING | {mark}).judge({"n": 9, "base": 9}).verdict == "met"


def test_points_of_a_weak_mark_are_no_number() -> None:
    made = scored(
        (fact("y", "boolean"), fact("z", "boolean")),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}, points=8, points_mark="memory"),
        indicator("j", "boolean", "z", levels={1: Threshold(value=True)}, points=12),
        passing=Threshold(value=16), total=20,
    )  # fmt: skip
    judgement = Judge(made).judge({"y": True, "z": True})
    assert judgement.points is not None
    assert (judgement.verdict, judgement.points.low, judgement.points.high) == ("unknown", 12, 20)
    assert judgement.findings[0].missing == (Missing("law", "i.points"),)


def test_partial_points_that_no_text_gives_stay_open() -> None:
    made = scored(
        (fact("y", "boolean"), fact("b", "score", high=10)),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}, points=10, otherwise="unknown"),
        indicator("j", "score", "b", points=10),
        passing=Threshold(value=12), total=20,
    )  # fmt: skip
    assert verdict(made, y=False, b=5) == "unknown"
    assert verdict(made, y=False, b=1) == "unmet"
    assert verdict(made, y=True, b=2) == "met"


def test_a_fact_used_both_ways_is_found_and_exact_once_enumerated() -> None:
    enough = indicator("i", "count", "n", levels={1: Threshold(value=2)})
    few = indicator("j", "share", "m", base="n", levels={1: Threshold(value="50%")})
    made = targets((fact("n", "count", high=5), fact("m", "count", high=5)), enough, few)
    assert unproved_facts(made) == ("n",)
    assert verdict(made, m=0) == "unknown"
    exact = msgspec.structs.replace(made, enumerates=("n",))
    assert unproved_facts(exact) == ()
    assert verdict(exact, m=0) == "unmet"  # few of few is no share, few of none is not enough
    assert verdict(exact, m=1) == "unknown"


def test_a_part_that_is_also_counted_is_found() -> None:
    base, part = fact("base", "count", high=4), fact("part", "count", high=4, part_of="base")
    made = targets(
        (base, part, fact("other", "count", high=4)),
        indicator("i", "count", "part", levels={1: Threshold(value=2)}),
        indicator("j", "share", "other", base="base", levels={1: Threshold(value="50%")}),
    )
    assert unproved_facts(made) == ("part",)
    assert unproved_facts(SHARE) == ()


def test_choices_in_the_middle_of_a_list_pull_both_ways() -> None:
    kind = fact("kind", "choice", choices=CHOICES)
    for among, unproved in (("a", ()), ("b", ("kind",)), ("c", ())):
        applies = (Condition(fact="kind", among=(among,)),)
        made = targets(
            (kind, fact("y", "boolean"), fact("z", "boolean")),
            indicator("i", "boolean", "y", levels={1: Threshold(value=True)}, applies_if=applies),
            indicator("j", "boolean", "z", levels={1: Threshold(value=True)}),
        )
        assert unproved_facts(made) == unproved


def test_the_weakest_mark_that_decides_is_carried() -> None:
    first = indicator("i", "boolean", "y", levels={1: Threshold(value=True)})
    second = indicator("j", "boolean", "y", levels={1: Threshold(value=True)}, mark="secondary")
    third = indicator("k", "boolean", "y", levels={1: Threshold(value=True)}, mark="memory")
    facts = (fact("y", "boolean"),)
    assert Judge(targets(facts, first)).judge({}).mark == "read"
    assert Judge(targets(facts, first, second, third)).judge({}).mark == "secondary"
    assert Judge(targets(facts, third)).judge({}).mark == "unknown"


def test_a_rubric_of_which_nothing_is_known_is_unknown_and_asks_for_its_text() -> None:
    made = rubric("unknown", (), (), ())
    judge = Judge(made)
    judgement = judge.judge({})
    assert (judgement.verdict, judgement.level, judgement.points) == ("unknown", None, None)
    assert [(one.kind, one.id) for one in ask(judge, {}, judgement)] == [("law", "made")]


def test_a_level_that_asks_the_subject_nothing_is_not_reached() -> None:
    applies = (Condition(fact="kind", among=("b",)),)
    made = targets(
        (fact("kind", "choice", choices=CHOICES), fact("y", "boolean"), fact("z", "boolean")),
        indicator("i", "boolean", "y", levels={1: Threshold(value=True)}),
        indicator("j", "boolean", "z", levels={2: Threshold(value=True)}, applies_if=applies),
    )
    judge = Judge(msgspec.structs.replace(made, levels=(level(1), level(2))))
    assert judge.judge({"kind": "a", "y": True}).level == 1
    assert judge.judge({"kind": "b", "y": True, "z": True}).level == 2
