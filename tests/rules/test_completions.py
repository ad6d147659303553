"""The engine against the meaning: over every completion of missing facts and unread law, value by value."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from densach.rules.judging import Judge, Judgement
from densach.rules.model import Rubric
from densach.rules.sheet import Answer
from tests.rules import completions as meaning
from tests.rules.making import facts_for, rubrics, with_enumerations

MOST = 500
QUICK = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


def results_of(rubric: Rubric, facts: dict[str, Answer]) -> list[meaning.Result]:
    assume(meaning.size(rubric, facts) <= MOST)
    return [meaning.evaluate(rubric, *completion) for completion in meaning.completions(rubric, facts)]


def level_of(rubric: Rubric, results: list[meaning.Result]) -> int | str | None:
    ranks = {result.rank for result in results}
    ladder = [level.id for level in rubric.levels if level.passes]
    sure = {result.verdict for result in results} == {"met"} and len(ranks) == 1
    return ladder[ranks.pop() - 1] if sure else None


@QUICK
@given(st.data())
def test_complete_facts_and_read_law_are_judged_as_they_read(data: st.DataObject) -> None:
    rubric = data.draw(rubrics(gaps=False, most=5))
    facts = data.draw(facts_for(rubric, complete=True))
    [result] = results_of(rubric, facts)
    judgement = Judge(rubric).judge(facts)
    assert (judgement.verdict, judgement.level) == (result.verdict, level_of(rubric, [result]))
    assert points_of(judgement) == ((result.points, result.points) if rubric.style == "points" else None)
    assert [finding.verdict for finding in judgement.findings] == [met[0] for _, met, _ in result.indicators]


@QUICK
@given(st.data())
def test_a_proved_rubric_is_exact(data: st.DataObject) -> None:
    rubric = with_enumerations(data.draw(rubrics()))
    facts = data.draw(facts_for(rubric))
    results = results_of(rubric, facts)
    judgement = Judge(rubric).judge(facts)
    assert judgement.verdict == meaning.over_all({result.verdict for result in results})
    assert judgement.level == level_of(rubric, results)
    if is_proved(rubric, Judge(rubric).lowered.points) and isinstance(rubric.total, int):
        points = [result.points for result in results]
        assert points_of(judgement) == ((min(points), max(points)) if rubric.style == "points" else None)


def is_proved(rubric: Rubric, place: int) -> bool:
    """Whether each end of this output asks every fact that is not enumerated for one of its ends only."""
    program = Judge(rubric).lowered.program
    behind = [program.inputs_behind(program.outputs[place + end]) for end in (0, 1)]
    mixed = {rubric.facts[at // 2].id for one in behind for at in one if at ^ 1 in one}
    return mixed <= set(rubric.enumerates)


@QUICK
@given(st.data())
def test_the_engine_is_never_surer_than_the_completions(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    facts = data.draw(facts_for(rubric))
    results = results_of(rubric, facts)
    judgement = Judge(rubric).judge(facts)
    assert judgement.verdict in {
        "unknown",
        *({result.verdict for result in results} if len(results) == 1 else ()),
        meaning.over_all({result.verdict for result in results}),
    }
    if points := points_of(judgement):
        assert points[0] <= min(result.points for result in results)
        assert points[1] is None or points[1] >= max(result.points for result in results)
    for at, finding in enumerate(judgement.findings):
        verdicts = {result.indicators[at][1][0] for result in results}
        assert finding.verdict in {"unknown", meaning.over_all(verdicts)}


def points_of(judgement: Judgement) -> tuple[int, int | None] | None:
    return None if judgement.points is None else (judgement.points.low, judgement.points.high)
