"""The lowered form itself: merit never harms, nothing outgrows 2**53, the operators mean what they say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from densach.policy.library import open_library
from densach.rules.judging import Judge
from densach.rules.lowering import answer_of, highest, indicators_of, lower
from densach.rules.model import MARKS, Rubric
from densach.rules.program import APPLY, ARITY, Builder, Op, Program, to_python
from densach.rules.sheet import Sheet
from tests.rules.making import facts_for, rubrics

QUICK = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
EXACT = 2**53  # up to here every whole number is exact in a browser, and in a database of 64 bits
LIBRARY = open_library(("vn", "demo"))


@QUICK
@given(st.data())
def test_more_merit_never_lowers_a_result(data: st.DataObject) -> None:
    made = data.draw(rubrics())
    facts = data.draw(facts_for(made))
    looked_at = {one.fact for _, one in indicators_of(made)}
    asked_about = {one.base for _, one in indicators_of(made)} | {
        condition.fact for _, one in indicators_of(made) for condition in one.applies_if
    }
    merits = [one for one in made.facts if one.id in looked_at - asked_about and one.part_of is None]
    given_merits = [one for one in merits if one.id in facts]
    assume(given_merits)
    merit = data.draw(st.sampled_from(given_merits))
    before = Sheet(made).bounds(facts)[2 * Sheet(made).index[merit.id]]
    more = answer_of(merit, data.draw(st.integers(before, highest(merit))))
    judge = Judge(made)
    first, second = (judge.values(judge.sheet.bounds(one)) for one in (facts, facts | {merit.id: more}))
    for place in (judge.lowered.points, judge.lowered.level):
        assert first[place] <= second[place]
        assert first[place + 1] <= second[place + 1]


@pytest.mark.parametrize("rubric_id", sorted(LIBRARY.rubrics))
def test_no_number_of_a_shipped_rubric_outgrows_a_browser(rubric_id: str) -> None:
    effective = LIBRARY.rubric(rubric_id)
    program = lower(effective.rubric, frozenset(MARKS)).program
    assert max((abs(end) for span in spans_of(program, effective.rubric) for end in span), default=0) < EXACT


def spans_of(program: Program, made: Rubric) -> list[tuple[int, int]]:
    """The least and the greatest number that each step can hold, whatever the facts are."""
    inputs = [(one.low, highest(one)) for one in made.facts for _ in (0, 1)]
    spans: list[tuple[int, int]] = []
    for op, a, b, c in program.code:
        match op:
            case "lit":
                spans.append((a, a))
            case "var":
                spans.append(inputs[a])
            case "add":
                spans.append((spans[a][0] + spans[b][0], spans[a][1] + spans[b][1]))
            case "mul":
                products = [one * other for one in spans[a] for other in spans[b]]
                spans.append((min(products), max(products)))
            case "min" | "max" as extreme:
                choose = min if extreme == "min" else max
                spans.append((choose(spans[a][0], spans[b][0]), choose(spans[a][1], spans[b][1])))
            case "pick":
                spans.append((min(spans[b][0], spans[c][0]), max(spans[b][1], spans[c][1])))
            case _:
                spans.append((0, 1))
    return spans


@given(st.sampled_from(sorted(ARITY)), st.tuples(*[st.integers(-9, 9)] * 3))
def test_every_operator_is_one_thing_folded_or_run(op: Op, numbers: tuple[int, int, int]) -> None:
    if ARITY[op] == 0:
        return
    truths = {"and", "or", "not"}
    operands = [number & 1 if op in truths else number for number in numbers[: ARITY[op]]]
    folded, run = Builder(), Builder()
    constant = folded.op(op, *(folded.lit(number) for number in operands))
    program = run.finish([run.op(op, *(run.var(at) for at in range(len(operands))))])
    assert folded.known(constant) == APPLY[op](*operands)
    assert to_python(program)(operands) == (APPLY[op](*operands),)


def test_equal_steps_are_written_once_and_unused_ones_left_out() -> None:
    builder = Builder()
    total = builder.op("add", builder.var(0), builder.var(1))
    assert builder.op("add", builder.var(0), builder.var(1)) == total
    builder.op("mul", total, builder.var(2))
    assert [step.op for step in builder.finish([total]).code] == ["var", "var", "add"]
